#ifndef DFV_YAML_COLUMNS_H
#define DFV_YAML_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "decoder.h"
#include "yaml_plan.h"
#include "yaml_record.h"

/* What read_yaml.c knows of a file, and how it finds its columns. */
struct yaml_state {
	struct keys keys;
	struct yaml_records records;
	const struct yaml_plan *plan;
	bool planned;    /* all records so far have been as the plan says */
	bool broken;     /* the block at hand ends within a record */
	size_t line;     /* of the next one */
	size_t skipped;  /* their bytes */
	size_t look_end; /* how far open() may look for libyaml, and */
	size_t looked;   /* bytes of d->ahead that libyaml has */
	bool done;
};

/* Fills d->columns and y->keys, and leaves all that it has read in d->ahead:
 * 0, -1 after filling the fault. */
int yaml_find_columns(struct decoder *, struct fault *);

/* libyaml begins with what read() gives, which takes d for its context, at the
 * line y->line. */
void yaml_start_libyaml(struct decoder *d,
    ptrdiff_t (*read)(void *, char *, size_t, struct fault *));

/* Offset of the last record of p[0..n) that starts behind `from`, and enough
 * of it to end the one before; 0 for none. Where no record has started for
 * RECORD_LOOK_BYTES, it is libyaml's. */
enum { RECORD_LOOK_BYTES = 16 * ROW_LOOK_BYTES };

size_t yaml_last_start(const char *p, size_t from, size_t n);

#endif
