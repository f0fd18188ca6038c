#include "french.h"

#include "finding.h"
#include "hours.h"
#include "listed.h"
#include "reference.h"
#include "type.h"
#include "words.h"

/* What a holds is handed and does not look at. */
#define UNUSED(f, room) ((void)(f), (void)(room))

static bool
is_between(struct span s, int64_t low, int64_t high)
{
	struct number n;

	return number_parse(s, false, &n) &&
	    number_cmp(n, number_int(low)) >= 0 &&
	    number_cmp(n, number_int(high)) <= 0;
}

#define HOLDS(name)                                                            \
	static bool name(const struct constraint *c, const struct field *f,    \
	    const struct subject *s, struct room *room)

HOLDS(holds_siren)
{
	(void)c, UNUSED(f, room);
	return french_siren(s->text);
}

HOLDS(holds_siret)
{
	(void)c, UNUSED(f, room);
	return french_siret(s->text);
}

HOLDS(holds_rna)
{
	(void)c, UNUSED(f, room);
	return french_rna(s->text);
}

HOLDS(holds_rnb)
{
	(void)c, UNUSED(f, room);
	return french_rnb(s->text);
}

HOLDS(holds_phone)
{
	(void)c, UNUSED(f, room);
	return french_phone(s->text);
}

/* The rectangle around metropolitan France in Lambert's projection of 1993, in
 * metres. */
HOLDS(holds_lambert_x)
{
	(void)c, UNUSED(f, room);
	return is_between(s->text, -357823, 1313633);
}

HOLDS(holds_lambert_y)
{
	(void)c, UNUSED(f, room);
	return is_between(s->text, 6037008, 7230728);
}

HOLDS(holds_hours)
{
	size_t at;

	(void)c, UNUSED(f, room);
	return hours_valid(s->text, &at);
}

HOLDS(holds_years)
{
	UNUSED(f, room);
	return french_years(s->text, c->single) == NULL;
}

HOLDS(holds_act)
{
	(void)c, UNUSED(f, room);
	return french_act(s->text) == NULL;
}

HOLDS(holds_place)
{
	double lon, lat;

	(void)c, UNUSED(f, room);
	return type_position(s->text, &lon, &lat) && french_place(lon, lat);
}

/* Which vocabulary a check looks into, by its finding. */
static enum vocabulary
vocabulary_of(const struct constraint *c)
{
	static const struct {
		enum finding_id finding;
		enum vocabulary words;
	} pairs[] = {{FINDING_CODE_COMMUNE, VOCABULARY_COMMUNE},
	    {FINDING_COMMUNE, VOCABULARY_COMMUNE_NAME},
	    {FINDING_CODE_POSTAL, VOCABULARY_POSTAL},
	    {FINDING_CODE_DEPARTEMENT, VOCABULARY_DEPARTEMENT},
	    {FINDING_DEPARTEMENT, VOCABULARY_DEPARTEMENT_NAME},
	    {FINDING_CODE_REGION, VOCABULARY_REGION},
	    {FINDING_REGION, VOCABULARY_REGION_NAME},
	    {FINDING_CODE_EPCI, VOCABULARY_EPCI}};
	size_t i = 0;

	while (pairs[i].finding != c->kind->finding)
		i++;
	return pairs[i].words;
}

HOLDS(holds_word)
{
	UNUSED(f, room);
	return reference_has(c->reference, vocabulary_of(c), s->text);
}

/* An arrondissement of Paris, Lyon or Marseille is as good as a commune. */
HOLDS(holds_commune)
{
	struct former former;

	UNUSED(f, room);
	return reference_has(c->reference, VOCABULARY_COMMUNE, s->text) ||
	    (reference_former(c->reference, s->text, &former) &&
		span_eq(former.type, SPAN("arrondissement")));
}

/* A spreadsheet takes the first zero of a code away. */
static bool
lost_zero(const struct constraint *c, struct span text, struct finding *f,
    struct arena *a)
{
	struct subject s = {
	    .text = arena_printf(a, "0%.*s", (int)text.n, text.p)};

	if (!c->kind->holds(c, NULL, &s, NULL))
		return false;
	f->suggestion = s.text;
	f->message = arena_printf(
	    a, _("%s: its first zero is lost"), _(c->kind->broken));
	return true;
}

static size_t
count_digits(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] >= '0' && s.p[i] <= '9';
	return n;
}

/* 7,32829E+13 */
static bool
is_rounded(struct span s)
{
	for (size_t i = 1; i + 1 < s.n; i++)
		if ((s.p[i] == 'E' || s.p[i] == 'e') && s.p[i + 1] == '+')
			return true;
	return false;
}

static void
explain_number(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	size_t wanted = c->kind->finding == FINDING_SIREN ? 9 : 14;
	size_t n = count_digits(text);

	(void)room;
	if (lost_zero(c, text, f, a))
		return;
	if (is_rounded(text))
		f->message = arena_printf(a,
		    _("%s: a spreadsheet has rounded it, digits are lost"),
		    _(c->kind->broken));
	else if (n != wanted)
		f->message = arena_printf(a, _("%s: %zu digits instead of %zu"),
		    _(c->kind->broken), n, wanted);
	else
		f->message = arena_printf(
		    a, _("%s: its check digit is wrong"), _(c->kind->broken));
}

static void
explain_zero(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	(void)room;
	(void)lost_zero(c, text, f, a);
}

/* Near is what differs in case, accents and dashes alone. */
static void
explain_word(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	struct span near;

	(void)room;
	if (lost_zero(c, text, f, a))
		return;
	near = reference_near(c->reference, vocabulary_of(c), text);
	if (near.n > 0)
		f->suggestion = near;
}

/* 75015, a postal code, for 75115: that it was a code of a commune once, which
 * has been 94015 since 1968, is not what is meant today. */
static bool
is_of_paris(struct span s)
{
	int n;

	if (s.n != 5 || !span_starts(s, SPAN("750")) || s.p[3] < '0' ||
	    s.p[3] > '2' || s.p[4] < '0' || s.p[4] > '9')
		return false;
	n = (s.p[3] - '0') * 10 + s.p[4] - '0';
	return n >= 1 && n <= 20;
}

/* A delegated or associated commune is still one, in a way. */
static void
explain_commune(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	struct former former;
	struct span name = {NULL, 0};

	if (is_of_paris(text)) {
		f->suggestion = arena_printf(a, "751%.2s", text.p + 3);
		f->message = span_of(_("a postal code of Paris"));
		return;
	}
	if (!reference_former(c->reference, text, &former)) {
		explain_word(c, text, room, f, a);
		return;
	}
	(void)reference_postal(c->reference, former.now, &name);
	f->suggestion = former.now;
	if (!span_eq(former.type, SPAN("ancienne")))
		f->level = DIAG_WARNING;
	f->message = arena_printf(a, _("the code of %s, which is now in %.*s"),
	    f->level == DIAG_WARNING ? _("a delegated or associated commune")
				     : _("a former commune"),
	    (int)name.n, name.p);
}

/* A spreadsheet also takes a + for a sign. */
static void
explain_phone(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	struct span with_plus;

	(void)room;
	if (lost_zero(c, text, f, a) || !span_starts(text, SPAN("33")))
		return;
	with_plus = arena_printf(a, "+%.*s", (int)text.n, text.p);
	if (french_phone(with_plus))
		f->suggestion = with_plus;
}

static void
explain_years(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	(void)room, (void)a;
	f->message = span_of(_(french_years(text, c->single)));
}

static void
explain_act(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	(void)c, (void)room, (void)a;
	f->message = span_of(_(french_act(text)));
}

static void
explain_hours(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	struct buf plain = {NULL, 0, 0};
	size_t at;

	(void)room;
	(void)hours_valid(text, &at);
	f->message = arena_printf(
	    a, _("%s, from its character %zu on"), _(c->kind->broken), at + 1);
	if (hours_from_words(text, &plain))
		f->suggestion = arena_span(a, buf_span(&plain));
	buf_release(&plain);
}

/* Latitude first is the usual mistake. */
static void
explain_place(const struct constraint *c, struct span text, struct room *room,
    struct finding *f, struct arena *a)
{
	double lon, lat;

	(void)c, (void)room;
	if (!type_position(text, &lon, &lat) || !french_place(lat, lon))
		return;
	f->id = FINDING_REVERSED_GPS;
	f->message =
	    span_of(_("latitude and longitude are in the wrong order"));
	f->suggestion = text.p[0] == '['
	    ? arena_printf(a, "[%.10g, %.10g]", lat, lon)
	    : text.p[0] == '{'
	    ? arena_printf(a, "{\"lon\": %.10g, \"lat\": %.10g}", lat, lon)
	    : arena_printf(a, "%.10g,%.10g", lat, lon);
}

#define KIND(name, holds, broken, finding, explain)                            \
	{                                                                      \
		name, 0, NULL, holds, broken, FINDING_##finding, explain       \
	}

static const struct french_check checks[] = {
    {KIND("siren", holds_siren, "not a SIREN", SIREN, explain_number),
	"french-siren-value siren-value", false},
    {KIND("siret", holds_siret, "not a SIRET", SIRET, explain_number),
	"french-siret-value siret-value", false},
    {KIND("code-rna", holds_rna, "not a number of an association", CODE_RNA,
	 NULL),
	"rna", false},
    {KIND("id-rnb", holds_rnb, "not an identifier of a building", ID_RNB, NULL),
	NULL, false},
    {KIND("code-commune-insee", holds_commune, "not the code of a commune",
	 CODE_COMMUNE, explain_commune),
	NULL, true},
    {KIND("commune", holds_word, "not the name of a commune", COMMUNE,
	 explain_word),
	NULL, true},
    {KIND("code-postal", holds_word, "not a postal code", CODE_POSTAL,
	 explain_zero),
	NULL, true},
    {KIND("code-departement", holds_word, "not the code of a department",
	 CODE_DEPARTEMENT, explain_word),
	"numero-departement", true},
    {KIND("departement", holds_word, "not the name of a department",
	 DEPARTEMENT, explain_word),
	NULL, true},
    {KIND("code-region", holds_word, "not the code of a region", CODE_REGION,
	 explain_zero),
	NULL, true},
    {KIND("region", holds_word, "not the name of a region", REGION,
	 explain_word),
	NULL, true},
    {KIND("code-epci", holds_word, "not the SIREN of an EPCI", CODE_EPCI, NULL),
	NULL, true},
    {KIND("phone-number-value", holds_phone, "not a phone number", PHONE_NUMBER,
	 explain_phone),
	"phone-number", false},
    {KIND("opening-hours-value", holds_hours, "not opening hours",
	 OPENING_HOURS, explain_hours),
	"opening-hours", false},
    {KIND("french-gps-coordinates", holds_place,
	 "coordinates outside of France", FRENCH_GPS, explain_place),
	"coordonnees-gps-francaises", false},
    {KIND("longitude-l93", holds_lambert_x,
	 "not a longitude in Lambert 93 in metropolitan France", LONGITUDE_L93,
	 NULL),
	NULL, false},
    {KIND("latitude-l93", holds_lambert_y,
	 "not a latitude in Lambert 93 in metropolitan France", LATITUDE_L93,
	 NULL),
	NULL, false},
    {KIND("year-interval-value", holds_years, "not an interval of years",
	 YEAR_INTERVAL, explain_years),
	"year-interval", false},
    {KIND("nomenclature-acte", holds_act, "not of the nomenclature of acts",
	 NOMENCLATURE_ACTE, explain_act),
	"nomenclature-actes-value", false},
};

enum { NCHECK = sizeof checks / sizeof checks[0] };

const struct french_check *
french_find(struct span name)
{
	for (size_t i = 0; i < NCHECK; i++)
		if (span_eq(name, span_of(checks[i].kind.name)) ||
		    span_listed(name, checks[i].aliases, ' '))
			return &checks[i];
	return NULL;
}

const char *
french_name(size_t i)
{
	return i < NCHECK ? checks[i].kind.name : NULL;
}
