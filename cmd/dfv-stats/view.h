#ifndef DFV_STATS_VIEW_H
#define DFV_STATS_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "french_number.h"
#include "picture.h"
#include "timeline.h"

enum view_kind {
	VIEW_TEXT,
	VIEW_NUMBER, /* all that is not missing is a number */
	VIEW_PERIOD  /* or a period, all of one kind */
};

struct view_column {
	struct span name;
	size_t at; /* of its cell in a row */
	bool key;
	enum view_kind kind;
	enum date_period period; /* the kind of periods */
	struct french french;    /* how numbers are shown */
};

/*
 * Rows and columns that are drawn together: all of them, or those of one
 * indicator, without the columns it leaves empty. Lives in the picture's arena.
 */
struct view {
	struct span name; /* of the indicator, or empty */
	struct span unit; /* the same */
	struct view_column *column;
	size_t ncolumn;
	const struct picture_row **row;
	size_t nrow;
	size_t ntotal;     /* rows that are totals */
	struct span total; /* what their keys say */
	size_t period;     /* the key column that makes a time line, or none */
	size_t value; /* of an indicator: its value, target and status, or */
	size_t goal;  /* COLUMN_NONE                                       */
	size_t status;
};

struct views {
	struct view *item;
	size_t n;
	bool by_indicator;
};

/*
 * A result with the columns `indicateur` and `valeur` has a view an indicator,
 * in the order they are first met, called by `libelle` and `unite` where these
 * are; any other is one view. ascii chooses plain characters for numbers.
 */
struct views views_make(const struct picture *, bool ascii);

/* Whether column i is drawn: it is a number and no key, and of an indicator
 * the value. */
bool view_draws(const struct view *, size_t column);

struct span view_cell(const struct view *, size_t row, size_t column);

/* The number in a cell; false where it is missing. */
bool view_number(const struct view *, size_t row, size_t column, double *);

/* Appends a cell as it is read: a list's values parted by commas, a period by
 * its French name, a number in French; nothing for a missing one. false when a
 * number was rounded. */
bool view_put(const struct view *, size_t row, size_t column, struct buf *);

/* Appends what a row is about: its keys but for column `but` (or COLUMN_NONE),
 * parted by points. */
void view_label(const struct view *, size_t row, size_t but, struct buf *);

/* Appends a column's name as it is read, with a capital (heading.h). */
void view_heading(const struct view *, size_t column, struct buf *);

/* What of a text to show in so many terminal columns: all, or as much as
 * leaves one for an ellipsis. */
struct span view_cut(struct span text, size_t columns);

#define VIEW_MISSING "non renseigné"

#endif
