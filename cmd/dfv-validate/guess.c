#include "guess.h"

#include <stdint.h>
#include <string.h>

#include "cell.h"
#include "french.h"
#include "utf8.h"
#include "verdict.h"

#define NBSP "\xC2\xA0"
#define THIN "\xE2\x80\xAF"

/* How spreadsheets and people say yes and no; the specification's own words
 * come first. */
static const char *const true_false[] = {"true", "false", NULL};
static const char *const True_False[] = {"True", "False", NULL};
static const char *const TRUE_FALSE[] = {"TRUE", "FALSE", NULL};
static const char *const oui_non[] = {"oui", "non", NULL};
static const char *const Oui_Non[] = {"Oui", "Non", NULL};
static const char *const OUI_NON[] = {"OUI", "NON", NULL};
static const char *const vrai_faux[] = {"vrai", "faux", NULL};
static const char *const Vrai_Faux[] = {"Vrai", "Faux", NULL};
static const char *const VRAI_FAUX[] = {"VRAI", "FAUX", NULL};

#define TYPE(type, format)                                                     \
	{                                                                      \
		type, format, NULL, NULL, NULL, NULL, NULL, NULL, 1            \
	}
#define FRENCH(check, hint, least)                                             \
	{                                                                      \
		"string", NULL, NULL, check, hint, NULL, NULL, NULL, least     \
	}
#define BOOLEAN(words)                                                         \
	{                                                                      \
		"boolean", NULL, NULL, NULL, NULL, NULL, NULL, words, 1        \
	}
#define NUMBER(decimal, group)                                                 \
	{                                                                      \
		"number", NULL, NULL, NULL, NULL, decimal, group, NULL, 1      \
	}

/* The first that all values fit is taken: the narrower come first. */
static const struct guess guesses[] = {
    FRENCH("siret", NULL, 1),
    FRENCH("siren", NULL, 1),
    FRENCH("code-rna", NULL, 1),
    FRENCH("code-commune-insee", "insee commune", 2),
    FRENCH("code-postal", "postal cp", 2),
    FRENCH("code-region", "region reg", 2),
    FRENCH("code-departement", "departement dep dept", 2),
    FRENCH("departement", "departement dep dept", 3),
    FRENCH("region", "region reg", 3),
    FRENCH("commune", "commune ville", 3),
    FRENCH("phone-number-value", "tel telephone phone mobile", 1),
    FRENCH("opening-hours-value", "horaire ouverture opening", 1),
    BOOLEAN(true_false),
    BOOLEAN(True_False),
    BOOLEAN(TRUE_FALSE),
    BOOLEAN(oui_non),
    BOOLEAN(Oui_Non),
    BOOLEAN(OUI_NON),
    BOOLEAN(vrai_faux),
    BOOLEAN(Vrai_Faux),
    BOOLEAN(VRAI_FAUX),
    TYPE("date", NULL),
    TYPE("date", "%d/%m/%Y"),
    TYPE("date", "%Y/%m/%d"),
    TYPE("date", "%d-%m-%Y"),
    TYPE("date", "%d.%m.%Y"),
    TYPE("date", "%m/%d/%Y"),
    TYPE("date", "%d/%m/%y"),
    TYPE("datetime", NULL),
    TYPE("datetime", "%Y-%m-%d %H:%M:%S"),
    TYPE("datetime", "%Y-%m-%d %H:%M"),
    TYPE("datetime", "%d/%m/%Y %H:%M:%S"),
    TYPE("datetime", "%d/%m/%Y %H:%M"),
    TYPE("time", NULL),
    TYPE("time", "%H:%M"),
    TYPE("yearmonth", NULL),
    {"year", NULL, NULL, NULL, "annee an year millesime", NULL, NULL, NULL, 1},
    TYPE("duration", NULL),
    TYPE("integer", NULL),
    NUMBER(NULL, NULL),
    NUMBER(",", NULL),
    NUMBER(",", " "),
    NUMBER(",", NBSP),
    NUMBER(",", THIN),
    TYPE("string", "uuid"),
    TYPE("string", "email"),
    TYPE("string", "uri"),
    TYPE("geopoint", NULL),
    TYPE("geopoint", "array"),
    TYPE("geopoint", "object"),
    TYPE("geojson", NULL),
    TYPE("array", NULL),
    TYPE("object", NULL),
};

enum { NGUESS = sizeof guesses / sizeof guesses[0] };

static const uint64_t all_guesses = (UINT64_C(1) << NGUESS) - 1;

static const char *const missing_words[] = {"NA", "N/A", "n/a", "na", "NC",
    "nc", "ND", "nd", "-", "--", "?", "null", "NULL", "None", "NaN", "#N/A",
    "inconnu", "Inconnu", NULL};

const struct guess *
guess_at(size_t i)
{
	return i < NGUESS ? &guesses[i] : NULL;
}

const char *
guess_missing(size_t i)
{
	return missing_words[i];
}

struct field *
guess_fields(const struct reference *r, struct arena *a)
{
	struct field *fields = ARENA_ARRAY(a, struct field, GUESSES_MAX);

	for (size_t i = 0; i < NGUESS; i++) {
		const struct guess *g = &guesses[i];
		struct field *f = &fields[i];

		f->format =
		    g->format == NULL ? SPAN("default") : span_of(g->format);
		f->type = type_find(span_of(g->type), f->format);
		f->decimal_char =
		    g->decimal == NULL ? SPAN(".") : span_of(g->decimal);
		f->group_char = span_of(g->group);
		f->bare_number = true;
		for (size_t w = 0; g->truths != NULL && w < 2; w++)
			keytab_add(&f->truths, span_of(g->truths[w]));
		if (g->check != NULL)
			constraint_add(
			    f, &french_find(span_of(g->check))->kind, a)
			    ->reference = r;
	}
	return fields;
}

void
guess_init(struct guess_column *c, struct span name)
{
	*c = (struct guess_column){.name = name,
	    .all_differ = true,
	    .shaped = true,
	    .min_length = SIZE_MAX,
	    .alive = all_guesses};
}

void
guess_release(struct guess_column *c)
{
	keytab_release(&c->words);
}

/* A number is not taken for one where its first zero means something, nor
 * where its groups are not of three. */
static bool
fits(const struct guess *g, const struct field *f, struct span text,
    struct number *order)
{
	struct subject s = {.text = text, .length = SIZE_MAX};
	struct room room = {.match = NULL};
	struct span digits = text;
	struct number plain;

	if (f->type->check != NULL && !f->type->check(f, text, order))
		return false;
	if (f->nconstraint > 0)
		return f->constraint->kind->holds(f->constraint, f, &s, &room);
	if (strcmp(g->type, "string") == 0 && strcmp(g->format, "uri") == 0)
		return span_starts(text, SPAN("http"));
	if ((f->type->is & TYPE_NUMERIC) == 0)
		return true;
	if (digits.n > 0 && (digits.p[0] == '-' || digits.p[0] == '+'))
		digits = span_from(digits, 1);
	if (digits.n > 1 && digits.p[0] == '0' && digits.p[1] >= '0' &&
	    digits.p[1] <= '9')
		return false;
	return digits.n > 0 && digits.p[0] >= '0' && digits.p[0] <= '9' &&
	    (g->group == NULL || number_parse(text, true, &plain));
}

static void
put_end(struct guess_end *end, struct number order, struct span text)
{
	end->order = order;
	end->n = text.n < GUESS_TEXT_BYTES ? text.n : 0;
	if (end->n > 0)
		memcpy(end->text, text.p, end->n);
}

static void
note_order(
    struct guess_column *c, size_t i, struct number order, struct span text)
{
	if (!c->any[i] || number_cmp(order, c->low[i].order) < 0)
		put_end(&c->low[i], order, text);
	if (!c->any[i] || number_cmp(order, c->high[i].order) > 0)
		put_end(&c->high[i], order, text);
	c->any[i] = true;
}

/* Whether it is one of the words for nothing, which is then noted. */
static bool
is_missing_word(struct guess_column *c, struct span text)
{
	for (size_t i = 0; missing_words[i] != NULL; i++)
		if (text.n > 0 && text.p[0] == missing_words[i][0] &&
		    span_eq(text, span_of(missing_words[i]))) {
			c->refused |= UINT64_C(1) << i;
			return true;
		}
	return false;
}

/* All are kept while they differ, and while they are few. */
static void
limit_words(struct guess_column *c)
{
	if (c->words.n > GUESS_KEYS || c->words.bytes.n > GUESS_KEY_BYTES ||
	    (!c->all_differ && c->words.n > GUESS_WORDS)) {
		c->too_many = true;
		keytab_release(&c->words);
	}
}

/* Whether a value came before, where that is remembered; it is from now on. */
static bool
came_before(struct guess_column *c, struct span text)
{
	struct guess_lately *l = &c->lately[hash_bytes(text) % GUESS_LATELY];
	size_t known = c->words.n;

	if (text.n > 0 && text.n == l->n && memcmp(l->text, text.p, l->n) == 0)
		return true;
	if (text.n <= GUESS_SHORT) {
		l->n = (unsigned char)text.n;
		memcpy(l->text, text.p, text.n);
	}
	return !c->too_many && keytab_add(&c->words, text) < known;
}

static char
shape_of(char b)
{
	if (b >= '0' && b <= '9')
		return '9';
	if (b >= 'A' && b <= 'Z')
		return 'A';
	return (char)(b >= 'a' && b <= 'z' ? 'a' : b);
}

static void
note_shape(struct guess_column *c, struct span text)
{
	bool first = c->nvalue == 0;

	if (!c->shaped)
		return;
	c->shaped = text.n > 0 && text.n < GUESS_SHAPE &&
	    (first || text.n == c->nshape);
	for (size_t i = 0; c->shaped && i < text.n; i++) {
		char s = shape_of(text.p[i]);

		if (first)
			c->shape[i] = s;
		else
			c->shaped = c->shape[i] == s;
		c->shaped = c->shaped && (text.p[i] & 0x80) == 0;
	}
	if (first && c->shaped)
		c->nshape = text.n;
}

/* A value that came before changes nothing but how many there are. */
static void
guess_value(
    struct guess_column *c, const struct field *fields, struct span text)
{
	bool again = came_before(c, text);
	size_t length;

	c->all_differ = c->all_differ && !again;
	if (!c->too_many)
		limit_words(c);
	if (again) {
		c->nvalue++;
		return;
	}
	note_shape(c, text);
	c->nvalue++;
	length = utf8_length(text);
	c->spaced |= span_find(text, ' ') < text.n;
	c->min_length = length < c->min_length ? length : c->min_length;
	c->max_length = length > c->max_length ? length : c->max_length;
	if (is_missing_word(c, text))
		return;
	for (uint64_t left = c->alive; left != 0; left &= left - 1) {
		size_t i = (size_t)__builtin_ctzll(left);
		struct number order = number_int(0);

		if (!fits(&guesses[i], &fields[i], text, &order))
			c->alive &= ~(UINT64_C(1) << i);
		else if ((fields[i].type->is & TYPE_ORDERED) != 0)
			note_order(c, i, order, text);
	}
}

void
guess_cell(struct guess_column *c, const struct field *fields, struct span cell,
    struct buf *scratch)
{
	struct span rest = cell, value, text;

	if (cell_missing(cell)) {
		c->nempty++;
		return;
	}
	c->ncell++;
	c->is_list |= cell_is_list(cell);
	while (cell_value(&rest, &value)) {
		buf_reset(scratch);
		if (cell_text(value, scratch, &text) == 0)
			guess_value(c, fields, text);
	}
}

/* Whether the name has one of the words, as one of its own. */
static bool
name_has(struct span name, const char *words)
{
	struct buf folded = {NULL, 0, 0};
	struct span rest = span_of(words);
	bool has = false;

	utf8_fold(&folded, name);
	while (rest.n > 0 && !has) {
		size_t n = span_find(rest, ' ');

		for (size_t at = 0; at + n <= folded.n; at++)
			has |= memcmp(folded.p + at, rest.p, n) == 0 &&
			    (at == 0 || shape_of(folded.p[at - 1]) != 'a') &&
			    (at + n == folded.n ||
				shape_of(folded.p[at + n]) != 'a' ||
				folded.p[at + n] == 's');
		rest = span_from(rest, n < rest.n ? n + 1 : n);
	}
	buf_release(&folded);
	return has;
}

/* Whether the column as a whole may be this. */
static bool
is_likely(const struct guess_column *c, const struct guess *g)
{
	bool text = strcmp(g->type, "string") == 0;
	bool named = g->hint != NULL && name_has(c->name, g->hint);

	if (c->is_list &&
	    (g->format != NULL || (!text && strcmp(g->type, "integer") != 0)))
		return false;
	/* Words for nothing are text where all else is text. */
	if (c->refused != 0 && text)
		return false;
	return (g->hint == NULL || named) &&
	    (named || c->too_many || c->words.n >= g->least);
}

size_t
guess_settle(const struct guess_column *c)
{
	/* All alive: there was nothing but words for nothing. */
	if (c->nvalue == 0 || c->alive == all_guesses)
		return GUESSES_MAX;
	for (size_t i = 0; i < NGUESS; i++)
		if ((c->alive >> i & 1) != 0 && is_likely(c, &guesses[i]))
			return i;
	return GUESSES_MAX;
}
