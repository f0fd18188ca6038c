#ifndef DFV_GEO_GAZETTEER_H
#define DFV_GEO_GAZETTEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "codemap.h"
#include "diag.h"
#include "keymap.h"
#include "point.h"
#include "precision.h"
#include "span.h"
#include "table.h"
#include "territory.h"

/*
 * The geography as tables in memory: regions, departments, EPCI, today's
 * communes, and the codes and names that communes once had. Loaded from a
 * geography folder (regions.tsv, departements.tsv, epci.tsv, communes.tsv,
 * communes_anciennes.tsv), then only read, so that threads share it.
 *
 * Texts are TSV cells and at the same time the text itself: a geography has no
 * escapes. They live as long as the gazetteer and the arena given to
 * gazetteer_load.
 */
enum commune_cell {
	COMMUNE_CODE,
	COMMUNE_NAME,
	COMMUNE_EPCI,     /* SIREN; missing for a few islands */
	COMMUNE_POSTAL,   /* a list, or missing */
	COMMUNE_LATITUDE, /* as the file writes it; missing: not known */
	COMMUNE_LONGITUDE,
	COMMUNE_CELLS
};

struct commune {
	const char *text; /* its cells lie behind it */
	struct {
		uint16_t from;
		uint16_t n;
	} cell[COMMUNE_CELLS];
	uint32_t departement; /* indexes of .departement and .region */
	uint32_t region;
	struct point at;     /* where it is, if that is known */
	enum precision how;  /* PRECISION_NONE: it is not */
	uint32_t population; /* inhabitants; 0 where the folder has none */
};

static inline struct span
commune_cell(const struct commune *c, enum commune_cell i)
{
	return span_make(c->text + c->cell[i].from, c->cell[i].n);
}

/* A code or name that leads to today's commune. */
struct former {
	struct span code;
	struct span name;  /* may be missing */
	struct span today; /* codes, several where it was split */
	bool in_force;     /* a delegated or associated commune's, or an
	                    * arrondissement's: nothing of the past */
	bool arrondissement;
};

struct gazetteer {
	struct territories region;
	struct territories departement;
	struct territories epci;
	struct commune *commune;
	uint32_t ncommune;
	struct former *former;
	uint32_t nformer;
	uint32_t *commune_by_code; /* by insee_rank: its index + 1 */
	struct codemap former_by_code;
	/* Toponym keys (toponym.h): ids below ncommune are communes, those
	 * from there on are former + ncommune. by_bare_name leaves the article
	 * out, and has only those names that begin with one. */
	struct keymap by_name;
	struct keymap by_bare_name;
	/* All of them, or without GAZETTEER_POSTAL_CODES those alone that are
	 * former codes too. */
	struct codemap by_postal_code;
	struct shelf shelf;
};

#define GAZETTEER_EMPTY ((struct gazetteer){.ncommune = 0})

/* What beside regions and departments is wanted; names and postal codes are
 * those of communes, and imply GAZETTEER_FORMER, as that GAZETTEER_COMMUNES. */
enum {
	GAZETTEER_COMMUNES = 1,
	GAZETTEER_NAMES = 2,
	GAZETTEER_POSTAL_CODES = 4,
	GAZETTEER_EPCI = 8,
	GAZETTEER_PLACES = 16, /* what atlas.h has */
	GAZETTEER_FORMER = 32  /* what communes once had */
};

/* Reads the tables of folder dir; 0, or -1 after a report. */
int gazetteer_load(struct gazetteer *, const char *dir, unsigned what,
    struct arena *, struct diag *);

/* The index of a code of today, or TERRITORY_NONE. */
static inline uint32_t
gazetteer_commune(const struct gazetteer *g, struct span code)
{
	int rank = insee_rank(code);
	uint32_t at = rank == INSEE_NONE || g->commune_by_code == NULL
	    ? 0
	    : g->commune_by_code[rank];

	return at - 1; /* TERRITORY_NONE for none */
}

/* Degrees, WGS 84; false where the geography has no coordinates. */
bool commune_point(const struct commune *, double *lon_deg, double *lat_deg);

void gazetteer_release(struct gazetteer *);

#endif
