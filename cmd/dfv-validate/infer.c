#include "infer.h"

#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "output.h"
#include "yaml_scalar.h"

/* What has to be seen before words are an enumeration, as many as this for each
 * of them; and before values that differ are a key. */
enum { SEEN_FOR_EACH = 3, SEEN_FOR_KEY = 5, SHOWN_MAX = 60 };

struct infer {
	struct validate *v;
	struct reader *reader;
	const struct columns *columns;
	struct reference *reference;
	struct field *field; /* of guesses */
	struct guess_column *column;
	size_t nrec;
	struct buf scratch;
	struct buf out;
};

static int
read_all(struct infer *in)
{
	struct block b = BLOCK_EMPTY;
	int rc;

	while ((rc = reader_next(in->reader, &b)) > 0) {
		for (size_t col = 0; col < b.ncol; col++)
			for (size_t rec = 0; rec < b.nrec; rec++)
				guess_cell(&in->column[col], in->field,
				    block_cell(&b, rec, col), &in->scratch);
		in->nrec += b.nrec;
	}
	block_release(&b);
	return rc;
}

static void
put_text(struct buf *out, struct span s)
{
	buf_room(out, yaml_scalar_room(s.n));
	yaml_put(out, s);
}

/* A text in a comment: on one line, and not all of a long one. */
static void
put_shown(struct buf *out, struct span s)
{
	char quoted[4 * SHOWN_MAX];

	if (s.n > SHOWN_MAX)
		s.n = SHOWN_MAX;
	while (s.n > 0 && (s.p[s.n - 1] & 0xC0) == 0x80)
		s.n--;
	buf_add(out, span_of(diag_quote(quoted, sizeof quoted, s)));
}

static bool
is_unique(const struct guess_column *c)
{
	return c->all_differ && !c->too_many && !c->is_list && c->ncell > 1;
}

/* That all differ may be chance, but in what looks like a name or a code. */
static bool
is_key(const struct guess_column *c, const struct guess *g)
{
	if (!is_unique(c) || c->spaced || c->ncell < SEEN_FOR_KEY)
		return false;
	return g == NULL || g->check != NULL ||
	    strcmp(g->type, "integer") == 0 ||
	    (g->format != NULL && strcmp(g->format, "uuid") == 0);
}

/* Two at least, each seen often enough; codes of a list have one already. */
static bool
is_enumeration(const struct guess_column *c, const struct guess *g)
{
	return !c->too_many && !is_unique(c) && c->words.n >= 2 &&
	    c->words.n <= GUESS_WORDS && c->max_length <= SHOWN_MAX &&
	    c->nvalue >= c->words.n * SEEN_FOR_EACH &&
	    (g == NULL ||
		(g->check == NULL && g->format == NULL &&
		    strcmp(g->type, "string") == 0));
}

/* Records of letters and digits that all look alike are probably codes. */
static bool
is_shape(const struct guess_column *c)
{
	bool digit = false;

	for (size_t i = 0; c->shaped && i < c->nshape; i++)
		digit |= c->shape[i] == '9';
	return c->shaped && digit && c->nvalue > 1;
}

static void
put_pattern(struct buf *out, const struct guess_column *c)
{
	struct buf p = {NULL, 0, 0};

	for (size_t i = 0; i < c->nshape;) {
		size_t n = 1;
		char s = c->shape[i];

		while (i + n < c->nshape && c->shape[i + n] == s)
			n++;
		if (s == '9' || s == 'A' || s == 'a')
			buf_add(&p,
			    s == '9'       ? SPAN("[0-9]")
				: s == 'A' ? SPAN("[A-Z]")
					   : SPAN("[a-z]"));
		else if (strchr("_-:/ ,;'\"@#%&=<>!~`", s) != NULL)
			buf_byte(&p, s);
		else
			buf_printf(&p, "\\%c", s);
		if (n > 1)
			buf_printf(&p, "{%zu}", n);
		i += n;
	}
	buf_add(out, SPAN("      pattern: "));
	put_text(out, buf_span(&p));
	buf_byte(out, '\n');
	buf_release(&p);
}

static int
compare_words(const void *a, const void *b)
{
	return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

static void
put_enumeration(struct infer *in, const struct guess_column *c)
{
	size_t n = c->words.n;
	struct span *word = ARENA_ARRAY(in->v->arena, struct span, n);

	for (size_t i = 0; i < n; i++)
		word[i] = keytab_key(&c->words, i);
	qsort(word, n, sizeof *word, compare_words);
	buf_add(&in->out, SPAN("      enum:\n"));
	for (size_t i = 0; i < n; i++) {
		buf_add(&in->out, SPAN("        - "));
		put_text(&in->out, word[i]);
		buf_byte(&in->out, '\n');
	}
}

/* What was seen of the column, for whoever reads the schema. */
static void
put_evidence(struct infer *in, const struct guess_column *c, size_t guess)
{
	struct buf *out = &in->out;

	buf_printf(out, "    # %zu of %zu filled", c->ncell, in->nrec);
	if (c->nvalue == 0) {
		buf_add(out, SPAN(": nothing is known of it\n"));
		return;
	}
	if (is_unique(c))
		buf_add(out, SPAN(", all different"));
	else if (!c->too_many)
		buf_printf(out, ", %zu different", c->words.n);
	else
		buf_add(out, SPAN(", many different"));
	if (guess < GUESSES_MAX && c->any[guess] && c->low[guess].n > 0 &&
	    c->high[guess].n > 0) {
		buf_add(out, SPAN(", from "));
		put_shown(out, span_make(c->low[guess].text, c->low[guess].n));
		buf_add(out, SPAN(" to "));
		put_shown(
		    out, span_make(c->high[guess].text, c->high[guess].n));
	} else if (c->min_length == c->max_length) {
		buf_printf(out, ", of %zu characters", c->max_length);
	} else {
		buf_printf(out, ", of %zu to %zu characters", c->min_length,
		    c->max_length);
	}
	if (!c->too_many) {
		buf_add(out, SPAN(", as "));
		put_shown(out, keytab_key(&c->words, 0));
	}
	buf_byte(out, '\n');
}

static void
put_type(struct buf *out, const struct guess_column *c, const struct guess *g)
{
	const char *type = g == NULL ? "string" : g->type;

	if (c->is_list) {
		buf_add(out, SPAN("    type: list\n    delimiter: '|'\n"));
		if (g != NULL && g->check == NULL)
			buf_printf(out, "    itemType: %s\n", type);
	} else {
		buf_printf(out, "    type: %s\n", type);
	}
	if (g == NULL)
		return;
	if (g->format != NULL) {
		buf_add(out, SPAN("    format: "));
		put_text(out, span_of(g->format));
		buf_byte(out, '\n');
	}
	if (g->decimal != NULL)
		buf_printf(out, "    decimalChar: '%s'\n", g->decimal);
	if (g->group != NULL)
		buf_printf(out, "    groupChar: \"%s\"\n", g->group);
	if (g->truths != NULL)
		buf_printf(out,
		    "    trueValues: ['%s']\n    falseValues: ['%s']\n",
		    g->truths[0], g->truths[1]);
	if (g->check != NULL)
		buf_printf(out, "    frFormat: %s\n", g->check);
}

static void
put_missing(struct buf *out, const struct guess_column *c)
{
	buf_add(out, SPAN("    missingValues: [''"));
	for (size_t i = 0; guess_missing(i) != NULL; i++)
		if ((c->refused >> i & 1) != 0) {
			buf_add(out, SPAN(", "));
			put_text(out, span_of(guess_missing(i)));
		}
	buf_add(out, SPAN("]\n"));
}

/* Nothing below zero is worth saying; the other bounds are what happened to
 * be there, and stay in the comment. */
static bool
is_positive(const struct guess_column *c, const struct guess *g, size_t guess)
{
	return g != NULL && !c->is_list &&
	    (strcmp(g->type, "integer") == 0 ||
		strcmp(g->type, "number") == 0) &&
	    number_cmp(c->low[guess].order, number_int(0)) >= 0;
}

static void
put_constraints(struct infer *in, const struct guess_column *c, size_t guess)
{
	const struct guess *g = guess_at(guess);
	bool missing =
	    g != NULL && strcmp(g->type, "string") != 0 && c->refused != 0;
	bool required = c->nempty == 0 && !missing && c->ncell > 0;
	bool words = is_enumeration(c, g), shape, positive;

	shape = g == NULL && !words && is_shape(c);
	positive = is_positive(c, g, guess);
	if (missing)
		put_missing(&in->out, c);
	if (!required && !words && !shape && !positive && !is_key(c, g))
		return;
	buf_add(&in->out, SPAN("    constraints:\n"));
	if (required)
		buf_add(&in->out, SPAN("      required: true\n"));
	if (is_key(c, g))
		buf_add(&in->out, SPAN("      unique: true\n"));
	if (positive)
		buf_add(&in->out, SPAN("      minimum: 0\n"));
	if (shape)
		put_pattern(&in->out, c);
	if (words)
		put_enumeration(in, c);
}

static void
put_field(struct infer *in, const struct guess_column *c)
{
	size_t guess = guess_settle(c);

	buf_add(&in->out, SPAN("  - name: "));
	put_text(&in->out, c->name);
	buf_byte(&in->out, '\n');
	put_evidence(in, c, guess);
	put_type(&in->out, c, guess_at(guess));
	put_constraints(in, c, guess);
}

/* The first column that could be one. */
static void
put_key(struct infer *in)
{
	for (size_t i = 0; i < in->columns->n; i++) {
		const struct guess_column *c = &in->column[i];

		if (c->nempty > 0 || c->refused != 0 ||
		    !is_key(c, guess_at(guess_settle(c))))
			continue;
		buf_add(&in->out, SPAN("primaryKey: "));
		put_text(&in->out, c->name);
		buf_byte(&in->out, '\n');
		return;
	}
}

static void
put_schema(struct infer *in)
{
	const struct validate *v = in->v;
	char name[4 * SHOWN_MAX];

	buf_printf(&in->out, "# Inferred from %s%s: %zu records.\n",
	    diag_quote(name, sizeof name,
		v->nfile == 0 ? SPAN("standard input") : span_of(v->file[0])),
	    v->nfile > 1 ? " and others" : "", in->nrec);
	buf_add(&in->out,
	    SPAN("# Comments say what was seen; what is meant is for you to "
		 "say.\nfields:\n"));
	for (size_t i = 0; i < in->columns->n; i++)
		put_field(in, &in->column[i]);
	put_key(in);
}

static int
infer_open(struct infer *in)
{
	struct validate *v = in->v;
	const struct reader_opts opts = {
	    .from = v->common->from, .encoding = v->common->encoding};

	in->reference = reference_load(v->diag);
	if (in->reference == NULL)
		return -1;
	in->reader = reader_open(v->file, v->nfile, &opts, v->diag);
	if (in->reader == NULL)
		return -1;
	in->columns = reader_columns(in->reader);
	in->field = guess_fields(in->reference, v->arena);
	in->column = ARENA_ARRAY(v->arena, struct guess_column, in->columns->n);
	for (size_t i = 0; i < in->columns->n; i++)
		guess_init(&in->column[i], in->columns->name[i]);
	return 0;
}

static void
infer_close(struct infer *in)
{
	for (size_t i = 0; in->column != NULL && i < in->columns->n; i++)
		guess_release(&in->column[i]);
	for (size_t i = 0; in->field != NULL && i < GUESSES_MAX; i++)
		keytab_release(&in->field[i].truths);
	reader_free(in->reader);
	reference_free(in->reference);
	buf_release(&in->scratch);
	buf_release(&in->out);
}

int
infer_run(struct validate *v)
{
	struct infer in = {.v = v};
	struct output out;
	int rc = -1;

	if (infer_open(&in) == 0 && read_all(&in) == 0 &&
	    output_open(&out, v->common->output, v->diag) == 0) {
		put_schema(&in);
		rc = output_write(&out, buf_span(&in.out));
		rc = output_close(&out, rc == 0);
	}
	infer_close(&in);
	return rc == 0 ? 0 : 2;
}
