#include "suggest.h"

#include <stdint.h>

#include "buf.h"
#include "utf8.h"

/* Longer ones are sentences, and the work grows with the square. */
enum { WORD_CHARS = 256 };

struct word {
	uint32_t c[WORD_CHARS];
	size_t n;
};

/* false when s is too long, or is no UTF-8. */
static bool
word_decode(struct word *w, struct span s)
{
	w->n = 0;
	if (s.n > 4 * WORD_CHARS || utf8_check(s) < s.n)
		return false;
	while (s.n > 0) {
		size_t n;

		if (w->n == WORD_CHARS)
			return false;
		w->c[w->n++] = utf8_decode(s, &n);
		s = span_from(s, n);
	}
	return true;
}

static size_t
min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Whether a's character before i and the one before it are b's swapped. */
static bool
is_swap(const struct word *a, const struct word *b, size_t i, size_t j)
{
	return i > 1 && j > 1 && a->c[i - 1] == b->c[j - 2] &&
	    a->c[i - 2] == b->c[j - 1];
}

/*
 * Row i of the table holds the distances of a's first i characters from each
 * beginning of b; three rows are enough. Once all of one is above the limit,
 * so is the answer.
 */
static size_t
word_distance(const struct word *a, const struct word *b, size_t limit)
{
	size_t row[3][WORD_CHARS + 1];

	for (size_t j = 0; j <= b->n; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= a->n; i++) {
		const size_t *above = row[(i - 1) % 3];
		const size_t *above2 = row[(i + 1) % 3]; /* i - 2 */
		size_t *now = row[i % 3];
		size_t least = now[0] = i;

		for (size_t j = 1; j <= b->n; j++) {
			size_t d = above[j - 1] + (a->c[i - 1] != b->c[j - 1]);

			d = min_size(d, 1 + min_size(above[j], now[j - 1]));
			if (is_swap(a, b, i, j))
				d = min_size(d, above2[j - 2] + 1);
			now[j] = d;
			least = min_size(least, d);
		}
		if (least > limit)
			return limit + 1;
	}
	return min_size(row[a->n % 3][b->n], limit + 1);
}

static size_t
distance_from(const struct word *a, struct span s, size_t limit)
{
	struct word b;

	if (!word_decode(&b, s))
		return limit + 1;
	if ((a->n > b.n ? a->n - b.n : b.n - a->n) > limit)
		return limit + 1;
	return word_distance(a, &b, limit);
}

size_t
suggest_distance(struct span a, struct span b, size_t limit)
{
	struct word w;

	return word_decode(&w, a) ? distance_from(&w, b, limit) : limit + 1;
}

size_t
suggest_nearest(struct span word, const struct span *among, size_t n)
{
	struct buf folded = {NULL, 0, 0};
	struct word w;
	size_t best = SUGGEST_NONE, nearer_than;

	utf8_fold(&folded, word);
	if (!word_decode(&w, buf_span(&folded)))
		goto out;
	nearer_than = (w.n + 1) / 3 + 1;
	for (size_t i = 0; i < n && nearer_than > 0; i++) {
		size_t d;

		if (among[i].n > 4 * WORD_CHARS)
			continue;
		buf_reset(&folded);
		utf8_fold(&folded, among[i]);
		d = distance_from(&w, buf_span(&folded), nearer_than - 1);
		if (d < nearer_than) {
			best = i;
			nearer_than = d;
		}
	}
out:
	buf_release(&folded);
	return best;
}
