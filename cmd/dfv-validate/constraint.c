#include "constraint.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "enumeration.h"
#include "pattern.h"
#include "schema.h"
#include "utf8.h"
#include "words.h"

enum { WHY_BYTES = 256, SHOWN_BYTES = 200 };

static int
bad_value(const struct node *n, const char *what, struct diag *d)
{
	diag_report(d, DIAG_BAD_SCHEMA, &n->place, node_text(n), "%s", what);
	return -1;
}

static int
load_required(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	int value = node_bool(n);

	(void)c, (void)a;
	f->required = value == 1;
	return value >= 0 ? 0 : bad_value(n, "required is true or false", d);
}

static int
load_unique(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	int value = node_bool(n);

	(void)c, (void)a;
	f->unique = value == 1;
	return value >= 0 ? 0 : bad_value(n, "unique is true or false", d);
}

static int
load_length(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	struct span s = node_text(n);
	size_t v = 0;

	(void)f, (void)a;
	if (s.n == 0 || s.n > 15)
		return bad_value(n, "a length is a whole number", d);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return bad_value(n, "a length is a whole number", d);
		v = v * 10 + (size_t)(s.p[i] - '0');
	}
	c->length = v;
	c->shown = s;
	return 0;
}

/* In code points; what is short in bytes need not be counted. */
static size_t
length_of(const struct subject *s)
{
	return s->length != SIZE_MAX ? s->length : utf8_length(s->text);
}

static bool
holds_min_length(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return length_of(s) >= c->length;
}

static bool
holds_max_length(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	if (s->length == SIZE_MAX && s->text.n <= c->length)
		return true;
	return length_of(s) <= c->length;
}

/* A bound is written as the field's values are, or as the type's default. */
static int
load_bound(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	struct span s = node_text(n);
	const struct type *plain =
	    type_find(span_of(f->type->name), SPAN("default"));
	struct field bare = {
	    .decimal_char = SPAN("."), .bare_number = true, .type = plain};

	if ((f->type->is & TYPE_ORDERED) == 0)
		return bad_value(n, "values of this type have no order", d);
	c->shown = s;
	if (s.n == 0 ||
	    (!plain->check(&bare, s, &c->bound) &&
		!f->type->check(f, s, &c->bound)))
		return bad_value(
		    n, "a bound is a value of the field's type", d);
	if (f->range == NULL) {
		f->range = ARENA_NEW(a, struct range);
		range_init(f->range);
	}
	return 0;
}

static int
load_minimum(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	if (load_bound(c, f, n, a, d) != 0)
		return -1;
	range_narrow(f->range, c->bound, RANGE_LOW, false);
	return 0;
}

static int
load_maximum(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	if (load_bound(c, f, n, a, d) != 0)
		return -1;
	range_narrow(f->range, c->bound, RANGE_HIGH, false);
	return 0;
}

static int
load_above(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	if (load_bound(c, f, n, a, d) != 0)
		return -1;
	range_narrow(f->range, c->bound, RANGE_LOW, true);
	return 0;
}

static int
load_below(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	if (load_bound(c, f, n, a, d) != 0)
		return -1;
	range_narrow(f->range, c->bound, RANGE_HIGH, true);
	return 0;
}

/* What is no number (NaN) is neither above nor below: no bound holds. */
static bool
is_nan(struct number n)
{
	return !n.exact && isnan(n.real);
}

static bool
holds_minimum(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) >= 0;
}

static bool
holds_maximum(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) <= 0;
}

static bool
holds_above(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) > 0;
}

static bool
holds_below(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) < 0;
}

static int
load_pattern(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	char why[WHY_BYTES];
	size_t at;

	(void)f, (void)a;
	if (n->kind != NODE_SCALAR)
		return bad_value(n, "a pattern is text", d);
	c->shown = n->text;
	c->regex = pattern_new(n->text, why, sizeof why, &at);
	if (c->regex != NULL)
		return 0;
	diag_report(d, DIAG_BAD_SCHEMA, &n->place, n->text,
	    "not a regular expression: %s, at its character %zu", why, at + 1);
	return -1;
}

static bool
holds_pattern(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f;
	return regex_match(c->regex, s->text, &room->match) == 1;
}

/* That the search was given up is found out by searching once more. */
static void
explain_pattern(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	if (regex_match(c->regex, text, &room->match) < 0)
		f->message = arena_printf(a,
		    _("takes too many steps to match with the pattern %.*s"),
		    (int)c->shown.n, c->shown.p);
}

/* Loads, but says that nothing comes of it. */
static int
load_unchecked(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	(void)c, (void)f, (void)a;
	diag_report(d, DIAG_SCHEMA_PROPERTY, &n->place, SPAN("jsonSchema"),
	    "this constraint is not checked");
	return 0;
}

/* clang-format off */
#define OF_TEXT CONSTRAINT_OF_TEXT
#define BOUND CONSTRAINT_BOUND
#define LENGTH (CONSTRAINT_OF_SIZE | CONSTRAINT_OF_LIST)
#define ERROR FINDING_CONSTRAINT_ERROR

/* The wrong ones of a cell are reported in this order. */
static const struct constraint_kind kinds[] = {
    {"required", 0, load_required, NULL, NULL, ERROR, NULL},
    {"unique", 0, load_unique, NULL, NULL, ERROR, NULL},
    {"enum", 0, enumeration_load, enumeration_holds, "not one of the values", ERROR,
	enumeration_explain},
    {"pattern", OF_TEXT, load_pattern, holds_pattern,
	"does not match the pattern", ERROR, explain_pattern},
    {"minLength", LENGTH, load_length, holds_min_length, "shorter than", ERROR,
	NULL},
    {"maxLength", LENGTH, load_length, holds_max_length, "longer than", ERROR,
	NULL},
    {"minimum", BOUND, load_minimum, holds_minimum, "less than the minimum",
	ERROR, NULL},
    {"maximum", BOUND, load_maximum, holds_maximum, "more than the maximum",
	ERROR, NULL},
    {"exclusiveMinimum", BOUND, load_above, holds_above, "not more than", ERROR,
	NULL},
    {"exclusiveMaximum", BOUND, load_below, holds_below, "not less than", ERROR,
	NULL},
    {"jsonSchema", 0, load_unchecked, NULL, NULL, ERROR, NULL},
};
/* clang-format on */

enum { NKIND = sizeof kinds / sizeof kinds[0] };

/* Bounds are the last ones, so that a range can stand for them all. */
struct constraint *
constraint_add(
    struct field *f, const struct constraint_kind *kind, struct arena *a)
{
	struct constraint *grown, *at;

	if (f->nconstraint == f->constraint_cap) {
		f->constraint_cap = f->constraint_cap * 2 + 4;
		grown = ARENA_ARRAY(a, struct constraint, f->constraint_cap);
		for (size_t i = 0; i < f->nconstraint; i++)
			grown[i] = f->constraint[i];
		f->constraint = grown;
	}
	at = &f->constraint[f->nconstraint++];
	if ((kind->is & CONSTRAINT_BOUND) != 0)
		f->nbound++;
	else
		for (size_t i = 0; i < f->nbound; i++, at--)
			*at = at[-1];
	*at = (struct constraint){.kind = kind};
	f->sized |= (kind->is & CONSTRAINT_OF_LIST) != 0;
	return at;
}

static bool
is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Lengths and patterns of other types are held against the text as it is
 * written; the specification does not have them. */
static void
report_use(const struct field *f, const struct constraint_kind *kind,
    const struct node *n, struct diag *d)
{
	static const char *const texts[] = {"string", "any", NULL};
	static const char *const sized[] = {
	    "string", "any", "array", "object", NULL};
	const char *type = f->type->name;

	if (((kind->is & CONSTRAINT_OF_TEXT) != 0 && !f->is_list &&
		!is_one_of(type, texts)) ||
	    ((kind->is & CONSTRAINT_OF_SIZE) != 0 && !f->is_list &&
		!is_one_of(type, sized)))
		diag_report(d, DIAG_SCHEMA_PROPERTY, &n->place,
		    span_of(kind->name),
		    "not for this type: held against the text as it is "
		    "written");
}

static int
load_kind(struct field *f, const struct constraint_kind *kind,
    const struct node *n, struct arena *a, struct diag *d)
{
	if (kind->holds == NULL)
		return kind->load(NULL, f, n, a, d);
	report_use(f, kind, n, d);
	return kind->load(constraint_add(f, kind, a), f, n, a, d);
}

bool
constraint_known(struct span name)
{
	for (size_t k = 0; k < NKIND; k++)
		if (span_eq(name, span_of(kinds[k].name)))
			return true;
	return false;
}

int
constraint_load(struct field *f, const char *name, const struct node *n,
    struct arena *a, struct diag *d)
{
	size_t k = 0;

	while (strcmp(kinds[k].name, name) != 0)
		k++;
	return load_kind(f, &kinds[k], n, a, d);
}

int
constraints_load(
    struct field *f, const struct node *n, struct arena *a, struct diag *d)
{
	int status = 0;

	if (node_null(n))
		return 0;
	if (n->kind != NODE_MAPPING)
		return bad_value(n, "constraints are a mapping", d);
	for (size_t i = 0; i < NKIND; i++) {
		const struct node *value = node_get(n, kinds[i].name);

		if (!node_null(value) &&
		    load_kind(f, &kinds[i], value, a, d) != 0)
			status = -1;
	}
	for (size_t i = 0; i < n->n; i++)
		if (!constraint_known(n->key[i].text))
			diag_report(d, DIAG_SCHEMA_PROPERTY, &n->key[i].place,
			    n->key[i].text, "not a constraint: not checked");
	return status;
}

/* How much of a pattern or of values a message bears: whole characters. */
static size_t
cut_shown(struct span s)
{
	size_t n = SHOWN_BYTES;

	if (s.n <= n)
		return s.n;
	while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return n;
}

void
constraint_explain(const struct constraint *c, struct span text,
    struct room *room, struct finding *f, struct arena *a)
{
	const char *broken = _(c->kind->broken);

	f->expected = span_of(c->kind->name);
	f->message = span_of(broken);
	if (c->shown.n > 0) {
		f->expected = arena_printf(
		    a, "%s: %.*s", c->kind->name, (int)c->shown.n, c->shown.p);
		f->message = arena_printf(a, "%s %.*s%s", broken,
		    (int)cut_shown(c->shown), c->shown.p,
		    cut_shown(c->shown) < c->shown.n ? "…" : "");
	}
	if (c->kind->explain != NULL)
		c->kind->explain(c, text, room, f, a);
}

void
constraint_release(struct constraint *c)
{
	keytab_release(&c->set);
	regex_free(c->regex);
	c->regex = NULL;
}
