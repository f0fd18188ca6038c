#ifndef DFV_STATS_PARTIAL_H
#define DFV_STATS_PARTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "group.h"
#include "reader.h"
#include "request.h"
#include "sink.h"

/*
 * Partial results, as dfv-partial(7) describes them: a TSV record a group. Its
 * columns are the group's cells; where it was first met, under a name that
 * says the version and what records were counted; and the states of each
 * figure, under the figure as it was asked for.
 */

/* Parts are numbered from 0 to this. */
enum { PART_MAX = (1 << 16) - 1 };

/* The command line's words for what was asked, or those of a state. */
struct partial_words {
	struct request_opts *request;
	const char *explode; /* or NULL */
};

/* The columns of states: 0, or -1 after a report. */
int partial_columns(const struct request *, const struct partial_words *,
    struct columns *, struct diag *);

int partial_write(
    const struct request *, const struct group_table *, struct sink *);

/* The header of the states to merge, and where it stands. */
struct partial_header {
	const struct columns *columns;
	struct place place;
	struct arena *arena;
	struct diag *diag;
};

/*
 * Takes the request out of it: *words, which hold what the command line says,
 * if anything, come out as the states have it, in the arena. 0, or -1 after a
 * report: it is no state, or of another version, or of another request.
 */
int partial_request(struct partial_words *, const struct partial_header *);

/* Merges a reader's states: 0, or -1 after a report. The table is initialised
 * here and is the caller's to release with stats_release. */
int partial_merge(
    const struct request *, struct reader *, struct group_table *);

#endif
