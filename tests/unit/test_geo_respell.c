/*
 * link: cmd/dfv-geo/respell.c
 */
#include "respell.h"
#include "unit.h"

static struct buf scratch;

static bool
office_is(const char *text, const char *wanted)
{
	struct span name;

	buf_reset(&scratch);
	if (!respell_office(span_of(text), &scratch, &name))
		return wanted == NULL;
	return wanted != NULL && span_eq(name, span_of(wanted));
}

static bool
ordinal_is(const char *key, const char *wanted)
{
	struct span name;

	buf_reset(&scratch);
	if (!respell_ordinal(span_of(key), &scratch, &name))
		return wanted == NULL;
	return wanted != NULL && span_eq(name, span_of(wanted));
}

static void
test_elision(void)
{
	struct span key[RESPELT_MOST];
	struct buf text = {NULL, 0, 0};
	size_t n;

	buf_reset(&scratch);
	n = respell_elision(SPAN("lile dyeu"), &scratch, key);
	unit_check(n == 3 && span_eq(key[0], SPAN("l ile dyeu")) &&
		span_eq(key[1], SPAN("l ile d yeu")) &&
		span_eq(key[2], SPAN("lile d yeu")),
	    "respell: each word that may, and two of them, get an apostrophe");
	unit_check(respell_elision(SPAN("le blanc"), &scratch, key) == 0 &&
		respell_elision(SPAN("l d"), &scratch, key) == 0 &&
		respell_elision(SPAN(""), &scratch, key) == 0,
	    "respell: others do not");
	for (int i = 0; i < 20; i++)
		buf_add(&text, SPAN("dada "));
	unit_check(
	    respell_elision(buf_span(&text), &scratch, key) == RESPELT_MOST,
	    "respell: there are no more readings than there is room");
	for (int i = 0; i < 100000; i++)
		buf_add(&text, SPAN("dada "));
	unit_check(respell_elision(buf_span(&text), &scratch, key) == 0,
	    "respell: a text too long for a name has none");
	buf_release(&text);
}

int
main(void)
{
	struct span name, code;

	unit_check(office_is("Mairie de Vierzon", "vierzon") &&
		office_is("VILLE DU MANS", "le mans") &&
		office_is("Commune de l'Haÿ", "l'hay") &&
		office_is("Commune de la Baule", "la baule") &&
		office_is("Municipalité d’Évry (91)", "evry (91)"),
	    "respell: behind an office is the name");
	unit_check(office_is("Villeurbanne", NULL) && office_is("", NULL) &&
		office_is("Ville-d'Avray", NULL) &&
		office_is("Mairie de ", NULL) && office_is("Mairie", NULL),
	    "respell: what only begins like one is none");
	unit_check(ordinal_is("paris xiie", "paris 12") &&
		ordinal_is("paris ix", "paris 9") &&
		ordinal_is("paris xx", "paris 20") &&
		ordinal_is("paris iv eme", "paris 4") &&
		ordinal_is("lyon 3 eme arrondissement", "lyon 3") &&
		ordinal_is("marseille ier", "marseille 1"),
	    "respell: ordinals and Roman numerals are numbers");
	unit_check(ordinal_is("paris", NULL) && ordinal_is("", NULL) &&
		ordinal_is("xii", NULL) && ordinal_is("paris xxx", NULL) &&
		ordinal_is("paris x bis", NULL) &&
		ordinal_is("paris iiii", NULL) && ordinal_is("paris 0", NULL),
	    "respell: what is no ordinal is none");
	unit_check(respell_code(SPAN("le blanc 36"), &name, &code) &&
		span_eq(name, SPAN("le blanc")) && span_eq(code, SPAN("36")) &&
		respell_code(SPAN("x 2a"), &name, &code) &&
		!respell_code(SPAN("36"), &name, &code) &&
		!respell_code(SPAN("le blanc"), &name, &code) &&
		!respell_code(SPAN(""), &name, &code),
	    "respell: a code may stand behind a name");
	test_elision();
	buf_release(&scratch);
	return unit_done();
}
