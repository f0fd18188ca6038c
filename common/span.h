#ifndef DFV_SPAN_H
#define DFV_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/*
 * Borrowed bytes: not NUL-terminated, never written through, owned by whoever
 * gave the span out and valid for as long as that owner says. An empty span
 * may have p == NULL.
 */
struct span {
	const char *p;
	size_t n;
};

/* The span of a string literal. */
#define SPAN(lit) ((struct span){(lit), sizeof(lit) - 1})

/* The bytes of a NUL-terminated string, without the NUL; "" for NULL. */
static inline struct span
span_of(const char *s)
{
	return (struct span){s, s == NULL ? 0 : strlen(s)};
}

static inline struct span
span_make(const char *p, size_t n)
{
	return (struct span){p, n};
}

static inline bool
span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Order by bytes, a prefix first: <0, 0, >0. For UTF-8, code point order. */
static inline int
span_cmp(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

static inline bool
span_starts(struct span s, struct span head)
{
	return s.n >= head.n && span_eq(span_make(s.p, head.n), head);
}

/* The first n bytes gone; n <= s.n. */
static inline struct span
span_from(struct span s, size_t n)
{
	return n == 0 ? s : (struct span){s.p + n, s.n - n};
}

/* Where byte c first is in s, or s.n. */
static inline size_t
span_find(struct span s, char c)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, c, s.n);

	return at == NULL ? s.n : (size_t)(at - s.p);
}

/* Without spaces and tabs at either end. */
static inline struct span
span_trim(struct span s)
{
	while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = span_from(s, 1);
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

#endif
