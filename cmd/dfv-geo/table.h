#ifndef DFV_GEO_TABLE_H
#define DFV_GEO_TABLE_H

#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "reader.h"
#include "span.h"

/*
 * One TSV file of a geography folder. Its columns are found by name, in any
 * order, among others; a name that starts with '?' may be absent, its cells
 * are then empty with p NULL.
 */
struct table {
	const char *file;
	const char *const *columns; /* NULL-ended */
	/*
	 * Takes one row: a cell a column, which live as long as the shelf,
	 * missing ones empty, none with an escape. NULL when all is well, else
	 * what is wrong with cell *bad.
	 */
	const char *(*row)(void *ctx, const struct span *cell, size_t *bad);
};

enum { TABLE_MAX_COLUMNS = 16, SHELF_MOST = 8 };

/* What the texts of tables lie in: of those that are mapped the file itself, which
 * its reader holds; of others the arena. */
struct shelf {
	struct arena *arena;
	struct reader *reader[SHELF_MOST];
	size_t n;
};

/* Reads dir/table->file: 0, or -1 after a report. */
int table_read(const struct table *, const char *dir, void *ctx, struct shelf *,
    struct diag *);

void shelf_release(struct shelf *);

#endif
