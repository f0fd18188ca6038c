#include "yaml_record.h"

#include "cell.h"
#include "yaml_scalar.h"
#include "yaml_walk.h"

void
yaml_records_init(struct yaml_records *y, struct keys *keys, const char *file)
{
	*y = (struct yaml_records){.file = file};
	row_init(&y->row, keys);
}

void
yaml_records_release(struct yaml_records *y)
{
	events_free(y->events);
	row_release(&y->row);
}

void
yaml_records_start(struct yaml_records *y, const struct yaml_source *source)
{
	events_free(y->events);
	y->fault.id = DIAG_NONE;
	y->events = events_new(source, &y->fault);
	y->where = YAML_IN_STREAM;
}

struct place
yaml_records_place(const struct yaml_records *y, const struct event *e)
{
	return (struct place){y->file, e->line, e->col};
}

/* Appends a scalar as (part of) a cell. */
static void
put_scalar(struct row *row, const struct event *e)
{
	if (!e->plain || !yaml_null(e->text))
		cell_encode(&row->text, e->text);
}

static int
put_list(struct yaml_records *y)
{
	struct event e;

	for (size_t n = 0;; n++) {
		switch (events_next(y->events, &e)) {
		case EVENT_ERROR:
			return -1;
		case EVENT_SEQUENCE_END:
			return 0;
		case EVENT_SCALAR:
			if (n > 0)
				buf_byte(&y->row.text, '|');
			put_scalar(&y->row, &e);
			break;
		default:
			return events_refuse(y->events, &e, DIAG_NOT_RECORDS,
			    "a list holds scalars only: part it into records");
		}
	}
}

static int
put_value(struct yaml_records *y, const struct event *e)
{
	enum row_status status = row_value(&y->row);

	if (status != ROW_OK)
		return row_refuse(
		    &y->row, status, yaml_records_place(y, e), &y->fault);
	if (e->kind == EVENT_SCALAR)
		put_scalar(&y->row, e);
	else if (put_list(y) < 0)
		return -1;
	row_value_end(&y->row, e->line, e->col);
	return 0;
}

/* The keys and values of the mapping whose start has been read. Recursion ends
 * with EVENTS_MAX_DEPTH. */
static int
read_mapping(struct yaml_records *y)
{
	size_t outer = y->row.outer;
	struct event key, e;
	struct walk walk;
	int rc;

	walk_init(&walk, y->events);
	while ((rc = walk_key(&walk, y->events, &key)) > 0) {
		enum row_status status = row_key(&y->row, key.text);

		if (status != ROW_OK && !(status == ROW_SEEN && walk.merged))
			return row_refuse(&y->row, status,
			    yaml_records_place(y, &key), &y->fault);
		if (events_next(y->events, &e) == EVENT_ERROR)
			return -1;
		if (status == ROW_SEEN) {
			rc = events_skip(y->events, &e);
		} else if (e.kind == EVENT_MAPPING) {
			y->row.outer = y->row.path;
			rc = read_mapping(y);
			y->row.outer = outer;
		} else {
			rc = put_value(y, &e);
		}
		if (rc < 0)
			return -1;
	}
	return rc;
}

/* Whether what e starts may stand where it does, outside records. */
static bool
moves_on(struct yaml_records *y, const struct event *e)
{
	switch (e->kind) {
	case EVENT_DOCUMENT:
	case EVENT_SEQUENCE_END:
		y->where = YAML_IN_DOCUMENT;
		return true;
	case EVENT_DOCUMENT_END:
		y->where = YAML_IN_STREAM;
		return true;
	case EVENT_SEQUENCE:
		if (y->where == YAML_IN_SEQUENCE)
			return false;
		y->where = YAML_IN_SEQUENCE;
		return true;
	default:
		/* `---` and nothing is an empty document. */
		return y->where == YAML_IN_DOCUMENT && e->plain &&
		    yaml_null(e->text);
	}
}

int
yaml_records_find(struct yaml_records *y)
{
	for (;;) {
		struct event *e = &y->start;

		if (events_next(y->events, e) == EVENT_ERROR)
			return -1;
		if (e->kind == EVENT_END)
			return 0;
		if (e->kind == EVENT_MAPPING)
			return 1;
		if (!moves_on(y, e))
			return events_refuse(
			    y->events, e, DIAG_NOT_RECORDS, NULL);
	}
}

int
yaml_records_read(struct yaml_records *y)
{
	row_begin(&y->row);
	return read_mapping(y);
}
