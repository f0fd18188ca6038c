#include "french.h"

#include <string.h>

#include "buf.h"
#include "utf8.h"

enum { SIREN_DIGITS = 9, SIRET_DIGITS = 14, PHONE_DIGITS = 15 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of a no-break space, narrow or not, that s starts with: word processors
 * put them between groups of digits. 0 for none. */
static size_t
no_break_space(struct span s)
{
	if (span_starts(s, SPAN("\xC2\xA0")))
		return 2;
	return span_starts(s, SPAN("\xE2\x80\xAF")) ? 3 : 0;
}

/* The digits of s without the spaces and whatever else may stand between them:
 * how many, or 0 when there is anything else, or too many. */
static size_t
digits_of(struct span s, const char *between, char *out, size_t max)
{
	size_t n = 0, step;

	for (; s.n > 0; s = span_from(s, step)) {
		step = no_break_space(s);
		if (step > 0)
			continue;
		step = 1;
		if (is_digit(s.p[0])) {
			if (n == max)
				return 0;
			out[n++] = s.p[0];
		} else if (s.p[0] == '\0' || strchr(between, s.p[0]) == NULL) {
			return 0;
		}
	}
	return n;
}

/* ISO/IEC 7812-1, annex B: every second digit from the right is doubled. */
static bool
luhn(const char *digit, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = digit[n - 1 - i] - '0';

		if (i % 2 == 1)
			d = d > 4 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return sum % 10 == 0;
}

bool
french_siren(struct span s)
{
	char d[SIREN_DIGITS];

	return digits_of(s, " .", d, SIREN_DIGITS) == SIREN_DIGITS &&
	    luhn(d, SIREN_DIGITS);
}

/* La Poste numbers its offices otherwise, but for its seat. */
bool
french_siret(struct span s)
{
	static const char la_poste[] = "356000000", seat[] = "35600000000048";
	char d[SIRET_DIGITS];
	int sum = 0;

	if (digits_of(s, " .", d, SIRET_DIGITS) != SIRET_DIGITS ||
	    !luhn(d, SIREN_DIGITS))
		return false;
	if (memcmp(d, la_poste, SIREN_DIGITS) != 0 ||
	    memcmp(d, seat, SIRET_DIGITS) == 0)
		return luhn(d, SIRET_DIGITS);
	for (size_t i = 0; i < SIRET_DIGITS; i++)
		sum += d[i] - '0';
	return sum % 5 == 0;
}

bool
french_rna(struct span s)
{
	if (s.n != 10 || s.p[0] != 'W')
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_digit(s.p[i]) &&
		    !((i == 2 || i == 3) && s.p[i] >= 'A' && s.p[i] <= 'Z'))
			return false;
	return true;
}

bool
french_rnb(struct span s)
{
	static const char alphabet[] = "123456789ABCDEFGHJKMNPQRSTVWXYZ";

	if (s.n != 12)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0' || strchr(alphabet, s.p[i]) == NULL)
			return false;
	return true;
}

/* Emergency and social services, and the numbers of three, four and six
 * digits of the numbering plan. */
static bool
is_short_number(const char *d, size_t n)
{
	static const char *const three[] = {
	    "110", "112", "114", "115", "119", "191", "196", "197"};

	if (n == 2)
		return d[0] == '1' &&
		    (d[1] == '5' || d[1] == '7' || d[1] == '8');
	if (n == 4)
		return d[0] == '3' || memcmp(d, "10", 2) == 0;
	if (n == 6)
		return memcmp(d, "118", 3) == 0 || memcmp(d, "116", 3) == 0;
	for (size_t i = 0; n == 3 && i < sizeof three / sizeof three[0]; i++)
		if (memcmp(d, three[i], n) == 0)
			return true;
	return false;
}

/* The nine digits behind the 0 or the 33. */
static bool
is_national(const char *d)
{
	if (d[0] == '7')
		return d[1] >= '3' || memcmp(d, "700", 3) == 0;
	return d[0] >= '1' && d[0] <= '9';
}

bool
french_phone(struct span s)
{
	char d[PHONE_DIGITS];
	bool plus = s.n > 0 && s.p[0] == '+';
	size_t n = digits_of(plus ? span_from(s, 1) : s, " .-()/", d, sizeof d);

	if (!plus && n > 4 && memcmp(d, "00", 2) == 0) {
		memmove(d, d + 2, n -= 2);
		plus = true;
	}
	if (!plus)
		return (n == 10 && d[0] == '0' && is_national(d + 1)) ||
		    is_short_number(d, n);
	if (n < 7 || d[0] == '0')
		return false;
	if (memcmp(d, "33", 2) != 0)
		return true;
	if (n == 12 && d[2] == '0') /* +33 (0)1… */
		return is_national(d + 3);
	return n == 11 && is_national(d + 2);
}

const char *
french_years(struct span s, bool single)
{
	bool four = s.n == 4 || s.n == 9;
	int order;

	for (size_t i = 0; four && i < s.n; i++)
		four = i == 4 ? s.p[i] == '/' : is_digit(s.p[i]);
	if (!four || (s.n == 4 && !single))
		return single ? "not a year (2024) or two (2024/2025)"
			      : "not two years (2024/2025)";
	if (s.n == 4)
		return NULL;
	order = memcmp(s.p, s.p + 5, 4);
	if (order == 0)
		return "the two years are the same";
	return order > 0 ? "the second year is before the first" : NULL;
}

/* Of the nomenclature's domains: Ministry of the Interior, @ctes. */
static bool
is_domain(struct span s)
{
	static const char *const domains[] = {"commande publique", "urbanisme",
	    "domaine et patrimoine", "fonction publique",
	    "institutions et vie politique",
	    "libertes publiques et pouvoirs de police", "finances locales",
	    "domaines de competences par themes",
	    "autres domaines de competences"};
	struct buf folded = {NULL, 0, 0};
	bool found = false;

	utf8_fold(&folded, s);
	for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++)
		found |= span_eq(buf_span(&folded), span_of(domains[i]));
	buf_release(&folded);
	return found;
}

const char *
french_act(struct span s)
{
	size_t bar = span_find(s, '/');
	struct span domain = span_make(s.p, bar);
	bool spaced = false;

	if (bar == s.n)
		return "the bar behind the domain is missing";
	for (size_t i = 0; i + 1 < s.n; i++)
		spaced |= s.p[i] == '/' && s.p[i + 1] == ' ';
	if (domain.n > 0 && domain.p[domain.n - 1] == ' ') {
		spaced = true;
		domain = span_trim(domain);
	}
	if (!is_domain(domain))
		return "not a domain of the nomenclature of acts";
	return spaced ? "a space beside the bar" : NULL;
}

bool
french_place(double lon, double lat)
{
	static const struct {
		double west, south, east, north;
	} box[] = {
	    {-5.141277, 41.333571, 9.560091, 51.088989},
	    {-61.809839, 15.832041, -61.001959, 16.514488}, /* Guadeloupe */
	    {-61.229033, 14.388646, -60.809655, 14.878723}, /* Martinique */
	    {-54.60239, 2.111055, -51.619041, 5.748138},    /* Guyane */
	    {55.216526, -21.389631, 55.836654, -20.8718},   /* La Réunion */
	    {45.01833, -13.005254, 45.299985, -12.63659},   /* Mayotte */
	};

	for (size_t i = 0; i < sizeof box / sizeof box[0]; i++)
		if (lon > box[i].west && lon < box[i].east &&
		    lat > box[i].south && lat < box[i].north)
			return true;
	return false;
}
