#include "heading.h"

#include <utf8proc.h>

#include "utf8.h"

static const struct {
	struct span ending;
	struct span word;
} periods[] = {
    {{"_day", 4}, {"jour", 4}},
    {{"_week", 5}, {"semaine", 7}},
    {{"_month", 6}, {"mois", 4}},
    {{"_quarter", 8}, {"trimestre", 9}},
    {{"_year", 5}, {"année", 6}},
};

/* Words of this field that have an accent wherever they stand. */
static const struct {
	const char *plain;
	const char *word;
} accents[] = {
    {"achevement", "achèvement"},
    {"activite", "activité"},
    {"annee", "année"},
    {"beneficiaires", "bénéficiaires"},
    {"cout", "coût"},
    {"debut", "début"},
    {"departement", "département"},
    {"depense", "dépense"},
    {"depenses", "dépenses"},
    {"duree", "durée"},
    {"ecart", "écart"},
    {"evolution", "évolution"},
    {"laureats", "lauréats"},
    {"libelle", "libellé"},
    {"metier", "métier"},
    {"numero", "numéro"},
    {"periode", "période"},
    {"precedent", "précédent"},
    {"publie", "publié"},
    {"region", "région"},
    {"regions", "régions"},
    {"reseau", "réseau"},
    {"reseaux", "réseaux"},
    {"theme", "thème"},
    {"themes", "thèmes"},
    {"unite", "unité"},
};

/* The index of the ending of a name, or -1. */
static int
find_ending(struct span name)
{
	for (int i = 0; i < (int)(sizeof periods / sizeof periods[0]); i++) {
		size_t n = periods[i].ending.n;

		if (name.n > n &&
		    span_eq(span_from(name, name.n - n), periods[i].ending))
			return i;
	}
	return -1;
}

static struct span
with_accents(struct span word)
{
	for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++)
		if (span_eq(word, span_of(accents[i].plain)))
			return span_of(accents[i].word);
	return word;
}

static void
put_words(struct buf *b, struct span name)
{
	for (;;) {
		size_t n = span_find(name, '_');

		buf_add(b, with_accents(span_make(name.p, n)));
		if (n == name.n)
			return;
		buf_byte(b, ' ');
		name = span_from(name, n + 1);
	}
}

void
heading_put(struct buf *b, struct span name, bool dated)
{
	int i = dated ? find_ending(name) : -1;

	if (i >= 0)
		name.n -= periods[i].ending.n;
	put_words(b, name);
	if (i >= 0) {
		buf_add(b, SPAN(" ("));
		buf_add(b, periods[i].word);
		buf_byte(b, ')');
	}
}

void
heading_word(struct buf *b, struct span name, bool dated)
{
	int i = dated ? find_ending(name) : -1;

	if (i >= 0)
		buf_add(b, periods[i].word);
	else
		put_words(b, name);
}

void
heading_capital(struct buf *b, struct span text)
{
	uint32_t c;
	size_t n;

	if (text.n == 0)
		return;
	c = utf8_decode(text, &n);
	utf8_encode(b, (uint32_t)utf8proc_toupper((utf8proc_int32_t)c));
	buf_add(b, span_from(text, n));
}
