#include "report_column.h"

#include "report.h"

#define GET(name, what)                                                        \
	static struct span get_##name(                                         \
	    const struct finding *f, size_t count, struct buf *scratch)        \
	{                                                                      \
		(void)f, (void)count, (void)scratch;                           \
		return what;                                                   \
	}

static struct span
number_text(size_t n, struct buf *scratch)
{
	if (n > 0)
		buf_printf(scratch, "%zu", n);
	return buf_span(scratch);
}

GET(severity, span_of(report_severity(f)))
GET(code, span_of(finding_kind(f->id)->code))
GET(rule, f->rule)
GET(table, f->table)
GET(file, finding_file(f, scratch))
GET(line, number_text(f->place.line, scratch))
GET(column, number_text(f->place.col, scratch))
GET(field, f->field)
GET(value, f->value)
GET(expected, f->expected)
GET(difference, f->difference)
GET(unit, f->unit)
GET(message, report_message(f))
GET(suggestion, f->suggestion)
GET(key, f->key)
GET(stake, f->stake)
GET(stake_unit, f->stake_unit)
GET(cause, f->cause)
GET(waiver, f->waiver)
GET(count, number_text(count, scratch))

static const struct report_column all[] = {
    {"severity", false, get_severity},
    {"code", false, get_code},
    {"rule", false, get_rule},
    {"table", false, get_table},
    {"file", false, get_file},
    {"line", true, get_line},
    {"column", true, get_column},
    {"field", false, get_field},
    {"value", false, get_value},
    {"expected", false, get_expected},
    {"difference", false, get_difference},
    {"unit", false, get_unit},
    {"message", false, get_message},
    {"suggestion", false, get_suggestion},
    {"key", false, get_key},
    {"stake", false, get_stake},
    {"stake_unit", false, get_stake_unit},
    {"cause", false, get_cause},
    {"waiver", false, get_waiver},
};

static const struct report_column of_summary[] = {
    {"severity", false, get_severity},
    {"code", false, get_code},
    {"rule", false, get_rule},
    {"table", false, get_table},
    {"field", false, get_field},
    {"count", true, get_count},
    {"file", false, get_file},
    {"line", true, get_line},
    {"column", true, get_column},
    {"value", false, get_value},
    {"message", false, get_message},
};

const struct report_column *
report_columns(bool summary, size_t *n)
{
	*n = summary ? sizeof of_summary / sizeof of_summary[0]
		     : sizeof all / sizeof all[0];
	return summary ? of_summary : all;
}
