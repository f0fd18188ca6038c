#ifndef DFV_GEO_RESOLVE_H
#define DFV_GEO_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agree.h"
#include "atlas.h"
#include "block.h"
#include "buf.h"
#include "clues.h"
#include "gazetteer.h"

/*
 * From what a record says to where it is, and never a guess. The first of code,
 * name, address, postal code, coordinates that has a value must be known; what
 * else the record says has to agree, and tells communes of one name apart. A
 * value that the geography does not know confirms nothing and contradicts
 * nothing. The region only tells apart: the regions of a programme need not be
 * INSEE's.
 */
enum finding {
	FOUND_CODE,
	FOUND_FORMER_CODE,
	FOUND_NAME,
	FOUND_FORMER_NAME,
	FOUND_ADDRESS,
	FOUND_POSTAL_CODE,
	FOUND_NEAREST,     /* by coordinates: the commune is the nearest */
	FOUND_DEPARTEMENT, /* by coordinates: the commune is not known */
	LOST_AMBIGUOUS,
	LOST_UNKNOWN,
	LOST_ABSENT, /* nothing there that leads to a place */
	LOST_CONTRADICTION,
	LOST_UNREADABLE, /* coordinates that are none */
	LOST_OUTSIDE,    /* coordinates of no department */
	LOST_UNPLACED,   /* a commune whose place is not known */
	FINDING_COUNT
};

static inline bool
finding_is_lost(enum finding f)
{
	return f >= LOST_AMBIGUOUS;
}

/* As it is written in the column `localisation`; static. */
const char *finding_name(enum finding);

/* A place, and how well it is known. */
struct fix {
	struct point at;
	enum precision how;
};

/*
 * Where a record is. A list gives a place a value: commune holds the distinct
 * ones in the record's order, finding the distinct findings. A pair of
 * coordinates gives a fix, and a department with a commune or without.
 */
struct whereabouts {
	uint32_t *commune; /* indexes of gazetteer.commune */
	size_t n;
	size_t cap;
	struct fix *fix; /* where coordinates lead, or fixes.h asked */
	size_t nfix;
	size_t fix_cap;
	uint32_t *departement; /* the distinct ones of coordinates */
	size_t ndepartement;
	size_t departement_cap;
	enum finding finding[FINDING_COUNT];
	size_t nfinding;
	bool lost; /* for one value at least */
};

/* A commune that a value may mean. */
struct candidate {
	uint32_t commune;
	enum finding finding;
};

/* Works for one thread; the gazetteer and the clues are shared. */
struct resolver {
	const struct gazetteer *g;
	const struct atlas *atlas;
	const struct clues *clues;
	bool code_only;        /* the input has no other clue */
	bool point_only;       /* nor this one than coordinates */
	struct whereabouts at; /* of the last record */

	/* How the last value went, for resolver_explain. */
	enum finding last;
	enum clue lead;             /* the clue that led, or CLUE_COUNT */
	struct span value;          /* its value, still encoded */
	enum clue objector;         /* the clue that disagreed */
	struct span objection;      /* with this value or list */
	struct scout scout;         /* of the atlas */
	struct point point;         /* the record's coordinates, and */
	struct surroundings around; /* what is there */

	struct candidate *candidate;
	size_t n;
	size_t cap;
	uint32_t *seen; /* by commune: the last record that is there */
	uint32_t serial;
	char code[INSEE_BYTES]; /* of "Le Blanc (36018)" */
	struct buf text;        /* of the value that leads */
	struct buf name;        /* its toponym */
	struct buf office;      /* what stands behind "Mairie de" */
	struct buf respelt;     /* other readings of the toponym */
	struct agree agree;
};

void resolver_init(struct resolver *, const struct gazetteer *,
    const struct atlas *, const struct clues *);

/*
 * Sets r->at for a record of a block. With stop_at_lost it ends at the first
 * value that is not found, with r->last and what follows it set for that one.
 */
void resolver_record(
    struct resolver *, const struct block *, size_t rec, bool stop_at_lost);

/*
 * The same for records from rec on, at most SIGHTINGS of an input that has
 * coordinates and no other clue, together: what is needed of one is fetched from
 * memory while others are dealt with. resolver_sighted then does as
 * resolver_record would for one of them.
 */
enum { SIGHTINGS = 32 };

struct sighting {
	bool readable; /* the coordinates are */
	struct point at;
	struct surroundings around;
};

void resolver_sight(struct resolver *, const struct block *, size_t rec,
    size_t n, struct sighting *);
void resolver_sighted(struct resolver *, const struct block *, size_t rec,
    const struct sighting *);

/*
 * The commune that text means, a code or a name, as if it were a record's only
 * cell: r->candidate[0], unless r->last says that it is lost.
 */
void resolver_text(struct resolver *, struct span text);

/* Takes the outcome r->last into r->at. */
void resolver_note(struct resolver *);

/* Sets r->at to a point of the record's own. */
void resolver_put_point(struct resolver *, struct point);

/* Adds a fix to r->at. */
void resolver_add_fix(struct resolver *, struct fix);

/* Appends why the last value was lost, in words; call it after
 * resolver_record(…, true). */
void resolver_explain(struct resolver *, struct buf *);

void resolver_release(struct resolver *);

#endif
