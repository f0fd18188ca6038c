#include "validate.h"

#include "cause.h"
#include "history.h"
#include "mem.h"
#include "package.h"

/* A package being checked, and what it was before. */
struct packaged {
	struct validate *v;
	struct package now;
	struct package old;       /* --against */
	struct history **history; /* by table, or NULL */
};

/* The old table by the same name, if records can be found there by a key. */
static int
open_history(struct packaged *p, size_t i)
{
	struct table *t = &p->now.table[i];
	struct table *old = package_find(&p->old, t->name);
	const struct node *schema = p->now.schema[i];

	if (old == NULL || t->schema == NULL ||
	    (t->schema->primary.n == 0 && node_get(schema, "history") == NULL))
		return 0;
	return history_open(
	    &p->history[i], schema, &t->check, old, p->v->arena, p->v->diag);
}

static int
load_packages(struct packaged *p, const struct reader_opts *opts)
{
	int rc = package_load(&p->now, p->v->package, opts);

	p->history =
	    ARENA_ARRAY(p->v->arena, struct history *, p->now.ntable + 1);
	if (rc != 0 || p->v->against == NULL)
		return rc;
	rc = package_load(&p->old, p->v->against, opts);
	for (size_t i = 0; rc == 0 && i < p->now.ntable; i++)
		rc = open_history(p, i);
	return rc;
}

/* Findings of a table come to be in the order of its records. */
static void
settle_table(struct packaged *p, size_t number)
{
	struct table *t = &p->now.table[number];

	for (size_t i = 0; i < t->labels.n; i++)
		t->labels.item[i].table = t->name;
	findings_link(&t->labels);
	for (size_t b = 0; t->schema != NULL && b < t->nblock; b++) {
		const struct block *block = &t->block[b]->block;
		struct findings *l = &t->block[b]->verdict.list;

		if (p->history[number] != NULL)
			history_check(p->history[number], block, l);
		check_settle(&t->check, block, l);
		for (size_t i = 0; i < l->n; i++)
			l->item[i].table = t->name;
		if (p->v->report.carets)
			findings_show(l, t->reader, block);
	}
}

static int
report_table(struct packaged *p, struct causes *causes, size_t number)
{
	struct report *r = &p->v->report;
	struct table *t = &p->now.table[number];
	struct findings vanished = FINDINGS_EMPTY;
	int rc;

	report_add(r, &t->labels);
	for (size_t b = 0; b < t->nblock; b++)
		report_add(r, &t->block[b]->verdict.list);
	if (p->history[number] != NULL)
		history_end(p->history[number], &vanished);
	for (size_t i = 0; i < vanished.n; i++)
		vanished.item[i].table = t->name;
	causes_link_vanished(causes, t, &vanished);
	report_add(r, &vanished);
	rc = report_flush(r);
	findings_release(&vanished);
	return rc;
}

static int
report_rules(struct packaged *p, const struct causes *causes)
{
	struct report *r = &p->v->report;
	struct findings broken = FINDINGS_EMPTY;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < p->now.nrule; i++) {
		rule_run(&p->now.rule[i], &broken);
		causes_link_places(causes, &broken);
		report_add(r, &broken);
		findings_reset(&broken);
		rc = report_flush(r);
	}
	for (size_t i = 0; rc == 0 && i < p->now.nowed; i++) {
		owed_run(&p->now.owed[i], p->v->today, &broken);
		causes_link_places(causes, &broken);
		report_add(r, &broken);
		findings_reset(&broken);
		rc = report_flush(r);
	}
	findings_release(&broken);
	return rc;
}

/* Everything is known before anything is told: a finding may follow from one
 * in a later table. */
static int
report_package(struct packaged *p)
{
	size_t n = p->now.ntable;
	struct causes *causes;
	int rc = 0;

	p->v->report.ntable = n;
	for (size_t i = 0; i < n; i++)
		settle_table(p, i);
	causes = causes_new(&p->now);
	for (size_t i = 0; i < n; i++)
		causes_link_keys(causes, &p->now.table[i]);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = report_table(p, causes, i);
	if (rc == 0)
		rc = report_rules(p, causes);
	causes_free(causes);
	return rc;
}

int
validate_package(struct validate *v)
{
	const struct reader_opts opts = {.from = v->common->from,
	    .encoding = v->common->encoding,
	    .keep_ragged = true};
	const struct package package = {
	    .decimal_comma = v->common->decimal_comma,
	    .arena = v->arena,
	    .diag = v->diag};
	struct packaged p = {.v = v, .now = package, .old = package};
	int rc;

	p.old.bare = true;
	rc = load_packages(&p, &opts);
	if (rc == 0)
		rc = report_package(&p);
	for (size_t i = 0; i < p.now.ntable; i++)
		history_free(p.history[i]);
	package_release(&p.old);
	package_release(&p.now);
	return rc;
}
