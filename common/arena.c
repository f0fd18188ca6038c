#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "mem.h"

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;
	_Alignas(max_align_t) char room[];
};

enum { CHUNK_BYTES = 32 * 1024 - sizeof(struct arena_chunk) };

static void
arena_add_chunk(struct arena *a, size_t need)
{
	size_t least = need > CHUNK_BYTES ? need : CHUNK_BYTES, size = 0;
	/* Not zeroed: what is never given out is not even touched. */
	struct arena_chunk *c = mem_grow(NULL, &size, sizeof *c + least, 1);

	c->older = a->chunk;
	c->size = size - sizeof *c;
	a->chunk = c;
	a->at = c->room;
	a->left = c->size;
}

/* Bytes as they are. */
static char *
arena_take(struct arena *a, size_t bytes)
{
	const size_t align = _Alignof(max_align_t);
	size_t n = (bytes + align - 1) / align * align;
	char *p;

	if (n > a->left || a->chunk == NULL)
		arena_add_chunk(a, n);
	p = a->at;
	a->at += n;
	a->left -= n;
	return p;
}

void *
arena_alloc(struct arena *a, size_t count, size_t size)
{
	char *p;

	if (size != 0 && count > (SIZE_MAX / 4) / size)
		mem_exhausted();
	p = arena_take(a, count * size);
	return count * size == 0 ? p : memset(p, 0, count * size);
}

struct span
arena_span(struct arena *a, struct span s)
{
	char *p = arena_take(a, s.n + 1);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return span_make(p, s.n);
}

struct span
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return SPAN("");
	p = arena_alloc(a, (size_t)n + 1, 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return span_make(p, (size_t)n);
}

void
arena_reset(struct arena *a)
{
	struct arena_chunk *c = a->chunk;

	if (c == NULL)
		return;
	while (c->older != NULL) {
		struct arena_chunk *older = c->older;

		mem_free(c);
		c = older;
	}
	a->chunk = c;
	a->at = c->room;
	a->left = c->size;
}

void
arena_release(struct arena *a)
{
	arena_reset(a);
	mem_free(a->chunk);
	*a = ARENA_EMPTY;
}
