#ifndef DFV_MEM_H
#define DFV_MEM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The one place where memory comes from and where running out of it ends the
 * program (exit 2, after a line on standard error). Nobody else calls malloc,
 * and nobody tests for NULL.
 */

/* count * size bytes, zeroed, never NULL. The caller frees with mem_free(). */
void *mem_alloc(size_t count, size_t size) __attribute__((returns_nonnull));

/* The same for a table that will be read and written all over: on large pages
 * where the system has them, so that a touch is not two. */
void *mem_alloc_table(size_t count, size_t size)
    __attribute__((returns_nonnull));

/* The same for an array of a megabyte and more that will be filled from end to
 * end at once: a large page is one touch instead of five hundred. */
void *mem_alloc_filled(size_t count, size_t size)
    __attribute__((returns_nonnull));

/*
 * p, or new memory with p's content, so that *cap >= need elements of size
 * bytes fit; grows by doubling, so that appending is linear. p may be NULL
 * with *cap 0. New elements are not initialised.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size)
    __attribute__((returns_nonnull));

/* Ends the program as running out of memory does: for libraries that allocate
 * by themselves. */
_Noreturn void mem_exhausted(void);

/* p may be NULL. */
void mem_free(void *p);

#endif
