/*
 * link: cmd/dfv-geo/toponym.c
 */
#include <stdint.h>

#include "toponym.h"
#include "unit.h"

static struct buf scratch;

static bool
key_is(const char *text, const char *key)
{
	buf_reset(&scratch);
	return span_eq(toponym_read(span_of(text), &scratch).key, span_of(key));
}

static bool
parts_are(const char *text, const char *head, const char *tail)
{
	struct toponym t;

	buf_reset(&scratch);
	t = toponym_read(span_of(text), &scratch);
	return span_eq(t.head, span_of(head)) && span_eq(t.tail, span_of(tail));
}

static void
test_spelling(void)
{
	unit_check(key_is("L'Haÿ-les-Roses", "l hay les roses") &&
		key_is("L’HAY LES ROSES", "l hay les roses"),
	    "toponym: case, accents, apostrophes and hyphens are put aside");
	unit_check(key_is("Œuilly", "oeuilly") && key_is("OEUILLY", "oeuilly"),
	    "toponym: a ligature is its two letters");
	unit_check(key_is("St-Étienne", "saint etienne") &&
		key_is("STE. FOY", "sainte foy") &&
		key_is("Stes Maries", "saintes maries"),
	    "toponym: St and Ste are written out");
	unit_check(key_is("Chalon-s/-Saône", "chalon sur saone") &&
		key_is("S'il", "s il"),
	    "toponym: s/ is sur, and another s is not");
	unit_check(key_is("Athies s/s Laon", "athies sous laon") &&
		key_is("Athies-s/s-Laon", "athies sous laon") &&
		key_is("BOULOGNE/MER", "boulogne sur mer"),
	    "toponym: s/s is sous, and a slash between words is sur");
	unit_check(key_is("  Le   Blanc ", "le blanc"),
	    "toponym: blanks around and between words do not count");
}

static void
test_post(void)
{
	unit_check(key_is("PARIS CEDEX 12", "paris") &&
		key_is("Lyon 3 Cedex 03", "lyon 3") && key_is("Cedex", "cedex"),
	    "toponym: CEDEX and what follows is left out, unless it is all");
	unit_check(key_is("Paris 12e Arrondissement", "paris 12") &&
		key_is("PARIS 12EME", "paris 12") &&
		key_is("Lyon 03", "lyon 3") && key_is("Paris 1er", "paris 1"),
	    "toponym: an arrondissement is its number");
	unit_check(key_is("Arrondissement", "arrondissement"),
	    "toponym: without a number the word arrondissement stays");
}

static void
test_parts(void)
{
	struct span bare;

	unit_check(key_is("Blanc (Le)", "le blanc") &&
		key_is("Blanc, Le", "le blanc") &&
		key_is("Haÿ-les-Roses (L')", "l hay les roses"),
	    "toponym: an article that was moved behind comes back in front");
	unit_check(parts_are("Le Blanc (36)", "le blanc", "36") &&
		parts_are("Saint-Amand-Montrond, Cher", "saint amand montrond",
		    "cher"),
	    "toponym: brackets and a comma part the department");
	unit_check(parts_are("Le Blanc", "le blanc", ""),
	    "toponym: without them there is no tail");
	unit_check(parts_are("(36)", "", "36") && parts_are("", "", "") &&
		parts_are(",", "", "") && parts_are("()", "", "") &&
		parts_are(")", "", ""),
	    "toponym: nothing in front of a bracket is no mistake");
	unit_check(toponym_article(SPAN("la rochelle"), &bare) &&
		span_eq(bare, SPAN("rochelle")),
	    "toponym: an article can be taken off a key");
	unit_check(!toponym_article(SPAN("lavaur"), &bare) &&
		!toponym_article(SPAN("le"), &bare),
	    "toponym: not from a word that begins like one, nor from itself");
}

/* Of pieces that make names, chosen by the digits of n. */
static void
make_name(struct buf *text, uint32_t n)
{
	static const char *const pieces[] = {"st", "Ste", "sts", "stes", "S",
	    "cedex", "Évry", "l", "'", "-", " ", "  ", "-", " ", "sur", "œ"};

	buf_reset(text);
	for (; n > 0; n /= 16)
		buf_add(text, span_of(pieces[n % 16]));
}

/* What is usual is read in one go: as it would be with a full stop behind it,
 * which is not usual, and no part of a key. */
static void
test_usual(void)
{
	struct buf text = {NULL, 0, 0}, other = {NULL, 0, 0};
	bool same = true;

	for (uint32_t n = 1; n < 3000000 && same; n += 7) {
		struct toponym a, b;

		make_name(&text, n);
		buf_reset(&scratch);
		a = toponym_read(buf_span(&text), &scratch);
		buf_byte(&text, '.');
		buf_reset(&other);
		b = toponym_read(buf_span(&text), &other);
		same = span_eq(a.key, b.key) && span_eq(a.head, b.head) &&
		    a.rest.n == b.rest.n && a.tail.n == b.tail.n;
	}
	unit_check(same, "toponym: what is usual is read as anything is");
	buf_release(&text);
	buf_release(&other);
}

/* A name of a megabyte must neither move under its own feet nor overrun. */
static void
test_long(void)
{
	struct buf text = {NULL, 0, 0};
	struct toponym t;

	for (int i = 0; i < 300000; i++)
		buf_add(&text, SPAN("s/ "));
	buf_add(&text, SPAN("(le)"));
	buf_reset(&scratch);
	t = toponym_read(buf_span(&text), &scratch);
	unit_check(t.key.n == 2 + 4 * (size_t)300000 && t.tail.n == 0,
	    "toponym: a megabyte of abbreviations is written out whole");
	buf_release(&text);
}

int
main(void)
{
	test_spelling();
	test_post();
	test_parts();
	test_usual();
	test_long();
	buf_release(&scratch);
	return unit_done();
}
