/* link: cmd/dfv-validate/wordset.c */
#include "memo.h"

#include "unit.h"

enum { ROOM = 16 };

/* What a text is kept and asked about in: any bytes before, zeros among them. */
struct page {
	char bytes[64];
};

static struct span
write_cell(struct page *p, char before, struct span text)
{
	memset(p->bytes, before, sizeof p->bytes);
	memcpy(p->bytes + ROOM, text.p, text.n);
	return span_make(p->bytes + ROOM, text.n);
}

static bool
knows(struct memo *m, char before, struct span text)
{
	struct page p;
	struct span cell = write_cell(&p, before, text);

	return memo_knows(m, cell, p.bytes);
}

static void
keep(struct memo *m, char before, struct span text)
{
	struct page p;
	struct span cell = write_cell(&p, before, text);

	memo_keep(m, cell, p.bytes);
}

/* Each beginning of a text is kept, and no other is known then, nor one that
 * differs in a byte. */
static bool
tells_apart(struct span text)
{
	for (size_t n = 1; n <= text.n; n++) {
		static struct memo m;
		struct span cell = span_make(text.p, n);
		char other[64];

		m = (struct memo){.rest = 0};
		keep(&m, 'x', cell);
		if (!knows(&m, '\0', cell) || !knows(&m, '1', cell))
			return false;
		for (size_t k = 0; k <= text.n; k++)
			if (k != n && knows(&m, 'x', span_make(text.p, k)))
				return false;
		for (size_t i = 0; i < n; i++) {
			memcpy(other, text.p, n);
			other[i] ^= 1;
			if (knows(&m, 'x', span_make(other, n)))
				return false;
		}
	}
	return true;
}

static void
test_words(void)
{
	static const char zeros[MEMO_BYTES];
	static struct memo m;

	unit_check(tells_apart(SPAN("abcdefghijklmnop")) &&
		tells_apart(SPAN("1111111111111111")) &&
		tells_apart(span_make(zeros, sizeof zeros)),
	    "memo: a cell is known by all of its bytes and no others");
	keep(&m, 'x', SPAN("abcdefghijklmnopq"));
	unit_check(!knows(&m, 'x', SPAN("abcdefghijklmnopq")),
	    "memo: long cells are not kept");
}

static void
test_edge(void)
{
	static struct memo m;
	struct page p;
	struct span cell = write_cell(&p, 'x', SPAN("ab"));

	memo_keep(&m, cell, p.bytes + ROOM - 13);
	unit_check(!memo_knows(&m, cell, p.bytes),
	    "memo: what is before the text is not read");
	memo_keep(&m, cell, p.bytes + ROOM - 14);
	unit_check(memo_knows(&m, cell, p.bytes),
	    "memo: a cell with enough text before its end is kept");
}

static void
test_rest(void)
{
	static struct memo m;

	keep(&m, 'x', SPAN("ab"));
	memo_count(&m, 10, 4);
	memo_rest(&m);
	unit_check(!knows(&m, 'x', SPAN("ab")),
	    "memo: where most are not known, it rests");
	for (int i = 0; i < MEMO_REST; i++)
		memo_rest(&m);
	unit_check(knows(&m, 'x', SPAN("ab")), "memo: not for ever");
}

int
main(void)
{
	test_words();
	test_edge();
	test_rest();
	return unit_done();
}
