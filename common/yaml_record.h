#ifndef DFV_YAML_RECORD_H
#define DFV_YAML_RECORD_H

#include "diag.h"
#include "row.h"
#include "yaml_event.h"

/*
 * Records of any YAML, through libyaml: a sequence of mappings, or a stream of
 * documents, each a mapping or a sequence of them. For read_yaml.c alone.
 */
enum yaml_where { YAML_IN_STREAM, YAML_IN_DOCUMENT, YAML_IN_SEQUENCE };

struct yaml_records {
	const char *file; /* in faults */
	struct fault fault;
	struct events *events;
	enum yaml_where where; /* the next event is */
	struct event start;    /* of the record at hand */
	struct row row;
};

void yaml_records_init(struct yaml_records *, struct keys *, const char *file);
void yaml_records_release(struct yaml_records *);

/* What comes now is the source's; the records' fault is used from here on. */
void yaml_records_start(struct yaml_records *, const struct yaml_source *);

/* Reads on to the start of the next record: 1, 0 at the stream's end, -1 after
 * filling the fault. */
int yaml_records_find(struct yaml_records *);

/* Reads the record that was found, as the row at hand: 0, -1. */
int yaml_records_read(struct yaml_records *);

/* Where an event stands. */
struct place yaml_records_place(
    const struct yaml_records *, const struct event *);

#endif
