/*
 * link: cmd/dfv-validate/french.c cmd/dfv-validate/hours.c cmd/dfv-validate/hours_words.c
 */
#include "french.h"
#include "hours.h"
#include "unit.h"

#define YES(...) ((const char *const[]){__VA_ARGS__, NULL})

static bool
all_are(bool (*check)(struct span), bool wanted, const char *const *text)
{
	for (; *text != NULL; text++)
		if (check(span_of(*text)) != wanted) {
			printf("# '%s'\n", *text);
			return false;
		}
	return true;
}

static bool
are_hours(struct span s)
{
	size_t at;

	return hours_valid(s, &at);
}

static bool
is_interval(struct span s)
{
	return french_years(s, false) == NULL;
}

static bool
is_act(struct span s)
{
	return french_act(s) == NULL;
}

static void
test_numbers(void)
{
	unit_check(all_are(french_siren, true,
		       YES("732829320", "732 829 320", "356000000")) &&
		all_are(french_siren, false,
		    YES("", "732829321", "73282932", "7328293200",
			"73282932x")),
	    "french: a SIREN has nine digits, the last of them a check");
	unit_check(all_are(french_siret, true,
		       YES("73282932000074", "732 829 320 00074")) &&
		all_are(french_siret, false,
		    YES("", "73282932000075", "7328293200007", "732829320")),
	    "french: a SIRET has a check digit as well as its SIREN");
	/* La Poste's sums, by hand: 3+5+6 = 14, and what follows. */
	unit_check(
	    all_are(french_siret, true,
		YES("35600000000048", "35600000049837", "35600000000006")) &&
		all_are(french_siret, false,
		    YES("35600000000007", "35600000049838")),
	    "french: the digits of La Poste's SIRET add up to fives");
	unit_check(all_are(french_rna, true, YES("W751234567", "W9R1234567")) &&
		all_are(french_rna, false,
		    YES("", "W75123456", "w751234567", "W7512345678",
			"W75A234567X")),
	    "french: the number of an association starts with W");
	unit_check(all_are(french_rnb, true, YES("QBAAG16VCJWA")) &&
		all_are(french_rnb, false,
		    YES("", "QBAAG16VCJW", "QBAAG16VCJW0", "QBAAG16VCJWI")),
	    "french: the identifier of a building has no 0, I, L, O, U");
}

static void
test_phones(void)
{
	unit_check(
	    all_are(french_phone, true,
		YES("0199002737", "01 99 00 27 37", "01.99.00.27.37",
		    "+33 1 99 00 27 37", "+33199002737", "+33 (0)1 99 00 27 37",
		    "0033199002737", "06-12-34-56-78", "+352 26 12 34", "115",
		    "3949", "118 218", "0590 12 34 56",
		    "01\302\24099\342\200\25700 27 37", "0700 12 34 56", "3306",
		    "+683 7012")),
	    "french: a phone number is national, international or short");
	unit_check(all_are(french_phone, false,
		       YES("", "199002737", "01 99 00 27 3", "01 99 00 27 377",
			   "0012", "+33 0 12", "07 01 02 03 04", "999", "116",
			   "33199002737", "tel", "+", "00")),
	    "french: other digits are no phone number");
}

static void
test_texts(void)
{
	unit_check(all_are(is_interval, true, YES("2024/2025")) &&
		all_are(is_interval, false,
		    YES("", "2024", "2025/2024", "2024/2024", "24/25",
			"2024-2025")) &&
		french_years(SPAN("2024"), true) == NULL,
	    "french: an interval is two years in order");
	unit_check(all_are(is_act, true,
		       YES("Commande publique/Marchés", "FINANCES LOCALES/x",
			   "Libertes publiques et pouvoirs de police/y")) &&
		all_are(is_act, false,
		    YES("", "Urbanisme", "Urbanisme /x", "Urbanisme/ x",
			"Autre chose/x")),
	    "french: an act has its domain and a bar without spaces");
	unit_check(french_place(1.33, 47.59) && french_place(55.45, -20.88) &&
		!french_place(47.59, 1.33) && !french_place(0, 0),
	    "french: a place is in France by rectangles");
}

static void
test_hours(void)
{
	unit_check(all_are(are_hours, true,
		       YES("24/7", "Mo-Fr 09:00-18:00", "Mo-Fr 9:00-18:00",
			   "Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00",
			   "Mo,We,Fr 08:30-20:00", "PH off",
			   "Mo-Su,PH 09:00-19:00; Dec 25 off",
			   "Apr-Oct: Mo-Su 10:00-18:00", "Th[1] 14:00-16:00",
			   "Su[-1] +1 day 10:00-12:00", "sunrise-sunset",
			   "(sunset-01:00)-23:00", "week 1-53/2 Fr 09:00-12:00",
			   "2025 Jan 01-2025 Feb 28 off", "08:00+",
			   "Mo-Fr 22:00-26:00", "Mo \"sur rendez-vous\"",
			   "Tu 10:00-12:00 || \"sur appel\"", "SH closed",
			   "easter -2 days off", "2025-2027 10:00-18:00",
			   "Mo-Fr 10:00-18:00/01:30",
			   "Apr 01-Oct 31: Mo-Su 10:00-18:00",
			   "SH Mo-Fr 08:00-12:00", "PH Mo 10:00-12:00")),
	    "french: opening hours are OpenStreetMap's");
	unit_check(all_are(are_hours, false,
		       YES("", "lundi 9h-18h", "Mo-Fri 09:00-18:00",
			   "Mo-Fr 09:00-25:70", "Mo-Fr 9h00-18h00", "Mo-",
			   "Mo-Fr 09:00-18:00 x", "09:00-", "Mo-Fr 09:0-18:00",
			   ";", "\"sans fin", "week", "Mo[6] 09:00-10:00")),
	    "french: other ways to write hours are none");
}

/* Pairs: words, and the hours that they are; "" for none. */
static void
test_words(void)
{
	static const char *const pair[][2] = {
	    {"Lu-Ve 8h-12h", "Mo-Fr 08:00-12:00"},
	    {"lundi au vendredi de 9h à 12h et de 14h à 18h30",
		"Mo-Fr 09:00-12:00,14:00-18:30"},
	    {"Lundi 8h-12h Mardi 9h-10h", "Mo 08:00-12:00; Tu 09:00-10:00"},
	    {"Lun. – Ven. : 9 h 30 – 17 h", "Mo-Fr 09:30-17:00"},
	    {"Lu-Ve 8h-12h et samedi 9h-12h",
		"Mo-Fr 08:00-12:00; Sa 09:00-12:00"},
	    {"Samedis et dimanches : fermé", "Sa,Su off"}, {"24h/24", "24/7"},
	    {"mo-fr 08.00-17.00", "Mo-Fr 08:00-17:00"},
	    {"Mo-Fr 08:00-17:00", ""}, {"non renseigné", ""}, {"8h-25h", ""},
	    {"9 personnes", ""}, {"lundi 9", ""}, {"", ""}};
	struct buf out = {NULL, 0, 0};
	bool right = true;

	for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++) {
		bool told = hours_from_words(span_of(pair[i][0]), &out);

		right = right && told == (pair[i][1][0] != '\0') &&
		    (!told || span_eq(buf_span(&out), span_of(pair[i][1])));
	}
	unit_check(right, "french: hours in words are told as opening_hours");
	buf_release(&out);
}

int
main(void)
{
	test_numbers();
	test_phones();
	test_words();
	test_texts();
	test_hours();
	return unit_done();
}
