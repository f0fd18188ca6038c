#ifndef DFV_GEO_CLUES_H
#define DFV_GEO_CLUES_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "diag.h"

/* The columns of an input that say where a record is. Those before the
 * longitude lead to a place, in this order; the others confirm or tell apart. */
enum clue {
	CLUE_CODE,    /* INSEE code */
	CLUE_COMMUNE, /* name */
	CLUE_ADDRESS, /* that ends in postal code and town */
	CLUE_POSTAL,
	CLUE_LATITUDE, /* with the longitude */
	CLUE_LONGITUDE,
	CLUE_DEPARTEMENT, /* code or name */
	CLUE_REGION,
	CLUE_PRECISION, /* of the coordinates, as locate writes it */
	CLUE_COUNT
};

enum { CLUE_LEADS = CLUE_LONGITUDE };

struct clues {
	size_t col[CLUE_COUNT]; /* or COLUMN_NONE */
	/* What --column said: a name, "" for no such column, or NULL for the
	 * first of the usual names. */
	struct span chosen[CLUE_COUNT];
	bool decimal_comma;
};

#define CLUES_USUAL ((struct clues){.col = {0}})

/* The role of a clue as it is said to users: "code", "commune"… */
const char *clue_name(enum clue);

/* Takes "ROLE=NAME": 0, or -1 after a report. arg outlives the clues. */
int clues_choose(struct clues *, const char *arg, struct diag *);

/* Finds the columns; -1 after reporting a chosen one that is not there. */
int clues_find(struct clues *, const struct columns *, struct diag *);

/* Whether columns lead to a place: any; those of coordinates; or a code, name,
 * address or postal code. */
bool clues_lead(const struct clues *);
bool clues_point(const struct clues *);
bool clues_text(const struct clues *);

#endif
