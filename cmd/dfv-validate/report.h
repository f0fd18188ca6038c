#ifndef DFV_REPORT_H
#define DFV_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "finding.h"
#include "keytab.h"
#include "output.h"
#include "span.h"

struct baseline;
struct report;
struct waivers;

/* Findings that are alike: of one code, rule, table, field and severity. */
struct tally {
	struct finding like; /* the first of them, its texts kept */
	size_t n;
	size_t hidden;     /* how many of them were not written */
	struct place last; /* of those */
};

/* One row a format of --diagnostics. */
struct report_format {
	const char *name;
	bool is_data;       /* goes to the output, not to standard error */
	size_t max_repeats; /* of findings that are alike; 0: all */
	void (*begin)(struct report *);
	void (*finding)(struct report *, const struct finding *);
	void (*tally)(struct report *, const struct tally *); /* or NULL */
	void (*end)(struct report *);
	/* The end of what is one document, when the input could not be read to
	 * its own; NULL where lines stand by themselves. */
	void (*end_early)(struct report *);
};

/* Where findings go, and how many there were. */
struct report {
	const struct report_format *format;
	const struct diag *diag; /* quiet, color */
	struct output *out;      /* of a format that is data */
	struct arena *arena;
	struct buf buf;  /* not yet put out */
	size_t count[2]; /* those that are open, by level */
	size_t of_status[FOUND_NOTE + 1];
	size_t ntable;     /* tables looked at; 0 where it is one stream */
	size_t max_errors; /* 0: no limit */
	enum diag_level fail_on;
	bool summary; /* tallies instead of findings */
	bool carets;  /* findings are shown with their lines */
	bool stopped; /* the limit is reached: nothing more is added */
	struct baseline *baseline; /* or NULL */
	struct waivers *waivers;   /* or NULL */
	struct keytab alike;       /* what each tally is about */
	struct tally *tally;
	size_t tally_cap;
	struct keytab passed; /* names of findings that were let pass */
	struct keytab causes;
	size_t *nconsequence; /* by cause */
	size_t cause_cap;
	struct buf scratch;
	struct buf held; /* the format's: what can be written at the end only */
	void *state;     /* the format's own, in the arena */
};

/* The row of a name, or NULL; all their names, with commas. */
const struct report_format *report_format(struct span name);
extern const char report_formats[];

void report_begin(struct report *);

/* Adds findings that have been settled. Those that the baseline or a waiver
 * has are marked as that. */
void report_add(struct report *, struct findings *);

/* Puts out what has been added: 0, or -1 when it cannot be written. */
int report_flush(struct report *);
int report_end(struct report *);

/* The same when the input could not be read to its end, which has been said
 * on standard error. */
int report_end_early(struct report *);

/* Whether what was found is reason to say no. */
bool report_failed(const struct report *);

void report_release(struct report *);

/* "error", "warning", "note", "waived": static. */
const char *report_severity(const struct finding *);

/* What a document says of itself whose run broke off: static. */
struct span report_broken_off(void);

/* What a finding says of itself. */
struct span report_message(const struct finding *);

/* All of it in one line, without place and code: its words, both sides of a
 * comparison or the value, what is at stake, what may have been meant. */
void report_advice(struct buf *, const struct finding *);

extern const struct report_format report_text, report_tsv, report_jsonl,
    report_sarif, report_github, report_junit;

#endif
