#include "partial.h"

#include <string.h>

#include "cell.h"
#include "mem.h"
#include "state.h"
#include "stats.h"

/* Another one is refused: its states may mean something else. */
#define PARTIAL_NAME    "dfv-stats/"
#define PARTIAL_VERSION "2"

enum { FLUSH_BYTES = 1 << 20 };

/* The version's column: what else was asked for, behind the version. */
static struct span
version_name(const struct partial_words *words, struct arena *arena)
{
	struct span name = SPAN(PARTIAL_NAME PARTIAL_VERSION);

	for (const char **w = words->request->where; *w != NULL; w++)
		name =
		    arena_printf(arena, "%.*s -w %s", (int)name.n, name.p, *w);
	if (words->explode != NULL)
		name = arena_printf(arena, "%.*s --explode %s", (int)name.n,
		    name.p, words->explode);
	return name;
}

int
partial_columns(const struct request *r, const struct partial_words *words,
    struct columns *columns, struct diag *diag)
{
	struct span name = version_name(words, r->arena);
	size_t n = r->nkey + 1 + r->nfigure;

	columns_init(columns, r->arena);
	for (size_t i = 0; i < n; i++) {
		struct span *at = i < r->nkey ? &r->key[i].text
		    : i == r->nkey            ? &name
				   : &r->figure[i - r->nkey - 1].text;

		if (columns_add(columns, *at) != COLUMN_NONE)
			continue;
		diag_report(diag, DIAG_DUPLICATE_COLUMN, NULL, *at,
		    "two columns of the states would have this name");
		return -1;
	}
	return 0;
}

/* Writing. */

/* The states that figure i is the first to need. */
static void
put_states(const struct request *r, size_t i, const char *group, struct buf *b)
{
	size_t from = i == 0 ? 0 : r->figure[i - 1].end_state, start = b->n;

	for (; from < r->figure[i].end_state; from++)
		r->state[from].keeps->save(group + r->state[from].offset, b);
	if (b->n > start)
		b->n--; /* the space behind the last word */
}

static void
put_group(const struct request *r, const struct group_table *groups,
    const struct group *g, struct buf *b)
{
	for (size_t i = 0; i < r->nkey; i++) {
		buf_add(b, group_cell(groups, g, i));
		buf_byte(b, '\t');
	}
	buf_printf(b, "%llu", (unsigned long long)g->order);
	for (size_t i = 0; i < r->nfigure; i++) {
		buf_byte(b, '\t');
		put_states(r, i, g->state, b);
	}
	buf_byte(b, '\n');
}

int
partial_write(const struct request *r, const struct group_table *groups,
    struct sink *sink)
{
	struct buf b = {NULL, 0, 0};
	size_t put = 0;
	int rc = 0;

	for (size_t i = 0; i < groups->n && rc == 0; i++) {
		put_group(r, groups, group_nth(groups, i), &b);
		if (b.n < FLUSH_BYTES)
			continue;
		rc = sink_put(sink, buf_span(&b), i + 1 - put);
		put = i + 1;
		buf_reset(&b);
	}
	if (rc == 0)
		rc = sink_put(sink, buf_span(&b), groups->n - put);
	buf_release(&b);
	return rc;
}

/* The request of a state. */

static bool
is_version(struct span name)
{
	const struct span own = SPAN(PARTIAL_NAME PARTIAL_VERSION);

	return span_starts(name, own) &&
	    (name.n == own.n || name.p[own.n] == ' ');
}

/* The version's column; COLUMN_NONE after a report. */
static size_t
find_version(const struct partial_header *h)
{
	const struct columns *columns = h->columns;

	for (size_t i = 0; i < columns->n; i++)
		if (is_version(columns->name[i]))
			return i;
	for (size_t i = 0; i < columns->n; i++)
		if (span_starts(columns->name[i], SPAN(PARTIAL_NAME))) {
			diag_report(h->diag, DIAG_BAD_STATE, &h->place,
			    columns->name[i],
			    "this dfv-stats merges states of "
			    "version " PARTIAL_VERSION ": make them again");
			return COLUMN_NONE;
		}
	diag_report(h->diag, DIAG_BAD_STATE, &h->place, span_make(NULL, 0),
	    "--merge takes what --partial has written");
	return COLUMN_NONE;
}

static int
refuse_request(
    const struct partial_header *h, struct span given, struct span state)
{
	diag_report(h->diag, DIAG_BAD_STATE, &h->place, state,
	    "the command line asks for '%.*s': leave it out, or ask for the "
	    "same",
	    (int)given.n, given.p);
	return -1;
}

/* Whether the command line's words, if there are any, are those of columns
 * from..to. */
static int
same_words(
    const char **words, const struct partial_header *h, size_t from, size_t to)
{
	bool any = *words != NULL;

	for (; any && from < to; from++) {
		struct span word = *words == NULL ? SPAN("") : span_of(*words);

		if (!span_eq(word, h->columns->name[from]))
			return refuse_request(h, word, h->columns->name[from]);
		words++;
	}
	return any && *words != NULL
	    ? refuse_request(h, span_of(*words), SPAN("nothing more"))
	    : 0;
}

/* The items of the lists of -g, one word each. */
static const char **
split_lists(const char **lists, struct arena *arena)
{
	const char **words;
	size_t n = 1, at = 0;

	for (const char **l = lists; *l != NULL; l++)
		n += strlen(*l) + 1;
	words = ARENA_ARRAY(arena, const char *, n);
	for (; *lists != NULL; lists++) {
		struct span list = span_of(*lists), item;

		while (columns_next(&list, &item))
			words[at++] = arena_span(arena, item).p;
	}
	return words;
}

static const char **
names_of(const struct partial_header *h, size_t from, size_t to)
{
	const char **names = ARENA_ARRAY(h->arena, const char *, to - from + 1);

	for (size_t i = from; i < to; i++)
		names[i - from] = h->columns->name[i].p;
	return names;
}

int
partial_request(struct partial_words *words, const struct partial_header *h)
{
	struct request_opts *r = words->request;
	size_t n = h->columns->n, version = find_version(h);
	struct span given = version_name(words, h->arena);
	bool any = words->explode != NULL || r->where[0] != NULL;

	if (version == COLUMN_NONE)
		return -1;
	if (any && !span_eq(given, h->columns->name[version]))
		return refuse_request(h, given, h->columns->name[version]);
	if (same_words(split_lists(r->group, h->arena), h, 0, version) < 0 ||
	    same_words(r->figure, h, version + 1, n) < 0)
		return -1;
	r->where = ARENA_ARRAY(h->arena, const char *, 1);
	r->group = names_of(h, 0, version);
	r->figure = names_of(h, version + 1, n);
	r->of_states = true;
	return 0;
}

/* Merging. */

struct merger {
	const struct request *request;
	struct group_table *groups;
	const struct block *block;
	struct buf *header; /* the cells of the header, encoded */
	size_t ncol;
	struct buf joined; /* a key */
	struct fault fault;
};

static int
refuse_cell(struct merger *m, size_t rec, size_t col, const char *why)
{
	fault_set_cell(&m->fault, DIAG_BAD_STATE, rec, col,
	    block_cell(m->block, rec, col), "%s", why);
	return -1;
}

/*
 * Whether a record repeats the header, as where states were joined by cat: 1,
 * or 0; -1 where it is a header, but another one.
 */
static int
repeats_header(struct merger *m, size_t rec)
{
	struct span cell = block_cell(m->block, rec, m->request->nkey);

	if (!span_starts(cell, SPAN(PARTIAL_NAME)))
		return 0;
	for (size_t i = 0; i < m->ncol; i++)
		if (!span_eq(
			block_cell(m->block, rec, i), buf_span(&m->header[i])))
			return refuse_cell(m, rec, i,
			    "states of another request, or version, begin "
			    "here: merge only those of one");
	return 1;
}

/* The record's group, which is there afterwards. */
static struct group *
find_group(struct merger *m, size_t rec)
{
	buf_reset(&m->joined);
	for (size_t i = 0; i < m->request->nkey; i++) {
		struct span cell = block_cell(m->block, rec, i);

		if (i > 0)
			buf_byte(&m->joined, '\t');
		if (!cell_missing(cell))
			buf_add(&m->joined, cell);
	}
	return group_find_key(m->groups, buf_span(&m->joined));
}

/* Merges the states of figure i. */
static int
load_states(struct merger *m, struct group *g, size_t i, size_t rec)
{
	const struct request *r = m->request;
	size_t from = i == 0 ? 0 : r->figure[i - 1].end_state;
	size_t col = r->nkey + 1 + i;
	struct span rest = block_cell(m->block, rec, col);

	for (; from < r->figure[i].end_state; from++)
		if (!r->state[from].keeps->load(
			g->state + r->state[from].offset, &rest))
			return refuse_cell(m, rec, col,
			    "this is not the whole state of its figure");
	return rest.n == 0 ? 0
			   : refuse_cell(m, rec, col,
				 "this is more than the state of its figure");
}

static int
merge_record(struct merger *m, size_t rec)
{
	struct span place = block_cell(m->block, rec, m->request->nkey);
	int header = repeats_header(m, rec);
	struct group *g;
	uint64_t order;

	if (header != 0)
		return header < 0 ? -1 : 0;
	if (!state_get_order(&place, &order) || place.n > 0)
		return refuse_cell(m, rec, m->request->nkey,
		    "a group's place in the input is a whole number");
	g = find_group(m, rec);
	if (order < g->order)
		g->order = order;
	for (size_t i = 0; i < m->request->nfigure; i++)
		if (load_states(m, g, i, rec) < 0)
			return -1;
	return 0;
}

static void
merger_init(struct merger *m, const struct columns *columns)
{
	m->ncol = columns->n;
	m->header = mem_alloc(m->ncol, sizeof *m->header);
	for (size_t i = 0; i < m->ncol; i++)
		cell_encode(&m->header[i], columns->name[i]);
}

static void
merger_release(struct merger *m)
{
	for (size_t i = 0; i < m->ncol; i++)
		buf_release(&m->header[i]);
	mem_free(m->header);
	buf_release(&m->joined);
}

int
partial_merge(
    const struct request *r, struct reader *reader, struct group_table *groups)
{
	struct merger m = {.request = r, .groups = groups};
	struct block b = BLOCK_EMPTY;
	int rc;

	group_table_init(groups, r->nkey, r->state_bytes);
	merger_init(&m, reader_columns(reader));
	m.block = &b;
	while ((rc = reader_next(reader, &b)) > 0) {
		for (size_t i = 0; i < b.nrec; i++)
			if (merge_record(&m, i) < 0) {
				rc = reader_fault(reader, &b, &m.fault);
				break;
			}
		if (rc < 0)
			break;
	}
	block_release(&b);
	merger_release(&m);
	stats_order_groups(r, groups);
	return rc;
}
