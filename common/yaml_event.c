#include "yaml_event.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

#include "arena.h"
#include "columns.h"
#include "mem.h"

enum {
	/* What anchors of one document may keep. */
	KEPT_MAX_BYTES = 64 * 1024 * 1024,
	ANCHOR_BYTES = 2048,
	/* What aliases may expand to: so much, and so many times the text that
	 * was read. Each event counts as EVENT_BYTES and its text. */
	EXPANDED_MAX_BYTES = 16 * 1024 * 1024,
	EXPANDED_RATIO = 32,
	EVENT_BYTES = 16
};

/* Events kept to be given again. */
struct taped {
	struct event e;
	size_t text_at;
};

struct tape {
	struct taped *item;
	size_t n;
	size_t cap;
	struct buf text;
};

struct anchor {
	struct tape tape;
	bool open;    /* its node has not ended */
	size_t level; /* of nesting that its node stands at */
};

/* A tape being given: an alias' content, or a held node. */
struct cursor {
	const struct taped *item;
	size_t left;
	const char *text;
	bool is_alias;
	struct event alias; /* the place to give out instead */
};

/* An alias within a held node has been expanded, so that no more tapes are
 * open at once than merges nest in mappings, and an alias. */
enum { CURSORS_MAX = EVENTS_MAX_DEPTH * 2 + 2 };

struct events {
	struct yaml_input input;
	yaml_parser_t parser;
	yaml_event_t event; /* the last one, which owns the text given out */
	bool ended;

	size_t level;       /* of nesting */
	struct arena arena; /* names of the document's anchors */
	struct columns names;
	struct anchor *anchor;
	size_t nanchor; /* with memory, of this or an earlier document */
	size_t anchor_cap;
	size_t open[EVENTS_MAX_DEPTH + 1]; /* anchors, the outermost first */
	size_t nopen;
	size_t kept;     /* bytes, by the document's anchors */
	size_t expanded; /* bytes, by aliases */
	size_t document_at;
	size_t read_at; /* of the last event from libyaml */

	struct cursor cursor[CURSORS_MAX];
	size_t ncursor;
	struct tape *held;
	size_t nheld;      /* in use */
	size_t nheld_made; /* with memory */
	size_t held_cap;
};

static void
set_fault(struct events *es, enum diag_id id, struct place at,
    struct span value, const char *detail)
{
	at.file = es->input.source.name;
	fault_set(es->input.fault, id, at, value, detail == NULL ? NULL : "%s",
	    detail);
	es->ended = true;
}

/* Tapes and anchors. */

static void
tape_reset(struct tape *t)
{
	t->n = 0;
	buf_reset(&t->text);
}

static void
tape_add(struct tape *t, const struct event *e)
{
	t->item = mem_grow(t->item, &t->cap, t->n + 1, sizeof *t->item);
	t->item[t->n++] = (struct taped){*e, t->text.n};
	buf_add(&t->text, e->text);
}

static void
tape_release(struct tape *t)
{
	mem_free(t->item);
	buf_release(&t->text);
}

static size_t
tape_bytes(const struct tape *t)
{
	return t->n * sizeof *t->item + t->text.n;
}

static void
forget_anchors(struct events *es)
{
	for (size_t i = 0; i < es->nanchor; i++)
		tape_release(&es->anchor[i].tape);
	es->nanchor = es->kept = es->expanded = 0;
	arena_reset(&es->arena);
	columns_init(&es->names, &es->arena);
}

/* The node that e starts is to be kept under this name. */
static int
open_anchor(struct events *es, const struct event *e, const unsigned char *name)
{
	struct span s = span_of((const char *)name);
	size_t i = columns_add(&es->names, s);

	if (i != COLUMN_NONE) {
		es->anchor = mem_grow(
		    es->anchor, &es->anchor_cap, i + 1, sizeof *es->anchor);
		es->anchor[i] = (struct anchor){.open = false};
		es->nanchor = i + 1;
		es->kept += ANCHOR_BYTES;
	} else {
		i = columns_find(&es->names, s);
	}
	if (es->anchor[i].open)
		return events_refuse(
		    es, e, DIAG_BAD_YAML, "an anchor within itself");
	es->kept -= tape_bytes(&es->anchor[i].tape);
	tape_reset(&es->anchor[i].tape);
	es->anchor[i].open = true;
	es->anchor[i].level = es->level;
	es->open[es->nopen++] = i;
	return 0;
}

/* The event goes to the tapes of all anchors around it. */
static int
tape_event(struct events *es, const struct event *e)
{
	for (size_t i = 0; i < es->nopen; i++) {
		tape_add(&es->anchor[es->open[i]].tape, e);
		es->kept += sizeof(struct taped) + e->text.n;
	}
	return es->kept <= KEPT_MAX_BYTES
	    ? 0
	    : events_refuse(es, e, DIAG_ALIAS_BOMB,
		  "anchors name more than 64 MiB of one document");
}

static int
open_alias(struct events *es, const struct event *e)
{
	struct span name = span_of((const char *)es->event.data.alias.anchor);
	size_t i = columns_find(&es->names, name);
	const struct tape *t;

	if (i == COLUMN_NONE || es->anchor[i].open) {
		set_fault(es, DIAG_BAD_YAML,
		    (struct place){NULL, e->line, e->col}, name,
		    i == COLUMN_NONE ? "an alias without its anchor"
				     : "an alias within its own anchor");
		return -1;
	}
	t = &es->anchor[i].tape;
	es->cursor[es->ncursor++] =
	    (struct cursor){t->item, t->n, t->text.p, true, *e};
	return 0;
}

/* The next event of the tape at hand. */
static int
next_taped(struct events *es, struct event *e)
{
	struct cursor *c = &es->cursor[es->ncursor - 1];

	*e = c->item->e;
	if (e->text.n > 0)
		e->text.p = c->text + c->item->text_at;
	c->item++;
	if (--c->left == 0)
		es->ncursor--;
	if (!c->is_alias)
		return 0;
	e->line = c->alias.line;
	e->col = c->alias.col;
	e->at = c->alias.at;
	es->expanded += EVENT_BYTES + e->text.n;
	if (es->expanded / EXPANDED_RATIO <=
	    EXPANDED_MAX_BYTES / EXPANDED_RATIO + es->read_at - es->document_at)
		return 0;
	return events_refuse(es, e, DIAG_ALIAS_BOMB, NULL);
}

/* Events. */

static void
refuse_syntax(struct events *es)
{
	const yaml_parser_t *p = &es->parser;
	const char *problem = p->problem == NULL ? "bad syntax" : p->problem;
	char detail[200];

	if (p->error == YAML_MEMORY_ERROR)
		mem_exhausted();
	if (es->input.fault->id == DIAG_NONE) {
		snprintf(detail, sizeof detail, "%s%s%s",
		    p->context == NULL ? "" : p->context,
		    p->context == NULL ? "" : ", ", problem);
		set_fault(es, DIAG_BAD_YAML,
		    (struct place){NULL,
			p->problem_mark.line + es->input.source.first_line,
			p->problem_mark.column + 1},
		    span_make(NULL, 0), detail);
	}
	es->ended = true;
}

/* Whether a scalar with this tag is what it looks like, and not text. */
static bool
tag_is_plain(const unsigned char *tag)
{
	static const char standard[] = "tag:yaml.org,2002:";
	static const char *const kinds[] = {
	    "null", "bool", "int", "float", "merge"};
	const char *s = (const char *)tag;

	if (s == NULL)
		return true;
	if (strncmp(s, standard, sizeof standard - 1) != 0)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(s + sizeof standard - 1, kinds[i]) == 0)
			return true;
	return false;
}

/* libyaml's event as ours; its anchor, or NULL. */
static const unsigned char *
translate(struct events *es, struct event *e)
{
	static const enum event_kind kinds[] = {
	    [YAML_STREAM_END_EVENT] = EVENT_END,
	    [YAML_DOCUMENT_START_EVENT] = EVENT_DOCUMENT,
	    [YAML_DOCUMENT_END_EVENT] = EVENT_DOCUMENT_END,
	    [YAML_SCALAR_EVENT] = EVENT_SCALAR,
	    [YAML_SEQUENCE_START_EVENT] = EVENT_SEQUENCE,
	    [YAML_SEQUENCE_END_EVENT] = EVENT_SEQUENCE_END,
	    [YAML_MAPPING_START_EVENT] = EVENT_MAPPING,
	    [YAML_MAPPING_END_EVENT] = EVENT_MAPPING_END,
	};
	const yaml_event_t *from = &es->event;

	*e = (struct event){.kind = kinds[from->type],
	    .line = from->start_mark.line + es->input.source.first_line,
	    .col = from->start_mark.column + 1,
	    .at = from->start_mark.index};
	switch (e->kind) {
	case EVENT_SCALAR:
		e->text = span_make((const char *)from->data.scalar.value,
		    from->data.scalar.length);
		e->plain = from->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		    tag_is_plain(from->data.scalar.tag);
		return from->data.scalar.anchor;
	case EVENT_SEQUENCE:
		return from->data.sequence_start.anchor;
	case EVENT_MAPPING:
		return from->data.mapping_start.anchor;
	default:
		return NULL;
	}
}

/* The next event of the text; 1 when it is an alias, whose tape is now open. */
static int
next_parsed(struct events *es, struct event *e)
{
	const unsigned char *anchor;

	do {
		yaml_event_delete(&es->event);
		if (yaml_parser_parse(&es->parser, &es->event) == 0) {
			refuse_syntax(es);
			return -1;
		}
	} while (es->event.type == YAML_STREAM_START_EVENT);
	anchor = translate(es, e);
	es->read_at = e->at;
	if (es->event.type == YAML_ALIAS_EVENT)
		return open_alias(es, e) < 0 ? -1 : 1;
	if (e->kind == EVENT_DOCUMENT) {
		forget_anchors(es);
		es->document_at = e->at - es->input.source.before;
		es->input.source.before = 0;
	}
	return anchor == NULL ? 0 : open_anchor(es, e, anchor);
}

static int
count_level(struct events *es, const struct event *e)
{
	if (e->kind == EVENT_MAPPING || e->kind == EVENT_SEQUENCE) {
		if (es->level++ == EVENTS_MAX_DEPTH)
			return events_refuse(
			    es, e, DIAG_BAD_YAML, "nested more than 64 deep");
	} else if (e->kind == EVENT_MAPPING_END ||
	    e->kind == EVENT_SEQUENCE_END) {
		es->level--;
	}
	return 0;
}

/* An event of the stream, aliases expanded. */
static int
next_of_stream(struct events *es, struct event *e)
{
	int rc = es->ncursor > 0 ? next_taped(es, e) : next_parsed(es, e);

	if (rc > 0)
		rc = next_taped(es, e);
	if (rc < 0 || tape_event(es, e) < 0 || count_level(es, e) < 0)
		return -1;
	while (es->nopen > 0 &&
	    es->anchor[es->open[es->nopen - 1]].level == es->level)
		es->anchor[es->open[--es->nopen]].open = false;
	return 0;
}

enum event_kind
events_next(struct events *es, struct event *e)
{
	int rc;

	e->kind = EVENT_ERROR;
	if (es->ended)
		return e->kind;
	/* What is held went through the stream when it was read. */
	if (es->ncursor > 0 && !es->cursor[es->ncursor - 1].is_alias)
		rc = next_taped(es, e);
	else
		rc = next_of_stream(es, e);
	/* Only an escape can have written one: bytes were checked before. */
	if (rc >= 0 && e->kind == EVENT_SCALAR &&
	    span_find(e->text, '\0') < e->text.n)
		rc = events_refuse(es, e, DIAG_NUL_BYTE, "\\0 in a scalar");
	if (rc < 0)
		e->kind = EVENT_ERROR;
	es->ended = e->kind == EVENT_ERROR;
	return e->kind;
}

int
events_refuse(struct events *es, const struct event *e, enum diag_id id,
    const char *detail)
{
	set_fault(es, id, (struct place){NULL, e->line, e->col},
	    span_make(NULL, 0), detail);
	return -1;
}

/* Reads the node that start begins, onto t where that is not NULL. */
static int
read_node(struct events *es, const struct event *start, struct tape *t)
{
	struct event e = *start;
	size_t level = 0;

	for (;;) {
		if (t != NULL)
			tape_add(t, &e);
		if (e.kind == EVENT_MAPPING || e.kind == EVENT_SEQUENCE)
			level++;
		else if (e.kind != EVENT_SCALAR)
			level--;
		if (level == 0)
			return 0;
		if (events_next(es, &e) == EVENT_ERROR)
			return -1;
	}
}

int
events_skip(struct events *es, const struct event *e)
{
	return read_node(es, e, NULL);
}

int
events_hold(struct events *es)
{
	struct event e;
	struct tape *t;

	if (events_next(es, &e) == EVENT_ERROR)
		return -1;
	if (es->nheld == es->nheld_made) {
		es->held = mem_grow(
		    es->held, &es->held_cap, es->nheld + 1, sizeof *es->held);
		es->held[es->nheld_made++] = (struct tape){NULL, 0, 0, {0}};
	}
	t = &es->held[es->nheld++];
	tape_reset(t);
	return read_node(es, &e, t);
}

size_t
events_held(const struct events *es)
{
	return es->nheld;
}

void
events_drop(struct events *es, size_t n)
{
	es->nheld = n;
}

int
events_replay(struct events *es, size_t i, struct event *e)
{
	const struct tape *t = &es->held[i];

	if (es->ncursor == CURSORS_MAX)
		return events_refuse(es, &t->item->e, DIAG_ALIAS_BOMB,
		    "mappings merge mappings too deep");
	es->cursor[es->ncursor++] =
	    (struct cursor){t->item, t->n, t->text.p, false, {0}};
	return events_next(es, e) == EVENT_ERROR ? -1 : 0;
}

struct events *
events_new(const struct yaml_source *source, struct fault *fault)
{
	struct events *es = mem_alloc(1, sizeof *es);

	yaml_input_init(&es->input, source, fault);
	columns_init(&es->names, &es->arena);
	if (yaml_parser_initialize(&es->parser) == 0)
		mem_exhausted();
	yaml_parser_set_encoding(&es->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input(&es->parser, yaml_input_give, &es->input);
	return es;
}

void
events_free(struct events *es)
{
	if (es == NULL)
		return;
	yaml_event_delete(&es->event);
	yaml_parser_delete(&es->parser);
	forget_anchors(es);
	arena_release(&es->arena);
	mem_free(es->anchor);
	for (size_t i = 0; i < es->nheld_made; i++)
		tape_release(&es->held[i]);
	mem_free(es->held);
	yaml_input_release(&es->input);
	mem_free(es);
}
