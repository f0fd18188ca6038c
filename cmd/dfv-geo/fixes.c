#include "fixes.h"

#include "cell.h"

static struct span
clue_cell(
    const struct resolver *r, const struct block *b, size_t rec, enum clue clue)
{
	size_t col = r->clues->col[clue];
	struct span cell = {NULL, 0};

	if (col != COLUMN_NONE)
		cell = block_cell(b, rec, col);
	return cell_missing(cell) ? span_make(NULL, 0) : cell;
}

/* One value of each list; false when one of them is no coordinate. */
static bool
add_point(struct resolver *r, struct span lat, struct span lon, struct span how)
{
	struct fix fix = {.how = PRECISION_POINT};

	r->value = lat.n > 0 ? lat : lon;
	if (!point_read(lat, lon, r->clues->decimal_comma, &fix.at))
		return false;
	precision_find(how, &fix.how);
	resolver_add_fix(r, fix);
	return true;
}

/* The next value of a list; when it is over, and of what is missing, empty. */
static struct span
next_value(struct span *list)
{
	struct span value;

	return cell_value(list, &value) ? value : span_make(NULL, 0);
}

/* The record's own coordinates: a latitude goes with the longitude and the
 * precision of its rank, and one without the other is none. */
static void
add_points(struct resolver *r, struct span lat, struct span lon,
    struct span how, bool stop_at_lost)
{
	r->lead = CLUE_LATITUDE;
	while (lat.p != NULL || lon.p != NULL) {
		struct span one_lat = next_value(&lat);
		struct span one_lon = next_value(&lon);
		struct span one_how = next_value(&how);

		r->last = FOUND_DEPARTEMENT;
		/* locate leaves a gap for a commune whose place is unknown. */
		if (one_lat.n + one_lon.n > 0 &&
		    !add_point(r, one_lat, one_lon, one_how))
			r->last = LOST_UNREADABLE;
		resolver_note(r);
		if (stop_at_lost && finding_is_lost(r->last))
			return;
	}
}

/* The places of the communes that were found. */
static void
add_communes(struct resolver *r)
{
	for (size_t i = 0; i < r->at.n; i++) {
		const struct commune *c = &r->g->commune[r->at.commune[i]];

		if (c->how != PRECISION_NONE) {
			resolver_add_fix(r, (struct fix){c->at, c->how});
			continue;
		}
		r->last = LOST_UNPLACED;
		resolver_note(r);
	}
}

void
fixes_find(
    struct resolver *r, const struct block *b, size_t rec, bool stop_at_lost)
{
	struct span lat = clue_cell(r, b, rec, CLUE_LATITUDE);
	struct span lon = clue_cell(r, b, rec, CLUE_LONGITUDE);

	if (lat.n + lon.n == 0 || !clues_point(r->clues)) {
		resolver_record(r, b, rec, stop_at_lost);
		if (!stop_at_lost || !r->at.lost)
			add_communes(r);
		return;
	}
	r->at.n = r->at.nfix = r->at.nfinding = r->at.ndepartement = 0;
	r->at.lost = false;
	add_points(
	    r, lat, lon, clue_cell(r, b, rec, CLUE_PRECISION), stop_at_lost);
	if (r->at.nfix == 0 && !r->at.lost) {
		r->last = LOST_ABSENT;
		resolver_note(r);
	}
}
