#ifndef DFV_YAML_INPUT_H
#define DFV_YAML_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "diag.h"

/*
 * Bytes on their way to libyaml, checked: UTF-8 without NUL and without the
 * characters that YAML allows nowhere. libyaml would find them as well, but
 * thousands of bytes early, so that the records before them were lost.
 */
struct yaml_source {
	/* Up to n bytes, 0 at the end, -1 after filling the fault. */
	ptrdiff_t (*read)(void *ctx, char *p, size_t n, struct fault *);
	void *ctx;
	const char *name;  /* in faults */
	size_t first_line; /* the number of the first line, 1 */
	size_t before;     /* bytes of the document that went past libyaml */
};

struct yaml_input {
	struct yaml_source source;
	struct fault *fault; /* where a mistake goes */
	struct buf in;       /* bytes read from the source, */
	size_t given;        /* of which libyaml has these */
	size_t good;         /* and these are known to be good */
	enum diag_id bad;    /* what is wrong with the next one */
	size_t line;         /* where in.p is, from 1 */
	size_t col;
	bool at_end;
};

void yaml_input_init(
    struct yaml_input *, const struct yaml_source *, struct fault *);
void yaml_input_release(struct yaml_input *);

/* For yaml_parser_set_input(), ctx a struct yaml_input: 1, or 0 with the
 * fault. */
int yaml_input_give(void *ctx, unsigned char *p, size_t n, size_t *got);

#endif
