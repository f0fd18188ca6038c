/*
 * link: cmd/dfv-geo/keymap.c
 */
#include <stdio.h>

#include "keymap.h"
#include "unit.h"

enum { MANY = 20000 };

static void
test_many(void)
{
	static char text[MANY][8];
	struct keymap m = KEYMAP_EMPTY;
	bool all = true;

	for (uint32_t i = 0; i < MANY; i++) {
		snprintf(text[i], sizeof text[i], "%u", i);
		keymap_add(&m, span_of(text[i]), i);
	}
	for (uint32_t i = 0; i < MANY; i++) {
		const struct keymap_entry *e =
		    keymap_find(&m, span_of(text[i]));

		all = all && e != NULL && e->id == i &&
		    keymap_next(&m, e) == NULL;
	}
	unit_check(all, "keymap: every key is found after growing");
	unit_check(keymap_find(&m, SPAN("x")) == NULL,
	    "keymap: a key that was not added is not found");
	keymap_release(&m);
}

/* Keys of two letters, many of them the same. */
static void
test_link(void)
{
	static char text[MANY][4];
	struct keymap at_once = KEYMAP_EMPTY, one_by_one = KEYMAP_EMPTY;
	bool same = true;

	keymap_link(&at_once);
	same = keymap_find(&at_once, SPAN("aa")) == NULL;
	for (uint32_t i = 0; i < MANY; i++) {
		text[i][0] = (char)('a' + i * 7 % 26);
		text[i][1] = (char)('a' + i / 3 % 26);
		keymap_append(&at_once, span_of(text[i]), i);
		keymap_add(&one_by_one, span_of(text[i]), i);
	}
	keymap_link(&at_once);
	for (uint32_t i = 0; i < MANY; i++) {
		const struct keymap_entry *a, *b;

		a = keymap_find(&at_once, span_of(text[i]));
		b = keymap_find(&one_by_one, span_of(text[i]));
		for (; a != NULL && b != NULL && a->id == b->id;
		     a = keymap_next(&at_once, a),
		     b = keymap_next(&one_by_one, b))
			;
		same = same && a == NULL && b == NULL;
	}
	unit_check(same, "keymap: linked at once, ids come in their order");
	keymap_release(&at_once);
	keymap_release(&one_by_one);
}

int
main(void)
{
	struct keymap m = KEYMAP_EMPTY;
	const struct keymap_entry *e;

	unit_check(keymap_find(&m, SPAN("a")) == NULL,
	    "keymap: nothing is found in an empty one");
	keymap_add(&m, SPAN("a"), 7);
	keymap_add(&m, SPAN("b"), 1);
	keymap_add(&m, SPAN("a"), 3);
	keymap_add(&m, SPAN("a"), 7);
	keymap_add(&m, SPAN(""), 9);
	e = keymap_find(&m, SPAN("a"));
	unit_check(
	    e != NULL && e->id == 7, "keymap: a key's first id comes first");
	e = keymap_next(&m, e);
	unit_check(e != NULL && e->id == 3, "keymap: then its second");
	e = keymap_next(&m, e);
	unit_check(e != NULL && e->id == 7 && keymap_next(&m, e) == NULL,
	    "keymap: an id may come twice, and then there is an end");
	e = keymap_find(&m, SPAN(""));
	unit_check(e != NULL && e->id == 9, "keymap: the empty key is a key");
	keymap_release(&m);
	test_many();
	test_link();
	return unit_done();
}
