#ifndef DFV_PACKAGE_H
#define DFV_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "node.h"
#include "owed.h"
#include "reader.h"
#include "rule.h"
#include "span.h"
#include "table.h"

/*
 * Tables that belong together, in memory, and the rules between them. The
 * file is YAML or JSON: a Frictionless Data Package with `rules` and `reports`, in which
 * `tables` is another word for `resources`.
 */
struct package {
	const char *file;
	struct table *table;
	size_t ntable;
	const struct node **schema; /* by table: where its schema is, or NULL */
	struct rule *rule;
	size_t nrule;
	struct owed *owed; /* reports */
	size_t nowed;
	bool decimal_comma;
	bool bare; /* tables alone are wanted: nothing is checked */
	struct arena *arena;
	struct diag *diag;
};

/* Reads the package (a folder stands for its package.yaml), its schemas and
 * its tables, checks these, and compiles the rules. decimal_comma, bare, arena
 * and diag are set before. 0, or -1 after reports. */
int package_load(
    struct package *, const char *path, const struct reader_opts *);

/* The table of a name, or NULL. */
struct table *package_find(const struct package *, struct span name);

/* Puts into the verdicts of a table's blocks what its foreign keys refer to
 * in vain. 0, or -1 after reporting a key to what is not there. */
int foreign_check(const struct package *, struct table *);

void package_release(struct package *);

#endif
