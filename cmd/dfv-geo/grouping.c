#include "grouping.h"

#include "emit.h"

#define WHOLE_LAYER SIZE_MAX

static const struct {
	const char *name;
	const char *title; /* the column of the name beside the code's */
	enum level level;
} levels[] = {
    {"region", "region_nom", LEVEL_REGION},
    {"departement", "departement_nom", LEVEL_DEPARTEMENT},
    {"epci", "epci_nom", LEVEL_EPCI},
};

enum { NLEVEL = sizeof levels / sizeof levels[0] };

static bool
find_level(struct span key, struct by *by)
{
	for (size_t i = 0; i < NLEVEL; i++)
		if (span_eq(key, span_of(levels[i].name))) {
			*by = (struct by){
			    .is_level = true, .level = levels[i].level};
			return true;
		}
	return false;
}

/* A layer's name, or a name of one of its columns. */
static bool
find_class(const struct strata *strata, struct span key, struct by *by)
{
	for (size_t i = 0; i < strata->n; i++) {
		const struct stratum *s = &strata->item[i];

		*by = (struct by){.layer = s, .col = WHOLE_LAYER};
		if (span_eq(key, s->name))
			return true;
		for (by->col = 0; by->col < s->ncol; by->col++)
			if (span_eq(key, s->column[by->col]))
				return true;
	}
	return false;
}

int
grouping_find(struct grouping *v, struct session *s, const char *keys)
{
	struct span rest = span_of(keys), key;

	while (columns_next(&rest, &key)) {
		if (v->n < BY_MAX &&
		    (find_level(key, &v->by[v->n]) ||
			find_class(&s->strata, key, &v->by[v->n]))) {
			v->n++;
			continue;
		}
		diag_report(&s->diag, DIAG_BAD_ARGUMENT, NULL, key,
		    "--by takes region, departement, epci, and what --layer "
		    "adds: NAME or NAME_COLUMN");
		return -1;
	}
	return 0;
}

void
grouping_columns(const struct grouping *v, struct columns *columns)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct by *by = &v->by[i];

		if (by->is_level) {
			emit_column(columns, span_of(levels[by->level].name));
			emit_column(columns, span_of(levels[by->level].title));
		} else {
			emit_column(columns,
			    by->col == WHOLE_LAYER
				? by->layer->name
				: by->layer->column[by->col]);
		}
	}
}

static struct span
class_of(const struct by *by, uint32_t commune)
{
	if (by->col != WHOLE_LAYER)
		return stratum_cell(by->layer, commune, by->col);
	return by->layer->has[commune] ? SPAN("oui") : SPAN("non");
}

size_t
grouping_cells(const struct grouping *v, const struct gazetteer *g, uint32_t id,
    struct span *cell)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++) {
		const struct by *by = &v->by[i];
		uint32_t in;

		if (!by->is_level) {
			cell[n++] = class_of(by, id);
			continue;
		}
		in = level_of(g, by->level, &g->commune[id]);
		cell[n++] = in == TERRITORY_NONE
		    ? span_make(NULL, 0)
		    : level_table(g, by->level)->item[in].code;
		cell[n++] = in == TERRITORY_NONE
		    ? span_make(NULL, 0)
		    : level_table(g, by->level)->item[in].name;
	}
	return n;
}
