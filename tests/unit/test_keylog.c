/* link: cmd/dfv-validate/keylog.c */
#include "unit.h"
#include "hash.h"
#include "keylog.h"

enum { MANY = 100000, LONG = 70000 };

static void
add(struct keylog *l, struct span key, size_t line, const char *file)
{
	const struct keylog_keys one = {&key, &line, 1, file};

	keylog_add(l, &one);
}

static bool
is_at(struct keylog *l, struct span key, size_t line, const char *file)
{
	struct place at;

	return keylog_find(l, key, hash_bytes(key), &at) && at.line == line &&
	    at.file == file;
}

static struct span
key_of(size_t i, char *out, size_t size)
{
	return span_make(out,
	    (size_t)snprintf(
		out, size, i % 3000 < 1500 ? "%zu" : "%09zu", i * 7919));
}

/* Lines that step by one, by many, and not at all. */
static size_t
line_of(size_t i)
{
	return 2 + i + i / 7000 * 3 + i / 5000 * 100000 - (i % 900 == 899);
}

/* Runs of every length, alike and mixed. */
static void
add_many(struct keylog *l, const char *file)
{
	char text[KEYLOG_GROUP][32];
	struct span key[KEYLOG_GROUP];
	size_t line[KEYLOG_GROUP];

	for (size_t i = 0, n; i < MANY; i += n) {
		n = i / 64 % KEYLOG_GROUP + 1;
		n = n < MANY - i ? n : MANY - i;
		for (size_t k = 0; k < n; k++) {
			key[k] = key_of(i + k, text[k], sizeof text[k]);
			line[k] = line_of(i + k);
		}
		keylog_add(l, &(struct keylog_keys){key, line, n, file});
	}
}

static void
test_lines(void)
{
	static const char file[] = "a";
	struct keylog l = KEYLOG_EMPTY;
	bool found = true;
	char text[32];

	add_many(&l, file);
	for (size_t i = 0; i < MANY; i++)
		found = found &&
		    is_at(&l, key_of(i, text, sizeof text), line_of(i), file);
	unit_check(
	    found && l.n == MANY, "keylog: every key is found, with its line");
	unit_check(!is_at(&l, SPAN("no key"), 2, file),
	    "keylog: what is not there is not found");
	keylog_release(&l);
}

static void
test_growth(void)
{
	static const char file[] = "a";
	struct keylog l = KEYLOG_EMPTY;
	bool found = true;
	char text[32];

	for (size_t i = 0; i < MANY; i++) {
		add(&l, key_of(i, text, sizeof text), line_of(i), file);
		if (i % 501 == 0)
			found = found &&
			    is_at(&l, key_of(i / 2, text, sizeof text),
				line_of(i / 2), file);
	}
	unit_check(found, "keylog: keys are found while others are added");
	keylog_release(&l);
}

static void
test_files(void)
{
	static const char one[] = "one", two[] = "two";
	struct keylog l = KEYLOG_EMPTY;
	char text[32];

	for (size_t i = 0; i < 50; i++)
		add(&l, key_of(i, text, sizeof text), 100 + i, one);
	for (size_t i = 50; i < 99; i++)
		add(&l, key_of(i, text, sizeof text), i - 48, two);
	unit_check(is_at(&l, key_of(49, text, sizeof text), 149, one),
	    "keylog: a key of an earlier file");
	unit_check(is_at(&l, key_of(50, text, sizeof text), 2, two),
	    "keylog: lines begin again in another file");
	keylog_release(&l);
}

/* The same keys are found with an index as without. */
static void
test_index(void)
{
	static const char one[] = "one", two[] = "two";
	struct keylog l = KEYLOG_EMPTY;
	char text[32];
	bool found = true;

	for (size_t i = 0; i < 99; i++)
		add(&l, key_of(i, text, sizeof text), 100 + i,
		    i < 50 ? one : two);
	for (size_t i = 0; i < 4; i++)
		found = found &&
		    is_at(&l, key_of(32 * i, text, sizeof text), 100 + 32 * i,
			i < 2 ? one : two);
	unit_check(found && l.nslot == 0,
	    "keylog: for a few repeated keys no index is made");
	for (size_t i = 0; i < 99; i++)
		found = found &&
		    is_at(&l, key_of(i, text, sizeof text), 100 + i,
			i < 50 ? one : two);
	unit_check(found && l.nslot > 0, "keylog: for many one is");
	keylog_release(&l);
}

static void
test_bytes(void)
{
	static const char file[] = "a";
	struct keylog l = KEYLOG_EMPTY;
	char *text = mem_alloc(LONG, 1);

	add(&l, SPAN(""), 2, file);
	add(&l, SPAN("\0"), 3, file);
	add(&l, span_make(text, LONG), 4, file);
	add(&l, span_make(text, LONG - 1), 5, file);
	unit_check(is_at(&l, SPAN(""), 2, file) &&
		is_at(&l, SPAN("\0"), 3, file) &&
		is_at(&l, span_make(text, LONG), 4, file) &&
		is_at(&l, span_make(text, LONG - 1), 5, file),
	    "keylog: the empty key, zero bytes and long keys are their own");
	keylog_release(&l);
	mem_free(text);
}

int
main(void)
{
	test_lines();
	test_growth();
	test_files();
	test_index();
	test_bytes();
	return unit_done();
}
