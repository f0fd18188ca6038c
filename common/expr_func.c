#include "expr_impl.h"

#include <math.h>
#include <utf8proc.h>

#include "cell.h"
#include "suggest.h"
#include "utf8.h"

/*
 * The functions of dfv-expr(7), one row each: what the arguments are (t text,
 * n number, d date, l list, b condition, x anything; `?` behind one that may
 * be left out, `+` behind one that may come again), what comes back ('x': what
 * the arguments have in common), and what evaluates it. A missing argument
 * makes the result missing unless the function says otherwise.
 */
struct function {
	const char *name;
	const char *args;
	enum value_kind kind;
	bool (*eval)(
	    const struct node_expr *, struct expr_run *, union datum *);
};

static bool
arg(const struct node_expr *n, size_t i, struct expr_run *run, union datum *d)
{
	return n->arg[i]->eval(n->arg[i], run, d);
}

/* The buffer a text result grows in. Arguments are evaluated before it is
 * asked for: they may use it too. */
static struct buf *
start_text(struct expr_run *run)
{
	buf_reset(&run->work);
	return &run->work;
}

/* What has grown there, moved to the record's memory. */
static bool
give_text(struct expr_run *run, union datum *out)
{
	out->text = arena_span(&run->scratch, buf_span(&run->work));
	return out->text.n > 0;
}

static bool
fn_len(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t;

	if (!arg(n, 0, run, &t))
		return false;
	out->number = number_int((int64_t)utf8_length(t.text));
	return true;
}

static bool
map_chars(const struct node_expr *n, struct expr_run *run, union datum *out,
    utf8proc_int32_t (*map)(utf8proc_int32_t))
{
	union datum t;
	struct buf *b;

	if (!arg(n, 0, run, &t))
		return false;
	b = start_text(run);
	while (t.text.n > 0) {
		size_t len;
		uint32_t c = utf8_decode(t.text, &len);

		utf8_encode(b, (uint32_t)map((utf8proc_int32_t)c));
		t.text = span_from(t.text, len);
	}
	return give_text(run, out);
}

static bool
fn_lower(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return map_chars(n, run, out, utf8proc_tolower);
}

static bool
fn_upper(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return map_chars(n, run, out, utf8proc_toupper);
}

static bool
fn_fold(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t;

	if (!arg(n, 0, run, &t))
		return false;
	utf8_fold(start_text(run), t.text);
	return give_text(run, out);
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 ||
	    c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
	    c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
	    c == 0xFEFF;
}

static bool
fn_trim(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t;
	size_t end = 0, len;

	if (!arg(n, 0, run, &t))
		return false;
	while (t.text.n > 0 && is_blank(utf8_decode(t.text, &len)))
		t.text = span_from(t.text, len);
	for (struct span rest = t.text; rest.n > 0;
	     rest = span_from(rest, len))
		if (!is_blank(utf8_decode(rest, &len)))
			end = t.text.n - rest.n + len;
	out->text = span_make(t.text.p, end);
	return end > 0;
}

/* Missing parts are left out; all missing is missing. */
static bool
fn_concat(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	struct span *part = ARENA_ARRAY(&run->scratch, struct span, n->narg);
	struct buf *b;
	union datum t;

	for (size_t i = 0; i < n->narg; i++)
		if (arg(n, i, run, &t))
			part[i] = t.text;
	b = start_text(run);
	for (size_t i = 0; i < n->narg; i++)
		buf_add(b, part[i]);
	return give_text(run, out);
}

/* A position or length argument as a count; negative ones are 0. */
static size_t
as_count(struct number v)
{
	double d = floor(number_double(v));

	return d <= 0 ? 0 : d >= 1e15 ? (size_t)1e15 : (size_t)d;
}

static bool
fn_substr(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t, from, count;
	size_t skip, keep = SIZE_MAX, len, end = 0;

	if (!arg(n, 0, run, &t) || !arg(n, 1, run, &from))
		return false;
	if (n->narg > 2) {
		if (!arg(n, 2, run, &count))
			return false;
		keep = as_count(count.number);
	}
	skip = as_count(from.number);
	for (skip = skip > 0 ? skip - 1 : 0; skip > 0 && t.text.n > 0; skip--) {
		utf8_decode(t.text, &len);
		t.text = span_from(t.text, len);
	}
	for (; keep > 0 && end < t.text.n; keep--) {
		utf8_decode(span_from(t.text, end), &len);
		end += len;
	}
	out->text = span_make(t.text.p, end);
	return end > 0;
}

static bool
fn_replace(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t, from, to;
	struct buf *b;
	size_t i = 0;

	if (!arg(n, 0, run, &t) || !arg(n, 1, run, &from))
		return false;
	if (!arg(n, 2, run, &to))
		to.text = SPAN("");
	b = start_text(run);
	while (i < t.text.n) {
		if (from.text.n > 0 &&
		    span_starts(span_from(t.text, i), from.text)) {
			buf_add(b, to.text);
			i += from.text.n;
		} else {
			buf_byte(b, t.text.p[i++]);
		}
	}
	return give_text(run, out);
}

static bool
fn_split(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t, by;
	struct buf *b;
	size_t from = 0;

	if (!arg(n, 0, run, &t) || !arg(n, 1, run, &by))
		return false;
	b = start_text(run);
	for (size_t i = 0; i <= t.text.n; i++) {
		bool cut = i < t.text.n &&
		    span_starts(span_from(t.text, i), by.text);

		if (!cut && i < t.text.n)
			continue;
		cell_encode(b, span_make(t.text.p + from, i - from));
		if (cut)
			buf_byte(b, '|');
		from = i + by.text.n;
		i = cut ? from - 1 : i;
	}
	return give_text(run, out);
}

/* How many values a list has: 0 for a missing one. */
static bool
fn_count(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum list;
	struct span rest, value;
	int64_t count = 0;

	if (arg(n, 0, run, &list))
		for (rest = list.text; cell_value(&rest, &value);)
			count++;
	out->number = number_int(count);
	return true;
}

static bool
fn_round(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v, digits;
	double d = 0;

	if (!arg(n, 0, run, &v))
		return false;
	if (n->narg > 1) {
		if (!arg(n, 1, run, &digits))
			return false;
		d = number_double(digits.number);
	}
	out->number =
	    number_round(v.number, d < -18 ? -18 : d > 18 ? 18 : (int)d);
	return true;
}

static bool
fn_floor(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v;

	if (!arg(n, 0, run, &v))
		return false;
	out->number = number_floor(v.number);
	return true;
}

static bool
fn_ceil(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v;

	if (!arg(n, 0, run, &v))
		return false;
	out->number = number_ceil(v.number);
	return true;
}

static bool
fn_abs(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v;

	if (!arg(n, 0, run, &v))
		return false;
	out->number = v.number;
	return number_cmp(v.number, number_int(0)) >= 0 ||
	    number_sub(number_int(0), v.number, &out->number);
}

/* The least or greatest of those that are there. */
static bool
extreme(const struct node_expr *n, struct expr_run *run, union datum *out,
    int sign)
{
	union datum v;
	bool any = false;

	for (size_t i = 0; i < n->narg; i++) {
		if (!arg(n, i, run, &v))
			continue;
		if (!any || sign * number_cmp(v.number, out->number) > 0)
			out->number = v.number;
		any = true;
	}
	return any;
}

static bool
fn_min(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return extreme(n, run, out, -1);
}

static bool
fn_max(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return extreme(n, run, out, 1);
}

static bool
fn_coalesce(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	for (size_t i = 0; i < n->narg; i++)
		if (arg(n, i, run, out))
			return true;
	return false;
}

static bool
fn_if(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return arg(n, node_true(n->arg[0], run) ? 1 : 2, run, out);
}

static bool
fn_missing(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum any;

	(void)out;
	return !arg(n, 0, run, &any);
}

/* number() and date() are conversions of their argument. */
static bool
fn_same(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return arg(n, 0, run, out);
}

static bool
fn_year(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum d;
	int year, month, day;

	if (!arg(n, 0, run, &d))
		return false;
	date_to_ymd(d.date, &year, &month, &day);
	out->number = number_int(year);
	return true;
}

static bool
give_period(const struct node_expr *n, struct expr_run *run, union datum *out,
    enum date_period period)
{
	union datum d;

	if (!arg(n, 0, run, &d))
		return false;
	date_format(start_text(run), d.date, period);
	return give_text(run, out);
}

static bool
fn_month(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return give_period(n, run, out, DATE_MONTH);
}

static bool
fn_week(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return give_period(n, run, out, DATE_WEEK);
}

static bool
fn_quarter(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return give_period(n, run, out, DATE_QUARTER);
}

static bool
fn_days(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum from, to;

	if (!arg(n, 0, run, &from) || !arg(n, 1, run, &to))
		return false;
	out->number =
	    number_int((int64_t)to.date.days - (int64_t)from.date.days);
	return true;
}

/*
 * Great-circle distance by the haversine formula (R. W. Sinnott, Sky and
 * Telescope 68, 1984), on the mean Earth radius of the IUGG, 6371.0088 km,
 * rounded to a metre: the sphere itself is off by up to 0.5 %.
 */
static bool
fn_distance(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	const double radius_km = 6371.0088;
	const double rad = 3.14159265358979323846 / 180;
	double v[4], s_lat, s_lon, h;
	union datum d;

	for (size_t i = 0; i < 4; i++) {
		if (!arg(n, i, run, &d))
			return false;
		v[i] = number_double(d.number) * rad;
	}
	s_lat = sin((v[2] - v[0]) / 2);
	s_lon = sin((v[3] - v[1]) / 2);
	h = s_lat * s_lat + cos(v[0]) * cos(v[2]) * s_lon * s_lon;
	out->number = number_round(
	    number_real(2 * radius_km * asin(sqrt(h < 1 ? h : 1))), 3);
	return true;
}

static const struct function functions[] = {
    {"len", "t", VALUE_NUMBER, fn_len},
    {"lower", "t", VALUE_TEXT, fn_lower},
    {"upper", "t", VALUE_TEXT, fn_upper},
    {"fold", "t", VALUE_TEXT, fn_fold},
    {"trim", "t", VALUE_TEXT, fn_trim},
    {"concat", "t+", VALUE_TEXT, fn_concat},
    {"substr", "tnn?", VALUE_TEXT, fn_substr},
    {"replace", "ttt", VALUE_TEXT, fn_replace},
    {"split", "tt", VALUE_LIST, fn_split},
    {"count", "l", VALUE_NUMBER, fn_count},
    {"round", "nn?", VALUE_NUMBER, fn_round},
    {"floor", "n", VALUE_NUMBER, fn_floor},
    {"ceil", "n", VALUE_NUMBER, fn_ceil},
    {"abs", "n", VALUE_NUMBER, fn_abs},
    {"min", "n+", VALUE_NUMBER, fn_min},
    {"max", "n+", VALUE_NUMBER, fn_max},
    {"coalesce", "x+", VALUE_MISSING, fn_coalesce},
    {"if", "bxx", VALUE_MISSING, fn_if},
    {"missing", "x", VALUE_BOOL, fn_missing},
    {"number", "n", VALUE_NUMBER, fn_same},
    {"date", "d", VALUE_DATE, fn_same},
    {"year", "d", VALUE_NUMBER, fn_year},
    {"month", "d", VALUE_TEXT, fn_month},
    {"week", "d", VALUE_TEXT, fn_week},
    {"quarter", "d", VALUE_TEXT, fn_quarter},
    {"days", "dd", VALUE_NUMBER, fn_days},
    {"distance_km", "nnnn", VALUE_NUMBER, fn_distance},
};

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static const struct function *
function_find(struct span name)
{
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		if (span_eq(span_of(functions[i].name), name))
			return &functions[i];
	return NULL;
}

bool
expr_has_function(struct span name)
{
	return function_find(name) != NULL;
}

static struct node_expr *
no_such_function(struct compiler *c, struct span name, size_t at, size_t len)
{
	struct span names[FUNCTION_COUNT];
	size_t near;

	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		names[i] = span_of(functions[i].name);
	near = suggest_nearest(name, names, FUNCTION_COUNT);
	if (near < FUNCTION_COUNT)
		return compile_fail(c, at, len,
		    "unknown function '%.*s', did you mean '%s'?", (int)name.n,
		    name.p, functions[near].name);
	return compile_fail(c, at, len,
	    "unknown function '%.*s': dfv-expr(7) lists them all", (int)name.n,
	    name.p);
}

/* The letter for argument i, and how many a call may have. */
static char
arg_letter(const char *args, size_t i)
{
	for (; *args != '\0'; args++) {
		if (*args == '?')
			continue;
		if (*args == '+')
			return args[-1];
		if (i-- == 0)
			return *args;
	}
	return '\0';
}

static void
arg_bounds(const char *args, size_t *min, size_t *max)
{
	*min = *max = 0;
	for (; *args != '\0'; args++) {
		if (*args == '?')
			--*min;
		else if (*args == '+')
			*max = SIZE_MAX;
		else
			++*min, ++*max;
	}
}

static enum value_kind
kind_of_letter(char letter)
{
	switch (letter) {
	case 't':
		return VALUE_TEXT;
	case 'n':
		return VALUE_NUMBER;
	case 'd':
		return VALUE_DATE;
	case 'l':
		return VALUE_LIST;
	default:
		return VALUE_BOOL;
	}
}

/* What the x arguments have in common: one number or date makes all so, two
 * columns stay columns, anything else is text. */
static enum value_kind
kind_in_common(struct node_expr *const *a, size_t n, const char *args)
{
	enum value_kind kind = VALUE_MISSING;

	for (size_t i = 0; i < n; i++) {
		enum value_kind k = a[i]->kind;

		if (arg_letter(args, i) != 'x' || k == VALUE_MISSING)
			continue;
		if (kind == VALUE_MISSING || k == VALUE_NUMBER ||
		    k == VALUE_DATE)
			kind = k;
		else if (kind == VALUE_LIST && k == VALUE_TEXT)
			kind = VALUE_TEXT;
	}
	return kind;
}

static bool
convert_args(struct compiler *c, const struct function *f,
    struct node_expr **a, size_t n, enum value_kind common)
{
	for (size_t i = 0; i < n; i++) {
		char letter = arg_letter(f->args, i);

		if (letter != 'x')
			a[i] = build_as(c, a[i], kind_of_letter(letter));
		else if (f->kind == VALUE_MISSING)
			a[i] = build_as(c, a[i], common);
		if (a[i] == NULL)
			return false;
	}
	return true;
}

struct node_expr *
build_call(struct compiler *c, struct span name,
    struct node_expr *const *given, size_t n, size_t at, size_t len)
{
	const struct function *f = function_find(name);
	struct node_expr **a, *call;
	enum value_kind common;
	size_t min, max;

	if (f == NULL)
		return no_such_function(c, name, at, len);
	arg_bounds(f->args, &min, &max);
	if (n < min || n > max)
		return compile_fail(c, at, len, "%s takes %zu argument%s%s",
		    f->name, n < min ? min : max,
		    (n < min ? min : max) == 1 ? "" : "s",
		    max > min ? (n < min ? " or more" : " at most") : "");
	a = ARENA_ARRAY(c->env->arena, struct node_expr *, n);
	memcpy(a, given, n * sizeof *a);
	common = kind_in_common(a, n, f->args);
	if (!convert_args(c, f, a, n, common))
		return NULL;
	call = build_node(c, f->kind == VALUE_MISSING ? common : f->kind,
	    f->eval, at, len);
	call->cost = 30;
	return build_fold(c, build_args(c, call, a, n));
}
