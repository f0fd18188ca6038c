/* link: cmd/dfv-validate/seen.c cmd/dfv-validate/keylog.c */
#include "unit.h"
#include "keylog.h"
#include "seen.h"

enum { MANY = 20000, TEXT = 24 };

/* Keys by number, in batches of every size; those of a list come again. What
 * comes again is told by number: where it was first. */
struct run {
	struct seen seen;
	size_t n;          /* keys so far, the same as lines */
	size_t again;      /* how many were there before, */
	bool right;        /* all of which were told, and no others */
	size_t line[MANY]; /* by number: where it was first, or 0 */
};

static const char file[] = "a";

/* A number as a key, of TEXT bytes at most: how many. */
typedef int write_fn(char *out, size_t number);

static int
write_plain(char *out, size_t number)
{
	return snprintf(out, TEXT, "%zu", number);
}

static int
write_padded(char *out, size_t number)
{
	return snprintf(out, TEXT, "R%09zu", number);
}

static int
write_name(char *out, size_t number)
{
	return snprintf(
	    out, TEXT, "%05zu%.*s", number, (int)(number % 7), "abcdef");
}

/* Adds the keys of n numbers. */
static void
add_batch(struct run *r, write_fn *write, const size_t *number, size_t n)
{
	char text[SEEN_BATCH][TEXT];
	struct span key[SEEN_BATCH];
	size_t line[SEEN_BATCH], told = 0, nagain;
	struct seen_again again[SEEN_BATCH];

	for (size_t i = 0; i < n; i++) {
		key[i] = span_make(text[i], (size_t)write(text[i], number[i]));
		line[i] = ++r->n;
	}
	nagain = seen_add(
	    &r->seen, &(struct keylog_keys){key, line, n, file}, again);
	for (size_t i = 0; i < n; i++) {
		size_t *first = &r->line[number[i]];

		if (*first == 0) {
			*first = line[i];
			continue;
		}
		r->right = r->right && told < nagain && again[told].i == i &&
		    again[told].first.line == *first;
		told++;
	}
	r->right = r->right && told == nagain;
	r->again += nagain;
}

static void
add_numbers(struct run *r, write_fn *write, const size_t *number, size_t n)
{
	for (size_t at = 0, size = 1; at < n; at += size, size = size % 64 + 1)
		add_batch(r, write, number + at, size < n - at ? size : n - at);
}

static struct run *
run_new(void)
{
	struct run *r = mem_alloc(1, sizeof *r);

	r->seen = SEEN_EMPTY;
	r->right = true;
	return r;
}

static void
run_free(struct run *r)
{
	seen_release(&r->seen);
	mem_free(r);
}

/* How the numbers stand: the i-th of n. */
typedef size_t order_fn(size_t i, size_t n);

static size_t
ascending(size_t i, size_t n)
{
	(void)n;
	return i;
}

static size_t
shuffled(size_t i, size_t n)
{
	return i * 7919 % n;
}

static size_t
last_again(size_t i, size_t n)
{
	return i + 1 < n ? i : 0;
}

static size_t
last_twice(size_t i, size_t n)
{
	return i + 1 < n ? i : n - 2;
}

static size_t
late_break(size_t i, size_t n)
{
	return i < n - 100 ? i : n - 1 - (i - (n - 100)) % 50;
}

static size_t
all_twice(size_t i, size_t n)
{
	(void)n;
	return i / 2;
}

static size_t
all_the_same(size_t i, size_t n)
{
	(void)i, (void)n;
	return 0;
}

static void
test_orders(void)
{
	static const struct {
		const char *name;
		order_fn *order;
		size_t again;
	} all[] = {
	    {"seen: keys that ascend", ascending, 0},
	    {"seen: keys that are shuffled", shuffled, 0},
	    {"seen: keys that ascend, and the last is the first", last_again,
		1},
	    {"seen: keys that ascend, and the last is the one before",
		last_twice, 1},
	    {"seen: keys that ascend, and then come again", late_break, 50},
	    {"seen: keys that come twice", all_twice, MANY / 2},
	    {"seen: keys that are one", all_the_same, MANY - 1},
	};
	static write_fn *const all_writes[] = {
	    write_plain, write_padded, write_name};
	size_t *number = mem_alloc(MANY, sizeof *number);

	for (size_t o = 0; o < sizeof all / sizeof all[0]; o++) {
		bool right = true;

		for (size_t i = 0; i < MANY; i++)
			number[i] = all[o].order(i, MANY);
		for (size_t w = 0; w < 3; w++) {
			struct run *r = run_new();

			add_numbers(r, all_writes[w], number, MANY);
			right = right && r->right && r->again == all[o].again;
			run_free(r);
		}
		unit_check(right, all[o].name);
	}
	mem_free(number);
}

static void
test_no_table(void)
{
	struct run *r = run_new();
	size_t number[1000];

	for (size_t i = 0; i < 1000; i++)
		number[i] = i;
	add_numbers(r, write_plain, number, 1000);
	unit_check(
	    r->seen.nbucket == 0, "seen: numbers that ascend need no table");
	run_free(r);
	r = run_new();
	add_numbers(r, write_name, number, 1000);
	unit_check(
	    r->seen.nbucket == 0, "seen: names that ascend need no table");
	run_free(r);
}

static void
test_foresight(void)
{
	struct run *r = run_new();
	size_t *number = mem_alloc(MANY, sizeof *number), nbucket;

	for (size_t i = 0; i < MANY; i++)
		number[i] = i ^ 1;
	seen_foresee(&r->seen, 2 * (size_t)MANY);
	add_numbers(r, write_plain, number, MANY / 2);
	nbucket = r->seen.nbucket;
	add_numbers(r, write_plain, number + MANY / 2, MANY / 2);
	unit_check(r->right && nbucket * SEEN_WORDS > 2 * (size_t)MANY &&
		r->seen.nbucket == nbucket,
	    "seen: a table is made as large as is foreseen");
	run_free(r);
	r = run_new();
	seen_foresee(&r->seen, SIZE_MAX / 64);
	add_numbers(r, write_plain, number, MANY);
	unit_check(r->right && r->seen.nbucket < 10 * (size_t)MANY,
	    "seen: foresight of very many keys is not believed at once");
	run_free(r);
	mem_free(number);
}

int
main(void)
{
	test_orders();
	test_no_table();
	test_foresight();
	return unit_done();
}
