#include "view.h"

#include "cell.h"
#include "heading.h"
#include "keytab.h"
#include "mem.h"
#include "number.h"
#include "utf8.h"

/* The columns of an indicator's rows that name it. */
static const struct span naming[] = {
    {"indicateur", 10}, {"libelle", 7}, {"unite", 5}};

static bool
is_naming(struct span name)
{
	for (size_t i = 0; i < sizeof naming / sizeof naming[0]; i++)
		if (span_eq(name, naming[i]))
			return true;
	return false;
}

struct span
view_cell(const struct view *v, size_t row, size_t column)
{
	return v->row[row]->cell[v->column[column].at];
}

/* What one more cell leaves of what its column may be. */
static void
see_cell(struct view_column *c, struct span cell, bool first)
{
	struct moment m;

	if (c->kind == VIEW_PERIOD) {
		if (moment_parse(cell, &m) &&
		    (m.kind != DATE_YEAR || timeline_is_year(c->name)) &&
		    (first || m.kind == c->period)) {
			c->period = m.kind;
			return;
		}
		c->kind = c->key || !first ? VIEW_TEXT : VIEW_NUMBER;
	}
	if (c->kind == VIEW_NUMBER && !french_is_number(cell))
		c->kind = VIEW_TEXT;
}

static void
settle_column(struct view *v, struct view_column *c)
{
	bool first = true;

	c->kind = VIEW_PERIOD;
	for (size_t i = 0; i < v->nrow; i++) {
		struct span cell = v->row[i]->cell[c->at];

		if (cell_missing(cell) ||
		    (v->row[i]->total && span_eq(cell, v->total)))
			continue;
		see_cell(c, cell, first);
		first = false;
	}
	if (first)
		c->kind = VIEW_TEXT;
	for (size_t i = 0; c->kind == VIEW_NUMBER && i < v->nrow; i++)
		french_see(&c->french, v->row[i]->cell[c->at]);
	french_settle(&c->french);
}

/* Whether there are two periods at least: one alone is no line. */
static bool
has_course(const struct view *v, size_t column)
{
	struct span first = {NULL, 0}, cell;
	struct moment m;

	for (size_t i = 0; i < v->nrow; i++) {
		cell = view_cell(v, i, column);
		if (!moment_parse(cell, &m))
			continue;
		if (first.n > 0 && !span_eq(first, cell))
			return true;
		first = cell;
	}
	return false;
}

static void
settle_view(struct view *v)
{
	v->period = COLUMN_NONE;
	for (size_t i = 0; i < v->ncolumn; i++) {
		struct view_column *c = &v->column[i];

		settle_column(v, c);
		if (c->key && c->kind == VIEW_PERIOD && has_course(v, i))
			v->period = i;
	}
	for (size_t i = 0; i < v->nrow; i++)
		v->ntotal += v->row[i]->total;
}

static void
add_column(
    struct view *v, const struct picture *p, size_t at, bool key, bool ascii)
{
	v->column[v->ncolumn++] = (struct view_column){
	    .name = p->columns->name[at],
	    .at = at,
	    .key = key,
	    .french.ascii = ascii,
	};
}

static struct views
whole_view(const struct picture *p, bool ascii)
{
	struct view *v = ARENA_NEW(p->arena, struct view);

	v->column = ARENA_ARRAY(p->arena, struct view_column, p->columns->n);
	v->row = arena_alloc(p->arena, p->nrow + 1, sizeof(void *));
	v->value = v->goal = v->status = COLUMN_NONE;
	v->total = p->hint.total;
	for (size_t i = 0; i < p->columns->n; i++)
		add_column(v, p, i, i < p->hint.nkey, ascii);
	for (const struct picture_row *r = p->first; r != NULL; r = r->next)
		v->row[v->nrow++] = r;
	settle_view(v);
	return (struct views){v, 1, false};
}

static struct span
text_of(const struct picture *p, const struct picture_row *r, size_t column)
{
	struct buf scratch = {NULL, 0, 0};
	struct span text = {NULL, 0};

	if (column != COLUMN_NONE && !cell_missing(r->cell[column]))
		text =
		    arena_span(p->arena, cell_shown(r->cell[column], &scratch));
	buf_release(&scratch);
	return text;
}

static void
name_indicator(struct view *v, const struct picture *p)
{
	const struct columns *c = p->columns;
	const struct picture_row *first = v->row[0];

	v->name = text_of(p, first, columns_find(c, SPAN("libelle")));
	if (v->name.n == 0)
		v->name =
		    text_of(p, first, columns_find(c, SPAN("indicateur")));
	if (v->name.n == 0)
		v->name = SPAN(VIEW_MISSING);
	v->unit = text_of(p, first, columns_find(c, SPAN("unite")));
}

static bool
is_empty(const struct view *v, size_t at)
{
	for (size_t i = 0; i < v->nrow; i++)
		if (!cell_missing(v->row[i]->cell[at]))
			return false;
	return true;
}

/* What its rows do not name it by, the keys in front of the value. */
static void
choose_columns(
    struct view *v, const struct picture *p, size_t value, bool ascii)
{
	const struct columns *c = p->columns;

	v->column = ARENA_ARRAY(p->arena, struct view_column, c->n);
	v->value = v->goal = v->status = COLUMN_NONE;
	for (size_t i = 0; i < c->n; i++) {
		bool goal = span_eq(c->name[i], SPAN("cible"));
		bool status = span_eq(c->name[i], SPAN("statut"));

		if (is_naming(c->name[i]) || (i != value && is_empty(v, i)))
			continue;
		if (i == value)
			v->value = v->ncolumn;
		if (goal)
			v->goal = v->ncolumn;
		if (status)
			v->status = v->ncolumn;
		add_column(v, p, i, i < value && !goal && !status, ascii);
	}
}

static void
part_rows(struct views *views, const struct picture *p, size_t indicator)
{
	struct keytab names = KEYTAB_EMPTY;
	const struct picture_row *r;
	struct view *v;

	views->item = ARENA_ARRAY(p->arena, struct view, p->nrow);
	for (r = p->first; r != NULL; r = r->next)
		views->item[keytab_add(&names, r->cell[indicator])].nrow++;
	views->n = names.n;
	for (size_t i = 0; i < views->n; i++) {
		v = &views->item[i];
		v->row = arena_alloc(p->arena, v->nrow, sizeof(void *));
		v->nrow = 0;
	}
	for (r = p->first; r != NULL; r = r->next) {
		v = &views->item[keytab_find(&names, r->cell[indicator])];
		v->row[v->nrow++] = r;
	}
	keytab_release(&names);
}

static struct views
indicator_views(
    const struct picture *p, size_t indicator, size_t value, bool ascii)
{
	struct views views = {.by_indicator = true};

	part_rows(&views, p, indicator);
	for (size_t i = 0; i < views.n; i++) {
		struct view *v = &views.item[i];

		v->total = p->hint.total;
		name_indicator(v, p);
		choose_columns(v, p, value, ascii);
		settle_view(v);
	}
	return views;
}

struct views
views_make(const struct picture *p, bool ascii)
{
	size_t indicator = columns_find(p->columns, SPAN("indicateur"));
	size_t value = columns_find(p->columns, SPAN("valeur"));

	return indicator != COLUMN_NONE && value != COLUMN_NONE && p->nrow > 0
	    ? indicator_views(p, indicator, value, ascii)
	    : whole_view(p, ascii);
}

bool
view_draws(const struct view *v, size_t column)
{
	const struct view_column *c = &v->column[column];

	return !c->key && c->kind == VIEW_NUMBER &&
	    (v->value == COLUMN_NONE || v->value == column);
}

bool
view_number(const struct view *v, size_t row, size_t column, double *value)
{
	struct number x;

	if (!number_parse(view_cell(v, row, column), false, &x))
		return false;
	*value = number_double(x);
	return true;
}

static void
put_text(struct span cell, struct buf *b)
{
	struct buf scratch = {NULL, 0, 0};
	struct span rest = cell, value;

	while (cell_value(&rest, &value)) {
		if (value.p != cell.p)
			buf_add(b, SPAN(", "));
		buf_reset(&scratch);
		buf_add(b, cell_shown(value, &scratch));
	}
	buf_release(&scratch);
}

bool
view_put(const struct view *v, size_t row, size_t column, struct buf *b)
{
	const struct view_column *c = &v->column[column];
	struct span cell = view_cell(v, row, column);

	if (cell_missing(cell))
		return true;
	if (c->kind == VIEW_NUMBER)
		return french_put(&c->french, b, cell);
	if (c->kind != VIEW_PERIOD || !moment_put(b, cell))
		put_text(cell, b);
	return true;
}

void
view_label(const struct view *v, size_t row, size_t but, struct buf *b)
{
	bool first = true;

	for (size_t i = 0; i < v->ncolumn; i++) {
		bool missing = cell_missing(view_cell(v, row, i));

		if (!v->column[i].key || i == but ||
		    (missing && v->row[row]->total))
			continue;
		if (!first)
			buf_add(b, SPAN(" · "));
		first = false;
		if (missing)
			buf_add(b, SPAN(VIEW_MISSING));
		else
			view_put(v, row, i, b);
	}
}

void
view_heading(const struct view *v, size_t column, struct buf *b)
{
	const struct view_column *c = &v->column[column];
	struct buf name = {NULL, 0, 0};

	heading_put(&name, c->name, c->kind == VIEW_PERIOD);
	heading_capital(b, buf_span(&name));
	buf_release(&name);
}

struct span
view_cut(struct span text, size_t columns)
{
	size_t at = 0, used = 0, n;

	if (utf8_width(text) <= columns)
		return text;
	for (; at < text.n; at += n) {
		utf8_decode(span_from(text, at), &n);
		used += utf8_width(span_make(text.p + at, n));
		if (used + 1 > columns)
			break;
	}
	return span_make(text.p, at);
}
