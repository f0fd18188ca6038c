#include "validate.h"

#include "package.h"

/* Findings of a table, in the order of its records. */
static void
report_table(struct report *r, struct table *t)
{
	for (size_t i = 0; i < t->labels.n; i++)
		t->labels.item[i].table = t->name;
	findings_link(&t->labels);
	report_add(r, &t->labels);
	for (size_t b = 0; b < t->nblock; b++) {
		struct findings *l = &t->block[b]->verdict.list;

		for (size_t i = 0; i < l->n; i++)
			l->item[i].table = t->name;
		if (t->schema != NULL)
			check_settle(
			    &t->check, t->reader, &t->block[b]->block, l);
		report_add(r, l);
	}
}

int
validate_package(struct validate *v)
{
	const struct reader_opts opts = {.from = v->common->from,
	    .encoding = v->common->encoding,
	    .keep_ragged = true};
	struct package p = {.decimal_comma = v->common->decimal_comma,
	    .arena = v->arena,
	    .diag = v->diag};
	struct findings broken = FINDINGS_EMPTY;
	int rc = package_load(&p, v->package, &opts);

	v->report.ntable = p.ntable;
	for (size_t i = 0; rc == 0 && i < p.ntable; i++) {
		report_table(&v->report, &p.table[i]);
		rc = report_flush(&v->report);
	}
	for (size_t i = 0; rc == 0 && i < p.nrule; i++) {
		rule_run(&p.rule[i], &broken);
		report_add(&v->report, &broken);
		findings_reset(&broken);
		rc = report_flush(&v->report);
	}
	findings_release(&broken);
	package_release(&p);
	return rc;
}
