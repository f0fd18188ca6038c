#include <time.h>

#include "infer.h"
#include "validate.h"
#include "words.h"

/* dfv-validate: what is wrong with records, by a schema or a package. */

enum {
	OPT_CHECK = OPT_LONG,
	OPT_KEEP,
	OPT_FAIL_ON,
	OPT_MAX_ERRORS,
	OPT_INFER,
	OPT_SUMMARY,
	OPT_BASELINE,
	OPT_WAIVERS,
	OPT_AGAINST,
	OPT_AS_OF,
	OPT_FIX,
	OPT_FIXES,
	OPT_LANG
};

static const struct opt options[] = {
    {'s', "schema", "FILE", "check records against this Table Schema"},
    {'p', "package", "FILE", "check a package's tables and its rules"},
    {OPT_INFER, "infer", NULL, "write a schema that the records follow"},
    {'d', "diagnostics", "FMT", "text, tsv, jsonl, sarif, github or junit"},
    {OPT_CHECK, "check", NULL, "write no records"},
    {OPT_KEEP, "keep", NULL, "write invalid records too"},
    {OPT_FAIL_ON, "fail-on", "LEVEL", "exit 1 on error (default) or warning"},
    {OPT_MAX_ERRORS, "max-errors", "N", "stop at the Nth error"},
    {OPT_SUMMARY, "summary", NULL, "how many findings there are of each kind"},
    {OPT_BASELINE, "baseline", "FILE",
	"let pass the findings of an earlier -d tsv"},
    {OPT_WAIVERS, "waivers", "FILE", "let pass what FILE gives a reason for"},
    {OPT_AGAINST, "against", "FILE", "compare with an older FILE or package"},
    {OPT_AS_OF, "as-of", "DATE", "take DATE for today"},
    {OPT_FIX, "fix", NULL, "mend what can be mended with certainty"},
    {OPT_FIXES, "fixes", "FILE", "write to FILE what --fix would change"},
    {OPT_LANG, "lang", "LANG", "findings in en or fr"},
    {0, NULL, NULL, NULL},
};

static const char *const synopsis[] = {
    "-s SCHEMA [-d FMT] [--check | --keep] [--fix | --fixes FILE]",
    " [--against FILE] [--baseline FILE] [--waivers FILE]",
    " [--as-of DATE] [FILE]...",
    "-p PACKAGE [-d FMT] [--against PACKAGE] [--baseline FILE]",
    " [--waivers FILE] [--as-of DATE]",
    "--infer [FILE]...",
    NULL,
};

static const struct opt_words words[] = {
    {"diagnostics", "text tsv jsonl sarif github junit"},
    {"fail-on", "error warning"},
    {"lang", "en fr"},
    {NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-validate",
    .what = "find what is wrong with records",
    .synopsis = synopsis,
    .opts = options,
    .words = words,
};

struct run {
	struct validate validate;
	struct diag diag;
	struct opt_parser opt;
	struct arena arena;
	const char *lang;
};

static int
usage(struct run *run, enum diag_id id, const char *value, const char *what)
{
	diag_report(&run->diag, id, NULL,
	    value == NULL ? span_make(NULL, 0) : span_of(value), "%s", what);
	return -1;
}

static int
take_level(struct run *run)
{
	struct span arg = span_of(run->opt.arg);

	run->validate.report.fail_on =
	    span_eq(arg, SPAN("warning")) ? DIAG_WARNING : DIAG_ERROR;
	if (run->validate.report.fail_on == DIAG_WARNING ||
	    span_eq(arg, SPAN("error")))
		return 0;
	return usage(run, DIAG_BAD_ARGUMENT, run->opt.arg,
	    "--fail-on takes error or warning");
}

static int
take_format(struct run *run)
{
	run->validate.report.format = report_format(span_of(run->opt.arg));
	if (run->validate.report.format != NULL)
		return 0;
	return usage(run, DIAG_BAD_ARGUMENT, run->opt.arg,
	    "--diagnostics takes text, tsv, jsonl, sarif, github or junit");
}

static int
take_date(struct run *run)
{
	if (date_parse(span_of(run->opt.arg), &run->validate.today))
		return 0;
	return usage(run, DIAG_BAD_ARGUMENT, run->opt.arg,
	    "--as-of takes a date like 2025-11-10");
}

static int
take_option(struct run *run, int key)
{
	struct validate *v = &run->validate;
	const struct opt_slot slots[] = {
	    {'s', .once = &v->schema},
	    {'p', .once = &v->package},
	    {OPT_INFER, .flag = &v->infer},
	    {OPT_CHECK, .flag = &v->check},
	    {OPT_KEEP, .flag = &v->keep},
	    {OPT_SUMMARY, .flag = &v->report.summary},
	    {OPT_BASELINE, .word = &v->baseline},
	    {OPT_WAIVERS, .word = &v->waivers},
	    {OPT_AGAINST, .word = &v->against},
	    {OPT_FIX, .flag = &v->fix},
	    {OPT_FIXES, .word = &v->fixes},
	    {OPT_LANG, .word = &run->lang},
	    {.key = 0},
	};

	switch (key) {
	case 'd':
		return take_format(run);
	case OPT_FAIL_ON:
		return take_level(run);
	case OPT_AS_OF:
		return take_date(run);
	case OPT_MAX_ERRORS:
		return opt_count(&run->opt, 1, &v->report.max_errors);
	default:
		return opt_take(&run->opt, key, slots);
	}
}

static int
work(struct run *run)
{
	struct validate *v = &run->validate;

	if (words_choose(run->lang) != 0) {
		usage(run, DIAG_BAD_ARGUMENT, run->lang, "--lang is en or fr");
		return 2;
	}
	v->common = &run->opt.common;
	v->file = run->opt.operand;
	v->nfile = run->opt.noperand;
	if (v->infer)
		return infer_run(v);
	return validate_settle(v) != 0 ? 2 : validate_run(v);
}

int
main(int argc, char **argv)
{
	struct run run = {.validate = {.report = {.fail_on = DIAG_ERROR}}};
	int key, status;

	opt_init(&run.opt, &command, argc, argv, &run.diag);
	run.validate.report.format = &report_text;
	run.validate.report.diag = &run.diag;
	run.validate.report.arena = &run.arena;
	run.validate.report.carets = diag_on_terminal();
	run.validate.today.days = (int32_t)(time(NULL) / 86400);
	run.validate.arena = &run.arena;
	run.validate.diag = &run.diag;
	while ((key = opt_next(&run.opt)) != OPT_END)
		if (key == OPT_BAD || take_option(&run, key) < 0)
			break;
	status = key == OPT_END ? work(&run)
	    : key == OPT_BAD    ? run.opt.status
				: 2;
	report_release(&run.validate.report);
	arena_release(&run.arena);
	opt_release(&run.opt);
	return status;
}
