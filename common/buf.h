#ifndef DFV_BUF_H
#define DFV_BUF_H

#include <stddef.h>

#include "mem.h"
#include "span.h"

/*
 * Bytes that grow. p[0..n) is content, cap >= n is room; {NULL, 0, 0} is
 * empty and valid. Spans into a buffer die with its next growth.
 */
struct buf {
	char *p;
	size_t n;
	size_t cap;
};

/* Room for n more bytes at p + buf->n; the caller advances n. */
static inline char *
buf_room(struct buf *b, size_t n)
{
	if (b->p == NULL || b->cap - b->n < n)
		b->p = mem_grow(b->p, &b->cap, b->n + n, 1);
	return b->p + b->n;
}

static inline void
buf_add(struct buf *b, struct span s)
{
	if (s.n == 0)
		return;
	memcpy(buf_room(b, s.n), s.p, s.n);
	b->n += s.n;
}

static inline void
buf_byte(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

/* Formatted text at the end. */
void buf_printf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static inline struct span
buf_span(const struct buf *b)
{
	return span_make(b->p, b->n);
}

/* Its bytes from..to, of which there may be none. */
static inline struct span
buf_part(const struct buf *b, size_t from, size_t to)
{
	return span_from(span_make(b->p, to), from);
}

/* Empty again; the room stays. */
static inline void
buf_reset(struct buf *b)
{
	b->n = 0;
}

void buf_release(struct buf *);

#endif
