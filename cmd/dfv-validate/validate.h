#ifndef DFV_VALIDATE_H
#define DFV_VALIDATE_H

#include <stddef.h>

#include "arena.h"
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
	enum pass pass;
	const struct opt_common *common;
	const char *const *file; /* operands */
	size_t nfile;
	struct report report;
	struct arena *arena;
	struct diag *diag;
};

/* Records of the operands against the schema: 0 when they were all read,
 * whatever was found; -1 after a report. */
int validate_stream(struct validate *);

/* The tables of the package and its rules: likewise. */
int validate_package(struct validate *);

#endif
