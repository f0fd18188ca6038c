#include "json.h"

#include <string.h>

#include "utf8.h"
#include "vec.h"

/* What may come next. */
enum {
	WANT_VALUE,
	WANT_VALUE_OR_END, /* behind [ */
	WANT_KEY,
	WANT_KEY_OR_END, /* behind { */
	WANT_COMMA_OR_END,
	WANT_NOTHING
};

void
json_init(struct json *j, struct span in)
{
	j->scratch = (struct buf){NULL, 0, 0};
	j->valid_utf8 = false;
	json_reset(j, in);
}

void
json_reset(struct json *j, struct span in)
{
	j->in = in;
	j->at = j->start = 0;
	j->text = span_make(NULL, 0);
	j->error = NULL;
	j->lone_surrogate = j->bad_utf8 = false;
	j->depth = 0;
	j->state = WANT_VALUE;
}

void
json_release(struct json *j)
{
	buf_release(&j->scratch);
}

static enum json_token
fail(struct json *j, size_t at, const char *what)
{
	/* The first mistake stays the one. */
	if (j->error == NULL) {
		j->error = what;
		j->at = at;
	}
	return JSON_ERROR;
}

/* Where blanks that start at an offset end. */
static size_t
blanks_end(struct span in, size_t at)
{
	while (at < in.n &&
	    (in.p[at] == ' ' || in.p[at] == '\t' || in.p[at] == '\n' ||
		in.p[at] == '\r'))
		at++;
	return at;
}

static void
skip_blanks(struct json *j)
{
	j->at = blanks_end(j->in, j->at);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The four digits behind the \u at offset `at`, or -1. */
static int32_t
hex_escape(const struct json *j, size_t at)
{
	int32_t code = 0;

	if (j->in.n - at < 6 || j->in.p[at] != '\\' || j->in.p[at + 1] != 'u')
		return -1;
	for (size_t i = at + 2; i < at + 6; i++) {
		int digit = hex_digit(j->in.p[i]);

		if (digit < 0)
			return -1;
		code = code * 16 + digit;
	}
	return code;
}

/* Decodes the \u escape (or the pair of them) at j->at. */
static bool
read_unicode_escape(struct json *j)
{
	int32_t code = hex_escape(j, j->at), low;

	if (code < 0) {
		fail(j, j->at, "\\u wants four hexadecimal digits");
		return false;
	}
	if (code >= 0xD800 && code <= 0xDFFF) {
		low = code < 0xDC00 ? hex_escape(j, j->at + 6) : -1;
		if (low < 0xDC00 || low > 0xDFFF) {
			j->lone_surrogate = true;
			fail(j, j->at, "half a surrogate pair");
			return false;
		}
		code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
		j->at += 6;
	}
	utf8_encode(&j->scratch, (uint32_t)code);
	j->at += 6;
	return true;
}

/* Decodes the escape at j->at into scratch. */
static bool
read_escape(struct json *j)
{
	static const char plain[] = "\"\\/bfnrt";
	static const char meant[] = "\"\\/\b\f\n\r\t";
	const char *found;
	char c = j->in.n - j->at > 1 ? j->in.p[j->at + 1] : '\0';

	if (c == 'u')
		return read_unicode_escape(j);
	found = c == '\0' ? NULL : strchr(plain, c);
	if (found == NULL) {
		fail(j, j->at, "unknown escape in a string");
		return false;
	}
	buf_byte(&j->scratch, meant[found - plain]);
	j->at += 2;
	return true;
}

/* How many bytes of s need no second look: no quote, backslash, control
 * character. `readable` bytes from s.p on may be looked at. */
static size_t
plain_run(struct span s, size_t readable)
{
	for (size_t i = 0; i < s.n; i += VEC) {
		struct vec v = readable - i < VEC
		    ? vec_load_part(s.p + i, s.n - i)
		    : vec_load(s.p + i);
		struct vec quote = vec_or(vec_is(v, '"'), vec_is(v, '\\'));
		size_t n = vec_first(vec_or(quote, vec_below(v, ' ')));

		if (n < VEC)
			return i + n < s.n ? i + n : s.n;
	}
	return s.n;
}

/* The string whose quote is at j->at: decoded in j->text. */
static bool
read_string(struct json *j)
{
	size_t from = ++j->at, bad;
	bool escaped = false;

	for (;;) {
		struct span rest = span_from(j->in, j->at);
		size_t run = plain_run(rest, rest.n);

		if (run == rest.n) {
			fail(j, j->start, "a string without end");
			return false;
		}
		j->at += run;
		if (rest.p[run] != '\\' && !escaped)
			break;
		if (!escaped)
			buf_reset(&j->scratch);
		escaped = true;
		buf_add(&j->scratch, span_make(rest.p, run));
		if (rest.p[run] != '\\')
			break;
		if (!read_escape(j))
			return false;
	}
	if (j->in.p[j->at] != '"') {
		fail(j, j->at, "a control character in a string");
		return false;
	}
	j->text = span_make(j->in.p + from, j->at - from);
	bad = j->valid_utf8 ? j->text.n : utf8_check(j->text);
	if (bad < j->text.n) {
		j->bad_utf8 = true;
		fail(j, from + bad, "not UTF-8");
		return false;
	}
	if (escaped)
		j->text = buf_span(&j->scratch);
	j->at++;
	return true;
}

static size_t
skip_digits(struct span s, size_t at)
{
	while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
		at++;
	return at;
}

static bool
is_at(struct span s, size_t at, char a, char b)
{
	return at < s.n && (s.p[at] == a || s.p[at] == b);
}

/* Length of the number at the start of s, 0 when it breaks the grammar. */
static size_t
number_length(struct span s)
{
	size_t at = is_at(s, 0, '-', '-') ? 1 : 0;
	size_t from = at;

	at = is_at(s, at, '0', '0') ? at + 1 : skip_digits(s, at);
	if (at == from)
		return 0;
	if (is_at(s, at, '.', '.')) {
		from = at + 1;
		at = skip_digits(s, from);
		if (at == from)
			return 0;
	}
	if (is_at(s, at, 'e', 'E')) {
		from = is_at(s, at + 1, '+', '-') ? at + 2 : at + 1;
		at = skip_digits(s, from);
		if (at == from)
			return 0;
	}
	/* 01, 1.2.3 and 12ab are not a number and something else. */
	if (at < s.n && (s.p[at] == '.' || hex_digit(s.p[at]) >= 0))
		return 0;
	return at;
}

static enum json_token
read_number(struct json *j)
{
	size_t n = number_length(span_from(j->in, j->at));

	if (n == 0)
		return fail(j, j->at, "a number that JSON does not allow");
	j->text = span_make(j->in.p + j->at, n);
	j->at += n;
	return JSON_NUMBER;
}

static const struct {
	struct span word;
	enum json_token token;
} words[] = {
    {{"true", 4}, JSON_TRUE},
    {{"false", 5}, JSON_FALSE},
    {{"null", 4}, JSON_NULL},
};

static enum json_token
read_word(struct json *j)
{
	struct span rest = span_from(j->in, j->at);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_starts(rest, words[i].word)) {
			j->text = span_make(rest.p, words[i].word.n);
			j->at += j->text.n;
			return words[i].token;
		}
	return fail(j, j->at, "a value is expected here");
}

size_t
json_bare_length(struct span s)
{
	size_t n = number_length(s);

	for (size_t i = 0; i < sizeof words / sizeof *words && n == 0; i++)
		n = span_starts(s, words[i].word) ? words[i].word.n : 0;
	return n;
}

bool
json_string_at(struct json *j, size_t at)
{
	j->start = j->at = at;
	return read_string(j);
}

static enum json_token
open_bracket(struct json *j, char c)
{
	if (j->depth == (int)sizeof j->stack)
		return fail(j, j->at, "nested too deep");
	j->stack[j->depth++] = (unsigned char)c;
	j->at++;
	j->state = c == '{' ? WANT_KEY_OR_END : WANT_VALUE_OR_END;
	return c == '{' ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_token
close_bracket(struct json *j)
{
	unsigned char open = j->stack[--j->depth];

	j->at++;
	j->state = j->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
	return open == '{' ? JSON_OBJECT_END : JSON_ARRAY_END;
}

static enum json_token
read_value(struct json *j)
{
	enum json_token token;
	char c = j->in.p[j->at];

	if (c == '{' || c == '[')
		return open_bracket(j, c);
	if (c == '"')
		token = read_string(j) ? JSON_STRING : JSON_ERROR;
	else if (c == '-' || (c >= '0' && c <= '9'))
		token = read_number(j);
	else
		token = read_word(j);
	j->state = j->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
	return token;
}

static enum json_token
read_key(struct json *j)
{
	if (j->in.p[j->at] != '"')
		return fail(
		    j, j->at, "a key in double quotes is expected here");
	if (!read_string(j))
		return JSON_ERROR;
	skip_blanks(j);
	if (!is_at(j->in, j->at, ':', ':'))
		return fail(j, j->at, "a colon is expected here");
	j->at++;
	j->state = WANT_VALUE;
	return JSON_KEY;
}

/* Behind a value within brackets: over the comma, to what follows it. */
static bool
skip_comma(struct json *j)
{
	if (j->in.p[j->at] != ',') {
		fail(j, j->at,
		    j->stack[j->depth - 1] == '{'
			? "a comma or } is expected here"
			: "a comma or ] is expected here");
		return false;
	}
	j->at++;
	j->state = j->stack[j->depth - 1] == '{' ? WANT_KEY : WANT_VALUE;
	skip_blanks(j);
	j->start = j->at;
	return true;
}

static bool
at_close(const struct json *j)
{
	return j->depth > 0 &&
	    j->in.p[j->at] == (j->stack[j->depth - 1] == '{' ? '}' : ']');
}

size_t
json_ahead(const struct json *j)
{
	size_t at = blanks_end(j->in, j->at);

	if (j->error != NULL || j->depth == 0 || j->stack[j->depth - 1] != '[')
		return j->in.n;
	if (j->state != WANT_COMMA_OR_END)
		return at;
	return at < j->in.n && j->in.p[at] == ',' ? blanks_end(j->in, at + 1)
						  : j->in.n;
}

void
json_passed(struct json *j, size_t end)
{
	j->at = end;
	j->state = WANT_COMMA_OR_END;
}

enum json_token
json_next(struct json *j)
{
	if (j->error != NULL)
		return JSON_ERROR;
	skip_blanks(j);
	j->start = j->at;
	j->text = span_make(NULL, 0);
	if (j->at < j->in.n && j->state != WANT_NOTHING) {
		if (j->state != WANT_VALUE && j->state != WANT_KEY &&
		    at_close(j))
			return close_bracket(j);
		if (j->state == WANT_COMMA_OR_END && !skip_comma(j))
			return JSON_ERROR;
	}
	if (j->state == WANT_NOTHING)
		return j->at == j->in.n
		    ? JSON_END
		    : fail(j, j->at, "more behind the end of the value");
	if (j->at == j->in.n)
		return fail(j, j->at, "it ends too early");
	if (j->state == WANT_KEY || j->state == WANT_KEY_OR_END)
		return read_key(j);
	return read_value(j);
}

static void
escape_char(struct buf *b, unsigned char c)
{
	static const char letter[0x20] = {['\b'] = 'b',
	    ['\t'] = 't',
	    ['\n'] = 'n',
	    ['\f'] = 'f',
	    ['\r'] = 'r'};
	char l = c < 0x20 ? letter[c] : (char)c;

	if (l == '\0') {
		buf_printf(b, "\\u%04x", (unsigned)c);
		return;
	}
	buf_byte(b, '\\');
	buf_byte(b, l);
}

void
json_escape(struct buf *b, struct span text)
{
	for (;;) {
		size_t run = plain_run(text, text.n);

		buf_add(b, span_make(text.p, run));
		if (run == text.n)
			return;
		escape_char(b, (unsigned char)text.p[run]);
		text = span_from(text, run + 1);
	}
}

void
json_quote(struct buf *b, struct span text)
{
	buf_byte(b, '"');
	json_escape(b, text);
	buf_byte(b, '"');
}
