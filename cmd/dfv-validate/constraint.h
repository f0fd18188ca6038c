#ifndef DFV_CONSTRAINT_H
#define DFV_CONSTRAINT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "finding.h"
#include "keytab.h"
#include "node.h"
#include "number.h"
#include "regex.h"
#include "span.h"
#include "wordset.h"

struct field;
struct reference;

/*
 * One constraint of a field, compiled. Those on the length of a list are about
 * the list; all others are about each of its values.
 */
struct constraint {
	const struct constraint_kind *kind;
	size_t length;
	struct number bound;
	struct keytab set;
	struct wordset *words; /* the set once more, when its words are short */
	struct span *word;     /* the set's words, for suggestions */
	size_t nword;
	struct regex *regex;
	const struct reference *reference; /* of a check that looks there */
	bool single;       /* of year-interval-value: a year by itself too */
	struct span shown; /* as the schema has it */
};

/* What checking writes to: one a thread. */
struct room {
	struct buf text;
	struct regex_room *match;
};

/* What a constraint is asked about. */
struct subject {
	struct span text;    /* decoded */
	struct number order; /* of an ordered type */
	size_t length;       /* values of a list, else SIZE_MAX: not counted */
};

enum {
	CONSTRAINT_OF_LIST = 1, /* about the list as a whole */
	CONSTRAINT_BOUND = 2,   /* wants the value's order, and is a range's */
	/* By the specification, for strings alone; for what has a length. */
	CONSTRAINT_OF_TEXT = 4,
	CONSTRAINT_OF_SIZE = 8
};

/*
 * A kind is one row of a table. load reads what the schema says into the
 * constraint, or sets the field itself: 0, or -1 after a report. Where a broken
 * one is more than `broken` before .shown, explain says it.
 */
struct constraint_kind {
	const char *name;
	unsigned is; /* CONSTRAINT_… */
	int (*load)(struct constraint *, struct field *, const struct node *,
	    struct arena *, struct diag *);
	bool (*holds)(const struct constraint *, const struct field *,
	    const struct subject *, struct room *);
	const char *broken; /* "less than the minimum", before .shown */
	enum finding_id finding;
	void (*explain)(const struct constraint *, struct span text,
	    struct room *, struct finding *, struct arena *);
};

/* A constraint more of a field, of a kind with a holds; all its zeros are to
 * be filled in. */
struct constraint *constraint_add(
    struct field *, const struct constraint_kind *, struct arena *);

/* Adds the constraints of a field; 0, or -1 after reporting every mistake.
 * The field's type is known. */
int constraints_load(
    struct field *, const struct node *, struct arena *, struct diag *);

/* The same of one constraint, for a property that means one: `categories` is
 * an `enum`. */
int constraint_load(struct field *, const char *kind, const struct node *,
    struct arena *, struct diag *);

/* Whether there is a kind of this name. */
bool constraint_known(struct span name);

/* Whether an `enum` has a value. */
bool constraint_has(
    const struct constraint *, const struct field *, struct span text);

/* What the finding about a broken one says, in its arena. */
void constraint_explain(const struct constraint *, struct span text,
    struct room *, struct finding *, struct arena *);

void constraint_release(struct constraint *);

#endif
