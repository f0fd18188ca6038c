#include <string.h>

#include "validate.h"

/* dfv-validate: what is wrong with records, by a schema or a package. */

enum { OPT_CHECK = OPT_LONG, OPT_KEEP, OPT_FAIL_ON, OPT_MAX_ERRORS };

static const struct opt options[] = {
    {'s', "schema", "FILE", "check records against this Table Schema"},
    {'p', "package", "FILE", "check a package's tables and its rules"},
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
	struct output out; /* of findings that are data */
	enum diag_level fail_on;
	bool check;
	bool keep;
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
	const char *arg = run->opt.arg;

	if (strcmp(arg, "error") != 0 && strcmp(arg, "warning") != 0)
		return usage(run, DIAG_BAD_ARGUMENT, arg,
		    "--fail-on takes error or warning");
	run->fail_on = arg[0] == 'e' ? DIAG_ERROR : DIAG_WARNING;
	return 0;
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
	case OPT_CHECK:
		run->check = true;
		return 0;
	case OPT_KEEP:
		run->keep = true;
		return 0;
	case OPT_FAIL_ON:
		return take_level(run);
	default:
		return opt_count(
		    &run->opt, 1, &run->validate.report.max_errors);
	}
}

/* Options that contradict each other, or come to nothing. */
static int
settle_options(struct run *run)
{
	struct validate *v = &run->validate;
	bool data = v->report.format->is_data;
	bool to_file = run->opt.common.output != NULL;

	if ((v->schema == NULL) == (v->package == NULL))
		return usage(run, DIAG_USAGE, NULL,
		    "give a schema with -s, or a package with -p; try --help");
	if (run->check && run->keep)
		return usage(run, DIAG_USAGE, NULL,
		    "--check writes no records, --keep all of them");
	if (v->package != NULL && run->opt.noperand > 0)
		return usage(run, DIAG_USAGE, run->opt.operand[0],
		    "a package names its files itself");
	if (v->package != NULL && (run->keep || run->opt.common.to != NULL))
		return usage(run, DIAG_USAGE, NULL,
		    "no records are written of a package");
	v->pass = run->check || v->package != NULL ? PASS_NONE
	    : run->keep                            ? PASS_ALL
	                                           : PASS_VALID;
	/* Standard output is for one of the two. */
	if (data && !to_file)
		v->pass = PASS_NONE;
	if (v->pass == PASS_NONE && to_file && !data)
		return usage(run, DIAG_USAGE, run->opt.common.output,
		    "there is nothing to write; try -d tsv");
	return 0;
}

/* Findings that are data go where no records go. */
static int
open_report(struct run *run)
{
	struct validate *v = &run->validate;
	const char *name =
	    v->pass == PASS_NONE ? run->opt.common.output : NULL;

	if (v->report.format->is_data &&
	    output_open(&run->out, name, &run->diag) != 0)
		return -1;
	v->report.out = &run->out;
	v->report.diag = &run->diag;
	report_begin(&v->report);
	return 0;
}

static int
work(struct run *run)
{
	struct validate *v = &run->validate;
	int rc;

	v->common = &run->opt.common;
	v->file = run->opt.operand;
	v->nfile = run->opt.noperand;
	if (settle_options(run) != 0 || open_report(run) != 0)
		return 2;
	rc = v->schema != NULL ? validate_stream(v) : validate_package(v);
	if (rc == 0)
		rc = report_end(&v->report);
	else
		report_flush(&v->report);
	if (v->report.format->is_data) {
		bool closed = run->out.closed_pipe;

		if (output_close(&run->out, rc == 0) != 0 && !closed &&
		    !run->out.closed_pipe)
			return 2;
		if (closed)
			rc = 0;
	}
	if (rc != 0)
		return 2;
	return v->report.count[DIAG_ERROR] > 0 ||
	    (run->fail_on == DIAG_WARNING &&
	        v->report.count[DIAG_WARNING] > 0);
}

int
main(int argc, char **argv)
{
	struct run run = {.fail_on = DIAG_ERROR, .arena = {NULL, NULL, 0}};
	int key, status;

	opt_init(&run.opt, &command, argc, argv, &run.diag);
	run.validate.report.format = &report_text;
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
