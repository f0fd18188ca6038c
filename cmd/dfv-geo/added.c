#include "added.h"

static struct span
code_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return commune_cell(c, COMMUNE_CODE);
}

static struct span
name_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return commune_cell(c, COMMUNE_NAME);
}

static struct span
departement_of(const struct gazetteer *g, const struct commune *c)
{
	return g->departement.item[c->departement].code;
}

static struct span
departement_name_of(const struct gazetteer *g, const struct commune *c)
{
	return g->departement.item[c->departement].name;
}

static struct span
region_of(const struct gazetteer *g, const struct commune *c)
{
	return g->region.item[c->region].code;
}

static struct span
region_name_of(const struct gazetteer *g, const struct commune *c)
{
	return g->region.item[c->region].name;
}

static struct span
epci_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return commune_cell(c, COMMUNE_EPCI);
}

static struct span
latitude_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return commune_cell(c, COMMUNE_LATITUDE);
}

static struct span
longitude_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return commune_cell(c, COMMUNE_LONGITUDE);
}

static struct span
precision_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return precision_name(c->how);
}

const struct added added[ADDED_COLUMNS] = {
    {"code_commune", false, code_of},
    {"commune", false, name_of},
    [ADDED_DEPARTEMENT] = {"departement", true, departement_of},
    [ADDED_DEPARTEMENT_NAME] = {"departement_nom", true, departement_name_of},
    [ADDED_REGION] = {"region", true, region_of},
    [ADDED_REGION_NAME] = {"region_nom", true, region_name_of},
    {"epci", true, epci_of},
    [ADDED_LATITUDE] = {"latitude", false, latitude_of},
    [ADDED_LONGITUDE] = {"longitude", false, longitude_of},
    [ADDED_PRECISION] = {"precision", false, precision_of},
};

struct span
added_territory(const struct gazetteer *g, uint32_t departement, size_t column)
{
	const struct territory *d = &g->departement.item[departement];
	const struct territory *r = &g->region.item[d->region];

	switch (column) {
	case ADDED_DEPARTEMENT:
		return d->code;
	case ADDED_DEPARTEMENT_NAME:
		return d->name;
	case ADDED_REGION:
		return r->code;
	default:
		return r->name;
	}
}

void
added_place(struct buf *b, const struct fix *f, size_t column)
{
	if (column == ADDED_LATITUDE)
		point_put(b, f->at.lat_e7);
	else if (column == ADDED_LONGITUDE)
		point_put(b, f->at.lon_e7);
	else
		buf_add(b, precision_name(f->how));
}
