#ifndef DFV_YAML_EVENT_H
#define DFV_YAML_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"
#include "span.h"
#include "yaml_input.h"

/*
 * YAML as a stream of events, through libyaml, with what it leaves to its
 * callers done: UTF-8 is checked, aliases are expanded under a cap, nesting is
 * capped. Anchors keep a copy of what they name until their document ends;
 * else nothing is remembered. yaml_walk.h goes through mappings.
 */
enum event_kind {
	EVENT_ERROR, /* the fault says it; so do all further calls */
	EVENT_END,   /* of the stream */
	EVENT_DOCUMENT,
	EVENT_DOCUMENT_END,
	EVENT_SCALAR,
	EVENT_SEQUENCE,
	EVENT_SEQUENCE_END,
	EVENT_MAPPING,
	EVENT_MAPPING_END
};

enum { EVENTS_MAX_DEPTH = 64 };

struct event {
	enum event_kind kind;
	struct span text; /* of a scalar; valid until the next event */
	bool plain;       /* a scalar without quotes, and not tagged as text */
	size_t line;      /* from 1; of an alias' content: the alias' */
	size_t col;       /* characters, from 1 */
	size_t at;        /* characters before it in the stream */
};

struct events;

/* The fault is the caller's and outlives the events. */
struct events *events_new(const struct yaml_source *, struct fault *);
void events_free(struct events *); /* NULL too */

enum event_kind events_next(struct events *, struct event *);

/* Sets the fault about an event, and makes it the stream's last: -1. */
int events_refuse(
    struct events *, const struct event *, enum diag_id, const char *detail);

/*
 * Nodes put aside, a stack of them. events_hold() reads the next node onto it;
 * events_replay() makes the i-th the events that come next, and gives their
 * first; events_drop() leaves the first n. 0, or -1 after a fault.
 */
int events_hold(struct events *);
size_t events_held(const struct events *);
int events_replay(struct events *, size_t i, struct event *first);
void events_drop(struct events *, size_t n);

/* Reads over the rest of the node that e starts: 0, -1 after a fault. */
int events_skip(struct events *, const struct event *e);

#endif
