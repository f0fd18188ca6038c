#include "stratum.h"

#include "block.h"
#include "cell.h"
#include "keytab.h"
#include "mem.h"
#include "reader.h"

enum { UNKNOWN_SHOWN = 5 };

int
strata_choose(struct strata *s, const char *arg, struct diag *diag)
{
	struct span text = span_of(arg);
	size_t n = span_find(text, '=');

	if (n == 0 || (n < text.n && n + 1 == text.n)) {
		diag_report(diag, DIAG_BAD_ARGUMENT, NULL, text,
		    "write NAME, of a file of the geography folder, or "
		    "NAME=FILE");
		return -1;
	}
	s->item = mem_grow(s->item, &s->cap, s->n + 1, sizeof *s->item);
	s->item[s->n++] = (struct stratum){
	    .name = span_make(arg, n), .file = n < text.n ? arg + n + 1 : NULL};
	return 0;
}

/* While one layer is read. */
struct reading {
	struct stratum *to;
	const struct gazetteer *g;
	struct reader *reader;
	size_t key;
	const char *encoding;
	size_t nunknown;
	/* Of cells that several rows fill: which, their lists, and what of
	 * values is in which. */
	struct keytab several;
	struct buf *list;
	size_t list_cap;
	struct keytab seen;
	struct buf scratch;
	struct arena *arena;
	struct diag *diag;
};

static int
name_columns(struct reading *r)
{
	const struct columns *in = reader_columns(r->reader);
	struct stratum *s = r->to;

	r->key = columns_need(in, SPAN("code_commune"), r->diag);
	if (r->key == COLUMN_NONE)
		return -1;
	s->column = ARENA_ARRAY(r->arena, struct span, in->n);
	for (size_t c = 0; c < in->n; c++)
		if (c != r->key)
			s->column[s->ncol++] =
			    arena_printf(r->arena, "%.*s_%.*s", (int)s->name.n,
				s->name.p, (int)in->name[c].n, in->name[c].p);
	s->cell =
	    ARENA_ARRAY(r->arena, struct span, r->g->ncommune * s->ncol + 1);
	s->has = ARENA_ARRAY(r->arena, bool, (size_t)r->g->ncommune + 1);
	return 0;
}

bool
stratum_list_has(struct span list, struct span item)
{
	struct span rest = list, value;

	while (rest.n > 0 && cell_value(&rest, &value))
		if (span_eq(value, item))
			return true;
	return false;
}

/* Adds to a cell's list the values of another cell that are not in it. */
static void
add_values(struct reading *r, struct buf *list, size_t at, struct span cell)
{
	struct span value;

	while (cell_value(&cell, &value)) {
		size_t had = r->seen.n;

		buf_reset(&r->scratch);
		buf_add(&r->scratch, span_make((const char *)&at, sizeof at));
		buf_add(&r->scratch, value);
		if (keytab_add(&r->seen, buf_span(&r->scratch)) != had)
			continue;
		if (list->n > 0)
			buf_byte(list, '|');
		buf_add(list, value);
	}
}

/* One more row's, for a cell that is not empty. */
static void
add_further(struct reading *r, struct span *to, struct span cell)
{
	size_t at = (size_t)(to - r->to->cell), had = r->several.n;
	size_t i =
	    keytab_add(&r->several, span_make((const char *)&at, sizeof at));

	if (i == had) {
		r->list =
		    mem_grow(r->list, &r->list_cap, i + 1, sizeof *r->list);
		r->list[i] = (struct buf){NULL, 0, 0};
		add_values(r, &r->list[i], at, *to);
	}
	add_values(r, &r->list[i], at, cell);
}

/* Lists are cells when all rows are read. */
static void
settle_lists(struct reading *r)
{
	for (size_t i = 0; i < r->several.n; i++) {
		size_t at;

		memcpy(&at, keytab_key(&r->several, i).p, sizeof at);
		r->to->cell[at] = arena_span(r->arena, buf_span(&r->list[i]));
		buf_release(&r->list[i]);
	}
	mem_free(r->list);
	keytab_release(&r->several);
	keytab_release(&r->seen);
	buf_release(&r->scratch);
}

static void
add_row(struct reading *r, const struct block *b, size_t rec, uint32_t commune)
{
	struct stratum *s = r->to;
	struct span *to = s->cell + commune * s->ncol;

	s->has[commune] = true;
	for (size_t c = 0; c < b->ncol; c++) {
		struct span cell = block_cell(b, rec, c);

		if (c == r->key)
			continue;
		if (!cell_missing(cell) && to->n == 0)
			*to = arena_span(r->arena, cell);
		else if (!cell_missing(cell) && !span_eq(*to, cell))
			add_further(r, to, cell);
		to++;
	}
}

/* A code of today, or that of a commune that is now part of one other. */
static uint32_t
find_commune(const struct gazetteer *g, struct span code)
{
	uint32_t id = gazetteer_commune(g, code);
	const struct codemap_entry *e;

	if (id != TERRITORY_NONE)
		return id;
	e = codemap_find(&g->former_by_code, code);
	return e == NULL ? TERRITORY_NONE
			 : gazetteer_commune(g, g->former[e->id].today);
}

static void
add_rows(struct reading *r, const struct block *b)
{
	for (size_t rec = 0; rec < b->nrec; rec++) {
		struct span code = block_cell(b, rec, r->key);
		uint32_t id = find_commune(r->g, code);
		struct place at;

		if (id != TERRITORY_NONE) {
			add_row(r, b, rec, id);
			continue;
		}
		if (r->nunknown++ >= UNKNOWN_SHOWN)
			continue;
		at = reader_place(b, rec, r->key);
		diag_report(r->diag, DIAG_NOT_LOCATED, &at, code,
		    "no commune has or had this code: the row is left out");
	}
}

static int
read_layer(struct reading *r)
{
	struct reader_opts opts = {
	    .encoding = r->encoding, .progress = PROGRESS_NEVER};
	struct block b = BLOCK_EMPTY;
	int rc = -1;

	r->reader = reader_open(&r->to->file, 1, &opts, r->diag);
	if (r->reader == NULL)
		return -1;
	if (name_columns(r) == 0)
		while ((rc = reader_next(r->reader, &b)) > 0)
			add_rows(r, &b);
	settle_lists(r);
	if (r->nunknown > UNKNOWN_SHOWN)
		diag_report(r->diag, DIAG_NOT_LOCATED,
		    &(struct place){r->to->file, 0, 0}, span_make(NULL, 0),
		    "%zu rows are left out", r->nunknown);
	block_release(&b);
	reader_free(r->reader);
	return rc;
}

int
strata_load(struct strata *s, const struct gazetteer *g, const char *dir,
    struct arena *arena, struct diag *diag)
{
	for (size_t i = 0; i < s->n; i++) {
		struct reading r = {.to = &s->item[i],
		    .g = g,
		    .encoding = s->encoding,
		    .arena = arena,
		    .diag = diag};

		if (r.to->file == NULL)
			r.to->file = arena_printf(arena, "%s/%.*s.tsv", dir,
			    (int)r.to->name.n, r.to->name.p)
					 .p;
		if (read_layer(&r) < 0)
			return -1;
	}
	return 0;
}

void
strata_release(struct strata *s)
{
	mem_free(s->item);
	*s = (struct strata){.n = 0};
}
