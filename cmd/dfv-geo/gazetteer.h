#ifndef DFV_GEO_GAZETTEER_H
#define DFV_GEO_GAZETTEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "diag.h"
#include "keymap.h"
#include "point.h"
#include "precision.h"
#include "span.h"
#include "territory.h"

/*
 * The geography as tables in memory: regions, departments, EPCI, today's
 * communes, and the codes and names that communes once had. Loaded from a
 * geography folder (regions.tsv, departements.tsv, epci.tsv, communes.tsv,
 * communes_anciennes.tsv), then only read, so that threads share it.
 *
 * Texts are TSV cells and at the same time the text itself: a geography has no
 * escapes. They live in the arena given to gazetteer_load.
 */
struct commune {
	struct span code;
	struct span name;
	uint32_t departement; /* indexes of .departement and .region */
	uint32_t region;
	struct span epci;     /* SIREN; missing for a few islands */
	struct span postal;   /* a list, or missing */
	struct span latitude; /* as the file writes it; missing: not known */
	struct span longitude;
	struct point at;     /* these, where they are known */
	enum precision how;  /* PRECISION_NONE: they are not */
	uint32_t population; /* inhabitants; 0 where the folder has none */
};

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
	struct keymap former_by_code;
	/* Toponym keys (toponym.h): ids below ncommune are communes, those
	 * from there on are former + ncommune. by_bare_name leaves the article
	 * out, and has only those names that begin with one. */
	struct keymap by_name;
	struct keymap by_bare_name;
	/* All of them, or without GAZETTEER_POSTAL_CODES those alone that are
	 * former codes too. */
	struct keymap by_postal_code;
	struct arena *arena;
};

#define GAZETTEER_EMPTY ((struct gazetteer){.ncommune = 0})

/* What beside regions and departments is wanted; names and postal codes are
 * those of communes, and imply GAZETTEER_COMMUNES. */
enum {
	GAZETTEER_COMMUNES = 1,
	GAZETTEER_NAMES = 2,
	GAZETTEER_POSTAL_CODES = 4,
	GAZETTEER_EPCI = 8,
	GAZETTEER_PLACES = 16 /* what atlas.h has */
};

/* Reads the tables of folder dir; 0, or -1 after a report. */
int gazetteer_load(struct gazetteer *, const char *dir, unsigned what,
    struct arena *, struct diag *);

/*
 * INSEE codes as numbers, two digits or 2A, 2B and three digits: what takes one
 * look in a table that fits the processor's cache. INSEE_NONE for all others.
 */
enum { INSEE_RANKS = 102000, INSEE_NONE = -1 };

static inline int
insee_rank(struct span code)
{
	const char *p = code.p;
	unsigned d[5], corsica;

	if (code.n != 5)
		return INSEE_NONE;
	for (int i = 0; i < 5; i++)
		d[i] = (unsigned char)p[i] - (unsigned)'0';
	corsica = (unsigned char)p[1] - (unsigned)'A';
	if (d[0] > 9 || d[2] > 9 || d[3] > 9 || d[4] > 9)
		return INSEE_NONE;
	d[2] = d[2] * 100 + d[3] * 10 + d[4];
	if (d[1] <= 9)
		return (int)(d[0] * 10000 + d[1] * 1000 + d[2]);
	return d[0] == 2 && corsica <= 1 ? (int)((100 + corsica) * 1000 + d[2])
					 : INSEE_NONE;
}

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
