/* link: cmd/dfv-stats/registers.c cmd/dfv-stats/xxh64.c cmd/dfv-stats/state.c */
#include <math.h>
#include <string.h>

#include "accumulators.h"
#include "unit.h"
#include "xxh64.h"

enum { STREAMS = 60 };

static bool
hash_is(const char *text, uint64_t want)
{
	return xxh64(span_of(text)) == want;
}

/* Adds the texts from..to of a stream to a state. */
static void
add_texts(void *state, int stream, int from, int to)
{
	char text[32], *group = state;
	struct span span = {text, 0};
	struct values v = {.n = 1, .group = &group, .text = &span};

	for (int i = from; i < to; i++) {
		span.n =
		    (size_t)snprintf(text, sizeof text, "%d-%d", stream, i);
		accumulator_registers.add(&v, 0);
	}
}

static double
estimate(void *state)
{
	const struct aggregate_args args = {.kind = VALUE_TEXT};

	return number_double(approx_distinct_final(state, &args).number);
}

static void *
new_state(void)
{
	return mem_alloc(1, accumulator_registers.state_bytes);
}

static void
free_state(void *state)
{
	accumulator_registers.release(state);
	mem_free(state);
}

/* The root of the mean squared relative error over many streams. */
static double
error_of(int n)
{
	double squares = 0;

	for (int stream = 0; stream < STREAMS; stream++) {
		void *state = new_state();
		double off;

		add_texts(state, stream, 0, n);
		off = estimate(state) / n - 1;
		squares += off * off;
		free_state(state);
	}
	return sqrt(squares / STREAMS);
}

static bool
same_state(const void *a, const void *b)
{
	struct buf x = {NULL, 0, 0}, y = {NULL, 0, 0};
	bool same;

	accumulator_registers.save(a, &x);
	accumulator_registers.save(b, &y);
	same = span_eq(buf_span(&x), buf_span(&y));
	buf_release(&x);
	buf_release(&y);
	return same;
}

/* Two parts that overlap, either into the other, and all at once. */
static bool
merges(int n)
{
	void *left = new_state(), *right = new_state(), *all = new_state();
	void *other = new_state();
	bool good;

	add_texts(all, 0, 0, n);
	add_texts(left, 0, 0, n * 2 / 3);
	add_texts(right, 0, n / 3, n);
	accumulator_registers.merge(other, right);
	accumulator_registers.merge(other, left);
	accumulator_registers.merge(left, right);
	good = same_state(left, all) && same_state(other, all);
	free_state(left);
	free_state(right);
	free_state(all);
	free_state(other);
	return good;
}

int
main(void)
{
	unit_check(hash_is("", UINT64_C(0xEF46DB3751D8E999)) &&
		hash_is("a", UINT64_C(0xD24EC4F1A98C6E5B)) &&
		hash_is("abc", UINT64_C(0x44BC2CF5AD770999)),
	    "sketches: the hash is XXH64, by its known values");
	unit_check(hash_is("Nobody inspects the spammish repetition",
		       UINT64_C(0xFBCEA83C8A378BF1)),
	    "sketches: of more than a stripe too");
	unit_check(error_of(1024) == 0,
	    "sketches: up to 1024 different texts the count is exact");
	unit_check(error_of(1500) < 0.0082 && error_of(30000) < 0.0095 &&
		error_of(60000) < 0.0095,
	    "sketches: beyond, the standard error is about what is stated");
	unit_check(merges(300) && merges(1200) && merges(1500) && merges(50000),
	    "sketches: merging depends on the texts alone");
	return unit_done();
}
