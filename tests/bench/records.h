#ifndef DFV_BENCH_RECORDS_H
#define DFV_BENCH_RECORDS_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/* Made-up records: the same ones for the same seed, on every machine. */

enum { COLUMNS = 16, ROW_TEXT = 512 };

/* What a cell holds, which says what quotes it needs in a format. */
enum kind { NAME, CODE, DATE, NUMBER, LIST, PROSE };

/* All zeros but for the seed, then used = 0 before each record. */
struct row {
	uint64_t random; /* the seed, then the generator's state */
	uint64_t number; /* of the record, from 0 */
	const struct place *place;
	size_t station;
	size_t used; /* of text */
	char text[ROW_TEXT];
};

/* A cell lies in the row's text, until the next record, or is a constant; a
 * list's values are parted by bars. Nothing in it needs TSV's escapes. Columns
 * are made in their order. */
struct column {
	struct span name;
	enum kind kind;
	struct span (*make)(struct row *);
};

struct table {
	const char *name;
	size_t ncol;
	struct column column[COLUMNS];
};

/* "weekly" or "measurements"; NULL for another name or for NULL. */
const struct table *table_find(const char *name);

#endif
