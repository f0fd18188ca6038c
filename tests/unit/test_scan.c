#include "scan.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "utf8.h"

/*
 * Every scanner against scan_scalar, and that against a loop written here
 * again: each offset of a text within its 64-byte step, each length, each
 * place of one separator, and random texts of every density.
 */
enum { ROOM = 4096, CANARY = 0x5CA7 };

struct result {
	uint32_t sep[ROOM + SCAN_SLACK + 1];
	size_t n;
	size_t nlf;
};

static void
run(scan_fn *scan, const char *p, size_t n, uint32_t base, struct result *r)
{
	struct scan_sums sums = {.nlf = 7}; /* is added to */

	r->sep[n + SCAN_SLACK] = CANARY;
	r->n = scan(p, n, base, r->sep, &sums);
	r->nlf = sums.nlf;
}

static bool
is_right(const char *p, size_t n, uint32_t base, const struct result *r)
{
	size_t k = 0, nlf = 7;

	for (size_t i = 0; i < n; i++) {
		if (p[i] != '\t' && p[i] != '\n')
			continue;
		nlf += p[i] == '\n';
		if (k >= r->n || r->sep[k++] != base + i)
			return false;
	}
	return k == r->n && nlf == r->nlf && r->sep[n + SCAN_SLACK] == CANARY;
}

/* The text stands at the end of its memory, so that a sanitizer sees what is
 * read behind it. */
static bool
scans(scan_fn *scan, const char *text, size_t n, size_t offset)
{
	static struct result have, want;
	uint32_t base = offset < 3 ? 0 : (uint32_t)offset;
	char *room = malloc(offset + n + 1);
	char *p = realloc(room, offset + n + (n + offset == 0));
	bool good;

	if (p == NULL)
		abort();
	memset(p, 'x', offset);
	if (n > 0)
		memcpy(p + offset, text, n);
	run(scan, p + offset, n, base, &have);
	run(scan_scalar, p + offset, n, base, &want);
	good = is_right(p + offset, n, base, &want) &&
	    is_right(p + offset, n, base, &have);
	free(p);
	return good;
}

static bool
one_separator(scan_fn *scan, char separator)
{
	char text[200];

	for (size_t n = 0; n <= 200; n++)
		for (size_t at = 0; at < n; at++) {
			memset(text, 'x', n);
			text[at] = separator;
			if (!scans(scan, text, n, at % 64))
				return false;
		}
	return true;
}

static bool
every_offset(scan_fn *scan, char a, char b)
{
	char text[260];

	for (size_t i = 0; i < sizeof text; i++)
		text[i] = i % 2 == 0 ? a : b;
	for (size_t offset = 0; offset < 64; offset++)
		for (size_t n = 0; n <= sizeof text; n++)
			if (!scans(scan, text, n, offset))
				return false;
	return true;
}

static unsigned
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 40);
}

static bool
random_texts(scan_fn *scan)
{
	/* Neighbours of TAB and LF, and the same with the top bit set. */
	static const char near[] = "\t\n\b\v\r\0 \x89\x8A\x8B\xFF\x7F";
	static char text[ROOM];
	uint64_t state = 42;

	for (unsigned round = 0; round < 3000; round++) {
		size_t n = next_random(&state) % ROOM;
		unsigned density = 1 + next_random(&state) % 40;

		for (size_t i = 0; i < n; i++)
			text[i] = next_random(&state) % density == 0
			    ? near[next_random(&state) % (sizeof near - 1)]
			    : 'a';
		if (!scans(scan, text, n, round % 64))
			return false;
	}
	return true;
}

static bool
every_byte(scan_fn *scan)
{
	char text[256 + 64];

	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(unsigned char)i;
	return scans(scan, text, sizeof text, 0) &&
	    scans(scan, text, sizeof text, 33);
}

/* Whether a text that ends with LF is doubted, scanned in two pieces. */
static bool
doubts(scan_fn *scan, const char *text, size_t n, size_t cut)
{
	static uint32_t sep[ROOM + SCAN_SLACK];
	struct scan_sums sums = {.nlf = 0};
	char *p = malloc(n);

	if (p == NULL)
		abort();
	memcpy(p, text, n);
	scan(p, cut, 0, sep, &sums);
	scan(p + cut, n - cut, (uint32_t)cut, sep, &sums);
	free(p);
	return sums.doubtful;
}

/* Whole characters, and now and then one that lost a byte, gained one or has
 * another: what is not UTF-8 is doubted, and by those that look only that. */
static bool
doubts_rightly(scan_fn *scan)
{
	static const char *const character[] = {"a", "\t", "é", "’",
	    "\xED\x9F\xBF", "\xF0\x9F\x8E\x93", "\xF4\x8F\xBF\xBF"};
	static const char wrong[] = "\x80\xBF\xC0\xC3\xE0\xED\xF0\xF4\xF5\xFF";
	bool looks = !doubts(scan, "a\n", 2, 0);
	char text[ROOM];
	uint64_t state = 7;

	for (unsigned round = 0; round < 20000; round++) {
		size_t n = 0, most = 4 + next_random(&state) % 300, at, cut;
		bool bad;

		while (n + 5 < most) {
			const char *c = character[next_random(&state) %
			    (sizeof character / sizeof *character)];

			memcpy(text + n, c, strlen(c));
			n += strlen(c);
		}
		at = next_random(&state) % (n + 1);
		if (at < n && round % 3 == 0)
			text[at] = wrong[next_random(&state) % sizeof wrong];
		else if (round % 3 == 1)
			n = at;
		text[n++] = '\n';
		cut = next_random(&state) % n;
		bad = utf8_check(span_make(text, n)) < n;
		if (doubts(scan, text, n, cut < 3 ? 0 : cut) != (bad || !looks))
			return false;
	}
	return true;
}

int
main(void)
{
	const char *name = "";
	scan_fn *scan;
	size_t n = 0;

	for (; (scan = scan_nth(n, &name)) != NULL; n++) {
		printf("# %s\n", name);
		unit_check(one_separator(scan, '\t'),
		    "scan: one TAB is found at each place of each length");
		unit_check(one_separator(scan, '\n'),
		    "scan: one LF is found and counted at each place");
		unit_check(every_offset(scan, 'x', 'y'),
		    "scan: nothing is found where nothing is");
		unit_check(every_offset(scan, '\t', '\n'),
		    "scan: separators alone are all found, at each offset");
		unit_check(every_offset(scan, '\n', 'x'),
		    "scan: every second byte is found, at each offset");
		unit_check(random_texts(scan),
		    "scan: random texts of every density scan as the scalar says");
		unit_check(doubts_rightly(scan),
		    "scan: what is not UTF-8 is doubted, in one piece or two");
		unit_check(every_byte(scan),
		    "scan: no other byte value is taken for a separator");
	}
	unit_check(scan_nth(n - 1, &name) == scan_scalar,
	    "scan: the scalar one is always there, and last");
	unit_check(scan_best() == scan_nth(0, &name),
	    "scan: the best one is the first");
	return unit_done();
}
