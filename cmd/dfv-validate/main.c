#include "infer.h"
#include "validate.h"

/* dfv-validate: what is wrong with records, by a schema or a package. */

enum { OPT_CHECK = OPT_LONG, OPT_KEEP, OPT_FAIL_ON, OPT_MAX_ERRORS, OPT_INFER };

static const struct opt options[] = {
    {'s', "schema", "FILE", "check records against this Table Schema"},
    {'p', "package", "FILE", "check a package's tables and its rules"},
    {OPT_INFER, "infer", NULL, "write a schema that the records follow"},
    {'d', "diagnostics", "FMT", "findings as text (default) or tsv"},
    {OPT_CHECK, "check", NULL, "write no records"},
    {OPT_KEEP, "keep", NULL, "write invalid records too"},
    {OPT_FAIL_ON, "fail-on", "LEVEL", "exit 1 on error (default) or warning"},
    {OPT_MAX_ERRORS, "max-errors", "N", "stop at the Nth error"},
    {0, NULL, NULL, NULL},
};

static const char *const synopsis[] = {
    "-s SCHEMA [-d FMT] [--check | --keep] [FILE]...",
    "-p PACKAGE [-d FMT]",
    "--infer [FILE]...",
    NULL,
};

static const struct opt_command command = {
    .name = "dfv-validate",
    .what = "find what is wrong with records",
    .synopsis = synopsis,
    .opts = options,
};

struct run {
	struct validate validate;
	struct diag diag;
	struct opt_parser opt;
	struct arena arena;
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

	run->validate.fail_on =
	    span_eq(arg, SPAN("warning")) ? DIAG_WARNING : DIAG_ERROR;
	if (run->validate.fail_on == DIAG_WARNING ||
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
	    "--diagnostics takes text or tsv");
}

static int
take_option(struct run *run, int key)
{
	switch (key) {
	case 's':
		run->validate.schema = run->opt.arg;
		return 0;
	case 'p':
		run->validate.package = run->opt.arg;
		return 0;
	case 'd':
		return take_format(run);
	case OPT_INFER:
		run->validate.infer = true;
		return 0;
	case OPT_CHECK:
		run->validate.check = true;
		return 0;
	case OPT_KEEP:
		run->validate.keep = true;
		return 0;
	case OPT_FAIL_ON:
		return take_level(run);
	default:
		return opt_count(
		    &run->opt, 1, &run->validate.report.max_errors);
	}
}

static int
work(struct run *run)
{
	struct validate *v = &run->validate;

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
	struct run run = {.validate = {.fail_on = DIAG_ERROR}};
	int key, status;

	opt_init(&run.opt, &command, argc, argv, &run.diag);
	run.validate.report.format = &report_text;
	run.validate.report.diag = &run.diag;
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
