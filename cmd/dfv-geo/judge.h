#ifndef DFV_GEO_JUDGE_H
#define DFV_GEO_JUDGE_H

#include "resolve.h"

/* What a record says beside the value that leads. */
struct evidence {
	struct span said[CLUE_COUNT]; /* cells; n == 0: nothing */
	uint32_t departement;         /* of "Le Blanc (36)" */
	struct span code;             /* of "Le Blanc (36018)" */
	struct span postal;           /* of an address */
	bool has_point;               /* r->point is the record's */
	bool confirmed;               /* by something known */
};

/*
 * Keeps those of the resolver's candidates that the evidence lets pass, and
 * says what that means; when none passes they all stay, for the explanation.
 */
enum finding judge(struct resolver *, struct evidence *);

#endif
