#ifndef DFV_CONSTRAINT_H
#define DFV_CONSTRAINT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "keytab.h"
#include "node.h"
#include "number.h"
#include "regex.h"
#include "span.h"

struct field;
struct finding;

/*
 * One constraint of a field, compiled. Those on the length of a list are about
 * the list; all others are about each of its values.
 */
struct constraint {
	const struct constraint_kind *kind;
	size_t length;
	struct number bound;
	struct keytab set;
	struct span *word; /* the set's words, for suggestions */
	size_t nword;
	struct regex *regex;
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

/*
 * A kind is one row of a table. load reads what the schema says into the
 * constraint, or sets the field itself and leaves kind NULL: 0, or -1 after a
 * report.
 */
struct constraint_kind {
	const char *name;
	bool of_list; /* about the list as a whole */
	bool ordered; /* wants the value's order */
	int (*load)(struct constraint *, struct field *, const struct node *,
	    struct arena *, struct diag *);
	bool (*holds)(const struct constraint *, const struct field *,
	    const struct subject *, struct room *);
	const char *broken; /* "is less than the minimum", before .shown */
};

/* Adds the constraints of a field; 0, or -1 after reporting every mistake.
 * The field's type is known. */
int constraints_load(
    struct field *, const struct node *, struct arena *, struct diag *);

/* The same of one constraint, for a property that means one: `categories` is
 * an `enum`. */
int constraint_load(struct field *, const char *kind, const struct node *,
    struct arena *, struct diag *);

/* What the finding about a broken one says, in its arena. */
void constraint_explain(const struct constraint *, struct span text,
    struct room *, struct finding *, struct arena *);

void constraint_release(struct constraint *);

#endif
