#ifndef DFV_REPORT_H
#define DFV_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "diag.h"
#include "finding.h"
#include "output.h"
#include "span.h"

struct report;

/* One row a format of --diagnostics. */
struct report_format {
	const char *name;
	bool is_data; /* goes to the output, not to standard error */
	void (*begin)(struct report *);
	void (*finding)(struct report *, const struct finding *);
	void (*end)(struct report *);
};

/* Where findings go, and how many there were. */
struct report {
	const struct report_format *format;
	const struct diag *diag; /* quiet, color */
	struct output *out;      /* of a format that is data */
	struct buf buf;          /* not yet put out */
	size_t count[2];         /* by level */
	size_t ntable;     /* tables looked at; 0 where it is one stream */
	size_t max_errors; /* 0: no limit */
	bool stopped;      /* the limit is reached: nothing more is added */
};

/* The row of a name, or NULL. */
const struct report_format *report_format(struct span name);

void report_begin(struct report *);

/* Findings that have been settled. */
void report_add(struct report *, const struct findings *);

/* Puts out what has been added: 0, or -1 when it cannot be written. */
int report_flush(struct report *);
int report_end(struct report *);

void report_release(struct report *);

extern const struct report_format report_text, report_tsv;

#endif
