#include "verdict.h"

#include <stdint.h>

#include "cell.h"
#include "mem.h"
#include "lexicon.h"
#include "words.h"

/* The words of a field's pattern, when it is made of words. */
static struct lexicon *
words_of(const struct field *f, struct arena *a)
{
	for (size_t i = 0; i < f->nconstraint; i++) {
		struct lexicon v;

		if (f->constraint[i].regex == NULL ||
		    !lexicon_read(&v, f->constraint[i].shown, a))
			continue;
		return memcpy(ARENA_NEW(a, struct lexicon), &v, sizeof v);
	}
	return NULL;
}

void
check_init(struct check *k, const struct schema *s, const struct columns *c,
    struct arena *a)
{
	*k = (struct check){.schema = s, .columns = c};
	k->col = ARENA_ARRAY(a, size_t, s->n);
	k->column = ARENA_ARRAY(a, struct check_column, s->n);
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->field[i];

		k->col[i] = columns_find(c, f->name);
		if (k->col[i] == COLUMN_NONE ||
		    (f->type->check == NULL && f->nconstraint == 0 &&
			!f->required))
			continue;
		k->column[k->ncolumn++] =
		    (struct check_column){k->col[i], f, words_of(f, a)};
	}
	check_find_key(k, a);
}

bool
check_missing(const struct field *f, struct span cell, struct buf *scratch)
{
	struct span text;

	if (cell_missing(cell))
		return true;
	if (!f->own_missing)
		return false;
	buf_reset(scratch);
	return cell_text(cell, scratch, &text) == 0 &&
	    keytab_find(&f->missing, text) != KEYTAB_NONE;
}

/* Offset of the first `cut` in s, or s.n. */
static size_t
find_span(struct span s, struct span cut)
{
	size_t at = 0;

	while (at < s.n && !span_starts(span_from(s, at), cut))
		at++;
	return at;
}

/* The items of a text that may be in the buffer itself, which moves. */
static int
items_of(struct span text, struct buf *out)
{
	struct buf items = {NULL, 0, 0};
	int rc = type_items(text, &items);

	buf_add(out, buf_span(&items));
	buf_release(&items);
	return rc;
}

/* A list that is no list of the format: by its delimiter, or as JSON. False
 * when there are no values, or the cell is bad. */
static bool
split_list(struct check_values *v, struct buf *scratch)
{
	size_t start;

	v->split = true;
	v->cut = v->field->is_json ? span_make("", 1) : v->field->delimiter;
	v->bad = cell_text(v->rest, scratch, &v->rest) != 0;
	if (v->bad || !v->field->is_json)
		return !v->bad;
	start = scratch->n;
	v->bad = items_of(v->rest, scratch) != 0;
	v->rest = span_make(scratch->p + start, scratch->n - start);
	if (v->rest.n == 0 || v->bad)
		v->rest.p = NULL;
	else
		v->rest.n--;
	return v->rest.p != NULL;
}

bool
check_value(struct check_values *v, struct buf *scratch, struct span *text)
{
	const struct field *f = v->field;
	struct span cell;
	size_t n;

	if (v->rest.p == NULL)
		return false;
	if (f->is_list && !v->split && !v->native) {
		v->native = cell_is_list(v->rest);
		if (!v->native && !split_list(v, scratch))
			return false;
	}
	if (v->split) {
		n = find_span(v->rest, v->cut);
		*text = span_make(v->rest.p, n);
		if (!f->is_json)
			*text = span_trim(*text);
		v->rest = n < v->rest.n ? span_from(v->rest, n + v->cut.n)
					: span_make(NULL, 0);
		return true;
	}
	cell = v->rest;
	if (!f->is_list)
		v->rest = span_make(NULL, 0);
	else
		cell_value(&v->rest, &cell);
	if (cell_plain(cell)) {
		*text = cell;
		return true;
	}
	v->bad = cell_text(cell, scratch, text) != 0;
	return !v->bad;
}

static size_t
count_values(const struct field *f, struct span cell, struct buf *scratch)
{
	struct check_values v = {.field = f, .rest = cell};
	struct span text;
	size_t n = 0;

	while (check_value(&v, scratch, &text))
		n++;
	return n;
}

/* Whether lengths are counted in something other than characters. */
static size_t
length_of(const struct field *f, struct span cell, struct span text,
    struct buf *scratch)
{
	if (!f->sized)
		return SIZE_MAX;
	if (f->is_list)
		return count_values(f, cell, scratch);
	if (f->type->check == type_array && cell_is_list(cell))
		return count_values(
		    &(struct field){.is_list = true}, cell, scratch);
	if (f->type->check == type_array || f->type->check == type_object)
		return type_members(text);
	return SIZE_MAX;
}

static bool
is_of_type(const struct field *f, struct span cell, struct subject *s)
{
	if (f->type->check == NULL)
		return true;
	if ((f->type->is & TYPE_LIST) != 0 && cell_is_list(cell))
		return true;
	return f->type->check(f, s->text, f->range != NULL ? &s->order : NULL);
}

/* Whether all is surely well with one value of a cell; constraints on a list
 * as a whole are asked about its first. */
static inline bool
value_is_good(const struct field *f, struct span cell, struct subject *s,
    bool first, struct verdict *v)
{
	size_t n = f->nconstraint - f->nbound;

	if (!is_of_type(f, cell, s))
		return false;
	if (f->range != NULL && !range_holds(f->range, &s->order))
		return false;
	if (first && f->sized)
		s->length = length_of(f, cell, s->text, &v->other.text);
	for (size_t i = 0; i < n; i++) {
		const struct constraint *c = &f->constraint[i];

		buf_reset(&v->other.text);
		if ((first || (c->kind->is & CONSTRAINT_OF_LIST) == 0) &&
		    !c->kind->holds(c, f, s, &v->other))
			return false;
	}
	return true;
}

/* The hot path: only whether all is well with a cell that is not missing. */
static inline bool
cell_is_good(const struct field *f, struct span cell, struct verdict *v)
{
	struct check_values values = {.field = f, .rest = cell};
	struct subject s = {.text = cell, .length = SIZE_MAX};
	bool first = true;

	if (v->plain && !f->is_list)
		return value_is_good(f, cell, &s, true, v);
	buf_reset(&v->scratch);
	for (; check_value(&values, &v->scratch, &s.text); first = false)
		if (!value_is_good(f, cell, &s, first, v))
			return false;
	return !values.bad;
}

bool
check_cell(const struct field *f, struct span cell, struct verdict *v)
{
	bool plain = v->plain, good;

	v->plain = false;
	good = cell_is_good(f, cell, v);
	v->plain = plain;
	return good;
}

bool
check_text(const struct field *f, struct span text, struct verdict *v)
{
	struct subject s = {.text = text, .length = SIZE_MAX};

	return value_is_good(f, text, &s, !f->is_list, v);
}

static struct finding *
add_finding(const struct check_column *c, size_t rec, enum finding_id id,
    struct span value, struct verdict *v)
{
	struct finding *f = findings_add(&v->list, id, rec, c->col);

	f->field = c->field->name;
	if (value.p != NULL)
		f->value = arena_span(&v->list.arena, value);
	return f;
}

static void
explain_type(const struct check_column *c, size_t rec, struct span text,
    struct verdict *v)
{
	struct finding *f = add_finding(c, rec, FINDING_TYPE_ERROR, text, v);
	const struct type *t = c->field->type;

	f->expected = t->format == NULL
	    ? arena_printf(&v->list.arena, "%s %.*s", t->name,
		  (int)c->field->format.n, c->field->format.p)
	    : span_of(_(t->expected));
	f->message = arena_printf(&v->list.arena, _("not %s%s%.*s"),
	    _(t->expected), t->format == NULL ? ": " : "",
	    t->format == NULL ? (int)c->field->format.n : 0,
	    t->format == NULL ? c->field->format.p : "");
}

/* The words of a pattern are suggested when they would do. */
static void
suggest_words(const struct lexicon *words, const struct constraint *k,
    struct span text, struct finding *f, struct verdict *v)
{
	struct buf near = {NULL, 0, 0};

	if (words == NULL || k->regex == NULL)
		return;
	if (lexicon_nearest(words, text, &near) &&
	    regex_match(k->regex, buf_span(&near), &v->other.match) == 1) {
		f->suggestion = arena_span(&v->list.arena, buf_span(&near));
		f->message =
		    span_of(_(k->kind->broken)); /* without the words */
	}
	buf_release(&near);
}

static void
explain_constraint(const struct check_column *c, const struct constraint *k,
    size_t rec, struct span cell, struct span text, struct verdict *v)
{
	bool of_list = (k->kind->is & CONSTRAINT_OF_LIST) != 0;
	struct finding *f =
	    add_finding(c, rec, k->kind->finding, of_list ? cell : text, v);

	constraint_explain(k, text, &v->other, f, &v->list.arena);
	suggest_words(c->words, k, text, f, v);
}

static void
explain_json(const struct check_column *c, size_t rec, struct span cell,
    struct verdict *v)
{
	struct finding *f = add_finding(c, rec, FINDING_TYPE_ERROR, cell, v);

	f->expected = span_of(_("a JSON array"));
	f->message = arena_printf(
	    &v->list.arena, _("not %s%s%.*s"), _("a JSON array"), "", 0, "");
}

/* The same once more, slowly, saying what is wrong. */
static void
explain_cell(const struct check_column *c, const struct block *b, size_t rec,
    struct verdict *v)
{
	const struct field *f = c->field;
	struct span cell = block_cell(b, rec, c->col);
	struct check_values values = {.field = f, .rest = cell};
	struct subject s = {.length = SIZE_MAX};
	bool first = true;

	buf_reset(&v->scratch);
	while (check_value(&values, &v->scratch, &s.text)) {
		bool typed = is_of_type(f, cell, &s);

		if (!typed)
			explain_type(c, rec, s.text, v);
		buf_reset(&v->other.text);
		if (first)
			s.length = length_of(f, cell, s.text, &v->other.text);
		for (size_t i = 0; typed && i < f->nconstraint; i++) {
			const struct constraint *k = &f->constraint[i];

			bool of_list = (k->kind->is & CONSTRAINT_OF_LIST) != 0;

			buf_reset(&v->other.text);
			if ((!first && of_list) ||
			    k->kind->holds(k, f, &s, &v->other))
				continue;
			explain_constraint(c, k, rec, cell, s.text, v);
		}
		first = false;
	}
	if (values.bad && f->is_json)
		explain_json(c, rec, cell, v);
}

/*
 * Records of several cells of which none has a value: a spreadsheet leaves them
 * at the end. What is required of their cells would only say so again.
 */
static void
check_blank(const struct block *b, struct verdict *v)
{
	v->nblank = 0;
	for (size_t rec = 0; b->ncol > 1 && rec < b->nrec; rec++) {
		size_t col = 0;

		while (col < b->ncol && cell_missing(block_cell(b, rec, col)))
			col++;
		if (col < b->ncol)
			continue;
		findings_add(&v->list, FINDING_BLANK_ROW, rec, COLUMN_NONE);
		v->blank = mem_grow(
		    v->blank, &v->blank_cap, v->nblank + 1, sizeof *v->blank);
		v->blank[v->nblank++] = rec;
	}
}

/* They are in order. */
static bool
is_blank(const struct verdict *v, size_t rec)
{
	size_t low = 0, high = v->nblank;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (v->blank[middle] < rec)
			low = middle + 1;
		else
			high = middle;
	}
	return low < v->nblank && v->blank[low] == rec;
}

static void
explain_required(const struct check_column *c, size_t rec, struct verdict *v)
{
	struct finding *f = add_finding(
	    c, rec, FINDING_CONSTRAINT_ERROR, span_make(NULL, 0), v);

	f->message = span_of(_("a value is required"));
	f->expected = SPAN("required");
}

static void
check_column(
    const struct check_column *c, const struct block *b, struct verdict *v)
{
	const struct field *f = c->field;
	bool any = f->type->check == NULL && f->nconstraint == 0;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		struct span cell = block_cell(b, rec, c->col);

		if (f->own_missing ? check_missing(f, cell, &v->scratch)
				   : cell_missing(cell)) {
			if (f->required && !is_blank(v, rec))
				explain_required(c, rec, v);
		} else if (!any && !cell_is_good(f, cell, v)) {
			explain_cell(c, b, rec, v);
		}
	}
}

/* Escapes of all columns: what is not looked at passes through too. */
static void
check_escapes(const struct block *b, struct verdict *v)
{
	v->plain = b->n == 0 || memchr(b->p, '\\', b->n) == NULL;
	if (v->plain)
		return;
	for (size_t rec = 0; rec < b->nrec; rec++)
		for (size_t col = 0; col < b->ncol; col++) {
			struct span text;

			buf_reset(&v->scratch);
			if (cell_text(block_cell(b, rec, col), &v->scratch,
				&text) != 0)
				fault_set_cell(&v->fault, DIAG_BAD_ESCAPE, rec,
				    col, text, NULL);
		}
}

void
check_block(const struct check *k, const struct block *b, struct verdict *v)
{
	findings_reset(&v->list);
	v->fault.id = DIAG_NONE;
	check_escapes(b, v);
	check_blank(b, v);
	check_ragged(k, b, v);
	for (size_t i = 0; i < k->ncolumn; i++)
		check_column(&k->column[i], b, v);
	check_shifts(k, b, v);
	row_check_block(k, b, v);
}

void
verdict_release(struct verdict *v)
{
	findings_release(&v->list);
	mem_free(v->blank);
	buf_release(&v->scratch);
	buf_release(&v->other.text);
	regex_room_free(v->other.match);
}
