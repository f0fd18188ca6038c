#include "keytab.h"
#include "unit.h"

enum { MANY = 100000 };

static struct span
key_of(size_t i, char *out, size_t size)
{
	return span_make(out, (size_t)snprintf(out, size, "key %zu", i * 7919));
}

static void
test_numbers(void)
{
	struct keytab t = KEYTAB_EMPTY;
	char text[32];
	bool good = true;

	unit_check(keytab_find(&t, SPAN("x")) == KEYTAB_NONE,
	    "keytab: nothing is found in an empty one");
	for (size_t i = 0; i < MANY; i++)
		good = good && keytab_add(&t, key_of(i, text, 32)) == i;
	for (size_t i = 0; i < MANY; i++)
		good = good && keytab_add(&t, key_of(i, text, 32)) == i &&
		    keytab_find(&t, key_of(i, text, 32)) == i;
	unit_check(good && t.n == MANY,
	    "keytab: keys are numbered as they come, and keep their number");
	unit_check(span_eq(keytab_key(&t, 5), key_of(5, text, 32)) &&
		keytab_find(&t, SPAN("key")) == KEYTAB_NONE,
	    "keytab: a key comes back by its number");
	keytab_release(&t);
}

static void
test_bytes(void)
{
	struct keytab t = KEYTAB_EMPTY;

	unit_check(keytab_add(&t, SPAN("")) == 0 &&
		keytab_add(&t, SPAN("\0")) == 1 &&
		keytab_add(&t, SPAN("\0\0")) == 2 &&
		keytab_add(&t, span_make(NULL, 0)) == 0,
	    "keytab: the empty key and zero bytes are keys of their own");
	keytab_release(&t);
}

/* Of n keys, every other one is unknown: all are found as one by one. */
static bool
many_found(const struct keytab *t, size_t first, size_t n)
{
	char text[KEYTAB_MANY][32];
	struct span key[KEYTAB_MANY] = {{NULL, 0}};
	size_t number[KEYTAB_MANY];
	bool good = true;

	for (size_t i = 0; i < n; i++) {
		key[i] = key_of(first + i, text[i], 32);
		key[i].n += i % 2; /* the NUL too */
	}
	keytab_find_many(t, key, n, number);
	for (size_t i = 0; i < n; i++)
		good = good && number[i] == keytab_find(t, key[i]) &&
		    (number[i] == KEYTAB_NONE) ==
			(t->n <= first + i || i % 2 == 1);
	return good;
}

static void
test_many(void)
{
	static const size_t sizes[] = {0, 3, 1000, MANY};
	struct keytab t = KEYTAB_EMPTY;
	char text[32];
	bool good = true;

	for (size_t s = 0; s < 4; s++) {
		while (t.n < sizes[s])
			keytab_add(&t, key_of(t.n, text, 32));
		for (size_t n = 0; n <= KEYTAB_MANY; n++)
			for (size_t first = 0; first < MANY; first += 4999)
				good = good && many_found(&t, first, n);
	}
	unit_check(good, "keytab: keys are found together as one by one");
	keytab_release(&t);
}

int
main(void)
{
	test_numbers();
	test_many();
	test_bytes();
	return unit_done();
}
