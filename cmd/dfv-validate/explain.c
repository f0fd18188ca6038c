#include "verdict_impl.h"

#include <stdint.h>

#include "advice.h"
#include "cell.h"
#include "lexicon.h"
#include "words.h"

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
	f->suggestion = advise(c, text, v, &v->list.arena);
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
	if (f->suggestion.p == NULL && !of_list)
		f->suggestion = advise(c, text, v, &v->list.arena);
}

/* What is no SIRET does not match a SIRET's pattern either: of the findings
 * from `from` on, which are about one value, those against constraints follow
 * from that of a French check. */
static void
link_constraints(struct findings *l, size_t from)
{
	struct finding *cause = NULL;

	for (size_t i = from; i < l->n && cause == NULL; i++)
		if (l->item[i].id != FINDING_CONSTRAINT_ERROR &&
		    l->item[i].level == DIAG_ERROR)
			cause = &l->item[i];
	for (size_t i = from; i < l->n && cause != NULL; i++) {
		struct finding *f = &l->item[i];

		if (f->id != FINDING_CONSTRAINT_ERROR)
			continue;
		f->status = FOUND_CAUSED;
		if (cause->suggestion.p == NULL)
			cause->suggestion = f->suggestion;
	}
}

static void
explain_constraints(const struct check_column *c, size_t rec, struct span cell,
    const struct subject *s, bool first, struct verdict *v)
{
	const struct field *f = c->field;
	size_t before = v->list.n;

	for (size_t i = 0; i < f->nconstraint; i++) {
		const struct constraint *k = &f->constraint[i];
		bool of_list = (k->kind->is & CONSTRAINT_OF_LIST) != 0;

		buf_reset(&v->other.text);
		if ((!first && of_list) || k->kind->holds(k, f, s, &v->other))
			continue;
		explain_constraint(c, k, rec, cell, s->text, v);
	}
	link_constraints(&v->list, before);
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

void
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
		if (cell_is_of_type(f, cell, &s)) {
			buf_reset(&v->other.text);
			if (first)
				s.length = cell_length(
				    f, cell, s.text, &v->other.text);
			explain_constraints(c, rec, cell, &s, first, v);
		} else {
			explain_type(c, rec, s.text, v);
		}
		first = false;
	}
	if (values.bad && f->is_json)
		explain_json(c, rec, cell, v);
}

void
explain_required(const struct check_column *c, size_t rec, struct verdict *v)
{
	struct finding *f = add_finding(
	    c, rec, FINDING_CONSTRAINT_ERROR, span_make(NULL, 0), v);

	f->message = span_of(_("a value is required"));
	f->expected = SPAN("required");
}
