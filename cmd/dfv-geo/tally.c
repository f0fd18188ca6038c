#include "tally.h"

#include <string.h>

#include "cell.h"
#include "mem.h"

/*
 * A batch's bytes are uint32_t, in the order of the records: the record, how
 * many territories and which, how many communes and which.
 */
struct worker {
	const struct tally *t;
	struct resolver resolver;
	struct belonging in;
};

static void *
worker_new(void *ctx)
{
	const struct tally *t = ctx;
	struct worker *w = mem_alloc(1, sizeof *w);

	w->t = t;
	w->in.named = t->value_col != COLUMN_NONE;
	session_resolver(t->s, &w->resolver);
	return w;
}

static void
worker_free(void *ctx, void *worker)
{
	struct worker *w = worker;

	(void)ctx;
	resolver_release(&w->resolver);
	belonging_release(&w->in);
	mem_free(w);
}

static void
add_words(struct buf *b, const uint32_t *word, size_t n)
{
	buf_add(b, span_make((const char *)word, n * sizeof *word));
}

static void
add_list(struct buf *b, const uint32_t *id, size_t n)
{
	add_words(b, &(uint32_t){(uint32_t)n}, 1);
	add_words(b, id, n);
}

static void
place_block(void *worker, const struct block *b, struct batch *made)
{
	struct worker *w = worker;
	const struct whereabouts *at = &w->resolver.at;
	const struct tally *t = w->t;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		bool lost;

		w->in.n = 0;
		if (t->by)
			belonging_find(&w->in, &w->resolver, t->level, b, rec);
		else
			resolver_record(&w->resolver, b, rec, false);
		lost = t->by ? w->in.lost : at->lost;
		if (lost || (t->points && (at->lost || at->n == 0)))
			batch_lose(made, rec);
		add_words(&made->out, &(uint32_t){(uint32_t)rec}, 1);
		add_list(&made->out, w->in.id, w->in.n);
		add_list(&made->out, at->commune, t->points ? at->n : 0);
	}
}

struct record {
	const struct block *b;
	size_t rec;
	const uint32_t *area;
	size_t narea;
	const uint32_t *commune;
	size_t ncommune;
};

static int
report_cell(struct tally *t, enum diag_id id, const struct record *r,
    size_t col, const char *detail)
{
	struct place at = reader_place(r->b, r->rec, col);

	diag_report(&t->s->diag, id, &at, block_cell(r->b, r->rec, col),
	    detail == NULL ? NULL : "%s", detail);
	return -1;
}

static int
read_number(
    struct tally *t, const struct record *r, size_t col, struct number *v)
{
	struct span text;

	buf_reset(&t->scratch);
	if (cell_text(block_cell(r->b, r->rec, col), &t->scratch, &text) == 0 &&
	    number_parse(text, t->s->opts.common.decimal_comma, v))
		return 0;
	return report_cell(t, DIAG_NOT_A_NUMBER, r, col, NULL);
}

/* The number of a text, which is new or known. */
static int
read_text(struct tally *t, const struct record *r, size_t col, struct number *v)
{
	struct span text;
	size_t i = 0;

	buf_reset(&t->scratch);
	text = cell_shown(block_cell(r->b, r->rec, col), &t->scratch);
	while (i < t->nname && !span_eq(t->name[i], text))
		i++;
	if (i == CLASSES_MAX)
		return report_cell(t, DIAG_OUT_OF_RANGE, r, col,
		    "a ninth text: a map tells eight apart, join some of them");
	if (i == t->nname)
		t->name[t->nname++] = arena_span(&t->s->arena, text);
	*v = number_int((int64_t)i);
	return 0;
}

/* The figure of a territory, which only one record may give. */
static int
set_figure(
    struct tally *t, const struct record *r, uint32_t id, struct number v)
{
	struct session *s = t->s;

	if (t->figure[id].has) {
		struct place at = reader_place(r->b, r->rec, t->value_col);

		diag_report(&s->diag, DIAG_DUPLICATE_KEY, &at,
		    level_table(&s->g, t->level)->item[id].name,
		    "a second figure for it: bring them to one with "
		    "dfv-stats -g first");
		return -1;
	}
	t->figure[id] = (struct figure){v, true};
	return 0;
}

static int
take_value(struct tally *t, const struct record *r)
{
	struct number v;
	int rc;

	if (cell_missing(block_cell(r->b, r->rec, t->value_col)))
		return 0;
	if (t->text)
		rc = read_text(t, r, t->value_col, &v);
	else
		rc = read_number(t, r, t->value_col, &v);
	if (rc < 0)
		return -1;
	for (size_t i = 0; i < r->narea; i++)
		if (set_figure(t, r, r->area[i], v) < 0)
			return -1;
	return 0;
}

/* False where the sum is beyond any number. */
static bool
add_figure(struct figure *f, struct number v)
{
	if (f->has && !number_add(f->value, v, &v))
		return false;
	*f = (struct figure){v, true};
	return true;
}

static int
take_size(struct tally *t, const struct record *r)
{
	struct number v = number_int(1);

	if (t->size_col != COLUMN_NONE) {
		if (cell_missing(block_cell(r->b, r->rec, t->size_col)))
			return 0;
		if (read_number(t, r, t->size_col, &v) < 0)
			return -1;
		if (number_cmp(v, number_int(0)) < 0)
			return report_cell(t, DIAG_OUT_OF_RANGE, r, t->size_col,
			    "a circle has no size below 0");
	}
	for (size_t i = 0; i < r->ncommune; i++)
		if (!add_figure(&t->here[r->commune[i]], v))
			return report_cell(t, DIAG_OUT_OF_RANGE, r, t->size_col,
			    "the sum is beyond any number");
	return 0;
}

static int
take_record(struct tally *t, const struct record *r)
{
	if (t->by && t->value_col != COLUMN_NONE && take_value(t, r) < 0)
		return -1;
	for (size_t i = 0; t->by && t->value_col == COLUMN_NONE && i < r->narea;
	     i++)
		add_figure(&t->figure[r->area[i]], number_int(1));
	return t->points ? take_size(t, r) : 0;
}

static int
take_block(void *ctx, const struct block *b, struct batch *made)
{
	struct tally *t = ctx;
	size_t n = made->out.n / sizeof(uint32_t);
	/* Bytes of a buffer have no alignment of their own. */
	uint32_t *word = mem_alloc(n + 1, sizeof *word);
	int rc = 0;

	if (n > 0)
		memcpy(word, made->out.p, n * sizeof *word);
	for (size_t i = 0; i < n && rc == 0;) {
		struct record r = {.b = b, .rec = word[i++]};

		r.narea = word[i++];
		r.area = word + i;
		i += r.narea;
		r.ncommune = word[i++];
		r.commune = word + i;
		i += r.ncommune;
		rc = take_record(t, &r);
	}
	mem_free(word);
	return rc;
}

int
tally_run(struct tally *t)
{
	struct session *s = t->s;
	struct session_job job = {
	    t, worker_new, worker_free, place_block, take_block};
	size_t n = level_table(&s->g, t->level)->n;

	/* Counting starts at none; values are missing until a record gives
	 * them. */
	if (t->by)
		t->figure = ARENA_ARRAY(&s->arena, struct figure, n);
	for (size_t i = 0; t->by && i < n; i++)
		t->figure[i] =
		    (struct figure){number_int(0), t->value_col == COLUMN_NONE};
	if (t->points)
		t->here = ARENA_ARRAY(
		    &s->arena, struct figure, (size_t)s->g.ncommune + 1);
	return session_run(s, &job);
}

void
tally_release(struct tally *t)
{
	buf_release(&t->scratch);
}
