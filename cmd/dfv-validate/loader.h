#ifndef DFV_VALIDATE_LOADER_H
#define DFV_VALIDATE_LOADER_H

#include <stdbool.h>

#include "arena.h"
#include "diag.h"
#include "node.h"
#include "schema.h"
#include "span.h"

/* What loading a schema is about; `bad` is set by every mistake. */
struct loader {
	struct arena *arena;
	struct diag *diag;
	bool decimal_comma;
	bool bad;
};

/* Reports what makes the schema useless, at the place of n. */
void loader_mistake(struct loader *, const struct node *n, const char *what);

/* Reports what is doubtful, and goes on. */
void loader_doubt(struct loader *, const struct node *n, const char *what);

/* A property's text, or `otherwise` where it is absent. */
struct span loader_text(struct loader *, const struct node *n, const char *key,
    struct span otherwise);

/* The kinds of mapping that a schema is made of. */
enum part { PART_SCHEMA, PART_FIELD, PART_FOREIGN, PART_REFERENCE, PART_CHECK };

/*
 * Reports the properties of a part that are unknown, of the wrong kind, or
 * mean nothing for a field of this type (an empty span for other parts). An
 * unknown one is probably a slip of the pen.
 */
void loader_properties(
    struct loader *, const struct node *n, enum part, struct span type);

/* primaryKey, uniqueKeys and foreignKeys of a schema with fields. */
void loader_keys(struct loader *, const struct node *, struct schema *);

/* The checks that a schema names in custom_checks, and its fields in
 * frFormat. */
void loader_checks(struct loader *, const struct node *, struct schema *);

#endif
