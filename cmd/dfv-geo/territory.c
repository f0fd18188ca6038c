#include "territory.h"

#include "mem.h"
#include "suggest.h"
#include "toponym.h"

enum { CODE_MAX = 16, SHOWN_CANDIDATES = 8 };

void
territories_add(struct territories *t, struct territory item,
    struct arena *arena, struct buf *scratch)
{
	struct span key, bare;
	uint32_t id = (uint32_t)t->n;

	if (t->n == t->cap)
		t->item = mem_grow(t->item, &t->cap, t->n + 1, sizeof *t->item);
	t->item[t->n++] = item;
	keymap_add(&t->by_code, item.code, id);
	buf_reset(scratch);
	key = arena_span(arena, toponym_read(item.name, scratch).key);
	keymap_add(&t->by_name, key, id);
	if (toponym_article(key, &bare))
		keymap_add(&t->by_name, bare, id);
}

static uint32_t
only_one(const struct keymap *m, struct span key)
{
	const struct keymap_entry *e = keymap_find(m, key);

	return e == NULL || e->next != 0 ? TERRITORY_NONE : e->id;
}

static uint32_t
find_code(const struct territories *t, struct span text)
{
	char code[CODE_MAX];
	size_t n = 0;

	if (text.n == 0 || text.n > CODE_MAX - 1)
		return TERRITORY_NONE;
	if (text.n == 1)
		code[n++] = '0';
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		code[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	return only_one(&t->by_code, span_make(code, n));
}

/* "indre (36)", "36 (indre)": both have to mean the same. */
static uint32_t
find_both(const struct territories *t, struct span one, struct span other)
{
	uint32_t code = find_code(t, one);
	uint32_t name = only_one(&t->by_name, other);

	if (code == TERRITORY_NONE && name == TERRITORY_NONE) {
		code = find_code(t, other);
		name = only_one(&t->by_name, one);
	}
	return code == name ? code : TERRITORY_NONE;
}

uint32_t
territories_find(
    const struct territories *t, struct span text, struct buf *scratch)
{
	struct toponym name;
	uint32_t found = find_code(t, span_trim(text));
	size_t cut;

	if (found != TERRITORY_NONE)
		return found;
	name = toponym_read(text, scratch);
	found = only_one(&t->by_name, name.key);
	if (found != TERRITORY_NONE)
		return found;
	if (name.tail.n > 0)
		return find_both(t, name.rest, name.head);
	cut = span_find(name.key, ' ');
	if (cut == name.key.n)
		return TERRITORY_NONE;
	return find_both(
	    t, span_make(name.key.p, cut), span_from(name.key, cut + 1));
}

static void
report_ambiguous(const struct territories *t, struct span text,
    const struct keymap_entry *e, struct diag *diag)
{
	struct buf list = {NULL, 0, 0};

	for (int n = 0; e != NULL && n < SHOWN_CANDIDATES;
	     e = keymap_next(&t->by_name, e), n++) {
		const struct territory *item = &t->item[e->id];

		buf_printf(&list, "%s%.*s (%.*s)", n > 0 ? ", " : "",
		    (int)item->name.n, item->name.p, (int)item->code.n,
		    item->code.p);
	}
	diag_report(diag, DIAG_AMBIGUOUS_PLACE, NULL, text,
	    "give the code of one of them: %.*s", (int)list.n, list.p);
	buf_release(&list);
}

/* The one whose name begins with a key, "centre" of "centre val de loire", or
 * SUGGEST_NONE where none does, or several do. */
static size_t
begun_by(const struct territories *t, struct span key)
{
	size_t found = SUGGEST_NONE;

	for (size_t i = 0; i < t->by_name.n; i++) {
		const struct keymap_entry *e = &t->by_name.entry[i];

		if (key.n == 0 || e->key.n <= key.n || e->key.p[key.n] != ' ' ||
		    !span_starts(e->key, key))
			continue;
		if (found != SUGGEST_NONE)
			return SUGGEST_NONE;
		found = e->id;
	}
	return found;
}

static void
report_unknown(const struct territories *t, struct span text, struct span key,
    struct arena *arena, struct diag *diag)
{
	struct span *names = ARENA_ARRAY(arena, struct span, t->n);
	size_t near = begun_by(t, key);

	for (size_t i = 0; i < t->n; i++)
		names[i] = t->item[i].name;
	if (near == SUGGEST_NONE)
		near = suggest_nearest(text, names, t->n);
	if (near == SUGGEST_NONE)
		diag_report(diag, DIAG_UNKNOWN_PLACE, NULL, text, NULL);
	else
		diag_report(diag, DIAG_UNKNOWN_PLACE, NULL, text,
		    "did you mean '%.*s' (%.*s)?", (int)names[near].n,
		    names[near].p, (int)t->item[near].code.n,
		    t->item[near].code.p);
}

uint32_t
territories_need(const struct territories *t, struct span text,
    struct arena *arena, struct diag *diag)
{
	struct buf scratch = {NULL, 0, 0};
	uint32_t found = territories_find(t, text, &scratch);

	if (found == TERRITORY_NONE) {
		struct span key = toponym_read(text, &scratch).key;
		const struct keymap_entry *e = keymap_find(&t->by_name, key);

		if (e != NULL)
			report_ambiguous(t, text, e, diag);
		else
			report_unknown(t, text, key, arena, diag);
	}
	buf_release(&scratch);
	return found;
}

void
territories_release(struct territories *t)
{
	mem_free(t->item);
	keymap_release(&t->by_code);
	keymap_release(&t->by_name);
	*t = (struct territories){.n = 0};
}
