#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "utf8.h"

enum { SHOWN_CHARS = 80, SHOWN_CHAR_BYTES = 4, AROUND_BYTES = 200 };

static const char hex[] = "0123456789ABCDEF";

#define DIAG(id, level, code, what, remedy) {DIAG_##level, code, what, remedy},
static const struct diag_kind kinds[] = {
    {DIAG_ERROR, "", "", ""},
#include "diag_list.h"
};
#undef DIAG

const struct diag_kind *
diag_kind(enum diag_id id)
{
	return &kinds[id];
}

bool
diag_on_terminal(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

static size_t
char_bytes(const char *p, size_t left)
{
	unsigned char c = (unsigned char)*p;
	size_t n = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;

	for (size_t i = 1; i < n; i++)
		if (i >= left || ((unsigned char)p[i] & 0xC0) != 0x80)
			return 1;
	return c >= 0x80 && c < 0xC2 ? 1 : n;
}

/* What a terminal must not be sent: controls, and bytes that are no UTF-8. */
static bool
must_escape(const char *p, size_t n)
{
	unsigned char c = (unsigned char)*p;

	return c < 0x20 || c == 0x7F || (n == 1 && c >= 0x80) ||
	    (n == 2 && c == 0xC2 && (unsigned char)p[1] < 0xA0);
}

/* Writes one character of n bytes as it is shown, with no NUL behind: how many
 * bytes that is. */
static size_t
show_char(char out[SHOWN_CHAR_BYTES], const char *p, size_t n)
{
	unsigned char c = (unsigned char)*p;
	bool named = c == '\t' || c == '\n';

	if (!must_escape(p, n)) {
		memcpy(out, p, n);
		return n;
	}
	out[0] = '\\';
	out[1] = c == '\t' ? 't' : c == '\n' ? 'n' : 'x';
	out[2] = hex[c >> 4];
	out[3] = hex[c & 0xF];
	return named ? 2 : 4;
}

const char *
diag_quote(char *out, size_t size, struct span v)
{
	size_t at = 0, shown = 0;

	for (size_t i = 0; v.p != NULL && i < v.n; shown++) {
		size_t n = char_bytes(v.p + i, v.n - i);

		if (shown == SHOWN_CHARS || at + 12 > size) {
			at += (size_t)snprintf(out + at, size - at, "...");
			break;
		}
		at += show_char(out + at, v.p + i, n);
		i += must_escape(v.p + i, n) ? 1 : n;
	}
	out[at] = '\0';
	return out;
}

void
diag_escape(struct buf *b, struct span text)
{
	while (text.n > 0) {
		size_t n = char_bytes(text.p, text.n);

		b->n += show_char(buf_room(b, SHOWN_CHAR_BYTES), text.p, n);
		text = span_from(text, must_escape(text.p, n) ? 1 : n);
	}
}

static void
write_all(const struct buf *b)
{
	for (size_t at = 0; at < b->n;) {
		ssize_t n = write(STDERR_FILENO, b->p + at, b->n - at);

		if (n <= 0)
			return; /* there is nowhere left to complain */
		at += (size_t)n;
	}
}

static void
diag_print(struct diag *d, enum diag_id id, const struct place *at,
    const char *value, const char *detail)
{
	static const char *const names[] = {"warning", "error"};
	static const char *const colors[] = {"\033[1;35m", "\033[1;31m"};
	const struct diag_kind *k = diag_kind(id);
	struct buf b = {NULL, 0, 0};

	d->count[k->level]++;
	if (d->quiet && k->level < DIAG_ERROR)
		return;
	buf_printf(&b, "%s: ", d->prog);
	if (at != NULL && at->file != NULL) {
		diag_escape(&b, span_of(at->file));
		buf_byte(&b, ':');
		if (at->line > 0)
			buf_printf(&b, "%zu:", at->line);
		if (at->line > 0 && at->col > 0)
			buf_printf(&b, "%zu:", at->col);
		buf_byte(&b, ' ');
	}
	buf_printf(&b, "%s%s:%s %s", d->color ? colors[k->level] : "",
	    names[k->level], d->color ? "\033[0m" : "", k->what);
	if (value != NULL)
		buf_printf(&b, ": '%s'", value);
	buf_add(&b, SPAN(": "));
	/* It may speak of names that came from outside. */
	diag_escape(&b, span_of(detail[0] != '\0' ? detail : k->remedy));
	buf_printf(&b, " [%s]\n", k->code);
	write_all(&b);
	buf_release(&b);
}

/* As vsnprintf(), but what is too long is cut between two characters. */
__attribute__((format(printf, 3, 0))) static void
print_whole(char *out, size_t size, const char *format, va_list ap)
{
	int n = vsnprintf(out, size, format, ap);
	size_t cut = size - 1;

	if (n < 0 || (size_t)n < size)
		return;
	while (cut > 0 && ((unsigned char)out[cut - 1] & 0xC0) == 0x80)
		cut--;
	if (cut > 0 && (unsigned char)out[cut - 1] >= 0xC0)
		cut--;
	out[cut] = '\0';
}

void
diag_report(struct diag *d, enum diag_id id, const struct place *at,
    struct span value, const char *detail, ...)
{
	char quoted[512];
	struct buf text = {NULL, 0, 0};
	va_list ap;

	*buf_room(&text, 4096) = '\0';
	if (detail != NULL) {
		va_start(ap, detail);
		print_whole(text.p, text.cap, detail, ap);
		va_end(ap);
	}
	diag_print(d, id, at,
	    value.p == NULL ? NULL : diag_quote(quoted, sizeof quoted, value),
	    text.p);
	buf_release(&text);
}

/* Appends s, a line of what a terminal shows: the columns it takes there. */
static size_t
put_clean(struct buf *b, struct span s)
{
	size_t from = b->n, n;

	for (size_t i = 0; i < s.n; i += n) {
		n = char_bytes(s.p + i, s.n - i);
		if (must_escape(s.p + i, n))
			buf_byte(b, s.p[i] == '\t' ? ' ' : '?');
		else
			buf_add(b, span_make(s.p + i, n));
	}
	return utf8_width(buf_part(b, from, b->n));
}

/* The line of the text that a place is in. */
static struct span
line_around(struct span text, size_t at)
{
	size_t start = at;

	while (start > 0 && text.p[start - 1] != '\n')
		start--;
	text = span_from(text, start);
	return span_make(text.p, span_find(text, '\n'));
}

/* n, or a little less, so that s is not cut within a character. */
static size_t
whole_chars(struct span s, size_t n)
{
	if (n >= s.n)
		return s.n;
	while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return n;
}

/* Appends what s starts with, as much as is shown of it: its columns. */
static size_t
put_start(struct buf *b, struct span s)
{
	size_t n = whole_chars(s, AROUND_BYTES);

	return put_clean(b, span_make(s.p, n)) +
	    (n < s.n ? put_clean(b, SPAN("...")) : 0);
}

/* And what it ends with. */
static size_t
put_end(struct buf *b, struct span s)
{
	size_t cut =
	    s.n <= AROUND_BYTES ? 0 : whole_chars(s, s.n - AROUND_BYTES);

	return (cut > 0 ? put_clean(b, SPAN("...")) : 0) +
	    put_clean(b, span_from(s, cut));
}

void
diag_caret(struct diag *d, enum diag_id id, const struct place *place,
    const struct excerpt *x, const char *message)
{
	struct buf b = {NULL, 0, 0};
	struct span line = line_around(x->text, x->at);
	size_t at = (size_t)(x->text.p + x->at - line.p), before, under;
	size_t len = x->len < line.n - at ? x->len : line.n - at;

	diag_report(
	    d, id, place, span_make(NULL, 0), "%s: %s", x->what, message);
	buf_printf(&b, "    ");
	before = put_end(&b, span_make(line.p, at));
	under = put_start(&b, span_make(line.p + at, len));
	put_start(&b, span_from(line, at + len));
	buf_printf(&b, "\n    %*s^", (int)before, "");
	for (; under > 1; under--)
		buf_byte(&b, '~');
	buf_byte(&b, '\n');
	write_all(&b);
	buf_release(&b);
}

__attribute__((format(printf, 4, 0))) static void
fault_fill(struct fault *f, enum diag_id id, struct span value,
    const char *detail, va_list ap)
{
	*f = (struct fault){.id = id, .has_value = value.p != NULL};
	diag_quote(f->value, sizeof f->value, value);
	if (detail != NULL)
		print_whole(f->detail, sizeof f->detail, detail, ap);
}

void
fault_set(struct fault *f, enum diag_id id, struct place at, struct span value,
    const char *detail, ...)
{
	va_list ap;

	if (f->id != DIAG_NONE)
		return;
	va_start(ap, detail);
	fault_fill(f, id, value, detail, ap);
	va_end(ap);
	f->place = at;
}

void
fault_set_cell(struct fault *f, enum diag_id id, size_t rec, size_t col,
    struct span value, const char *detail, ...)
{
	va_list ap;

	if (f->id != DIAG_NONE)
		return;
	va_start(ap, detail);
	fault_fill(f, id, value, detail, ap);
	va_end(ap);
	f->of_cell = true;
	f->rec = rec;
	f->col = col;
}

void
diag_fault(struct diag *d, struct fault *f)
{
	diag_print(
	    d, f->id, &f->place, f->has_value ? f->value : NULL, f->detail);
	f->id = DIAG_NONE;
}
