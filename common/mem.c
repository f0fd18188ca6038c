#define _DEFAULT_SOURCE /* madvise */

#include "mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LARGE_PAGE = 2 << 20 };

_Noreturn void
mem_exhausted(void)
{
	static const char msg[] = "dfv: error: out of memory [no-memory]\n";

	if (write(STDERR_FILENO, msg, sizeof msg - 1) < 0)
		exit(2);
	exit(2);
}

void *
mem_alloc(size_t count, size_t size)
{
	void *p = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);

	if (p == NULL)
		mem_exhausted();
	return p;
}

void *
mem_alloc_table(size_t count, size_t size)
{
	char *p = mem_alloc(count, size);

#ifdef MADV_HUGEPAGE
	size_t skip = (0 - (uintptr_t)p) & (LARGE_PAGE - 1);

	/* Advice that is not taken changes nothing. */
	if (count * size >= (size_t)LARGE_PAGE * 8)
		(void)madvise(
		    p + skip, count * size - LARGE_PAGE, MADV_HUGEPAGE);
#endif
	return p;
}

void *
mem_alloc_filled(size_t count, size_t size)
{
	size_t bytes = count * size;
	size_t whole = (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
	void *p;

	if (size != 0 && count > SIZE_MAX / 2 / size)
		mem_exhausted();
	if (bytes < LARGE_PAGE / 2)
		return mem_alloc(count, size);
	p = aligned_alloc(LARGE_PAGE, whole);
	if (p == NULL)
		mem_exhausted();
#ifdef MADV_HUGEPAGE
	(void)madvise(p, whole, MADV_HUGEPAGE);
#endif
	return memset(p, 0, bytes);
}

void *
mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t n = *cap < 16 ? 16 : *cap;

	if (need <= *cap && p != NULL)
		return p;
	while (n < need) {
		if (n > SIZE_MAX / 2)
			mem_exhausted();
		n *= 2;
	}
	if (n > SIZE_MAX / size)
		mem_exhausted();
	p = realloc(p, n * size);
	if (p == NULL)
		mem_exhausted();
	*cap = n;
	return p;
}

void
mem_free(void *p)
{
	free(p);
}
