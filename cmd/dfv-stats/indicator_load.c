#include "indicator.h"

#include <string.h>

#include "suggest.h"

enum { KEYS_MAX = 32, DECIMALS_MAX = 18 };

/* What loading is about; `bad` is set by every mistake. */
struct loader {
	struct indicator_file *file;
	struct arena *arena;
	struct diag *diag;
	const struct node *root;
	struct indicator_side *side; /* those met, to meet them again */
	size_t nside;
	const struct node *told[KEYS_MAX]; /* defaults are looked at often */
	size_t ntold;
	bool bad;
};

static const char *const file_keys[] = {"name", "title", "description",
    "period", "start", "table", "date", "group", "explode", "total", "join",
    "owed", "published", "indicators", NULL};

static const char *const indicator_keys[] = {"id", "label", "unit",
    "description", "source", "table", "date", "where", "group", "explode",
    "total", "needs", "aggregate", "numerator", "denominator", "decimals",
    "target", "total_target", "better", "thresholds", "join", "owed",
    "published", NULL};

static const char *const join_keys[] = {"table", "on", "columns", NULL};
static const char *const owed_keys[] = {"table", "by", "where", NULL};
static const char *const published_keys[] = {
    "table", "id", "by", "value", "where", NULL};
static const char *const threshold_keys[] = {"near", NULL};

int
indicator_mistake(struct diag *diag, const struct node *n, const char *what)
{
	diag_report(
	    diag, DIAG_BAD_INDICATORS, &n->place, node_text(n), "%s", what);
	return -1;
}

static void
mistake(struct loader *l, const struct node *n, const char *what)
{
	l->bad = true;
	for (size_t i = 0; i < l->ntold; i++)
		if (l->told[i] == n)
			return;
	if (l->ntold < KEYS_MAX)
		l->told[l->ntold++] = n;
	indicator_mistake(l->diag, n, what);
}

const char *
indicator_path(
    const struct indicator_file *f, struct span name, struct arena *arena)
{
	const char *slash = strrchr(f->path, '/');
	int n = slash == NULL || (name.n > 0 && name.p[0] == '/')
	    ? 0
	    : (int)(slash - f->path) + 1;

	return arena_printf(arena, "%.*s%.*s", n, f->path, (int)name.n, name.p)
	    .p;
}

/* A mapping with no keys but these. */
static bool
is_mapping(struct loader *l, const struct node *n, const char *const *known)
{
	struct span words[KEYS_MAX];
	size_t nknown = 0, near;

	if (n->kind != NODE_MAPPING) {
		mistake(l, n, "a mapping of keys to values is wanted here");
		return false;
	}
	for (; nknown < KEYS_MAX && known[nknown] != NULL; nknown++)
		words[nknown] = span_of(known[nknown]);
	for (size_t i = 0; i < n->n; i++) {
		size_t k = 0;

		while (k < nknown && !span_eq(n->key[i].text, words[k]))
			k++;
		if (k < nknown)
			continue;
		near = suggest_nearest(n->key[i].text, words, nknown);
		mistake(l, &n->key[i],
		    near == SUGGEST_NONE
			? "there is no such key: see dfv-indicators(5)"
			: arena_printf(l->arena,
			      "there is no such key, did you mean '%s'?",
			      known[near])
			      .p);
	}
	return true;
}

/* A value that is not null, or NULL. */
static const struct node *
value_of(const struct node *n, const char *key)
{
	const struct node *v = node_get(n, key);

	return node_null(v) ? NULL : v;
}

/* The same of an indicator, or else of the whole file. */
static const struct node *
inherited(const struct loader *l, const struct node *n, const char *key)
{
	return node_get(n, key) != NULL ? value_of(n, key)
					: value_of(l->root, key);
}

static const struct node *
need_text(struct loader *l, const struct node *v)
{
	if (v == NULL || (v->kind == NODE_SCALAR && v->text.n > 0))
		return v;
	mistake(l, v, "a text is wanted here");
	return NULL;
}

static const struct node *
text_of(struct loader *l, const struct node *n, const char *key)
{
	return need_text(l, value_of(n, key));
}

static struct node_list
need_list(struct loader *l, const struct node *v)
{
	struct node_list list = {v, v != NULL};

	if (v != NULL && v->kind == NODE_SEQUENCE)
		list = (struct node_list){v->item, v->n};
	for (size_t i = 0; i < list.n; i++)
		if (need_text(l, &list.item[i]) == NULL)
			return (struct node_list){NULL, 0};
	return list;
}

/* The word's place in the list, or -1 after a report; 0 where it is absent. */
static int
word_of(struct loader *l, const struct node *v, const char *const *words,
    const char *otherwise)
{
	if (v == NULL)
		return 0;
	for (int i = 0; words[i] != NULL; i++)
		if (span_eq(node_text(v), span_of(words[i])))
			return i;
	mistake(l, v, otherwise);
	return -1;
}

static bool
need_period(struct loader *l, const struct node *v, enum date_period *out)
{
	if (date_period_parse(node_text(v), out) && *out != DATE_DAY)
		return true;
	mistake(l, v, "a period is week, month, quarter or year");
	return false;
}

/* Bounds. */

static bool
need_number(struct loader *l, const struct node *v, struct number *out)
{
	if (v->kind == NODE_SCALAR && number_parse(v->text, false, out))
		return true;
	mistake(l, v, "a number is wanted here");
	return false;
}

/* A number alone is meant for the file's period: 100 places a week are not
 * 100 a year. */
static void
load_bound(struct loader *l, const struct node *v, bool dated,
    struct indicator_bound *b)
{
	struct number number;
	enum date_period period;

	if (v == NULL)
		return;
	if (v->kind == NODE_MAPPING) {
		for (size_t i = 0; i < v->n; i++)
			if (need_period(l, &v->key[i], &period))
				b->given[period] =
				    need_number(l, &v->item[i], &b->at[period]);
		return;
	}
	if (!need_number(l, v, &number))
		return;
	for (int p = 0; p <= DATE_YEAR; p++) {
		b->given[p] =
		    !dated || !l->file->has_period || p == (int)l->file->period;
		b->at[p] = number;
	}
}

static void
load_bounds(struct loader *l, const struct node *n, struct indicator *x)
{
	static const char *const better[] = {"higher", "lower", NULL};
	const struct node *target = value_of(n, "target");
	const struct node *total = value_of(n, "total_target");
	const struct node *thresholds = value_of(n, "thresholds"), *near;

	x->lower_is_better = word_of(l, value_of(n, "better"), better,
				 "better is higher or lower") == 1;
	load_bound(l, target, x->date != NULL, &x->target);
	load_bound(l, total, x->date != NULL, &x->total_target);
	if (total != NULL && (x->total.p == NULL || x->group.n == 0))
		mistake(l, total, "it goes with group and total");
	if (thresholds == NULL || !is_mapping(l, thresholds, threshold_keys))
		return;
	near = value_of(thresholds, "near");
	x->has_near = near != NULL && need_number(l, near, &x->near);
	if (target == NULL && total == NULL)
		mistake(l, thresholds, "thresholds go with a target");
}

/* Tables beside the file. */

static const struct indicator_side *
load_side(struct loader *l, const struct node *n, const char *const *keys)
{
	struct indicator_side *s;
	const struct node *table;

	for (size_t i = 0; i < l->nside; i++)
		if (l->side[i].node == n)
			return &l->side[i];
	s = &l->side[l->nside++];
	*s = (struct indicator_side){.node = n};
	if (!is_mapping(l, n, keys))
		return s;
	table = text_of(l, n, "table");
	if (table == NULL)
		mistake(l, n, "the table that it is in is missing: table");
	else
		s->table = indicator_path(l->file, table->text, l->arena);
	s->where = text_of(l, n, "where");
	s->id = text_of(l, n, "id");
	s->by = text_of(l, n, "by");
	s->value = text_of(l, n, "value");
	s->on = text_of(l, n, "on");
	s->columns = need_list(l, value_of(n, "columns"));
	return s;
}

/* One mapping or a list of them. */
static const struct indicator_side **
load_sides(
    struct loader *l, const struct node *v, const char *const *keys, size_t *n)
{
	const struct indicator_side **side;
	struct node_list list = {v, v != NULL};

	if (v != NULL && v->kind == NODE_SEQUENCE)
		list = (struct node_list){v->item, v->n};
	*n = list.n;
	side = ARENA_ARRAY(l->arena, const struct indicator_side *, list.n);
	for (size_t i = 0; i < list.n; i++)
		side[i] = load_side(l, &list.item[i], keys);
	return side;
}

static void
load_tables(struct loader *l, const struct node *n, struct indicator *x)
{
	const struct node *owed = inherited(l, n, "owed");

	if (owed != NULL)
		x->owed = load_side(l, owed, owed_keys);
	if (owed != NULL && x->owed->by == NULL)
		mistake(l, owed, "the column of those who owe is missing: by");
	x->join = load_sides(l, inherited(l, n, "join"), join_keys, &x->njoin);
	for (size_t i = 0; i < x->njoin; i++)
		if (x->join[i]->on == NULL || x->join[i]->columns.n == 0)
			mistake(l, x->join[i]->node,
			    "a join is table, on and columns");
	x->published = load_sides(
	    l, inherited(l, n, "published"), published_keys, &x->npublished);
	for (size_t i = 0; i < x->npublished; i++)
		if (x->published[i]->value == NULL)
			mistake(l, x->published[i]->node,
			    "the published figure is missing: value");
	if (x->npublished > 0 && x->date != NULL)
		mistake(l, n,
		    "an indicator with a date has no published figure beside "
		    "it: published: ~");
}

/* Indicators. */

static void
load_figure(struct loader *l, const struct node *n, struct indicator *x)
{
	const struct node *aggregate = text_of(l, n, "aggregate");
	const struct node *numerator = text_of(l, n, "numerator");
	const struct node *denominator = text_of(l, n, "denominator");

	if ((aggregate == NULL) != (numerator != NULL) ||
	    (numerator == NULL) != (denominator == NULL))
		mistake(l, n,
		    "an indicator is either an aggregate, or a numerator and a "
		    "denominator");
	x->figure[0] = aggregate != NULL ? aggregate : numerator;
	x->figure[1] = denominator;
}

static void
load_groups(struct loader *l, const struct node *n, struct indicator *x)
{
	x->group = need_list(l, inherited(l, n, "group"));
	x->explode = need_text(l, inherited(l, n, "explode"));
	x->needs = need_list(l, value_of(n, "needs"));
	x->total = node_text(need_text(l, inherited(l, n, "total")));
	for (size_t i = 0; x->explode != NULL; i++)
		if (i == x->group.n) {
			mistake(l, x->explode, "it is a column of group");
			break;
		} else if (span_eq(x->group.item[i].text, x->explode->text)) {
			break;
		}
}

static void
load_indicator(struct loader *l, const struct node *n, struct indicator *x)
{
	const struct node *id, *decimals = value_of(n, "decimals");
	struct number places;

	x->place = n->place;
	x->decimals = -1;
	if (!is_mapping(l, n, indicator_keys))
		return;
	id = text_of(l, n, "id");
	if (id == NULL)
		mistake(l, n, "an indicator has an id");
	x->id = node_text(id);
	x->label = node_text(text_of(l, n, "label"));
	x->unit = node_text(text_of(l, n, "unit"));
	need_list(l, value_of(n, "source"));
	text_of(l, n, "description");
	x->table = need_list(l, inherited(l, n, "table"));
	x->date = need_text(l, inherited(l, n, "date"));
	x->where = text_of(l, n, "where");
	load_figure(l, n, x);
	load_groups(l, n, x);
	load_bounds(l, n, x);
	load_tables(l, n, x);
	if (decimals == NULL || !need_number(l, decimals, &places))
		return;
	x->decimals = (int)number_double(places);
	if (!places.exact || places.scale > 0 || x->decimals < 0 ||
	    x->decimals > DECIMALS_MAX)
		mistake(l, decimals, "decimals are 0 to 18");
}

static void
load_indicators(struct loader *l)
{
	const struct node *list = value_of(l->root, "indicators");
	struct indicator_file *f = l->file;

	if (list == NULL || list->kind != NODE_SEQUENCE || list->n == 0) {
		mistake(l, list == NULL ? l->root : list,
		    "a list of indicators is wanted: indicators");
		return;
	}
	f->indicator = ARENA_ARRAY(l->arena, struct indicator, list->n);
	for (; f->n < list->n; f->n++) {
		struct indicator *x = &f->indicator[f->n];

		load_indicator(l, &list->item[f->n], x);
		for (size_t i = 0; i < f->n; i++)
			if (x->id.n > 0 && span_eq(f->indicator[i].id, x->id))
				mistake(l, node_get(&list->item[f->n], "id"),
				    "an earlier indicator has this id");
	}
}

/* How many mappings there are in all: no more tables than that. */
static size_t
count_mappings(const struct node *n)
{
	size_t count = n->kind == NODE_MAPPING;

	for (size_t i = 0; i < n->n; i++)
		count += count_mappings(&n->item[i]);
	return count;
}

static void
load_file(struct loader *l)
{
	const struct node *period, *start;
	struct indicator_file *f = l->file;

	if (!is_mapping(l, l->root, file_keys))
		return;
	period = value_of(l->root, "period");
	start = value_of(l->root, "start");
	f->title = node_text(text_of(l, l->root, "title"));
	if (period != NULL)
		f->has_period = need_period(l, period, &f->period);
	if (start != NULL) {
		f->has_start = date_parse(node_text(start), &f->start);
		if (!f->has_start)
			mistake(l, start, "a date such as 2025-11-10");
	}
	load_indicators(l);
}

int
indicator_load(struct indicator_file *f, const char *path, struct arena *arena,
    struct diag *diag)
{
	struct loader l = {.file = f, .arena = arena, .diag = diag};

	*f = (struct indicator_file){.path = path};
	l.root = node_load(path, arena, diag);
	if (l.root == NULL)
		return -1;
	l.side =
	    ARENA_ARRAY(arena, struct indicator_side, count_mappings(l.root));
	load_file(&l);
	return l.bad ? -1 : 0;
}
