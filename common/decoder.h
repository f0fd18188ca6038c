#ifndef DFV_DECODER_H
#define DFV_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "block.h"
#include "buf.h"
#include "columns.h"
#include "input.h"

/*
 * How one input format becomes blocks; reader.c is the only caller. A format
 * is a row of functions:
 *
 * sniff   whether a file's first bytes look like it (no suffix told); asked in
 *         the order of the table, the last one takes all.
 * open    finds the columns; may read as far as it has to, into d->ahead.
 * fill    the next whole records, about block_bytes of them, with the lock
 *         held: 1, 0 at the end. It leaves the bytes in b->raw (for decode),
 *         or, where that cannot be put off, finished rows in b->text.
 * decode  without the lock, at any time after fill, any number at once: b->p
 *         and b->n, TSV rows each ended by LF, never CR LF; b->mark. NULL
 *         where fill has done it.
 * place   the line within the block (from 0, in .line) and column (from 1) of
 *         a cell; NULL where block_mark or counting characters says it.
 * close   frees d->state.
 *
 * open returns -1 after filling *fault. fill and decode put a mistake into
 * b->fault, with place.line counted within the block from 0 (decode) and give
 * the records before it all the same; fill then says 0 from the next call on.
 */
struct decoder;

struct decoder_format {
	const char *name;
	const char *suffix; /* "yaml,yml" */
	bool valid_utf8;    /* its own parser has checked UTF-8 and NUL */
	bool (*sniff)(struct span first);
	int (*open)(struct decoder *, struct fault *);
	int (*fill)(struct decoder *, struct block *);
	void (*decode)(const struct decoder *, struct block *);
	void (*place)(const struct decoder *, const struct block *, size_t rec,
	    size_t col, struct place *);
	void (*close)(struct decoder *);
};

struct decoder {
	const struct decoder_format *format;
	struct input in;
	struct buf ahead;       /* read, not yet given out; or */
	struct span mapped;     /* what of a mapped file is still to come */
	bool at_end;            /* of the input: nothing is read any more */
	size_t block_bytes;     /* how much a block should hold */
	size_t header_lines;    /* physical lines before the first record */
	struct columns columns; /* this file's, in its own order */
	size_t *order;          /* stream's column -> this file's, or NULL */
	const char *encoding;   /* "windows-1252" or NULL */
	char delimiter;         /* of CSV */
	struct arena *arena;    /* the run's */
	void *state;            /* the format's own */
};

enum { RECORD_MAX_BYTES = 0x7FFFFFFF };

extern const struct decoder_format decoder_tsv, decoder_csv, decoder_yaml,
    decoder_jsonl;

/* decoder_yaml without its short way, for the test that compares the two. */
extern const struct decoder_format decoder_libyaml;

/*
 * Reads until d->ahead holds at least n bytes or the input ends; 0, or -1 with
 * the fault. For open(), which may look far ahead.
 */
int decoder_look(struct decoder *, size_t n, struct fault *);

/* Takes the first n bytes of d->ahead away. For open(). */
void decoder_drop(struct decoder *, size_t n);

/* After open(), which may have read more than it has used: has the rest of a
 * regular file mapped, which is cheaper than to read it. */
void decoder_map(struct decoder *);

/* How many bytes behind what was given out are at hand. */
size_t decoder_left(const struct decoder *);

/*
 * For fill(): the next block_bytes (less when a pipe has no more just now), and
 * more until cut() finds an end of a record, are b->raw. At the input's end all
 * that is left is given. 1, 0 when nothing is left; 1 with b->fault set and
 * nothing in b->raw when it cannot be read.
 *
 * cut(d, p, n, seen) gives how many bytes of p[0..n) are whole records, 0 for
 * none; p[0..seen) was in an earlier call that gave 0. It may keep state in d.
 */
int decoder_fill(struct decoder *, struct block *b,
    size_t (*cut)(struct decoder *, const char *p, size_t n, size_t seen));

#endif
