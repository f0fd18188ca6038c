#ifndef DFV_GEO_ATLAS_H
#define DFV_GEO_ATLAS_H

#include "areas.h"
#include "gazetteer.h"
#include "nearby.h"

/*
 * The geography as places: what is where. The communes that have one in a
 * tree, and the outlines of departments, departements.geojson of the folder;
 * without that file the nearest commune says the department too.
 */
struct located {
	uint32_t commune;
	uint32_t departement;
};

struct atlas {
	const struct gazetteer *g;
	struct rtree tree;
	struct located *place; /* of each in the tree, where it is there */
	struct polygons outline;
	struct areas areas;
	uint32_t *departement; /* of an area */
	bool *outlined;        /* by department */
	bool placed;           /* no commune's place is an estimate */
	double vicinity_chord2;
};

/* What a thread remembers of the cells and communes it asked about; NULL before
 * the first question. */
struct scout {
	struct nearby near;   /* of the atlas' tree */
	uint32_t *placed;     /* by cell */
	double *neighbour_km; /* by commune; 0: not asked yet, or none */
};

#define ATLAS_EMPTY ((struct atlas){.g = NULL})

/* The gazetteer has its communes, and outlives it. 0, or -1 after a report. */
int atlas_load(struct atlas *, const struct gazetteer *, const char *dir,
    struct arena *, struct diag *);

/*
 * What can be said of a point. The department is sure inside its outline and
 * away from its edges; near one it is said when the nearest commune's is the
 * same; outside of all outlines there is none, but where a department has no
 * outline. The commune is the nearest one of the department, and is said only
 * where all communes around have a place that is no estimate.
 */
struct surroundings {
	uint32_t departement; /* or TERRITORY_NONE */
	uint32_t commune;     /* or TERRITORY_NONE */
	uint32_t outline;     /* department whose outline it is in, or none */
	uint32_t nearest;     /* commune, whatever its department; where there
	                       * is no outline, one that is very near, or none */
	bool near_border;
};

struct surroundings atlas_look(
    const struct atlas *, struct scout *, struct point);

/* Has what atlas_look needs fetched into the processor's cache. */
void atlas_prepare(const struct atlas *, struct scout *, struct point);

/* The nearest commune, or TERRITORY_NONE, and how far it is. */
uint32_t atlas_nearest(const struct atlas *, struct point, double *km);

/* The department alone, or TERRITORY_NONE. */
uint32_t atlas_departement(const struct atlas *, struct scout *, struct point);

/* How far a commune's nearest neighbour is. */
double atlas_neighbour_km(
    const struct atlas *, struct scout *, uint32_t commune);

void atlas_release(struct atlas *);

void scout_init(struct scout *, const struct atlas *);
void scout_release(struct scout *);

#endif
