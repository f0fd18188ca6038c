#ifndef DFV_JSONL_SHAPE_H
#define DFV_JSONL_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "json.h"
#include "span.h"

/*
 * A short way for JSON Lines, whose records are mostly alike: once one has been
 * parsed, all that stands between its values is known, and a line with the same
 * bytes there has the same keys, in the same order, under the same brackets.
 * Only its values are looked at. Whatever is different, or wrong, is left to
 * the parser. For read_jsonl.c and its parser alone.
 */
struct jsonl_shape {
	struct jsonl_part *part; /* the values of the record, in its order */
	size_t n;
	size_t cap;
	struct span line; /* the record, which stays where it is */
	bool known;       /* it may be used: its columns are in order */
	struct json *json;
};

struct jsonl_part {
	size_t col;
	struct span before; /* what stands before the value */
	size_t end;         /* the value's, as an offset in the record */
};

void jsonl_shape_release(struct jsonl_shape *);

/* Around the parsing of a record that is valid UTF-8, with each value's column
 * and offsets in between; the last call says how many columns there are. */
void jsonl_shape_begin(struct jsonl_shape *, struct span line);
void jsonl_shape_value(
    struct jsonl_shape *, size_t col, size_t start, size_t end);
void jsonl_shape_end(struct jsonl_shape *, size_t ncol);

/*
 * Appends a line of this shape as a row of ncol cells: false, with nothing
 * appended, when it is another's. Behind the line stands a LF, and JSONL_SLACK
 * bytes that may be looked at; the shape's json is used on the way.
 */
enum { JSONL_SLACK = 16 };

bool jsonl_shape_read(const struct jsonl_shape *, struct span line, size_t ncol,
    struct buf *rows);

#endif
