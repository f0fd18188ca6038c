#include "expr_func.h"

#include <math.h>
#include <stdint.h>
#include <utf8proc.h>

#include "cell.h"
#include "utf8.h"

/* Functions that give text or take it apart. */

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

bool
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

bool
fn_lower(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return map_chars(n, run, out, utf8proc_tolower);
}

bool
fn_upper(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return map_chars(n, run, out, utf8proc_toupper);
}

bool
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

bool
fn_trim(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t;
	size_t end = 0, len;

	if (!arg(n, 0, run, &t))
		return false;
	while (t.text.n > 0 && is_blank(utf8_decode(t.text, &len)))
		t.text = span_from(t.text, len);
	for (struct span rest = t.text; rest.n > 0; rest = span_from(rest, len))
		if (!is_blank(utf8_decode(rest, &len)))
			end = t.text.n - rest.n + len;
	out->text = span_make(t.text.p, end);
	return end > 0;
}

/* Missing parts are left out; all missing is missing. */
bool
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

bool
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

bool
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

bool
fn_split(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum t, by;
	struct buf *b;
	size_t from = 0;

	if (!arg(n, 0, run, &t) || !arg(n, 1, run, &by))
		return false;
	b = start_text(run);
	/* A separator of nothing parts nothing. */
	for (size_t i = 0; i <= t.text.n; i++) {
		bool cut = i < t.text.n && by.text.n > 0 &&
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
bool
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

bool
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

bool
fn_month(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return give_period(n, run, out, DATE_MONTH);
}

bool
fn_week(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return give_period(n, run, out, DATE_WEEK);
}

bool
fn_quarter(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return give_period(n, run, out, DATE_QUARTER);
}
