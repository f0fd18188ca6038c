#include "node.h"

#include "buf.h"
#include "columns.h"
#include "input.h"
#include "json.h"
#include "mem.h"
#include "yaml_event.h"
#include "yaml_scalar.h"
#include "yaml_walk.h"

enum { READ_BYTES = 64 * 1024, FEW_KEYS = 16 };

/* Both formats push the parts of what is open on a stack, and close it into
 * one node when all its parts are there. */
struct builder {
	struct arena *arena;
	struct fault *fault;
	struct diag *diag; /* for what is no fault */
	const char *file;
	struct node *stack;
	size_t n;
	size_t cap;

	/* JSON: the place of an offset, counted from the last one asked for. */
	struct json json;
	size_t at;
	size_t line;
	size_t col;

	struct events *events; /* YAML */
	struct span rest;      /* of the text, for them */
};

/* Building. */

static void
push_node(struct builder *b, struct node node)
{
	b->stack = mem_grow(b->stack, &b->cap, b->n + 1, sizeof *b->stack);
	b->stack[b->n++] = node;
}

static void
push_scalar(struct builder *b, struct span text, bool plain, struct place place)
{
	push_node(b,
	    (struct node){.kind = NODE_SCALAR,
		.text = arena_span(b->arena, text),
		.plain = plain,
		.place = place});
}

/* The stack's nodes from `first` on become one. */
static void
close_sequence(struct builder *b, size_t first, struct place place)
{
	struct node node = {
	    .kind = NODE_SEQUENCE, .n = b->n - first, .place = place};

	node.item = ARENA_ARRAY(b->arena, struct node, node.n);
	if (node.n > 0)
		memcpy(node.item, b->stack + first, node.n * sizeof node);
	b->n = first;
	push_node(b, node);
}

/* Which of the mapping's keys it is, or COLUMN_NONE; a new one is put into the
 * hash, if there is one. */
static size_t
find_key(const struct node *map, struct columns *hash, struct span key)
{
	size_t at = 0;

	if (hash != NULL) {
		at = columns_find(hash, key);
		if (at == COLUMN_NONE)
			columns_add(hash, key);
		return at;
	}
	while (at < map->n && !span_eq(map->key[at].text, key))
		at++;
	return at < map->n ? at : COLUMN_NONE;
}

/*
 * A key that the mapping has already. YAML forbids it. Of JSON, RFC 8259 says
 * that many readers take the last value, and schemas that are published count
 * on it.
 */
static int
take_again(struct builder *b, struct node *value, const struct node *pair)
{
	if (b->events != NULL) {
		fault_set(b->fault, DIAG_DUPLICATE_KEY, pair[0].place,
		    pair[0].text, NULL);
		return -1;
	}
	diag_report(
	    b->diag, DIAG_REPEATED_KEY, &pair[0].place, pair[0].text, NULL);
	*value = pair[1];
	return 0;
}

/* The same of pairs of key and value. Those from pair `own` on are merged:
 * they yield to a key that is there. */
static int
close_mapping(struct builder *b, size_t first, size_t own, struct place place)
{
	size_t npair = (b->n - first) / 2;
	struct node map = {.kind = NODE_MAPPING, .place = place};
	struct arena scratch = ARENA_EMPTY;
	struct columns hash;
	int rc = 0;

	columns_init(&hash, &scratch);
	map.key = ARENA_ARRAY(b->arena, struct node, npair);
	map.item = ARENA_ARRAY(b->arena, struct node, npair);
	for (size_t i = 0; i < npair && rc == 0; i++) {
		const struct node *pair = &b->stack[first + 2 * i];
		size_t at = find_key(
		    &map, npair > FEW_KEYS ? &hash : NULL, pair[0].text);

		if (at == COLUMN_NONE) {
			map.key[map.n] = pair[0];
			map.item[map.n++] = pair[1];
		} else if (i < own) {
			rc = take_again(b, &map.item[at], pair);
		}
	}
	arena_release(&scratch);
	b->n = first;
	push_node(b, map);
	return rc;
}

/* JSON. */

/* Where the last token starts, or the mistake is. */
static struct place
json_place(struct builder *b, size_t offset)
{
	for (; b->at < offset; b->at++) {
		unsigned char c = (unsigned char)b->json.in.p[b->at];

		if (c == '\n') {
			b->line++;
			b->col = 1;
		} else if ((c & 0xC0) != 0x80) {
			b->col++;
		}
	}
	return (struct place){b->file, b->line, b->col};
}

static int
refuse_json(struct builder *b)
{
	const struct json *j = &b->json;
	enum diag_id id = j->bad_utf8 ? DIAG_BAD_UTF8
	    : j->lone_surrogate       ? DIAG_LONE_SURROGATE
				      : DIAG_BAD_JSON;

	fault_set(b->fault, id, json_place(b, j->at), span_make(NULL, 0),
	    id == DIAG_BAD_JSON ? "%s" : NULL, j->error);
	return -1;
}

static int
push_json_text(struct builder *b, bool plain)
{
	struct place place = json_place(b, b->json.start);

	if (span_find(b->json.text, '\0') < b->json.text.n) {
		fault_set(b->fault, DIAG_NUL_BYTE, place, span_make(NULL, 0),
		    "\\u0000 in a string");
		return -1;
	}
	push_scalar(b, b->json.text, plain, place);
	return 0;
}

/* The node that the token starts. Recursion ends with json.h's cap. */
static int
push_json(struct builder *b, enum json_token token)
{
	struct place place;
	size_t first = b->n;
	enum json_token end =
	    token == JSON_OBJECT ? JSON_OBJECT_END : JSON_ARRAY_END;

	if (token == JSON_ERROR)
		return refuse_json(b);
	if (token != JSON_OBJECT && token != JSON_ARRAY)
		return push_json_text(b, token != JSON_STRING);
	place = json_place(b, b->json.start);
	while ((token = json_next(&b->json)) != end) {
		if (token == JSON_KEY) {
			if (push_json_text(b, false) < 0)
				return -1;
			token = json_next(&b->json);
		}
		if (push_json(b, token) < 0)
			return -1;
	}
	if (end == JSON_OBJECT_END)
		return close_mapping(b, first, b->n, place);
	close_sequence(b, first, place);
	return 0;
}

static int
build_json(struct builder *b, struct span text)
{
	int rc;

	json_init(&b->json, text);
	rc = push_json(b, json_next(&b->json));
	if (rc == 0 && json_next(&b->json) != JSON_END)
		rc = refuse_json(b);
	json_release(&b->json);
	return rc;
}

/* YAML. */

static ptrdiff_t
read_text(void *ctx, char *p, size_t n, struct fault *f)
{
	struct builder *b = ctx;

	(void)f;
	if (n > b->rest.n)
		n = b->rest.n;
	if (n > 0)
		memcpy(p, b->rest.p, n);
	b->rest = span_from(b->rest, n);
	return (ptrdiff_t)n;
}

static struct place
event_place(const struct builder *b, const struct event *e)
{
	return (struct place){b->file, e->line, e->col};
}

static int push_yaml(struct builder *, const struct event *);

static int
push_yaml_mapping(struct builder *b, struct place place)
{
	size_t first = b->n, own = 0;
	struct event key, e;
	struct walk walk;
	int rc;

	walk_init(&walk, b->events);
	while ((rc = walk_key(&walk, b->events, &key)) > 0) {
		own += !walk.merged;
		push_scalar(b, key.text, key.plain, event_place(b, &key));
		events_next(b->events, &e);
		if (push_yaml(b, &e) < 0)
			return -1;
	}
	return rc < 0 ? -1 : close_mapping(b, first, own, place);
}

/* The node that the event starts. Recursion ends with EVENTS_MAX_DEPTH. */
static int
push_yaml(struct builder *b, const struct event *start)
{
	struct place place = event_place(b, start);
	size_t first = b->n;
	struct event e;

	switch (start->kind) {
	case EVENT_SCALAR:
		push_scalar(b, start->text, start->plain, place);
		return 0;
	case EVENT_MAPPING:
		return push_yaml_mapping(b, place);
	case EVENT_SEQUENCE:
		while (events_next(b->events, &e) != EVENT_SEQUENCE_END)
			if (push_yaml(b, &e) < 0)
				return -1;
		close_sequence(b, first, place);
		return 0;
	default:
		return -1; /* EVENT_ERROR */
	}
}

static int
push_document(struct builder *b)
{
	struct event e;

	events_next(b->events, &e);
	if (e.kind == EVENT_END)
		return events_refuse(
		    b->events, &e, DIAG_BAD_YAML, "there is nothing in it");
	if (e.kind == EVENT_ERROR)
		return -1;
	events_next(b->events, &e);
	if (push_yaml(b, &e) < 0 || events_next(b->events, &e) == EVENT_ERROR ||
	    events_next(b->events, &e) == EVENT_ERROR)
		return -1;
	if (e.kind != EVENT_END)
		return events_refuse(
		    b->events, &e, DIAG_BAD_YAML, "more than one document");
	return 0;
}

static int
build_yaml(struct builder *b, struct span text)
{
	struct yaml_source source = {read_text, b, b->file, 1, 0};
	int rc;

	b->rest = text;
	b->events = events_new(&source, b->fault);
	rc = push_document(b);
	events_free(b->events);
	return rc;
}

/* Both. */

static bool
looks_like_json(struct span s)
{
	while (s.n > 0 && memchr(" \t\r\n", s.p[0], 4) != NULL)
		s = span_from(s, 1);
	return s.n > 0 && (s.p[0] == '{' || s.p[0] == '[');
}

struct node *
node_parse(
    struct span text, const char *name, struct arena *arena, struct diag *diag)
{
	struct fault fault = {.id = DIAG_NONE};
	struct builder b = {.arena = arena,
	    .fault = &fault,
	    .diag = diag,
	    .file = name,
	    .line = 1,
	    .col = 1};
	struct node *root = NULL;
	int rc;

	if (span_starts(text, SPAN("\xEF\xBB\xBF")))
		text = span_from(text, 3);
	rc =
	    looks_like_json(text) ? build_json(&b, text) : build_yaml(&b, text);
	if (rc == 0 && b.n > 0) {
		root = ARENA_NEW(arena, struct node);
		*root = b.stack[0];
	} else {
		diag_fault(diag, &fault);
	}
	mem_free(b.stack);
	return root;
}

static int
read_file(const char *file, struct buf *b, struct fault *f)
{
	struct input in;
	ptrdiff_t got;

	if (input_open(&in, file, f) < 0)
		return -1;
	do {
		got = input_read(&in, buf_room(b, READ_BYTES), READ_BYTES, f);
		b->n += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	input_close(&in);
	return got < 0 ? -1 : 0;
}

struct node *
node_load(const char *file, struct arena *arena, struct diag *diag)
{
	struct fault fault = {.id = DIAG_NONE};
	struct buf text = {NULL, 0, 0};
	struct node *root = NULL;

	if (read_file(file, &text, &fault) < 0)
		diag_fault(diag, &fault);
	else
		root = node_parse(buf_span(&text), file, arena, diag);
	buf_release(&text);
	return root;
}

/* Looking at it. */

const struct node *
node_get(const struct node *n, const char *key)
{
	struct span name = span_of(key);

	if (n == NULL || n->kind != NODE_MAPPING)
		return NULL;
	for (size_t i = 0; i < n->n; i++)
		if (span_eq(n->key[i].text, name))
			return &n->item[i];
	return NULL;
}

bool
node_null(const struct node *n)
{
	return n == NULL ||
	    (n->kind == NODE_SCALAR && n->plain && yaml_null(n->text));
}

struct span
node_text(const struct node *n)
{
	return n != NULL && n->kind == NODE_SCALAR ? n->text
						   : span_make(NULL, 0);
}

int
node_bool(const struct node *n)
{
	static const struct {
		const char *word;
		int truth;
	} words[] = {{"true", 1}, {"True", 1}, {"TRUE", 1}, {"false", 0},
	    {"False", 0}, {"FALSE", 0}};

	if (n == NULL || n->kind != NODE_SCALAR || !n->plain)
		return -1;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq(n->text, span_of(words[i].word)))
			return words[i].truth;
	return -1;
}
