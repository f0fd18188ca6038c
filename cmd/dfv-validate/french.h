#ifndef DFV_VALIDATE_FRENCH_H
#define DFV_VALIDATE_FRENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "constraint.h"
#include "span.h"

/*
 * The forms that French public data has, each by its text alone. What they
 * accept is what Validata does (validata-core, frformat, python-stdnum), but
 * where it says otherwise; dfv-schema(5) lists the differences.
 */

/* SIREN: nine digits with Luhn's check digit. SIRET: fourteen, likewise, but
 * La Poste's, whose digits add up to a multiple of five. Spaces and points
 * between digits are passed over. */
bool french_siren(struct span);
bool french_siret(struct span);

/* A number of the register of associations: W, and nine characters of which
 * the second and third may be letters overseas and in Corsica. */
bool french_rna(struct span);

/* An identifier of the register of buildings: twelve of its 30 characters. */
bool french_rnb(struct span);

/* Ten digits as 01 99 00 27 37; with +33, or the prefix of another country;
 * short numbers (115, 3949, 118 218). */
bool french_phone(struct span);

/* 2024/2025, the second after the first; 2024 too if `single`. NULL when all
 * is well, else what is wrong. */
const char *french_years(struct span, bool single);

/* `Finances locales/…`: a domain of the Actes nomenclature, and a bar without
 * spaces around. NULL, or what is wrong. */
const char *french_act(struct span);

/* Whether a place is in one of the rectangles around metropolitan France and
 * its five overseas departments. */
bool french_place(double lon_deg, double lat_deg);

/*
 * A check of one value, under the name that a schema calls it by: a kind of
 * constraint, with other names that mean it.
 */
struct french_check {
	struct constraint_kind kind;
	const char *aliases; /* with spaces between, or NULL */
	bool reference;      /* it looks into the geography */
};

/* NULL when there is none of this name. */
const struct french_check *french_find(struct span name);

/* Every name, for suggestions: NULL behind the last. */
const char *french_name(size_t i);

#endif
