/*
 * link: cmd/dfv-validate/type.c cmd/dfv-validate/type_number.c
 * link: cmd/dfv-validate/type_time.c cmd/dfv-validate/type_text.c
 * link: cmd/dfv-validate/type_json.c cmd/dfv-validate/type_geojson.c
 * link: cmd/dfv-validate/moment.c
 * link: cmd/dfv-validate/schema_load.c cmd/dfv-validate/schema_key.c
 * link: cmd/dfv-validate/schema_property.c cmd/dfv-validate/custom.c
 * link: cmd/dfv-validate/french.c cmd/dfv-validate/french_check.c
 * link: cmd/dfv-validate/hours.c cmd/dfv-validate/hours_words.c cmd/dfv-validate/reference.c
 * link: cmd/dfv-validate/rowcheck.c cmd/dfv-validate/range.c
 * link: cmd/dfv-validate/wordset.c
 * link: cmd/dfv-validate/constraint.c cmd/dfv-validate/enumeration.c
 * link: cmd/dfv-validate/pattern.c
 * link: cmd/dfv-validate/verdict.c cmd/dfv-validate/finding.c
 * link: cmd/dfv-validate/shift.c cmd/dfv-validate/ragged.c
 * link: cmd/dfv-validate/lexicon.c
 * link: cmd/dfv-validate/key.c cmd/dfv-validate/settle.c
 * link: cmd/dfv-validate/explain.c cmd/dfv-validate/advice.c
 * link: cmd/dfv-validate/repair_kind.c cmd/dfv-validate/seen.c
 * link: cmd/dfv-validate/keylog.c
 */
#include <fcntl.h>
#include <unistd.h>

#include "schema.h"
#include "unit.h"
#include "verdict.h"

static struct arena arena;
static struct diag diag = {.prog = "test"};

static struct schema *
load(const char *yaml)
{
	const struct node *n =
	    node_parse(span_of(yaml), "schema", &arena, &diag);

	return n == NULL ? NULL : schema_load(n, false, &arena, &diag);
}

static bool
is_refused(const char *yaml)
{
	struct schema *s = load(yaml);
	bool refused = s == NULL;

	schema_release(s);
	return refused;
}

/* How many findings a column of cells (each ended by LF) has against a field
 * that is written as YAML. */
static size_t
findings_of(const char *field, const char *cells)
{
	char yaml[1024];
	uint32_t sep[64] = {UINT32_MAX};
	struct block b = BLOCK_EMPTY;
	struct columns columns;
	struct check check;
	struct verdict v = VERDICT_EMPTY;
	struct schema *s;
	size_t n;

	snprintf(yaml, sizeof yaml, "fields:\n  - {name: x, %s}\n", field);
	s = load(yaml);
	if (s == NULL)
		return 999;
	columns_init(&columns, &arena);
	columns_add(&columns, SPAN("x"));
	b.p = cells;
	b.n = strlen(cells);
	b.ncol = 1;
	b.sep = sep + 1;
	for (size_t i = 0; i < b.n; i++)
		if (cells[i] == '\n')
			sep[1 + b.nrec++] = (uint32_t)i;
	check_init(&check, s, &columns, &arena);
	check_block(&check, &b, &v);
	n = v.list.n + (v.fault.id == DIAG_NONE ? 0 : 100);
	verdict_release(&v);
	schema_release(s);
	return n;
}

static void
test_loading(void)
{
	struct schema *s = load("{\"fields\": [{\"name\": \"a\"}], "
				"\"primaryKey\": \"a\"}");

	unit_check(s != NULL && s->n == 1 && s->primary.n == 1,
	    "schema: a key may be one name");
	schema_release(s);
	unit_check(is_refused("fields: 3") && is_refused("[]") &&
		is_refused("fields: [{type: integer}]") &&
		is_refused("fields: [{name: a}]\nprimaryKey: b") &&
		is_refused("fields: [{name: a}]\nfieldsMatch: some"),
	    "schema: what is no schema is refused");
	unit_check(is_refused("fields: [{name: a, type: int}]") &&
		is_refused("fields: [{name: a, type: date, format: '%Q'}]") &&
		is_refused(
		    "fields: [{name: a, constraints: {pattern: '('}}]") &&
		is_refused("fields: [{name: a, constraints: {minimum: 1}}]") &&
		is_refused("fields: [{name: a, constraints: {enum: []}}]"),
	    "schema: a wrong type, pattern, bound or enumeration is refused");
	diag.count[DIAG_WARNING] = 0;
	s = load("fields: [{name: a, titel: x}]\nfoo: 1");
	unit_check(s != NULL && diag.count[DIAG_WARNING] == 2,
	    "schema: an unknown property is a warning");
	schema_release(s);
	diag.count[DIAG_WARNING] = 0;
	s = load("fields: [{name: a, enum: [x], decimalChar: ','}, {name: a},"
		 " {name: b, title: [x]}]");
	unit_check(s != NULL && diag.count[DIAG_WARNING] == 4,
	    "schema: what is misplaced, of the wrong kind or there twice is "
	    "a warning");
	schema_release(s);
}

static void
test_booleans(void)
{
	unit_check(findings_of("type: boolean", "true\n0\nFALSE\n1\n") == 0 &&
		findings_of("type: boolean", "oui\ntRue\n") == 2,
	    "schema: a boolean is one of eight words");
	unit_check(findings_of("type: boolean, trueValues: [oui]",
		       "oui\ntrue\nfalse\n") == 1,
	    "schema: the words of a truth value replace its own alone");
}

static void
test_arrays(void)
{
	const char *item = "type: array, arrayItem: {type: integer, "
			   "constraints: {minimum: 2}}";

	unit_check(
	    findings_of(item, "[2, 3]\n[]\n[1, x]\n3\n[\"4\"]\n[1, 9]\n") == 3,
	    "schema: the items of an array are of its item's type");
	unit_check(findings_of("type: array, arraySeparator: ;, "
			       "arrayItem: {constraints: {enum: [a, b]}}",
		       "a;b\na;c\n") == 1,
	    "schema: an array may be written with a separator");
	unit_check(findings_of("type: list, constraints: {enum: [a, b]}",
		       "a,b\na, c\na|b\n") == 1,
	    "schema: a list without bars is parted by commas");
}

static void
test_patterns(void)
{
	unit_check(findings_of("constraints: {pattern: '[\\u00C0-\\u00FF]\\w'}",
		       "\u00e9\u00e8\nab\n") == 1,
	    "schema: a pattern has code points and letters as Python's have");
	unit_check(is_refused("fields: [{name: a, constraints: "
			      "{pattern: '[a-z-[aeiou]]'}}]"),
	    "schema: a class taken from another is refused");
}

static void
test_missing(void)
{
	unit_check(findings_of("type: integer", "\n\\N\n1\n") == 0,
	    "schema: a missing cell is of every type");
	unit_check(
	    findings_of("constraints: {required: true}", "\n\\N\nx\n") == 2,
	    "schema: a required cell has a value");
	unit_check(findings_of("type: integer, missingValues: ['-', n/a]",
		       "-\nn/a\n--\n") == 1,
	    "schema: a field may have missing values of its own");
	unit_check(findings_of("missingValues: ['-'], "
			       "constraints: {required: true}",
		       "-\n") == 1,
	    "schema: a missing value is no value of a required field");
}

static void
test_constraints(void)
{
	unit_check(findings_of("constraints: {minLength: 2, maxLength: 3}",
		       "é\néé\nééé\néééé\n") == 2,
	    "schema: lengths are counted in characters");
	unit_check(findings_of("type: number, "
			       "constraints: {minimum: 1, maximum: 10}",
		       "0.99\n1\n10\n10.01\nNaN\n") == 4,
	    "schema: bounds are inclusive, and NaN is within none");
	unit_check(findings_of("type: integer, constraints: "
			       "{exclusiveMinimum: 1, exclusiveMaximum: 3}",
		       "1\n2\n3\n") == 2,
	    "schema: exclusive bounds are not within");
	unit_check(findings_of("type: date, format: '%d/%m/%Y', "
			       "constraints: {minimum: 2024-02-01}",
		       "31/01/2024\n01/02/2024\n") == 1,
	    "schema: a bound is written in the type's default format");
	unit_check(findings_of("constraints: {pattern: 'a|ab'}",
		       "a\nab\nabc\nba\n") == 2,
	    "schema: a pattern matches the whole text");
	unit_check(
	    findings_of("constraints: {pattern: '(a+)+b'}",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\n") == 1,
	    "schema: a pattern that takes too many steps does not hold");
	unit_check(findings_of("type: integer, constraints: {enum: [1, 20]}",
		       "01\n20\n2\n") == 1,
	    "schema: an enumeration of numbers is one of values");
	unit_check(findings_of("categories: [{value: a, label: A}, b]",
		       "a\nb\nc\n") == 1,
	    "schema: categories are an enumeration");
}

static void
test_lists(void)
{
	unit_check(findings_of("type: list, constraints: {enum: [a, b]}",
		       "a|b\nb\na|c|d\n") == 2,
	    "schema: each value of a list is held against an enumeration");
	unit_check(findings_of("type: list, constraints: {maxLength: 2}",
		       "a|b\na|b|c\nabcdef\n") == 1,
	    "schema: the length of a list is the number of its values");
	unit_check(
	    findings_of("type: list, itemType: integer", "1|2\n1|x\n") == 1,
	    "schema: the values of a list have a type");
	unit_check(findings_of("type: list, delimiter: ',', itemType: integer",
		       "1, 2,3\n1;2\n1|2\n") == 1,
	    "schema: a list may have a delimiter of its own");
	unit_check(findings_of("type: list, constraints: {pattern: 'a[|]b'}",
		       "a\\|b\n") == 0,
	    "schema: an escaped bar is part of a value");
	unit_check(findings_of("type: array, constraints: {minLength: 2}",
		       "[1]\n[1,2]\na|b\n") == 1,
	    "schema: a list cell is an array, counted as one");
}

static void
test_escapes(void)
{
	unit_check(findings_of("type: string", "a\\qb\n") == 100,
	    "schema: an unknown escape is a fault, not a finding");
}

int
main(void)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDERR_FILENO);
	close(null);
	test_loading();
	test_booleans();
	test_arrays();
	test_patterns();
	test_missing();
	test_constraints();
	test_lists();
	test_escapes();
	arena_release(&arena);
	return unit_done();
}
