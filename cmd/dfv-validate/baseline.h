#ifndef DFV_BASELINE_H
#define DFV_BASELINE_H

#include <stdbool.h>

#include "arena.h"
#include "date.h"
#include "diag.h"
#include "finding.h"

/*
 * What is let pass: findings that an earlier run has told of (its -d tsv or
 * jsonl), and those that somebody answers for until a date.
 */
struct baseline;
struct waivers;

/* NULL after a report. Release what is not NULL. */
struct baseline *baseline_load(const char *file, struct arena *, struct diag *);

/* Whether a finding is one of the baseline's, each of which is met once. */
bool baseline_knows(struct baseline *, const struct finding *);
void baseline_release(struct baseline *);

/* Waivers that end before `today` are expired. NULL after reporting each
 * mistake in them. */
struct waivers *waivers_load(
    const char *file, struct date today, struct arena *, struct diag *);

/* Makes a finding that a waiver is about FOUND_WAIVED, unless that has expired:
 * then the finding stays, and waivers_expired() tells of the waiver. */
void waivers_apply(struct waivers *, struct finding *);
void waivers_expired(const struct waivers *, struct findings *);
void waivers_release(struct waivers *);

#endif
