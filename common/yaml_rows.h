#ifndef DFV_YAML_ROWS_H
#define DFV_YAML_ROWS_H

#include <stddef.h>

#include "block.h"
#include "diag.h"
#include "span.h"
#include "yaml_plan.h"

/*
 * The way around libyaml: records that stand as write_yaml.c puts them are
 * known by comparing bytes with the plan, and only their scalars are looked at.
 * They need not be written by these tools: any plain scalar of one line will
 * do. Nothing else is taken, so that libyaml may go on at the first record
 * that is different, as if it had read all those before. For read_yaml.c alone.
 */

/*
 * libyaml ends a record when it has seen four characters of what follows: a
 * dash, a blank and two more.
 */
enum { YAML_NEXT_CHARS = 4, YAML_NEXT_BYTES = 10 };

/*
 * Reads the records at the start of b->raw: rows to b->text, a mark each, its
 * `col` the record's offset in b->raw; b->nlines is how many lines they have.
 * Gives their bytes. `next` bytes of the input stand behind b->raw:
 * YAML_NEXT_BYTES or more, or none at the input's end.
 */
size_t yaml_rows_read(const struct yaml_plan *, struct block *b, size_t next);

/* Where a cell's value stands, as libyaml would say it: its line, from 0 for
 * the record's, and column. `record` starts with one that was read. */
struct place yaml_rows_place(
    const struct yaml_plan *, struct span record, size_t col);

#endif
