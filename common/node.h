#ifndef DFV_NODE_H
#define DFV_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "span.h"

/*
 * A small document (a schema, a package, a GeoJSON file) as a tree with the
 * place of every part. YAML through libyaml, JSON through json.h; which one is
 * told by the first character that is not blank ({ or [ is JSON).
 */
enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

struct node {
	enum node_kind kind;
	struct span text;  /* of a scalar, decoded; NUL behind its end */
	bool plain;        /* a scalar without quotes: `~`, `true`, `3` mean
	                     * what the format says; for JSON: not a string */
	struct node *item; /* n items of a sequence, n values of a mapping */
	struct node *key;  /* n keys of a mapping, or NULL */
	size_t n;
	struct place place; /* file, line and column where it starts */
};

/* Reads one document. NULL after a report. All of it lives in the arena.
 * Aliases are expanded under a cap. A key that comes twice is an error in YAML;
 * in JSON its last value counts, after a warning. */
struct node *node_load(const char *file, struct arena *, struct diag *);

/* The same of text in memory; name is shown in diagnostics. */
struct node *node_parse(
    struct span text, const char *name, struct arena *, struct diag *);

/* The value of a mapping's key, or NULL; of anything else NULL. NULL n too. */
const struct node *node_get(const struct node *n, const char *key);

/* Whether n is absent, or a plain null (`~`, `null`, nothing). */
bool node_null(const struct node *n);

/* The text of a scalar, or an empty span with p NULL. */
struct span node_text(const struct node *n);

/* 1 true, 0 false (plain true/false in YAML 1.2's and JSON's sense), -1. */
int node_bool(const struct node *n);

#endif
