#ifndef DFV_GEO_SESSION_H
#define DFV_GEO_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "atlas.h"
#include "block.h"
#include "buf.h"
#include "clues.h"
#include "gazetteer.h"
#include "opt.h"
#include "reader.h"
#include "resolve.h"
#include "stratum.h"

/* What every verb needs: its options read, the input and the geography open,
 * records brought through in order. */
struct session {
	struct opt_parser opts;
	struct diag diag;
	struct arena arena;
	const char *geography_dir; /* --geography, or NULL */
	struct clues clues;
	struct reader *reader;
	struct gazetteer g;
	struct strata strata;     /* --layer */
	struct atlas atlas;       /* empty unless GAZETTEER_PLACES was wanted */
	struct resolver resolver; /* for put(), and for reports */
	bool took_stdin;          /* an option did */
	bool by_fixes;            /* fixes.h finds records, not resolve.h */
	size_t nlost;
};

/* The rows of a verb's option table that all verbs have. */
enum { OPT_GEOGRAPHY = OPT_LONG, OPT_COLUMN, OPT_LAYER, OPT_VERB };

#define SESSION_OPTS                                                             \
	{OPT_GEOGRAPHY, "geography", "DIR", "use the geography folder DIR"},     \
	{                                                                        \
		OPT_COLUMN, "column", "ROLE=NAME",                               \
		    "take code, commune, address, postal, latitude… from NAME" \
	}

/* That of the verbs which take layers. */
#define LAYER_OPT                                                              \
	{                                                                      \
		OPT_LAYER, "layer", "NAME[=FILE]",                             \
		    "add the columns of a layer, keyed by code_commune"        \
	}

/* With the command's options about to be read. */
void session_init(
    struct session *, const struct opt_command *, int argc, char **argv);

/*
 * The next of the verb's own options, as opt_next gives them; those of
 * SESSION_OPTS are dealt with.
 */
int session_option(struct session *);

/* Opens the input and finds what it says of places. 0, or -1 after a report. */
int session_open_input(struct session *);

/*
 * Notes that an option's file, which may be NULL, is to be read: 0, or -1 after
 * reporting that it is standard input and that this is taken, by the operands
 * or by another option.
 */
int session_claim(struct session *, const char *file, const char *option);

/* Reports, unless there is one, that no column says where records are. */
int session_need(struct session *, bool there_is);

/* A thread's own resolver, to be released by it. */
void session_resolver(struct session *, struct resolver *);

/* Loads what is wanted of the geography (gazetteer.h). The same. */
int session_open_geography(struct session *, unsigned what);

/* What of communes must be loaded for the columns there are. */
unsigned session_wanted(const struct session *);

/*
 * The same for a verb that wants places alone (fixes.h): what the input needs
 * for them, and more; nothing is loaded where records have coordinates.
 */
unsigned session_places_wanted(const struct session *);
int session_open_places(struct session *, unsigned more);

/*
 * A place given as an option: "lat,lon", a code or a name. session_place_wants
 * gives what has to be loaded to find it; session_place finds it: 0, or -1
 * after a report where it is no place, or may be several.
 */
unsigned session_place_wants(const char *text);
int session_place(struct session *, const char *text, struct fix *);

/* An option's argument in kilometres: 0, or -1 after a report. */
int session_km(struct session *, double *km);

/* Reports that a record, of the session's or another reader, has no place. */
void session_report_lost(
    struct session *, struct resolver *, const struct block *, size_t rec);

/* The first so many of a file are reported, then how many more there were. */
enum { REPORTS_MAX = 20 };
void session_report_rest(struct session *, size_t nlost);

/* The path of a file of the geography, in the arena; NULL after a report. */
const char *session_path(struct session *, const char *file);

/* Where a record of a batch ends, and what it is sorted or parted by. */
struct mark {
	double key;
	size_t end;
	size_t label_end; /* of its label in batch.label */
};

/* What a verb made of one block. */
struct batch {
	struct buf out;
	size_t nrec;       /* in out */
	struct mark *mark; /* one a record, where a verb sets them */
	size_t nmark;
	size_t mark_cap;
	struct buf label; /* those of the marks, end to end */
	size_t *lost;     /* records that could not be placed */
	size_t nlost;
	size_t lost_cap;
};

void batch_lose(struct batch *, size_t rec);

/* Marks the end of the record that was added last, and of its label. */
void batch_mark(struct batch *, double key);

/*
 * What is done to the blocks: work() in parallel, each thread with a worker of
 * its own, fills the batch; put() in the order of the input takes it, 0, or -1
 * after a report. Either work or put may be NULL.
 */
struct session_job {
	void *ctx;
	void *(*worker_new)(void *ctx);
	void (*worker_free)(void *ctx, void *worker);
	void (*work)(void *worker, const struct block *, struct batch *);
	int (*put)(void *ctx, const struct block *, struct batch *);
};

/* Brings all records through, and reports those that were lost. 0, or -1 when
 * input or output failed. */
int session_run(struct session *, const struct session_job *);

/* Gives everything back; returns status, what to exit with. */
int session_end(struct session *, int status);

#endif
