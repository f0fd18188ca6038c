#ifndef DFV_SCHEMA_H
#define DFV_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "constraint.h"
#include "diag.h"
#include "keytab.h"
#include "node.h"
#include "range.h"
#include "rowcheck.h"
#include "span.h"
#include "type.h"

/*
 * A Frictionless Table Schema (v1 and v2) as it is used: names are resolved,
 * types and constraints compiled. Everything lives in the arena it was loaded
 * into, but for what schema_release() frees.
 */
struct field {
	struct span name;
	struct place place;      /* in the schema */
	const struct type *type; /* of its values; of a list, of each of them */
	struct span format;      /* as written: a strptime pattern for dates */
	bool is_list;
	bool is_json;             /* a list that is written as a JSON array */
	struct span delimiter;    /* of a list, where it has no bars */
	struct span decimal_char; /* "." */
	struct span group_char;   /* none */
	bool bare_number;         /* without units around it */
	bool decimal_comma;       /* numbers may be 1 234,56 */
	bool json_number;         /* or as JSON has them, before all */
	struct keytab truths;     /* trueValues and falseValues */
	struct keytab untruths;
	bool own_missing; /* missing values beyond the empty cell */
	struct keytab missing;
	bool required;
	bool unique;
	struct constraint *constraint;
	size_t nconstraint;
	size_t constraint_cap;
	size_t nbound;       /* the last so many of them are bounds, in range */
	bool sized;          /* a constraint wants the list's length */
	struct range *range; /* NULL: no bounds */
};

/* Columns that are a key together: indices of fields. */
struct schema_key {
	size_t *field;
	size_t n;
	struct place place;
};

/* Their values are found among those of `columns` in another table; of this
 * table when `table` is empty. Column i of one meets column i of the other. */
struct schema_foreign {
	struct schema_key key;
	struct span table;
	struct span *column; /* key.n of them */
};

/* What the columns have to do with the fields: see dfv-validate(1). LENIENT is
 * what a schema that does not say gets. */
enum schema_match {
	MATCH_LENIENT,
	MATCH_EXACT,
	MATCH_EQUAL,
	MATCH_SUBSET,
	MATCH_SUPERSET,
	MATCH_PARTIAL
};

struct schema {
	struct field *field;
	size_t n;
	enum schema_match match;
	struct schema_key primary; /* n 0: none */
	struct schema_key *unique;
	size_t nunique;
	struct schema_foreign *foreign;
	size_t nforeign;
	struct row_check *row; /* checks of several columns */
	size_t nrow;
	struct reference *reference; /* what checks look into, or NULL */
};

/* The index of a field by its name, or n. */
size_t schema_find(const struct schema *, struct span name);

/* NULL after reporting every mistake in it. Unknown properties are warnings.
 * decimal_comma: where a field does not say how its numbers are written. */
struct schema *schema_load(
    const struct node *, bool decimal_comma, struct arena *, struct diag *);

/* The records are JSON's: it has numbers and booleans of its own, which stand for
 * themselves whatever characters and words a field has for those in text. */
void schema_take_json(struct schema *);

/* NULL is accepted. */
void schema_release(struct schema *);

#endif
