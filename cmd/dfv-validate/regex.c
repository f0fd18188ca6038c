#define PCRE2_CODE_UNIT_WIDTH 8

#include "regex.h"

#include <pcre2.h>
#include <stdio.h>

#include "buf.h"
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

/*
 * Python, whose expressions schemas have, writes a code point as \\uHHHH or
 * \\UHHHHHHHH where PCRE2 has \\x{HHHH}. Rewrites them, and gives the offset of
 * a class taken from another ([a-z-[aeiou]], of XML Schema), which would pass
 * for something else; pattern.n when there is none.
 */
static size_t
to_pcre(struct span pattern, struct buf *out)
{
	bool in_class = false;

	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];
		char next = i + 1 < pattern.n ? pattern.p[i + 1] : '\0';
		size_t digits = next == 'u' ? 4 : next == 'U' ? 8 : 0;

		if (c == '\\' && digits > 0 && pattern.n - i >= digits + 2) {
			buf_printf(
			    out, "\\x{%.*s}", (int)digits, pattern.p + i + 2);
			i += digits + 1;
			continue;
		}
		if (in_class && c == '-' && next == '[')
			return i;
		in_class = c == '[' || (in_class && c != ']');
		buf_byte(out, c);
		if (c == '\\' && next != '\0') {
			buf_byte(out, next);
			i++;
		}
	}
	return pattern.n;
}

struct regex *
regex_new(struct span pattern, char *why, size_t size, size_t *at)
{
	const uint32_t options = PCRE2_ANCHORED | PCRE2_ENDANCHORED |
	    PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY |
	    PCRE2_NEVER_BACKSLASH_C;
	struct regex *re = mem_alloc(1, sizeof *re);
	struct buf rewritten = {NULL, 0, 0};
	pcre2_compile_context *how;
	PCRE2_SIZE where;
	int error;

	*at = to_pcre(pattern, &rewritten);
	if (*at < pattern.n) {
		snprintf(why, size, "a class less another is not supported");
		buf_release(&rewritten);
		regex_free(re);
		return NULL;
	}
	pattern = rewritten.n == 0 ? SPAN("") : buf_span(&rewritten);
	re->memory =
	    pcre2_general_context_create(regex_alloc, regex_give_back, NULL);
	how = pcre2_compile_context_create(re->memory);
	re->code = pcre2_compile(
	    (PCRE2_SPTR)pattern.p, pattern.n, options, &error, &where, how);
	pcre2_compile_context_free(how);
	buf_release(&rewritten);
	if (re->code == NULL) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)why, size);
		*at = where;
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
