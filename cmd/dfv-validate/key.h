#ifndef DFV_KEY_H
#define DFV_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "keytab.h"
#include "verdict.h"

/*
 * Keys over a whole stream: primaryKey, uniqueKeys and `unique`. Unlike the
 * check of cells this has memory, and takes blocks in their order.
 */
struct keys;

/* NULL when the schema has no keys or their columns are not there. */
struct keys *keys_new(const struct check *);

/* Adds to the verdict what repeats in this block something before it. */
void keys_check(struct keys *, const struct reader *, const struct block *,
    struct verdict *);

void keys_free(struct keys *);

/*
 * Appends to out the values of a record's columns as one key: equal texts (for
 * numbers: equal numbers) give equal bytes. field[i], which may be NULL, says
 * what col[i] is. False when one of them is missing: the key is not there.
 */
struct key_part {
	size_t col;
	const struct field *field;
};

bool key_put(struct buf *out, const struct block *, size_t rec,
    const struct key_part *, size_t n, struct buf *scratch);

/* The same of one value. */
void key_put_text(struct buf *out, const struct field *, struct span text,
    struct buf *scratch);

#endif
