#define _XOPEN_SOURCE 700 /* mkstemp */
#include "runs.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"

/* What is written and read at a time. */
enum { PIECE_BYTES = 256 * 1024 };

struct run {
	FILE *file;
	struct buf piece; /* what was read of it */
	size_t at;        /* the entry at hand, in piece */
};

static struct entry_lengths
entry_lengths(const char *entry)
{
	struct entry_lengths len;

	memcpy(&len, entry, sizeof len);
	return len;
}

struct span
entry_key(const char *entry)
{
	return span_make(
	    entry + sizeof(struct entry_lengths), entry_lengths(entry).key);
}

struct span
entry_record(const char *entry)
{
	struct entry_lengths len = entry_lengths(entry);

	return span_make(entry + sizeof len + len.key, len.record);
}

size_t
entry_bytes(const char *entry)
{
	struct entry_lengths len = entry_lengths(entry);

	return sizeof len + len.key + len.record;
}

static const char *
temporary_folder(void)
{
	const char *dir = getenv("TMPDIR");

	return dir == NULL || dir[0] == '\0' ? "/tmp" : dir;
}

static int
disk_failed(struct runs *r)
{
	diag_report(r->diag, DIAG_CANNOT_WRITE,
	    &(struct place){.file = temporary_folder()}, span_make(NULL, 0),
	    "%s, a temporary file for sorting; set TMPDIR to a folder with "
	    "more room",
	    strerror(errno));
	return -1;
}

/* A file without a name in TMPDIR. Pieces are large: no buffer of its own. */
static FILE *
open_nameless(void)
{
	struct buf path = {NULL, 0, 0};
	FILE *f = NULL;
	int fd;

	buf_printf(&path, "%s/dfv-sort.XXXXXX", temporary_folder());
	buf_byte(&path, '\0');
	fd = mkstemp(path.p);
	if (fd >= 0) {
		unlink(path.p);
		f = fdopen(fd, "w+");
		if (f == NULL)
			close(fd);
		else
			setvbuf(f, NULL, _IONBF, 0);
	}
	buf_release(&path);
	return f;
}

int
runs_begin(struct runs *r)
{
	FILE *f = open_nameless();

	if (f == NULL)
		return disk_failed(r);
	r->run = mem_grow(r->run, &r->cap, r->n + 1, sizeof *r->run);
	r->run[r->n++] = (struct run){.file = f};
	return 0;
}

static int
flush(struct runs *r)
{
	struct span out = buf_span(&r->out);

	buf_reset(&r->out);
	if (out.n > 0 && fwrite(out.p, 1, out.n, r->run[r->n - 1].file) < out.n)
		return disk_failed(r);
	return 0;
}

int
runs_add(struct runs *r, struct span entry)
{
	buf_add(&r->out, entry);
	return r->out.n < PIECE_BYTES ? 0 : flush(r);
}

int
runs_end(struct runs *r)
{
	if (flush(r) < 0)
		return -1;
	rewind(r->run[r->n - 1].file);
	return 0;
}

/* At least n bytes from run->at on, unless the file ends before: how many
 * there are, or -1. */
static ptrdiff_t
run_have(struct run *run, size_t n)
{
	struct buf *b = &run->piece;
	size_t left = b->n - run->at, more = n > PIECE_BYTES ? n : PIECE_BYTES;

	if (left >= n)
		return (ptrdiff_t)left;
	if (left > 0)
		memmove(b->p, b->p + run->at, left);
	run->at = 0;
	b->n = left;
	b->n += fread(buf_room(b, more), 1, more, run->file);
	return ferror(run->file) ? -1 : (ptrdiff_t)b->n;
}

/* The run's entry at hand, whole: 1, 0 at its end, -1 after a report. */
static int
run_load(struct runs *r, struct run *run)
{
	const size_t head = sizeof(struct entry_lengths);
	ptrdiff_t have = run_have(run, head);

	if (have == 0)
		return 0;
	if (have > 0 && (size_t)have >= head) {
		size_t n = entry_bytes(run->piece.p + run->at);

		have = run_have(run, n);
		if (have > 0 && (size_t)have >= n)
			return 1;
	}
	return disk_failed(r);
}

static int
run_next(struct runs *r, struct run *run)
{
	run->at += entry_bytes(run->piece.p + run->at);
	return run_load(r, run);
}

/* Earlier runs hold what came earlier. */
static bool
run_before(const struct run *a, const struct run *b)
{
	int c = span_cmp(
	    entry_key(a->piece.p + a->at), entry_key(b->piece.p + b->at));

	return c != 0 ? c < 0 : a < b;
}

static void
sift_down(struct run **heap, size_t n, size_t i)
{
	for (;;) {
		size_t least = i, child = 2 * i + 1;
		struct run *swap;

		for (size_t k = child; k < child + 2 && k < n; k++)
			if (run_before(heap[k], heap[least]))
				least = k;
		if (least == i)
			return;
		swap = heap[i];
		heap[i] = heap[least];
		heap[least] = swap;
		i = least;
	}
}

/* The runs that hold something, the least head first: how many, or -1. */
static ptrdiff_t
make_heap(struct runs *r, struct run **heap)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		int rc = run_load(r, &r->run[i]);

		if (rc < 0)
			return -1;
		if (rc > 0)
			heap[n++] = &r->run[i];
	}
	for (size_t i = n; i-- > 0;)
		sift_down(heap, n, i);
	return (ptrdiff_t)n;
}

int
runs_merge(struct runs *r, int (*put)(void *ctx, struct span record), void *ctx)
{
	struct run **heap = mem_alloc(r->n + 1, sizeof *heap);
	ptrdiff_t n = make_heap(r, heap);
	int rc = n < 0 ? -1 : 0;

	while (n > 0 && rc == 0) {
		struct run *first = heap[0];
		int more;

		rc = put(ctx, entry_record(first->piece.p + first->at));
		if (rc != 0)
			break;
		more = run_next(r, first);
		if (more < 0)
			rc = -1;
		if (more == 0)
			heap[0] = heap[--n];
		sift_down(heap, (size_t)n, 0);
	}
	mem_free(heap);
	return rc;
}

void
runs_release(struct runs *r)
{
	for (size_t i = 0; i < r->n; i++) {
		fclose(r->run[i].file);
		buf_release(&r->run[i].piece);
	}
	mem_free(r->run);
	buf_release(&r->out);
}
