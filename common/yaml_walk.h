#ifndef DFV_YAML_WALK_H
#define DFV_YAML_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "yaml_event.h"

/*
 * The keys of a mapping, whose start has been read:
 *     walk_init(&walk, es);
 *     while ((rc = walk_key(&walk, es, &key)) > 0)
 *         read the value, or skip it
 * The mapping's own keys come first, then those that it merges (`<<`, YAML
 * 1.1): with .merged set, a key yields to the same key met before. rc is 0 at
 * the end, -1 after a fault; a key that is no scalar is one.
 */
enum { WALK_MAX_MERGES = 16 };

struct walk {
	/* The mapping, and those merged that are being read. */
	struct {
		size_t first; /* of the nodes held for this one */
		size_t next;
		bool in_list; /* it is an item of << [*a, *b] */
	} frame[WALK_MAX_MERGES];
	size_t depth;
	bool merged;
};

void walk_init(struct walk *, const struct events *);
int walk_key(struct walk *, struct events *, struct event *key);

#endif
