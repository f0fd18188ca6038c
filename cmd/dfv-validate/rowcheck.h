#ifndef DFV_VALIDATE_ROWCHECK_H
#define DFV_VALIDATE_ROWCHECK_H

#include <stddef.h>

#include "diag.h"
#include "finding.h"
#include "span.h"

struct block;
struct check;
struct reference;
struct verdict;

/* How the first of two columns has to compare with the second. */
enum row_op { ROW_LESS, ROW_AT_MOST, ROW_EQUAL, ROW_AT_LEAST, ROW_MORE };

/* A check of several columns of a record, as a schema names it. */
struct row_check {
	const struct row_check_kind *kind;
	size_t *field; /* indices of fields: the first is pointed at */
	size_t n;
	enum row_op op;
	const struct reference *reference;
	struct place place;
};

/* Parameters that name columns: one each, but a list of them for the last
 * where `rest` is it. */
struct row_check_kind {
	const char *name;
	const char *param[2];
	const char *alias[2]; /* other names of them, or NULL */
	const char *rest;     /* NULL: none */
	bool op;              /* it has an `op` */
	bool reference;
	enum finding_id finding;
	/* Looks at one record. */
	void (*run)(const struct row_check *, const struct check *,
	    const struct block *, size_t rec, struct verdict *);
	/* What it comes to when columns are absent: 0 nothing is checked, 1 it
	 * is, 2 that is a finding itself. */
	int (*absent)(size_t nabsent, size_t n);
};

/* NULL when there is none of this name. */
const struct row_check_kind *row_check_find(struct span name);
const char *row_check_name(size_t i);

/* The findings about the columns themselves. */
void row_check_labels(
    const struct check *, struct place where, struct findings *);

/* The findings about every record of the block. */
void row_check_block(
    const struct check *, const struct block *, struct verdict *);

#endif
