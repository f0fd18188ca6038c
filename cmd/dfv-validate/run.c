#include "validate.h"

#include "baseline.h"
#include "output.h"

static int
refuse(struct validate *v, struct span value, const char *what)
{
	diag_report(v->diag, DIAG_USAGE, NULL, value, "%s", what);
	return -1;
}

int
validate_settle(struct validate *v)
{
	const struct span none = {NULL, 0};
	bool data = v->report.format->is_data;
	const char *output = v->common->output;

	if ((v->schema == NULL) == (v->package == NULL))
		return refuse(v, none,
		    "give a schema with -s, or a package with -p; try --help");
	if (v->check && v->keep)
		return refuse(
		    v, none, "--check writes no records, --keep all of them");
	if (v->package != NULL && v->nfile > 0)
		return refuse(
		    v, span_of(v->file[0]), "a package names its files itself");
	if (v->package != NULL && (v->keep || v->common->to != NULL))
		return refuse(v, none, "no records are written of a package");
	if (v->package != NULL && (v->fix || v->fixes != NULL))
		return refuse(v, none,
		    "tables of a package are mended one by one, with -s");
	if (v->fix && v->fixes != NULL)
		return refuse(v, none,
		    "--fix makes the changes, --fixes lists them: choose");
	if (v->report.summary && v->report.format->tally == NULL)
		return refuse(v, span_of(v->report.format->name),
		    "a summary is text, tsv or jsonl");
	/* Standard output is for records or for findings. */
	if (v->check || v->package != NULL || (data && output == NULL))
		v->pass = PASS_NONE;
	else
		v->pass = v->keep ? PASS_ALL : PASS_VALID;
	if (v->pass == PASS_NONE && output != NULL && !data)
		return refuse(v, span_of(output),
		    "there is nothing to write; try -d tsv");
	return 0;
}

/* Findings that are data go where no records go. */
static int
open_report(struct validate *v, struct output *out)
{
	const char *name = v->pass == PASS_NONE ? v->common->output : NULL;

	if (v->report.format->is_data && output_open(out, name, v->diag) != 0)
		return -1;
	v->report.out = out;
	report_begin(&v->report);
	return 0;
}

/* A reader of the findings that went away is no failure. */
static int
close_report(struct validate *v, int rc)
{
	struct output *out = v->report.out;
	bool closed;

	if (rc == 0)
		rc = report_end(&v->report);
	else
		report_end_early(&v->report);
	if (!v->report.format->is_data)
		return rc;
	closed = out->closed_pipe;
	if (output_close(out, rc == 0) != 0)
		rc = -1;
	return closed || out->closed_pipe ? 0 : rc;
}

/* What is let pass is read before anything else. */
static int
load_known(struct validate *v)
{
	struct report *r = &v->report;

	if (v->baseline != NULL) {
		r->baseline = baseline_load(v->baseline, v->arena, v->diag);
		if (r->baseline == NULL)
			return -1;
	}
	if (v->waivers != NULL) {
		r->waivers =
		    waivers_load(v->waivers, v->today, v->arena, v->diag);
		if (r->waivers == NULL)
			return -1;
	}
	return 0;
}

static int
run_known(struct validate *v)
{
	struct output out;
	int rc;

	if (load_known(v) != 0 || open_report(v, &out) != 0)
		return 2;
	rc = v->schema != NULL ? validate_stream(v) : validate_package(v);
	if (close_report(v, rc) != 0)
		return 2;
	return report_failed(&v->report);
}

int
validate_run(struct validate *v)
{
	int status = run_known(v);

	baseline_release(v->report.baseline);
	waivers_release(v->report.waivers);
	return status;
}
