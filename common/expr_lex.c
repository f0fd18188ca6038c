#include "expr_impl.h"

#include <strings.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	    (unsigned char)c >= 0x80;
}

static struct token
lex_error(size_t at, size_t len, const char *message)
{
	return (struct token){
	    .kind = TOKEN_ERROR, .message = message, .at = at, .len = len};
}

static const struct {
	struct span word;
	int op;
} words[] = {
    {{"and", 3}, MARK_AND},
    {{"or", 2}, MARK_OR},
    {{"not", 3}, MARK_NOT},
    {{"has", 3}, MARK_HAS},
    {{"in", 2}, MARK_IN},
};

static struct token
lex_name(struct span s, size_t at)
{
	size_t end = at;
	struct token t = {.kind = TOKEN_NAME, .at = at};

	while (end < s.n &&
	    (is_name_start(s.p[end]) || is_digit(s.p[end]) || s.p[end] == '.'))
		end++;
	t.len = end - at;
	t.text = span_make(s.p + at, t.len);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq(t.text, words[i].word)) {
			t.kind = TOKEN_MARK;
			t.op = words[i].op;
		}
	return t;
}

const char *
lex_advice(const struct token *t)
{
	static const struct {
		const char *head, *advice;
	} slips[] = {
	    {"“", "quotes are straight, \" or '"},
	    {"”", "quotes are straight, \" or '"},
	    {"„", "quotes are straight, \" or '"},
	    {"«", "quotes are straight, \" or '"},
	    {"‘", "quotes are straight, \" or '"},
	    {"’", "quotes are straight, \" or '"},
	    {"≠", "inequality is written !="},
	    {"≤", "at most is written <="},
	    {"≥", "at least is written >="},
	    {"−", "minus is written -"},
	};

	if (t->kind != TOKEN_NAME || t->braced)
		return NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (t->len == words[i].word.n &&
		    strncasecmp(t->text.p, words[i].word.p, t->len) == 0)
			return "the words of the language are in small letters";
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
		if (span_starts(t->text, span_of(slips[i].head)))
			return slips[i].advice;
	return NULL;
}

static struct token
lex_braced(struct span s, size_t at)
{
	size_t n = span_find(span_from(s, at), '}');

	if (at + n == s.n)
		return lex_error(at, 1, "a column name without its closing }");
	return (struct token){.kind = TOKEN_NAME,
	    .braced = true,
	    .text = span_make(s.p + at + 1, n - 1),
	    .at = at,
	    .len = n + 1};
}

static struct token
lex_number(struct span s, size_t at)
{
	size_t end = at;
	struct token t = {.kind = TOKEN_NUMBER, .at = at};

	while (end < s.n && (is_digit(s.p[end]) || s.p[end] == '.'))
		end++;
	if (end < s.n && (s.p[end] == 'e' || s.p[end] == 'E')) {
		end++;
		if (end < s.n && (s.p[end] == '+' || s.p[end] == '-'))
			end++;
		while (end < s.n && is_digit(s.p[end]))
			end++;
	}
	while (end < s.n && is_name_start(s.p[end]))
		end++;
	t.len = end - at;
	if (!number_parse(span_make(s.p + at, t.len), false, &t.number))
		return lex_error(at, t.len,
		    "not a number (text goes in quotes, as in \"2A\")");
	return t;
}

/* What a backslash and c mean inside quotes; 0: just what stands there, so
 * that a pattern's \. needs no second backslash. */
static char
escaped(char c)
{
	switch (c) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case '\\':
	case '"':
	case '\'':
		return c;
	default:
		return 0;
	}
}

static bool
is_escape(struct span s, size_t at)
{
	return s.p[at] == '\\' && at + 1 < s.n && escaped(s.p[at + 1]) != 0;
}

/* Where the quote is that closes the one at `at`, or s.n. */
static size_t
closing_quote(struct span s, size_t at)
{
	size_t i = at + 1;

	while (i < s.n && s.p[i] != s.p[at])
		i += is_escape(s, i) ? 2 : 1;
	return i;
}

static struct token
lex_text(struct span s, size_t at, struct arena *arena)
{
	size_t end = closing_quote(s, at), n = 0;
	struct token error;
	char *to;

	if (end == s.n) {
		error = lex_error(at, 1, "text without its closing quote");
		error.unclosed = true;
		return error;
	}
	to = ARENA_ARRAY(arena, char, end - at);
	for (size_t i = at + 1; i < end; i++)
		to[n++] = is_escape(s, i) ? escaped(s.p[++i]) : s.p[i];
	return (struct token){.kind = TOKEN_TEXT,
	    .text = span_make(to, n),
	    .at = at,
	    .len = end + 1 - at};
}

static struct token
lex_mark(struct span s, size_t at)
{
	static const struct {
		const char *mark;
		int op;
	} marks[] = {
	    {"==", MARK_EQ},
	    {"!=", MARK_NE},
	    {"<=", MARK_LE},
	    {">=", MARK_GE},
	    {"=~", MARK_MATCH},
	};

	if (span_starts(span_from(s, at), SPAN("<>")))
		return lex_error(at, 2, "inequality is written !=");
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (span_starts(span_from(s, at), span_of(marks[i].mark)))
			return (struct token){.kind = TOKEN_MARK,
			    .op = marks[i].op,
			    .at = at,
			    .len = 2};
	if (strchr("<>~(),+-*/", s.p[at]) != NULL && s.p[at] != '\0')
		return (struct token){
		    .kind = TOKEN_MARK, .op = s.p[at], .at = at, .len = 1};
	if (s.p[at] == '=')
		return lex_error(at, 1, "equality is written ==");
	if (s.p[at] == '&' || s.p[at] == '|')
		return lex_error(at, 1, "conditions are joined by `and`, `or`");
	if (s.p[at] == '!')
		return lex_error(at, 1, "negation is written `not`, or !=");
	return lex_error(at, 1, "a character that means nothing here");
}

struct token
lex_next(struct span s, size_t at, struct arena *arena)
{
	while (at < s.n && strchr(" \t\r\n", s.p[at]) != NULL && s.p[at] != 0)
		at++;
	if (at == s.n)
		return (struct token){.kind = TOKEN_END, .at = at, .len = 1};
	if (s.p[at] == '{')
		return lex_braced(s, at);
	if (s.p[at] == '"' || s.p[at] == '\'')
		return lex_text(s, at, arena);
	if (is_digit(s.p[at]) ||
	    (s.p[at] == '.' && at + 1 < s.n && is_digit(s.p[at + 1])))
		return lex_number(s, at);
	if (is_name_start(s.p[at]))
		return lex_name(s, at);
	return lex_mark(s, at);
}

bool
expr_cut(
    struct span text, const char *at, struct span *before, struct span *after)
{
	struct arena arena = ARENA_EMPTY;
	struct token t = {.kind = TOKEN_END};
	bool found = false;
	int depth = 0;

	do {
		t = lex_next(text, t.at + t.len, &arena);
		if (t.kind == TOKEN_MARK && t.op == '(')
			depth++;
		if (t.kind == TOKEN_MARK && t.op == ')')
			depth--;
		found = depth == 0 && !t.braced && t.kind != TOKEN_TEXT &&
		    t.kind != TOKEN_END &&
		    span_eq(span_make(text.p + t.at, t.len), span_of(at));
	} while (!found && t.kind != TOKEN_END);
	arena_release(&arena);
	if (!found)
		return false;
	*before = span_trim(span_make(text.p, t.at));
	*after = span_trim(span_from(text, t.at + t.len));
	return true;
}
