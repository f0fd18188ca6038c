#define _DEFAULT_SOURCE /* madvise */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cleanup.h"
#include "pipe.h"

enum {
	PACKED_BYTES = 128 * 1024,
	/* Pages of a mapping: made ready a piece or two ahead; given back in
	 * larger ones, since each time all processors have to be told. */
	READY_PIECE = 1024 * 1024,
	LEFT_PIECE = 6 * 1024 * 1024,
	LEFT_BEHIND = 1 * 1024 * 1024
};

static int
input_fault(const struct input *in, enum diag_id id, int err, struct fault *f)
{
	fault_set(f, id, (struct place){in->name, 0, 0}, span_make(NULL, 0),
	    "%s", strerror(err));
	return -1;
}

int
input_open(struct input *in, const char *name, struct fault *f)
{
	struct stat st;

	*in = (struct input){.name = name, .fd = STDIN_FILENO};
	if (strcmp(name, "-") == 0) {
		in->name = "(stdin)";
		pipe_widen(STDIN_FILENO);
		return 0;
	}
	in->fd = open(name, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0)
		return input_fault(in, DIAG_CANNOT_OPEN, errno, f);
	if (fstat(in->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		input_close(in);
		return input_fault(in, DIAG_CANNOT_READ, EISDIR, f);
	}
	return 0;
}

static ptrdiff_t
read_some(struct input *in, char *p, size_t n, struct fault *f)
{
	ssize_t got;

	do
		got = read(in->fd, p, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return input_fault(in, DIAG_CANNOT_READ, errno, f);
	in->done += (uint64_t)got;
	return got;
}

static ptrdiff_t
unpack_fault(const struct input *in, const char *how, struct fault *f)
{
	fault_set(f, DIAG_CANNOT_READ, (struct place){in->name, 0, 0},
	    span_make(NULL, 0), "the %s stream %s", in->pack->what, how);
	return -1;
}

/* Reads the next packed bytes; 0 at the end of a complete stream. */
static ptrdiff_t
refill(struct input *in, struct fault *f)
{
	ptrdiff_t got;

	buf_reset(&in->packed);
	got =
	    read_some(in, buf_room(&in->packed, PACKED_BYTES), PACKED_BYTES, f);
	if (got == 0 && in->within)
		return unpack_fault(
		    in, "is cut short: fetch the file again", f);
	if (got > 0)
		in->pending = span_make(in->packed.p, (size_t)got);
	return got;
}

static ptrdiff_t
unpack_some(struct input *in, char *p, size_t n, struct fault *f)
{
	for (;;) {
		ptrdiff_t got = in->pack->unpack(
		    in->unpacker, &in->pending, p, n, &in->within);

		if (got < 0)
			return unpack_fault(in,
			    got == UNPACK_TOO_WIDE
				? "needs more than 128 MiB at hand: unpack it "
				  "with zstd -d --long=31"
				: "is damaged: fetch the file again",
			    f);
		if (got > 0)
			return got;
		if (in->pending.n == 0 && (got = refill(in, f)) <= 0)
			return got;
	}
}

/* The first bytes say whether the rest has to be unpacked; p has room for
 * them. */
static ptrdiff_t
begin(struct input *in, char *p, size_t n, struct fault *f)
{
	size_t have = 0;

	in->begun = true;
	while (have < n && have < PACK_MAGIC_BYTES) {
		ptrdiff_t got = read_some(in, p + have, n - have, f);

		if (got < 0)
			return got;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	in->pack = pack_by_magic(span_make(p, have));
	if (in->pack == NULL)
		return (ptrdiff_t)have;
	in->unpacker = in->pack->unpack_new();
	buf_add(&in->packed, span_make(p, have));
	in->pending = buf_span(&in->packed);
	return unpack_some(in, p, n, f);
}

ptrdiff_t
input_read(struct input *in, char *p, size_t n, struct fault *f)
{
	if (!in->begun)
		return begin(in, p, n, f);
	return in->pack == NULL ? read_some(in, p, n, f)
				: unpack_some(in, p, n, f);
}

bool
input_map(struct input *in, struct span *whole)
{
	struct stat st;
	void *p;

	if (in->pack != NULL || fstat(in->fd, &st) < 0 ||
	    !S_ISREG(st.st_mode) || st.st_size <= 0 ||
	    (uint64_t)st.st_size < in->done ||
	    lseek(in->fd, 0, SEEK_CUR) != (off_t)in->done)
		return false;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, in->fd, 0);
	if (p == MAP_FAILED)
		return false;
	cleanup_on_bus_error();
	in->map = span_make(p, (size_t)st.st_size);
	*whole = in->map;
	return true;
}

/* Advice about map[from, to), whole pieces; it is only that, and may fail. */
static void
advise(const struct input *in, size_t from, size_t to, int advice)
{
	if (to > in->map.n)
		to = in->map.n;
	if (from < to)
		madvise(
		    (void *)((uintptr_t)in->map.p + from), to - from, advice);
}

void
input_map_advance(struct input *in, size_t at)
{
	in->map_at = at;
}

struct input_advice
input_map_take(struct input *in)
{
	size_t at = in->map_at;
	size_t ready =
	    in->map.n == 0 ? 0 : (at / READY_PIECE + 2) * READY_PIECE;
	size_t left =
	    at < LEFT_BEHIND ? 0 : (at - LEFT_BEHIND) / LEFT_PIECE * LEFT_PIECE;
	struct input_advice a = {in->map_ready, ready, in->map_left, left};

	in->map_ready = ready > in->map_ready ? ready : in->map_ready;
	in->map_left = left > in->map_left ? left : in->map_left;
	return a;
}

void
input_map_advise(const struct input *in, const struct input_advice *a)
{
#ifdef MADV_POPULATE_READ
	advise(in, a->ready_from, a->ready_to, MADV_POPULATE_READ);
#endif
	advise(in, a->left_from, a->left_to, MADV_DONTNEED);
}

void
input_close(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	if (in->unpacker != NULL)
		in->pack->unpack_free(in->unpacker);
	in->unpacker = NULL;
	buf_release(&in->packed);
}

void
input_unmap(struct input *in)
{
	if (in->map.n > 0)
		munmap((void *)(uintptr_t)in->map.p, in->map.n);
	in->map = span_make(NULL, 0);
}
