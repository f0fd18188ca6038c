#include "yaml_walk.h"

void
walk_init(struct walk *w, const struct events *es)
{
	w->depth = 1;
	w->merged = false;
	w->frame[0].first = w->frame[0].next = events_held(es);
	w->frame[0].in_list = false;
}

/* e starts what is merged: 1 when it is a mapping, whose keys then follow, 0
 * at the end of a list of them. */
static int
enter_merged(
    struct walk *w, struct events *es, const struct event *e, bool in_list)
{
	if (in_list && e->kind == EVENT_SEQUENCE_END)
		return 0;
	if (e->kind == EVENT_ERROR)
		return -1;
	if (e->kind != EVENT_MAPPING)
		return events_refuse(es, e, DIAG_BAD_YAML,
		    "<< takes a mapping, or a list of mappings");
	if (w->depth == WALK_MAX_MERGES)
		return events_refuse(es, e, DIAG_ALIAS_BOMB,
		    "mappings merge mappings more than 16 deep");
	w->frame[w->depth].first = w->frame[w->depth].next = events_held(es);
	w->frame[w->depth].in_list = in_list;
	w->depth++;
	w->merged = true;
	return 1;
}

/* A mapping has ended: on to the next one that it merges, or that the one
 * around it does. 1, 0 when there is none left. */
static int
next_merged(struct walk *w, struct events *es)
{
	for (;;) {
		size_t top = w->depth - 1;
		bool in_list = w->frame[top].in_list;
		struct event e;
		int rc;

		if (w->frame[top].next < events_held(es)) {
			if (events_replay(es, w->frame[top].next++, &e) < 0)
				return -1;
			in_list = e.kind == EVENT_SEQUENCE;
			if (in_list)
				events_next(es, &e);
		} else {
			events_drop(es, w->frame[top].first);
			if (top == 0)
				return 0;
			w->depth--;
			if (!in_list)
				continue;
			events_next(es, &e);
		}
		rc = enter_merged(w, es, &e, in_list);
		if (rc != 0)
			return rc;
	}
}

int
walk_key(struct walk *w, struct events *es, struct event *key)
{
	int rc;

	for (;;) {
		switch (events_next(es, key)) {
		case EVENT_ERROR:
			return -1;
		case EVENT_MAPPING_END:
			rc = next_merged(w, es);
			if (rc <= 0)
				return rc;
			break;
		case EVENT_SCALAR:
			if (!key->plain || !span_eq(key->text, SPAN("<<")))
				return 1;
			if (events_hold(es) < 0)
				return -1;
			break;
		default:
			return events_refuse(es, key, DIAG_BAD_YAML,
			    "a key that is no scalar: give it a name");
		}
	}
}
