#define PCRE2_CODE_UNIT_WIDTH 8
#include "regex.h"

#include <pcre2.h>

#include "mem.h"

enum { MAX_STEPS = 1000000, MAX_HEAP_KIB = 65536 };

struct regex {
	pcre2_general_context *memory;
	pcre2_code *code;
	pcre2_match_context *limits;
};

struct regex_room {
	pcre2_general_context *memory;
	pcre2_match_data *match;
};

/* PCRE2's memory comes from where all memory does, which never says no. */
static void *
regex_alloc(PCRE2_SIZE size, void *unused)
{
	(void)unused;
	return mem_alloc(1, size);
}

static void
regex_give_back(void *p, void *unused)
{
	(void)unused;
	mem_free(p);
}

static uint32_t
compile_options(enum regex_kind kind)
{
	uint32_t whole = PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_UCP |
	    PCRE2_DOLLAR_ENDONLY;

	return PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C |
	    (kind == REGEX_WHOLE ? whole : 0);
}

struct regex *
regex_new(struct span pattern, enum regex_kind kind, char *why, size_t size,
    size_t *at)
{
	PCRE2_SPTR text = (PCRE2_SPTR)(pattern.n == 0 ? "" : pattern.p);
	struct regex *re = mem_alloc(1, sizeof *re);
	pcre2_compile_context *how;
	int error;

	re->memory =
	    pcre2_general_context_create(regex_alloc, regex_give_back, NULL);
	how = pcre2_compile_context_create(re->memory);
	re->code = pcre2_compile(
	    text, pattern.n, compile_options(kind), &error, at, how);
	pcre2_compile_context_free(how);
	if (re->code == NULL) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, size);
		regex_free(re);
		return NULL;
	}
	/* Without a just-in-time compiler the interpreter matches. */
	(void)pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
	re->limits = pcre2_match_context_create(re->memory);
	pcre2_set_match_limit(re->limits, MAX_STEPS);
	pcre2_set_heap_limit(re->limits, MAX_HEAP_KIB);
	return re;
}

static struct regex_room *
room_new(void)
{
	struct regex_room *room = mem_alloc(1, sizeof *room);

	room->memory =
	    pcre2_general_context_create(regex_alloc, regex_give_back, NULL);
	room->match = pcre2_match_data_create(1, room->memory);
	return room;
}

int
regex_match(const struct regex *re, struct span text, struct regex_room **room)
{
	PCRE2_SPTR p = (PCRE2_SPTR)(text.n == 0 ? "" : text.p);
	pcre2_match_data *match;
	int rc;

	if (*room == NULL)
		*room = room_new();
	match = (*room)->match;
	rc = pcre2_match(
	    re->code, p, text.n, 0, PCRE2_NO_UTF_CHECK, match, re->limits);
	/* A long text outgrows the compiled code's stack, not the other's. */
	if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
		rc = pcre2_match(re->code, p, text.n, 0,
		    PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, match, re->limits);
	return rc >= 0 ? 1 : rc == PCRE2_ERROR_NOMATCH ? 0 : -1;
}

void
regex_room_free(struct regex_room *room)
{
	if (room == NULL)
		return;
	pcre2_match_data_free(room->match);
	pcre2_general_context_free(room->memory);
	mem_free(room);
}

void
regex_free(struct regex *re)
{
	if (re == NULL)
		return;
	pcre2_match_context_free(re->limits);
	pcre2_code_free(re->code);
	pcre2_general_context_free(re->memory);
	mem_free(re);
}
