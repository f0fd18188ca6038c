#include "decoder.h"

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

/* Reads up to `want` bytes more; what comes at once is enough. */
static int
read_more(struct decoder *d, struct block *b, size_t want)
{
	ptrdiff_t got =
	    input_read(&d->in, buf_room(&b->raw, want), want, &b->fault);

	if (got < 0)
		return -1;
	b->raw.n += (size_t)got;
	d->at_end = got == 0;
	return 0;
}

static int
give_nothing_more(struct decoder *d, struct block *b)
{
	d->at_end = true;
	b->raw.n = 0;
	return 1;
}

/* open() has looked further ahead than a block goes: a part of that. */
static size_t
take_from_ahead(struct decoder *d, struct block *b,
    size_t (*cut)(struct decoder *, const char *p, size_t n, size_t seen))
{
	size_t n = 0;

	if (d->ahead.n > d->block_bytes)
		n = cut(d, d->ahead.p, d->block_bytes, 0);
	if (n > 0) {
		buf_add(&b->raw, span_make(d->ahead.p, n));
		d->ahead.n -= n;
		memmove(d->ahead.p, d->ahead.p + n, d->ahead.n);
	}
	return n;
}

int
decoder_fill(struct decoder *d, struct block *b,
    size_t (*cut)(struct decoder *, const char *p, size_t n, size_t seen))
{
	size_t seen = 0, whole = 0;

	if (take_from_ahead(d, b, cut) > 0)
		return 1;
	buf_add(&b->raw, buf_span(&d->ahead));
	buf_reset(&d->ahead);
	while (whole == 0 && !d->at_end) {
		/* Twice as much each time keeps a huge record linear. */
		size_t want = b->raw.n < d->block_bytes
		    ? d->block_bytes - b->raw.n
		    : b->raw.n;

		if (read_more(d, b, want) < 0)
			return give_nothing_more(d, b);
		if (d->at_end)
			break;
		whole = cut(d, b->raw.p, b->raw.n, seen);
		seen = b->raw.n;
		if (whole == 0 && b->raw.n > RECORD_MAX_BYTES) {
			fault_set(&b->fault, DIAG_TOO_LONG, PLACE_NONE,
			    span_make(NULL, 0), NULL);
			return give_nothing_more(d, b);
		}
	}
	if (b->raw.n == 0)
		return 0;
	if (d->at_end)
		whole = b->raw.n;
	buf_add(&d->ahead, span_make(b->raw.p + whole, b->raw.n - whole));
	b->raw.n = whole;
	return whole > 0;
}
