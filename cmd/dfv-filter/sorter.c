#define _XOPEN_SOURCE 700 /* mkstemp */
#include "sorter.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"

/*
 * Entries lie one behind the other in a heap of bytes: the key's length, the
 * record's, the key, the record. What is sorted is an array of their offsets
 * with the first bytes of their keys, which decide most comparisons. A run on
 * disk is the entries in order; runs are merged through a heap of their heads.
 */
struct entry {
	uint64_t head; /* the key's first eight bytes, as a number */
	size_t at;
};

struct lengths {
	uint32_t key;
	uint32_t record;
};

struct run {
	FILE *file;
	struct buf entry; /* the head: lengths, key, record */
};

struct sorter {
	struct diag *diag;
	size_t limit;
	struct buf bytes;
	struct entry *entry;
	size_t n;
	size_t cap;
	struct run *run;
	size_t nrun;
	size_t run_cap;
};

struct sorter *
sorter_new(size_t limit_bytes, struct diag *diag)
{
	struct sorter *s = mem_alloc(1, sizeof *s);

	s->diag = diag;
	s->limit = limit_bytes;
	return s;
}

static struct span
entry_key(const char *entry)
{
	struct lengths len;

	memcpy(&len, entry, sizeof len);
	return span_make(entry + sizeof len, len.key);
}

static struct span
entry_record(const char *entry)
{
	struct lengths len;

	memcpy(&len, entry, sizeof len);
	return span_make(entry + sizeof len + len.key, len.record);
}

static size_t
entry_bytes(const char *entry)
{
	return sizeof(struct lengths) + entry_key(entry).n +
	    entry_record(entry).n;
}

static uint64_t
key_head(struct span key)
{
	uint64_t head = 0;

	for (size_t i = 0; i < 8; i++)
		head = head << 8 | (i < key.n ? (unsigned char)key.p[i] : 0);
	return head;
}

/* What came first stays first: its offset is lower. */
static int
entry_cmp(const struct sorter *s, const struct entry *a, const struct entry *b)
{
	int c;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	c = span_cmp(
	    entry_key(s->bytes.p + a->at), entry_key(s->bytes.p + b->at));
	return c != 0 ? c : (a->at > b->at) - (a->at < b->at);
}

/* A merge sort: qsort() cannot be told where the keys are without a global. */
static void
sort_range(
    const struct sorter *s, struct entry *e, struct entry *room, size_t n)
{
	size_t half = n / 2, i = 0, k = half, to = 0;

	if (n < 2)
		return;
	sort_range(s, e, room, half);
	sort_range(s, e + half, room, n - half);
	if (entry_cmp(s, &e[half - 1], &e[half]) <= 0)
		return;
	memcpy(room, e, half * sizeof *e);
	while (i < half)
		if (k == n || entry_cmp(s, &room[i], &e[k]) <= 0)
			e[to++] = room[i++];
		else
			e[to++] = e[k++];
}

static void
sort_entries(struct sorter *s)
{
	struct entry *room = mem_alloc(s->n / 2 + 1, sizeof *room);

	sort_range(s, s->entry, room, s->n);
	mem_free(room);
}

static int
disk_failed(struct sorter *s)
{
	diag_report(s->diag, DIAG_CANNOT_WRITE, NULL,
	    SPAN("temporary file for sorting"),
	    "%s; TMPDIR names a directory with more room", strerror(errno));
	return -1;
}

/* A file without a name in TMPDIR. */
static FILE *
open_nameless(void)
{
	const char *dir = getenv("TMPDIR");
	struct buf path = {NULL, 0, 0};
	FILE *f = NULL;
	int fd;

	buf_printf(&path, "%s/dfv-sort.XXXXXX",
	    dir == NULL || dir[0] == '\0' ? "/tmp" : dir);
	buf_byte(&path, '\0');
	fd = mkstemp(path.p);
	if (fd >= 0) {
		unlink(path.p);
		f = fdopen(fd, "w+");
	}
	buf_release(&path);
	return f;
}

/* Everything in memory becomes a run on disk. */
static int
spill(struct sorter *s)
{
	FILE *f = open_nameless();

	if (f == NULL)
		return disk_failed(s);
	s->run = mem_grow(s->run, &s->run_cap, s->nrun + 1, sizeof *s->run);
	s->run[s->nrun++] = (struct run){.file = f};
	sort_entries(s);
	for (size_t i = 0; i < s->n; i++) {
		const char *entry = s->bytes.p + s->entry[i].at;

		fwrite(entry, 1, entry_bytes(entry), f);
	}
	if (fflush(f) != 0 || ferror(f))
		return disk_failed(s);
	rewind(f);
	s->n = 0;
	buf_reset(&s->bytes);
	return 0;
}

int
sorter_add(struct sorter *s, struct span key, struct span record)
{
	struct lengths len = {(uint32_t)key.n, (uint32_t)record.n};
	size_t need = sizeof len + key.n + record.n + sizeof *s->entry;

	if (s->n > 0 &&
	    s->bytes.n + s->n * sizeof *s->entry + need > s->limit &&
	    spill(s) < 0)
		return -1;
	s->entry = mem_grow(s->entry, &s->cap, s->n + 1, sizeof *s->entry);
	s->entry[s->n++] = (struct entry){key_head(key), s->bytes.n};
	buf_add(
	    &s->bytes, span_make((const char *)(const void *)&len, sizeof len));
	buf_add(&s->bytes, key);
	buf_add(&s->bytes, record);
	return 0;
}

/* The run's next entry: 1, 0 at its end, -1 after a report. */
static int
run_next(struct sorter *s, struct run *r)
{
	struct lengths len;
	size_t n;

	buf_reset(&r->entry);
	if (fread(buf_room(&r->entry, sizeof len), 1, sizeof len, r->file) <
	    sizeof len)
		return ferror(r->file) ? disk_failed(s) : 0;
	memcpy(&len, r->entry.p, sizeof len);
	r->entry.n = sizeof len;
	n = (size_t)len.key + len.record;
	if (fread(buf_room(&r->entry, n), 1, n, r->file) < n)
		return disk_failed(s);
	r->entry.n += n;
	return 1;
}

/* Earlier runs hold what came earlier. */
static bool
run_before(const struct run *a, const struct run *b)
{
	int c = span_cmp(entry_key(a->entry.p), entry_key(b->entry.p));

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

static int
merge_runs(
    struct sorter *s, int (*put)(void *ctx, struct span record), void *ctx)
{
	struct run **heap = mem_alloc(s->nrun, sizeof *heap);
	size_t n = 0;
	int rc = 0;

	for (size_t i = 0; i < s->nrun && rc >= 0; i++)
		if ((rc = run_next(s, &s->run[i])) > 0)
			heap[n++] = &s->run[i];
	for (size_t i = n; i-- > 0;)
		sift_down(heap, n, i);
	rc = rc < 0 ? rc : 0;
	while (n > 0 && rc == 0) {
		int more;

		rc = put(ctx, entry_record(heap[0]->entry.p));
		if (rc != 0)
			break;
		more = run_next(s, heap[0]);
		if (more < 0)
			rc = -1;
		if (more == 0)
			heap[0] = heap[--n];
		sift_down(heap, n, 0);
	}
	mem_free(heap);
	return rc;
}

int
sorter_finish(
    struct sorter *s, int (*put)(void *ctx, struct span record), void *ctx)
{
	int rc = 0;

	if (s->nrun > 0)
		return spill(s) < 0 ? -1 : merge_runs(s, put, ctx);
	sort_entries(s);
	for (size_t i = 0; i < s->n && rc == 0; i++)
		rc = put(ctx, entry_record(s->bytes.p + s->entry[i].at));
	return rc;
}

void
sorter_free(struct sorter *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nrun; i++) {
		fclose(s->run[i].file);
		buf_release(&s->run[i].entry);
	}
	mem_free(s->run);
	mem_free(s->entry);
	buf_release(&s->bytes);
	mem_free(s);
}
