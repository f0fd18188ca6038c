#ifndef DFV_CSV_H
#define DFV_CSV_H

#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * What the fields of CSV mean. Their text, once RFC 4180's quotes are off, and
 * a TSV cell stand for each other, one to one in both directions:
 *
 *   - an empty field is a missing cell;
 *   - a bar parts the values of a list and `\|` is a bar, as in TSV, and
 *     backslashes directly before a bar count as in TSV: `\\|` is a backslash
 *     at the end of a value;
 *   - every other backslash is a backslash, so that C:\temp and \d+ are what
 *     they look like, and so is \N.
 *
 * It is the rule by which Windows programs take backslashes before a quote.
 */

/* The delimiters that are told apart, the likeliest first. */
#define CSV_DELIMITERS ";,\t"

/* Writes the cell that a field's text stands for at out, which has room for
 * 2 * text.n bytes; returns the end. */
char *csv_to_cell(char *out, struct span text);

/* Appends the text of the field that stands for a cell. */
void csv_from_cell(struct buf *, struct span cell);

/*
 * The delimiter that parts the first lines of a file, quoted cells left out:
 * the one which most lines have in the same number. '\0' when none has a claim,
 * as there is but one column. The last line may be incomplete.
 */
char csv_find_delimiter(struct span first);

#endif
