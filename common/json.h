#ifndef DFV_JSON_H
#define DFV_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * A pull parser for one JSON text (RFC 8259), strict: one value, UTF-8, no
 * comments, no trailing commas, numbers as the grammar says, halves of
 * surrogate pairs refused, nesting capped.
 */
enum json_token {
	JSON_ERROR,
	JSON_END,        /* the text is over */
	JSON_OBJECT,     /* { */
	JSON_OBJECT_END, /* } */
	JSON_ARRAY,
	JSON_ARRAY_END,
	JSON_KEY,    /* text: the decoded name */
	JSON_STRING, /* text: decoded */
	JSON_NUMBER, /* text: as it was written */
	JSON_TRUE,   /* text: true */
	JSON_FALSE,
	JSON_NULL
};

struct json {
	struct span in;
	size_t at;           /* offset behind the last token */
	size_t start;        /* offset where the last token starts */
	struct span text;    /* valid until the next token */
	const char *error;   /* after JSON_ERROR: what is wrong, static; its
	                     * offset is .at */
	bool lone_surrogate; /* the error is that */
	bool bad_utf8;       /* or that */
	bool valid_utf8;     /* the caller knows that the text is */
	int depth;
	struct buf scratch; /* decoded strings that differ from the input */
	unsigned char stack[512]; /* '{' or '[' by depth */
	unsigned char state;
};

void json_init(struct json *, struct span in);
enum json_token json_next(struct json *);

/* The same for the next text, with the memory that is there. */
void json_reset(struct json *, struct span in);
void json_release(struct json *);

/*
 * For callers who know what comes next. The string whose quote is at an offset:
 * false when it has a mistake, else it is the text, and .at is behind it. And
 * the bytes of a number, true, false or null at the start of s, 0 for none.
 */
bool json_string_at(struct json *, size_t at);
size_t json_bare_length(struct span s);

/*
 * For callers who read an array's values of a usual form themselves, and leave
 * others to json_next: where its next value starts, in.n for none; and what to
 * call when that value has been read, up to `end`, and is valid JSON.
 */
size_t json_ahead(const struct json *);
void json_passed(struct json *, size_t end);

/* Appends text as a JSON string, with its quotes. */
void json_quote(struct buf *, struct span text);

/* The same without the quotes. */
void json_escape(struct buf *, struct span text);

#endif
