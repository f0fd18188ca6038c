#include "clause.h"

#include <string.h>

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '.' || (c & 0x80) != 0;
}

/* Behind the quoted text, or the name in braces, that starts at `at`. */
static size_t
skip_quoted(struct span s, size_t at)
{
	char end = s.p[at] == '{' ? '}' : s.p[at];

	for (at++; at < s.n && s.p[at] != end; at++)
		if (s.p[at] == '\\' && end != '}')
			at++;
	return at < s.n ? at + 1 : s.n;
}

/* Offset of a word, or of a character that is none, outside of quotes and
 * parentheses, not before `at`; s.n when it is not there. */
static size_t
find_outside(struct span s, size_t at, const char *word)
{
	size_t n = strlen(word), depth = 0;

	while (at < s.n) {
		char c = s.p[at];
		size_t end = at + 1;

		if (c == '"' || c == '\'' || c == '{') {
			at = skip_quoted(s, at);
			continue;
		}
		while (is_word(c) && end < s.n && is_word(s.p[end]))
			end++;
		if (depth == 0 &&
		    span_eq(span_make(s.p + at, end - at), span_make(word, n)))
			return at;
		depth += c == '(';
		depth -= c == ')' && depth > 0;
		at = end;
	}
	return s.n;
}

static struct span
trim(struct span s)
{
	if (s.p == NULL)
		return s;
	while (s.n > 0 && strchr(" \t\r\n", s.p[0]) != NULL && s.p[0] != '\0')
		s = span_from(s, 1);
	while (s.n > 0 && strchr(" \t\r\n", s.p[s.n - 1]) != NULL)
		s.n--;
	return s;
}

struct clause
clause_split(struct span text)
{
	struct clause c = {.expr = {NULL, 0}, .where = {NULL, 0}};
	size_t where = find_outside(text, 0, "where"), comma;

	if (where < text.n)
		c.where = trim(span_from(text, where + strlen("where")));
	text.n = where;
	comma = find_outside(text, 0, ",");
	if (comma < text.n)
		c.expr = trim(span_from(text, comma + 1));
	text.n = comma;
	c.table = trim(text);
	return c;
}

bool
clause_condition(struct span *rest, struct span *condition)
{
	size_t at;

	if (rest->p == NULL)
		return false;
	at = find_outside(*rest, 0, "or") < rest->n
	    ? rest->n /* which binds less than `and` does */
	    : find_outside(*rest, 0, "and");
	*condition = trim(span_make(rest->p, at));
	*rest = at < rest->n ? span_from(*rest, at + strlen("and"))
			     : span_make(NULL, 0);
	return true;
}

/* A name without its braces; what is no bare name is empty. */
static struct span
bare_name(struct span s)
{
	if (s.n > 2 && s.p[0] == '{' && span_find(s, '}') == s.n - 1)
		return span_make(s.p + 1, s.n - 2);
	if (s.n == 0 || (s.p[0] >= '0' && s.p[0] <= '9'))
		return span_make(NULL, 0);
	for (size_t i = 0; i < s.n; i++)
		if (!is_word(s.p[i]))
			return span_make(NULL, 0);
	return s;
}

bool
clause_equality(struct span condition, struct span *left, struct span *right)
{
	size_t equals = span_find(condition, '=');

	if (equals + 1 >= condition.n || condition.p[equals + 1] != '=')
		return false;
	*left = bare_name(trim(span_make(condition.p, equals)));
	*right = bare_name(trim(span_from(condition, equals + 2)));
	return left->n > 0 && right->n > 0;
}
