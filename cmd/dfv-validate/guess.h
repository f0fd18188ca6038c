#ifndef DFV_VALIDATE_GUESS_H
#define DFV_VALIDATE_GUESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keytab.h"
#include "number.h"
#include "reference.h"
#include "schema.h"
#include "span.h"

/*
 * What a column may be, found out from its values one by one: the guesses that
 * all of them fit stay alive. What is printed of the one that is taken is what
 * checked them, so that the schema holds for the file.
 */
enum { GUESSES_MAX = 64, GUESS_TEXT_BYTES = 40, GUESS_SHAPE = 48 };

/* How many values are kept for an enumeration, and to see whether all of them
 * differ; beyond it there is no telling. */
enum { GUESS_WORDS = 40, GUESS_KEYS = 1 << 20, GUESS_KEY_BYTES = 16 << 20 };

/* One way of reading a value: a row of a table. */
struct guess {
	const char *type;
	const char *format;  /* or NULL */
	const char *more;    /* properties behind the type, or NULL */
	const char *check;   /* the name of a French check, or NULL */
	const char *hint;    /* the column's name has one of these words; NULL:
	                     * no matter which */
	const char *decimal; /* decimalChar, or NULL */
	const char *group;   /* groupChar, or NULL */
	const char *const *truths; /* of a boolean: the one, then the other */
	size_t least; /* so many different values, lest it be chance */
};

const struct guess *guess_at(size_t i); /* NULL behind the last */

/* The extreme of the values so far, as it is written. */
struct guess_end {
	struct number order;
	char text[GUESS_TEXT_BYTES];
	size_t n;
};

/* Short values met lately, by their hashes: what comes again tells nothing. */
enum { GUESS_LATELY = 128, GUESS_SHORT = 31 };

struct guess_lately {
	unsigned char n;
	char text[GUESS_SHORT];
};

struct guess_column {
	struct span name;
	uint64_t alive;   /* by guess */
	uint64_t refused; /* by missing word: it was there, and no value */
	struct guess_end low[GUESSES_MAX];
	struct guess_end high[GUESSES_MAX];
	bool any[GUESSES_MAX]; /* low and high are there */
	size_t ncell;          /* with something in them */
	size_t nempty;
	size_t nvalue; /* values of lists counted each */
	bool is_list;
	bool spaced;     /* a value has a space */
	bool all_differ; /* so far as has been seen */
	bool too_many;   /* to be seen */
	struct keytab words;
	size_t min_length;
	size_t max_length;
	char shape[GUESS_SHAPE]; /* 9 a digit, A a capital, a a letter */
	size_t nshape;
	bool shaped; /* all values have that shape */
	struct guess_lately lately[GUESS_LATELY];
};

/* Words that stand for no value where the others are numbers or dates. */
const char *guess_missing(size_t i); /* NULL behind the last */

/* The fields that check a guess each, GUESSES_MAX of them. In the arena. */
struct field *guess_fields(const struct reference *, struct arena *);

void guess_init(struct guess_column *, struct span name);
void guess_release(struct guess_column *);

/* Takes a cell, as the reader gives it. */
void guess_cell(struct guess_column *, const struct field *, struct span cell,
    struct buf *scratch);

/* The guess to take: its number, or GUESSES_MAX for text. */
size_t guess_settle(const struct guess_column *);

#endif
