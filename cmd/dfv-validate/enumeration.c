#include "enumeration.h"

#include "schema.h"
#include "suggest.h"
#include "words.h"

enum { WORDS_SHOWN = 12 };

/* Equal values have equal texts here, however they are written. */
static struct span
enum_key(const struct field *f, struct span text, struct buf *scratch)
{
	size_t start = scratch->n;
	struct number order;

	if ((f->type->is & TYPE_ORDERED) == 0 ||
	    (f->type->is & TYPE_NUMERIC) != 0)
		return type_canon(f, text, scratch);
	if (!f->type->check(f, text, &order))
		return text;
	number_format(scratch, order);
	return span_make(scratch->p + start, scratch->n - start);
}

/* Categories may be mappings with a value and a label. */
static const struct node *
enum_value(const struct node *n)
{
	return n->kind == NODE_MAPPING ? node_get(n, "value") : n;
}

/* Arrays and objects have values that are: those are not compared. */
static bool
has_compound(const struct node *n)
{
	for (size_t i = 0; i < n->n; i++) {
		const struct node *value = enum_value(&n->item[i]);

		if (value == NULL ? n->item[i].n > 0
				  : value->kind != NODE_SCALAR)
			return true;
	}
	return false;
}

static int
refuse(const struct node *n, struct diag *d)
{
	diag_report(d, DIAG_BAD_SCHEMA, &n->place, node_text(n), "%s",
	    "a list of values is wanted");
	return -1;
}

static void
show_words(struct constraint *c, struct arena *a)
{
	struct buf shown = {NULL, 0, 0};

	for (size_t i = 0; i < c->nword && i < WORDS_SHOWN; i++) {
		if (i > 0)
			buf_add(&shown, SPAN(", "));
		buf_add(&shown, c->word[i]);
	}
	if (c->nword > WORDS_SHOWN)
		buf_printf(&shown, "… (%zu values)", c->nword);
	c->shown = arena_span(a, buf_span(&shown));
	buf_release(&shown);
}

int
enumeration_load(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	struct buf scratch = {NULL, 0, 0};

	if (n->kind != NODE_SEQUENCE || n->n == 0)
		return refuse(n, d);
	if (has_compound(n)) {
		diag_report(d, DIAG_SCHEMA_PROPERTY, &n->place, SPAN("enum"),
		    "arrays and objects are not compared: not checked");
		return 0;
	}
	c->word = ARENA_ARRAY(a, struct span, n->n);
	for (size_t i = 0; i < n->n; i++) {
		struct span text = node_text(enum_value(&n->item[i]));
		size_t before = c->set.n;

		buf_reset(&scratch);
		if (keytab_add(&c->set, enum_key(f, text, &scratch)) < before)
			diag_report(d, DIAG_SCHEMA_PROPERTY, &n->item[i].place,
			    text, "it is in this list twice");
		else
			c->word[c->nword++] = text;
	}
	buf_release(&scratch);
	show_words(c, a);
	c->words = ARENA_NEW(a, struct wordset);
	for (size_t i = 0; c->words != NULL && i < c->set.n; i++)
		if (!wordset_add(c->words, keytab_key(&c->set, i)))
			c->words = NULL;
	return 0;
}

bool
enumeration_holds(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	struct span key = s->text;

	if (c->nword == 0)
		return true;
	if ((f->type->is & (TYPE_VARIES | TYPE_ORDERED)) != 0)
		key = enum_key(f, key, &room->text);
	if (c->words != NULL)
		return wordset_has(c->words, key);
	return keytab_find(&c->set, key) != KEYTAB_NONE;
}

bool
constraint_has(
    const struct constraint *c, const struct field *f, struct span text)
{
	struct room room = {.text = {NULL, 0, 0}};
	bool has =
	    enumeration_holds(c, f, &(struct subject){.text = text}, &room);

	buf_release(&room.text);
	return has;
}

/* What is near says more than the whole list does. */
void
enumeration_explain(const struct constraint *c, struct span text,
    struct room *room, struct finding *f, struct arena *a)
{
	size_t near = suggest_nearest(text, c->word, c->nword);

	(void)room, (void)a;
	if (near == SUGGEST_NONE)
		return;
	f->suggestion = c->word[near];
	f->message = span_of(_(c->kind->broken));
}
