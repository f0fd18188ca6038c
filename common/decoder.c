#include "decoder.h"

typedef size_t cut_fn(struct decoder *, const char *p, size_t n, size_t seen);

int
decoder_look(struct decoder *d, size_t n, struct fault *f)
{
	while (d->ahead.n < n && !d->at_end) {
		size_t want = n - d->ahead.n;
		ptrdiff_t got;

		if (want < d->block_bytes)
			want = d->block_bytes;
		got = input_read(&d->in, buf_room(&d->ahead, want), want, f);
		if (got < 0)
			return -1;
		d->ahead.n += (size_t)got;
		d->at_end = got == 0;
	}
	return 0;
}

void
decoder_drop(struct decoder *d, size_t n)
{
	d->ahead.n -= n;
	memmove(d->ahead.p, d->ahead.p + n, d->ahead.n);
}

void
decoder_map(struct decoder *d)
{
	struct span whole;

	if (d->at_end || !input_map(&d->in, &whole))
		return;
	d->in.done -= d->ahead.n;
	d->mapped = span_from(whole, (size_t)d->in.done);
	buf_release(&d->ahead);
}

size_t
decoder_left(const struct decoder *d)
{
	return d->mapped.n + d->ahead.n;
}

/* Nothing more comes: with a fault, of the input's or that of a record beyond
 * all bounds. */
static int
give_nothing_more(struct decoder *d, struct block *b)
{
	d->at_end = true;
	d->mapped.n = 0;
	b->raw.n = 0;
	return 1;
}

static int
refuse_length(struct decoder *d, struct block *b)
{
	fault_set(
	    &b->fault, DIAG_TOO_LONG, PLACE_NONE, span_make(NULL, 0), NULL);
	return give_nothing_more(d, b);
}

/* A block where it lies in the mapped file; what the file ends with is copied,
 * for there is nothing behind it that may be read. */
static int
fill_mapped(struct decoder *d, struct block *b, cut_fn *cut)
{
	struct span rest = d->mapped;
	size_t seen = 0, n = d->block_bytes, whole = 0;

	if (rest.n == 0)
		return 0;
	input_map_advance(&d->in, (size_t)(rest.p - d->in.map.p));
	for (; whole == 0 && seen <= RECORD_MAX_BYTES; n *= 2) {
		whole = n < rest.n ? cut(d, rest.p, n, seen) : rest.n;
		seen = n;
	}
	if (whole == 0 || whole > RECORD_MAX_BYTES)
		return refuse_length(d, b);
	d->mapped = span_from(rest, whole);
	d->in.done += whole;
	d->at_end = d->mapped.n == 0;
	if (d->mapped.n >= BLOCK_SLACK) {
		b->raw = span_make(rest.p, whole);
	} else {
		buf_add(&b->own, rest);
		block_take_own(b, whole);
	}
	return 1;
}

/* Reads up to `want` bytes more; what comes at once is enough. */
static int
read_more(struct decoder *d, struct block *b, size_t want)
{
	ptrdiff_t got =
	    input_read(&d->in, buf_room(&b->own, want), want, &b->fault);

	if (got < 0)
		return -1;
	b->own.n += (size_t)got;
	d->at_end = got == 0;
	return 0;
}

/* open() has looked further ahead than a block goes: a part of that. */
static size_t
take_from_ahead(struct decoder *d, struct block *b, cut_fn *cut)
{
	size_t n = 0, next;

	if (d->ahead.n > d->block_bytes)
		n = cut(d, d->ahead.p, d->block_bytes, 0);
	if (n > 0) {
		next =
		    d->ahead.n - n < BLOCK_SLACK ? d->ahead.n - n : BLOCK_SLACK;
		buf_add(&b->own, span_make(d->ahead.p, n + next));
		block_take_own(b, n);
		decoder_drop(d, n);
	}
	return n;
}

/* Moves d->ahead into b->own and reads on; what stands behind the last whole
 * record goes back to d->ahead. */
static int
fill_read(struct decoder *d, struct block *b, cut_fn *cut)
{
	size_t seen = 0, whole = 0;

	if (take_from_ahead(d, b, cut) > 0)
		return 1;
	buf_add(&b->own, buf_span(&d->ahead));
	buf_reset(&d->ahead);
	while (whole == 0 && !d->at_end) {
		/* Twice as much each time keeps a huge record linear. */
		size_t want = b->own.n < d->block_bytes
		    ? d->block_bytes - b->own.n
		    : b->own.n;

		if (read_more(d, b, want) < 0)
			return give_nothing_more(d, b);
		if (d->at_end)
			break;
		whole = cut(d, b->own.p, b->own.n, seen);
		seen = b->own.n;
		if (whole == 0 && b->own.n > RECORD_MAX_BYTES)
			return refuse_length(d, b);
	}
	if (d->at_end)
		whole = b->own.n;
	buf_add(&d->ahead, buf_part(&b->own, whole, b->own.n));
	block_take_own(b, whole);
	return whole > 0;
}

int
decoder_fill(struct decoder *d, struct block *b, cut_fn *cut)
{
	return d->in.map.n > 0 ? fill_mapped(d, b, cut) : fill_read(d, b, cut);
}
