#define ZLIB_CONST /* zlib reads its input through pointers to const */
#include "pack.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "mem.h"

/* gzip. */

enum {
	GZIP_WINDOW = 15 + 16,
	GZIP_LEVEL = 6,
	GZIP_MEMORY = 8,
	ZSTD_LEVEL = 3,
	OUT_STEP = 64 * 1024
};

/* zlib counts in unsigned int: more is given in turns. */
static unsigned
zlib_count(size_t n)
{
	return n > 1u << 30 ? 1u << 30 : (unsigned)n;
}

struct gunzip {
	z_stream z;
	bool within;
};

static void *
gunzip_new(void)
{
	struct gunzip *g = mem_alloc(1, sizeof *g);

	if (inflateInit2(&g->z, GZIP_WINDOW) != Z_OK)
		mem_exhausted();
	return g;
}

static ptrdiff_t
gunzip_step(void *state, struct span *in, char *out, size_t n, bool *within)
{
	struct gunzip *g = state;
	unsigned given = zlib_count(in->n), room = zlib_count(n);
	int rc;

	g->z.next_in = (const Bytef *)in->p;
	g->z.avail_in = given;
	g->z.next_out = (Bytef *)out;
	g->z.avail_out = room;
	rc = inflate(&g->z, Z_NO_FLUSH);
	*in = span_from(*in, given - g->z.avail_in);
	g->within = rc != Z_STREAM_END && (g->within || given > 0);
	*within = g->within;
	if (rc == Z_STREAM_END)
		inflateReset(&g->z);
	if (rc == Z_MEM_ERROR)
		mem_exhausted();
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return UNPACK_DAMAGED;
	return (ptrdiff_t)(room - g->z.avail_out);
}

static void
gunzip_free(void *state)
{
	struct gunzip *g = state;

	inflateEnd(&g->z);
	mem_free(g);
}

static void *
gzip_new(void)
{
	z_stream *z = mem_alloc(1, sizeof *z);

	if (deflateInit2(z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
		Z_DEFAULT_STRATEGY) != Z_OK)
		mem_exhausted();
	return z;
}

static void
gzip_step(void *state, struct span in, bool end, struct buf *out)
{
	z_stream *z = state;

	do {
		unsigned given = zlib_count(in.n);
		int flush = end && given == in.n ? Z_FINISH : Z_NO_FLUSH;

		z->next_in = (const Bytef *)in.p;
		z->avail_in = given;
		do {
			z->next_out = (Bytef *)buf_room(out, OUT_STEP);
			z->avail_out = OUT_STEP;
			deflate(z, flush);
			out->n += OUT_STEP - z->avail_out;
		} while (z->avail_out == 0);
		in = span_from(in, given);
	} while (in.n > 0);
}

static void
gzip_free(void *state)
{
	deflateEnd(state);
	mem_free(state);
}

/* Zstandard. */

static void *
unzstd_new(void)
{
	ZSTD_DStream *s = ZSTD_createDStream();

	if (s == NULL)
		mem_exhausted();
	ZSTD_initDStream(s);
	return s;
}

static enum unpack_failure
unzstd_failure(size_t rc)
{
	ZSTD_ErrorCode why = ZSTD_getErrorCode(rc);

	if (why == ZSTD_error_memory_allocation)
		mem_exhausted();
	return why == ZSTD_error_frameParameter_windowTooLarge ? UNPACK_TOO_WIDE
							       : UNPACK_DAMAGED;
}

static ptrdiff_t
unzstd_step(void *state, struct span *in, char *out, size_t n, bool *within)
{
	ZSTD_inBuffer from = {in->p, in->n, 0};
	ZSTD_outBuffer to = {out, n, 0};
	size_t rc = ZSTD_decompressStream(state, &to, &from);

	if (ZSTD_isError(rc))
		return unzstd_failure(rc);
	*in = span_from(*in, from.pos);
	/* 0: a frame has ended and been put out. Asked again with nothing new,
	 * it speaks of the next frame. */
	if (from.pos > 0 || to.pos > 0)
		*within = rc != 0;
	return (ptrdiff_t)to.pos;
}

static void
unzstd_free(void *state)
{
	ZSTD_freeDStream(state);
}

static void *
zstd_new(void)
{
	ZSTD_CStream *s = ZSTD_createCStream();

	if (s == NULL)
		mem_exhausted();
	ZSTD_initCStream(s, ZSTD_LEVEL);
	return s;
}

static void
zstd_step(void *state, struct span in, bool end, struct buf *out)
{
	ZSTD_inBuffer from = {in.p, in.n, 0};
	size_t left;

	do {
		ZSTD_outBuffer to = {buf_room(out, OUT_STEP), OUT_STEP, 0};

		left = ZSTD_compressStream2(
		    state, &to, &from, end ? ZSTD_e_end : ZSTD_e_continue);
		if (ZSTD_isError(left))
			mem_exhausted(); /* there is nothing else to fail */
		out->n += to.pos;
	} while (from.pos < from.size || (end && left > 0));
}

static void
zstd_free(void *state)
{
	ZSTD_freeCStream(state);
}

static const struct pack_format packs[] = {
    {".gz", {"\037\213", 2}, "gzip", gunzip_new, gunzip_step, gunzip_free,
	gzip_new, gzip_step, gzip_free},
    {".zst", {"\050\265\057\375", 4}, "Zstandard", unzstd_new, unzstd_step,
	unzstd_free, zstd_new, zstd_step, zstd_free},
    /* A frame to be skipped, as pzstd begins with. */
    {".zst", {"\120\052\115\030", 4}, "Zstandard", unzstd_new, unzstd_step,
	unzstd_free, zstd_new, zstd_step, zstd_free},
};

const struct pack_format *
pack_by_magic(struct span first)
{
	for (size_t i = 0; i < sizeof packs / sizeof *packs; i++)
		if (span_starts(first, packs[i].magic))
			return &packs[i];
	return NULL;
}

const struct pack_format *
pack_by_name(struct span file)
{
	for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
		struct span suffix = span_of(packs[i].suffix);

		if (file.n > suffix.n &&
		    span_eq(span_from(file, file.n - suffix.n), suffix))
			return &packs[i];
	}
	return NULL;
}
