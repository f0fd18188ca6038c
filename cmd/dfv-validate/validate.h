#ifndef DFV_VALIDATE_H
#define DFV_VALIDATE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "date.h"
#include "diag.h"
#include "opt.h"
#include "report.h"
#include "sink.h"

/* Which records pass through. */
enum pass { PASS_VALID, PASS_ALL, PASS_NONE };

/* A run of dfv-validate. */
struct validate {
	const char *schema;
	const char *package;
	const char *against;  /* an older file, or package */
	const char *baseline; /* files of what is let pass */
	const char *waivers;
	const char *fixes; /* where the changes go that could be made */
	bool fix;
	bool infer; /* a schema is what is wanted */
	bool check; /* as they were asked for */
	bool keep;
	struct date today;
	enum pass pass; /* what comes of them */
	const struct opt_common *common;
	const char *const *file; /* operands */
	size_t nfile;
	struct report report; /* format, diag and its limits are set */
	struct arena *arena;
	struct diag *diag;
};

/* Works out what is to be done: 0, or -1 after a report on options that
 * contradict each other or come to nothing. */
int validate_settle(struct validate *);

/* All of it: the status to exit with. */
int validate_run(struct validate *);

/* Records of the operands against the schema: 0 when they were all read,
 * whatever was found; -1 after a report. */
int validate_stream(struct validate *);

/* The tables of the package and its rules: likewise. */
int validate_package(struct validate *);

#endif
