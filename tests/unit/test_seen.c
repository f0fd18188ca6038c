/* link: cmd/dfv-validate/seen.c */
#include "unit.h"
#include "seen.h"

enum { MANY = 100000, LONG = 70000 };

static bool
add(struct seen *s, struct span key, const char *file, size_t line,
    struct place *at)
{
	*at = (struct place){.file = file, .line = line};
	return seen_add(s, key, seen_expect(s, key), at);
}

static struct span
key_of(size_t i, char *out, size_t size)
{
	return span_make(out, (size_t)snprintf(out, size, "key %zu", i * 7919));
}

/* Lines that step by one, by many, and not at all. */
static size_t
line_of(size_t i)
{
	return 2 + i + i / 7 * 3 + i / 5000 * 100000;
}

static void
test_first_lines(void)
{
	struct seen s = SEEN_EMPTY;
	bool fresh = true, found = true;
	char text[32];
	struct place at;

	for (size_t i = 0; i < MANY; i++)
		fresh =
		    fresh && add(&s, key_of(i, text, 32), "a", line_of(i), &at);
	for (size_t i = 0; i < MANY; i++)
		found = found &&
		    !add(&s, key_of(i, text, 32), "a", SIZE_MAX, &at) &&
		    at.line == line_of(i);
	unit_check(fresh, "seen: a key is new the first time");
	unit_check(found && s.n == MANY,
	    "seen: a key that comes again is told with its first line");
	seen_release(&s);
}

static void
test_files(void)
{
	static const char one[] = "one", two[] = "two";
	struct seen s = SEEN_EMPTY;
	char text[32];
	struct place at;

	for (size_t i = 0; i < 50; i++)
		(void)add(&s, key_of(i, text, 32), one, 100 + i, &at);
	for (size_t i = 50; i < 99; i++)
		(void)add(&s, key_of(i, text, 32), two, i - 48, &at);
	unit_check(!add(&s, key_of(49, text, 32), two, 70, &at) &&
		at.file == one && at.line == 149,
	    "seen: a key of an earlier file");
	unit_check(!add(&s, key_of(50, text, 32), two, 70, &at) &&
		at.file == two && at.line == 2,
	    "seen: lines begin again in another file");
	seen_release(&s);
}

static void
test_bytes(void)
{
	struct seen s = SEEN_EMPTY;
	char *text = mem_alloc(LONG, 1);
	struct place at;

	unit_check(add(&s, SPAN(""), "a", 2, &at) &&
		add(&s, SPAN("\0"), "a", 3, &at) &&
		add(&s, span_make(text, LONG), "a", 4, &at) &&
		add(&s, span_make(text, LONG - 1), "a", 5, &at),
	    "seen: the empty key, zero bytes and long keys are their own");
	unit_check(
	    !add(&s, span_make(text, LONG - 1), "a", 6, &at) && at.line == 5,
	    "seen: a long key is found again");
	seen_release(&s);
	mem_free(text);
}

int
main(void)
{
	test_first_lines();
	test_files();
	test_bytes();
	return unit_done();
}
