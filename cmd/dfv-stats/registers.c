#include "accumulators.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "state.h"
#include "xxh64.h"

/*
 * HyperLogLog (P. Flajolet, E. Fusy, O. Gandouet and F. Meunier, HyperLogLog:
 * the analysis of a near-optimal cardinality estimation algorithm, 2007) over
 * 64-bit hashes with 2^14 registers, a standard error of 1.04 / 2^7, and
 * O. Ertl's estimator (New cardinality estimation algorithms for HyperLogLog
 * sketches, 2017), which needs no correction for small or large numbers.
 * Up to FEW different values their hashes are kept instead and counted.
 */
enum {
	INDEX_BITS = 14,
	REGISTERS = 1 << INDEX_BITS,
	RANK_MAX = 64 - INDEX_BITS + 1,
	FEW = 1024,
	FIRST_SLOTS = 32
};

struct registers {
	uint64_t *slot; /* open addressing, at most half full; 0 is free */
	size_t nslot;
	size_t n;      /* of hashes */
	uint8_t *rank; /* REGISTERS of them, or NULL: then there are few */
};

static void
raise_register(struct registers *r, uint64_t hash)
{
	uint64_t tail = hash << INDEX_BITS | UINT64_C(1) << (INDEX_BITS - 1);
	uint8_t rank = (uint8_t)(__builtin_clzll(tail) + 1);
	uint8_t *at = &r->rank[hash >> (64 - INDEX_BITS)];

	*at = rank > *at ? rank : *at;
}

/* From hashes to registers. */
static void
give_up_hashes(struct registers *r)
{
	r->rank = mem_alloc(REGISTERS, 1);
	for (size_t i = 0; i < r->nslot; i++)
		if (r->slot[i] != 0)
			raise_register(r, r->slot[i]);
	mem_free(r->slot);
	r->slot = NULL;
	r->nslot = r->n = 0;
}

static bool
put_hash(struct registers *r, uint64_t hash)
{
	size_t at = hash & (r->nslot - 1);

	for (; r->slot[at] != 0; at = (at + 1) & (r->nslot - 1))
		if (r->slot[at] == hash)
			return false;
	r->slot[at] = hash;
	return true;
}

static void
more_slots(struct registers *r)
{
	uint64_t *old = r->slot;
	size_t n = r->nslot;

	r->nslot = n == 0 ? FIRST_SLOTS : 2 * n;
	r->slot = mem_alloc(r->nslot, sizeof *r->slot);
	for (size_t i = 0; i < n; i++)
		if (old[i] != 0)
			put_hash(r, old[i]);
	mem_free(old);
}

static void
add_hash(struct registers *r, uint64_t hash)
{
	hash += hash == 0;
	if (r->rank != NULL) {
		raise_register(r, hash);
		return;
	}
	if (2 * r->n >= r->nslot)
		more_slots(r);
	r->n += put_hash(r, hash);
	if (r->n > FEW)
		give_up_hashes(r);
}

static void
registers_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		add_hash((struct registers *)(v->group[i] + offset),
		    xxh64(v->text[i]));
}

static void
registers_merge(void *into, const void *from)
{
	struct registers *r = into;
	const struct registers *f = from;

	for (size_t i = 0; i < f->nslot; i++)
		if (f->slot[i] != 0)
			add_hash(r, f->slot[i]);
	if (f->rank == NULL)
		return;
	if (r->rank == NULL)
		give_up_hashes(r);
	for (size_t i = 0; i < REGISTERS; i++)
		if (f->rank[i] > r->rank[i])
			r->rank[i] = f->rank[i];
}

static void
registers_release(void *state)
{
	struct registers *r = state;

	mem_free(r->slot);
	mem_free(r->rank);
}

static int
by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* A register is one of these, from 0 on. */
static const char register_digits[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnop";

/* The hashes in order; or `-` and a digit a register. */
static void
registers_save(const void *state, struct buf *b)
{
	const struct registers *r = state;
	uint64_t hash[FEW];
	size_t n = 0;

	if (r->rank != NULL) {
		buf_add(b, SPAN("- "));
		for (size_t i = 0; i < REGISTERS; i++)
			buf_byte(b, register_digits[r->rank[i]]);
		buf_byte(b, ' ');
		return;
	}
	for (size_t i = 0; i < r->nslot; i++)
		if (r->slot[i] != 0)
			hash[n++] = r->slot[i];
	qsort(hash, n, sizeof *hash, by_hash);
	state_put_count(b, n);
	for (size_t i = 0; i < n; i++)
		state_put_count(b, hash[i]);
}

static bool
load_ranks(struct registers *r, struct span word)
{
	if (word.n != REGISTERS)
		return false;
	if (r->rank == NULL)
		give_up_hashes(r);
	for (size_t i = 0; i < REGISTERS; i++) {
		const char *at =
		    memchr(register_digits, word.p[i], RANK_MAX + 1);

		if (at == NULL)
			return false;
		if (at - register_digits > r->rank[i])
			r->rank[i] = (uint8_t)(at - register_digits);
	}
	return true;
}

static bool
registers_load(void *state, struct span *rest)
{
	struct span ahead = *rest, word;
	uint64_t n, hash;

	if (state_get_word(&ahead, &word) && span_eq(word, SPAN("-"))) {
		*rest = ahead;
		return state_get_word(rest, &word) && load_ranks(state, word);
	}
	if (!state_get_count(rest, &n) || n > FEW)
		return false;
	for (; n > 0; n--) {
		if (!state_get_order(rest, &hash))
			return false;
		add_hash(state, hash);
	}
	return true;
}

const struct accumulator accumulator_registers = {sizeof(struct registers),
    registers_add, registers_merge, registers_release, registers_save,
    registers_load};

/* Ertl's sigma and tau. */
static double
low_part(double x)
{
	double y = 1, z = x, before;

	do {
		x *= x;
		before = z;
		z += x * y;
		y += y;
	} while (z != before);
	return z;
}

static double
high_part(double x)
{
	double y = 1, z = 1 - x, before;

	if (x == 0 || x == 1)
		return 0;
	do {
		x = sqrt(x);
		before = z;
		y /= 2;
		z -= (1 - x) * (1 - x) * y;
	} while (z != before);
	return z / 3;
}

/* How many different values have raised the registers so. */
static double
estimate(const struct registers *r)
{
	const double m = REGISTERS, two_ln2 = 1.3862943611198906;
	size_t count[RANK_MAX + 1] = {0};
	double z;

	for (size_t i = 0; i < REGISTERS; i++)
		count[r->rank[i]]++;
	z = m * high_part(1 - (double)count[RANK_MAX] / m);
	for (int k = RANK_MAX - 1; k > 0; k--)
		z = (z + (double)count[k]) / 2;
	if (count[0] == REGISTERS)
		return 0;
	z += m * low_part((double)count[0] / m);
	return m * m / (two_ln2 * z);
}

struct value
approx_distinct_final(void *state, const struct aggregate_args *args)
{
	const struct registers *r = state;

	(void)args;
	return value_number(number_int(
	    r->rank != NULL ? (int64_t)(estimate(r) + 0.5) : (int64_t)r->n));
}
