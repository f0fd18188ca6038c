#ifndef DFV_VALIDATE_REFERENCE_H
#define DFV_VALIDATE_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "span.h"

/*
 * What French codes and names there are: the tables of data/reference. A
 * vocabulary is one column of them; its words are asked for as they stand, or
 * folded.
 */
struct reference;

enum vocabulary {
	VOCABULARY_COMMUNE, /* codes */
	VOCABULARY_COMMUNE_NAME,
	VOCABULARY_DEPARTEMENT,
	VOCABULARY_DEPARTEMENT_NAME,
	VOCABULARY_REGION,
	VOCABULARY_REGION_NAME,
	VOCABULARY_EPCI,
	VOCABULARY_POSTAL,
	VOCABULARY_COUNT
};

/* Reads them. NULL after a report; free with reference_free(), which takes
 * NULL. */
struct reference *reference_load(struct diag *);
void reference_free(struct reference *);

bool reference_has(const struct reference *, enum vocabulary, struct span);

/* The word that differs from this in case, accents and dashes alone, or an
 * empty span. Valid as long as the reference. */
struct span reference_near(
    const struct reference *, enum vocabulary, struct span);

/* A code that a commune had, or a part of one has. */
struct former {
	struct span type; /* ancienne, deleguee, associee, arrondissement */
	struct span now;  /* the commune's code */
};

/* false when it is none. */
bool reference_former(
    const struct reference *, struct span code, struct former *);

/* The postal codes of a commune, with bars between, and its name; p NULL when
 * there is no such commune, nor was. */
struct span reference_postal(
    const struct reference *, struct span code, struct span *name);

#endif
