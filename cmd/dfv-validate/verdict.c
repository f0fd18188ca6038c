#include "verdict_impl.h"

#include <stdint.h>

#include "cell.h"
#include "lexicon.h"
#include "mem.h"
#include "memo.h"

enum { RECORDS = 128 };

/* Records [from, to) of a block, whose columns are looked at one by one: so few
 * that their text is near the processor still when the next one's turn comes. */
struct stretch {
	size_t from;
	size_t to;
};

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

/* Whether a cell has a delimiter in it that is more than a bar, as || is. */
static bool
is_parted_by(struct span cell, struct span delimiter)
{
	return delimiter.n > 1 && find_span(cell, delimiter) < cell.n;
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
		v->native = cell_is_list(v->rest) &&
		    !is_parted_by(v->rest, f->delimiter);
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

size_t
cell_length(const struct field *f, struct span cell, struct span text,
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

bool
cell_is_of_type(const struct field *f, struct span cell, struct subject *s)
{
	if (f->type->check == NULL)
		return true;
	if ((f->type->is & TYPE_LIST) != 0 && cell_is_list(cell))
		return f->type->check == type_array || type_geopoint_list(cell);
	return f->type->check(f, s->text, f->range != NULL ? &s->order : NULL);
}

/* Whether all is surely well with one value of a cell; constraints on a list
 * as a whole are asked about its first. */
static inline bool
value_is_good(const struct field *f, struct span cell, struct subject *s,
    bool first, struct verdict *v)
{
	size_t n = f->nconstraint - f->nbound;

	if (!cell_is_of_type(f, cell, s))
		return false;
	if (f->range != NULL && !range_holds(f->range, &s->order))
		return false;
	if (first && f->sized)
		s->length = cell_length(f, cell, s->text, &v->other.text);
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

/* Whether the cell is one without a value, after saying so where it has to
 * have one. */
static inline bool
is_missing(const struct check_column *c, struct span cell, size_t rec,
    struct verdict *v)
{
	const struct field *f = c->field;

	if (f->own_missing ? !check_missing(f, cell, &v->scratch)
			   : !cell_missing(cell))
		return false;
	if (f->required && !is_blank(v, rec))
		explain_required(c, rec, v);
	return true;
}

/* Whether a cell has a value with which all is well; what is wrong is told. */
static bool
check_one(const struct check_column *c, const struct block *b, size_t rec,
    struct verdict *v)
{
	struct span cell = block_cell(b, rec, c->col);

	if (is_missing(c, cell, rec, v))
		return false;
	if (cell_is_good(c->field, cell, v))
		return true;
	explain_cell(c, b, rec, v);
	return false;
}

/* Cells that the memo knows need no other look. */
static void
check_column(const struct check_column *c, const struct block *b,
    struct stretch s, struct memo *memo, struct verdict *v)
{
	const struct block_column column = block_column(b, c->col);
	size_t known = 0, others = 0;

	for (size_t rec = s.from; rec < s.to; rec++) {
		struct span cell = block_column_cell(&column, rec);

		if (memo_knows(memo, cell, column.p)) {
			known++;
		} else if (check_one(c, b, rec, v)) {
			memo_keep(memo, cell, column.p);
			others++;
		}
	}
	memo_count(memo, known + others, known);
}

/* A column whose cells have to be there, and may be anything. */
static void
check_presence(const struct check_column *c, const struct block *b,
    struct stretch s, struct verdict *v)
{
	const struct block_column column = block_column(b, c->col);
	bool by_length = v->plain && !c->field->own_missing;

	for (size_t rec = s.from; rec < s.to; rec++) {
		struct span cell = block_column_cell(&column, rec);

		if (cell.n == 0 || !by_length)
			(void)is_missing(c, cell, rec, v);
	}
}

/* Whether nothing is asked of a column's numbers but their bounds: those are
 * read many at once. */
static bool
is_number_column(const struct field *f, const struct verdict *v)
{
	return v->plain && !f->is_list && f->nconstraint == f->nbound &&
	    (f->type->check == type_number || f->type->check == type_integer) &&
	    type_plain_number(f);
}

/* A bit for each of n cells that is not surely good. */
static uint64_t
unsure_numbers(const struct field *f, const struct block_column *column,
    size_t rec, size_t n, struct verdict *v)
{
	uint64_t unsure = ~range_sure(
	    f->range, f->type->check == type_integer, column, rec, n);

	for (size_t i = 0; f->own_missing && i < n; i++)
		if (check_missing(
			f, block_column_cell(column, rec + i), &v->scratch))
			unsure |= UINT64_C(1) << i;
	return unsure & UINT64_MAX >> (RANGE_CELLS - n);
}

static void
check_numbers(const struct check_column *c, const struct block *b,
    struct stretch s, struct verdict *v)
{
	const struct block_column column = block_column(b, c->col);

	for (size_t rec = s.from, n; rec < s.to; rec += n) {
		uint64_t unsure;

		n = s.to - rec < RANGE_CELLS ? s.to - rec : RANGE_CELLS;
		unsure = unsure_numbers(c->field, &column, rec, n, v);
		for (; unsure != 0; unsure &= unsure - 1)
			(void)check_one(
			    c, b, rec + (size_t)__builtin_ctzll(unsure), v);
	}
}

static void
check_stretch(const struct check *k, const struct block *b, struct stretch s,
    struct verdict *v)
{
	for (size_t i = 0; i < k->ncolumn; i++) {
		const struct check_column *c = &k->column[i];
		const struct field *f = c->field;

		if (f->type->check == NULL && f->nconstraint == 0)
			check_presence(c, b, s, v);
		else if (is_number_column(f, v))
			check_numbers(c, b, s, v);
		else
			check_column(c, b, s, &v->memo[i], v);
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
	if (v->memo == NULL)
		v->memo = mem_alloc(k->ncolumn, sizeof *v->memo);
	for (struct stretch s = {0, 0}; s.from < b->nrec; s.from = s.to) {
		s.to = s.from + RECORDS < b->nrec ? s.from + RECORDS : b->nrec;
		check_stretch(k, b, s, v);
	}
	for (size_t i = 0; i < k->ncolumn; i++)
		memo_rest(&v->memo[i]);
	check_shifts(k, b, v);
	row_check_block(k, b, v);
}

void
verdict_release(struct verdict *v)
{
	findings_release(&v->list);
	mem_free(v->blank);
	mem_free(v->memo);
	buf_release(&v->scratch);
	buf_release(&v->other.text);
	regex_room_free(v->other.match);
}
