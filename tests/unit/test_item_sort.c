/* link: cmd/dfv-filter/item_sort.c cmd/dfv-filter/runs.c */
#include "item_sort.h"

#include <stdbool.h>

#include "buf.h"
#include "mem.h"
#include "runs.h"
#include "unit.h"

/*
 * Random keys, of few different bytes so that many begin alike, zeros among
 * them: each pair of neighbours of the sorted has to be in order, and in the
 * order of coming where the keys are the same.
 */
struct keys {
	struct buf entries;
	struct item *item;
	size_t n;
};

static unsigned
next_random(unsigned *state)
{
	*state = *state * 1103515245u + 12345u;
	return *state >> 16;
}

/* An entry whose record is empty; units of eight bytes. */
static void
add_key(struct keys *k, const char *p, size_t n)
{
	struct entry_lengths len = {(uint32_t)n, 0};

	k->item[k->n++] = (struct item){item_head(p, n),
	    (uint32_t)(k->entries.n / UNIT_BYTES), (uint32_t)n};
	buf_add(&k->entries, span_make((const char *)&len, sizeof len));
	buf_add(&k->entries, span_make(p, n));
	while (k->entries.n % UNIT_BYTES != 0)
		buf_byte(&k->entries, 'z');
}

static struct keys
make_keys(size_t n, size_t prefix, size_t longest, unsigned seed)
{
	static const char bytes[] = {0, 1, 'a', (char)0xFF};
	struct keys k = {{NULL, 0, 0}, NULL, 0};
	char *key = mem_alloc(prefix + longest + 1, 1);

	k.item = mem_alloc(n + 1, sizeof *k.item);
	for (size_t i = 0; i < n; i++) {
		size_t len = longest == 0 ? 0 : next_random(&seed) % longest;

		for (size_t j = 0; j < len; j++)
			key[prefix + j] = bytes[next_random(&seed) % 4];
		add_key(&k, key, prefix + len);
	}
	mem_free(key);
	return k;
}

static struct span
key_of(const struct keys *k, size_t i)
{
	return entry_key(k->entries.p + (size_t)k->item[i].unit * UNIT_BYTES);
}

static bool
in_order(size_t n, size_t prefix, size_t longest)
{
	struct keys k =
	    make_keys(n, prefix, longest, (unsigned)(n * 7 + prefix + longest));
	bool good = true;

	items_sort(k.item, n, k.entries.p);
	for (size_t i = 1; i < n; i++) {
		int c = span_cmp(key_of(&k, i - 1), key_of(&k, i));

		good = good &&
		    (c < 0 || (c == 0 && k.item[i - 1].unit < k.item[i].unit));
	}
	buf_release(&k.entries);
	mem_free(k.item);
	return good;
}

int
main(void)
{
	static const size_t sizes[] = {0, 1, 2, 3, 100, 511, 512, 513, 20000};
	bool few = true, alike = true, deep = true;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (size_t longest = 0; longest < 40; longest += 3)
			few = few && in_order(sizes[i], 0, longest);
		alike = alike && in_order(sizes[i], 21, 12);
		deep = deep && in_order(sizes[i], 400, 12);
	}
	unit_check(few, "item_sort: keys of any length and number, stably");
	unit_check(alike, "item_sort: keys that begin alike");
	unit_check(
	    deep, "item_sort: keys that are alike for hundreds of bytes");
	return unit_done();
}
