#include "baseline.h"

#include "listing.h"
#include "mem.h"
#include "suggest.h"
#include "words.h"

/* What a waiver is about comes first: columns of findings. */
enum { NABOUT = 6 };

static const char *const names[] = {"code", "rule", "table", "field", "key",
    "value", "owner", "reason", "expires"};

enum { NNAME = sizeof names / sizeof names[0] };

struct waiver {
	struct span about[NABOUT]; /* empty: any */
	struct span owner;
	struct span reason;
	struct span expires; /* as written */
	struct span shown;
	struct place place;
	bool expired;
	bool wanted; /* by a finding, though it has expired */
};

struct waivers {
	struct listing file;
	struct waiver *item;
	size_t n;
};

static bool
refuse(struct diag *d, const struct listing *l, struct table_row r,
    const char *column, const char *what)
{
	struct place at = listing_place(l, r, column);
	struct span value = listing_text(l, r, column);

	if (value.n == 0)
		value.p = NULL;
	diag_report(d, DIAG_BAD_WAIVER, &at, value, "%s", what);
	return false;
}

/* All its mistakes are reported. */
static bool
load_waiver(struct waiver *w, const struct listing *l, struct table_row r,
    struct date today, struct diag *d)
{
	struct date until;
	bool good = true, about = false;

	for (size_t i = 0; i < NABOUT; i++) {
		w->about[i] = listing_text(l, r, names[i]);
		about |= w->about[i].n > 0;
	}
	w->owner = listing_text(l, r, "owner");
	w->reason = listing_text(l, r, "reason");
	w->expires = listing_text(l, r, "expires");
	w->place = listing_place(l, r, "expires");
	if (!about)
		good = refuse(d, l, r, "code", "it does not say of what it is");
	if (w->owner.n == 0)
		good = refuse(d, l, r, "owner", "it has no owner");
	if (w->reason.n == 0)
		good = refuse(d, l, r, "reason", "it has no reason");
	if (!date_parse(w->expires, &until))
		return refuse(d, l, r, "expires",
		    "it expires on a date, like 2026-03-31");
	w->expired = until.days < today.days;
	w->shown = arena_printf(l->arena, _("%.*s, until %.*s: %.*s"),
	    (int)w->owner.n, w->owner.p, (int)w->expires.n, w->expires.p,
	    (int)w->reason.n, w->reason.p);
	return good;
}

static bool
known_columns(const struct columns *c, const char *file, struct diag *d)
{
	struct span known[NNAME];
	bool good = true;

	for (size_t i = 0; i < NNAME; i++)
		known[i] = span_of(names[i]);
	for (size_t i = 0; i < c->n; i++) {
		size_t k = 0, near;

		while (k < NNAME && !span_eq(c->name[i], known[k]))
			k++;
		if (k < NNAME)
			continue;
		near = suggest_nearest(c->name[i], known, NNAME);
		diag_report(d, DIAG_BAD_WAIVER, &(struct place){file, 1, 0},
		    c->name[i], "%s%s%s",
		    near == SUGGEST_NONE ? "waivers have no such column"
					 : "did you mean '",
		    near == SUGGEST_NONE ? "" : names[near],
		    near == SUGGEST_NONE ? "" : "'?");
		good = false;
	}
	return good;
}

struct waivers *
waivers_load(
    const char *file, struct date today, struct arena *a, struct diag *d)
{
	struct waivers *all = mem_alloc(1, sizeof *all);
	struct table *t = &all->file.table;
	struct table_row r;
	bool good = listing_load(&all->file, file, a, d) == 0 &&
	    known_columns(t->columns, file, d);

	if (good) {
		all->item = ARENA_ARRAY(a, struct waiver, t->nrec);
		for (r = table_first(t); table_has(t, r); r = table_next(t, r))
			good &= load_waiver(
			    &all->item[all->n++], &all->file, r, today, d);
	}
	if (good)
		return all;
	waivers_release(all);
	return NULL;
}

static bool
is_about(const struct waiver *w, const struct finding *f)
{
	const struct span of[NABOUT] = {span_of(finding_kind(f->id)->code),
	    f->rule, f->table, f->field, f->key, f->value};

	for (size_t i = 0; i < NABOUT; i++)
		if (w->about[i].n > 0 && !span_eq(w->about[i], of[i]))
			return false;
	return true;
}

void
waivers_apply(struct waivers *all, struct finding *f)
{
	for (size_t i = 0; i < all->n; i++) {
		struct waiver *w = &all->item[i];

		if (!is_about(w, f))
			continue;
		w->wanted |= w->expired;
		if (w->expired)
			continue;
		f->status = FOUND_WAIVED;
		f->waiver = w->shown;
		return;
	}
}

void
waivers_expired(const struct waivers *all, struct findings *l)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct waiver *w = &all->item[i];
		struct finding *f;

		if (!w->wanted)
			continue;
		f = findings_add(l, FINDING_EXPIRED_WAIVER, 0, COLUMN_NONE);
		f->level = DIAG_WARNING;
		f->place = w->place;
		f->field = SPAN("expires");
		f->value = w->expires;
		f->message =
		    arena_printf(&l->arena, _("the waiver of %.*s has expired"),
			(int)w->owner.n, w->owner.p);
	}
}

void
waivers_release(struct waivers *all)
{
	if (all == NULL)
		return;
	listing_release(&all->file);
	mem_free(all);
}
