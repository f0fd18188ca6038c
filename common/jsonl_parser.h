#ifndef DFV_JSONL_PARSER_H
#define DFV_JSONL_PARSER_H

#include <stddef.h>

#include "diag.h"
#include "json.h"
#include "jsonl_shape.h"
#include "row.h"
#include "span.h"

/* One thread's way to make rows of lines of JSON. For read_jsonl.c alone. */
struct jsonl_parser {
	struct json json;
	struct row row;
	struct jsonl_shape shape; /* of the last record that was parsed */
	struct fault *fault;
	size_t line_no; /* as faults shall have it */
	const char *file;
};

/* Mistakes go to the fault, which is the caller's. */
void jsonl_parser_init(struct jsonl_parser *, struct keys *, struct fault *);
void jsonl_parser_release(struct jsonl_parser *);

/* Reads a line, an object, as the row at hand, and notes its shape: 0, or -1
 * after filling the fault. */
int jsonl_parser_read(struct jsonl_parser *, struct span line);

/* Where a byte of the line that was read last stands. */
struct place jsonl_parser_place(const struct jsonl_parser *, size_t offset);

/* Fills the fault about the last token. The detail may be NULL. Returns -1. */
int jsonl_parser_refuse(
    struct jsonl_parser *, enum diag_id, const char *detail);

#endif
