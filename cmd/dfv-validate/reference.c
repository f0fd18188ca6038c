#include "reference.h"

#include "cell.h"
#include "columns.h"
#include "datadir.h"
#include "keytab.h"
#include "mem.h"
#include "reader.h"
#include "utf8.h"

struct words {
	struct keytab exact;
	struct keytab folded;
	size_t *word; /* by number in folded: the first in exact */
	size_t cap;
};

struct reference {
	struct words words[VOCABULARY_COUNT];
	struct keytab former;
	struct former *became; /* by number in former */
	size_t became_cap;
	struct span *postal; /* by number of the commune's code */
	struct span *name;
	size_t postal_cap;
	size_t name_cap;
	struct buf scratch;
	struct arena arena;
};

static void
words_add(struct words *w, struct span text, struct buf *scratch)
{
	size_t before = w->exact.n, number = keytab_add(&w->exact, text), at;

	if (number < before)
		return;
	buf_reset(scratch);
	utf8_fold(scratch, text);
	before = w->folded.n;
	at = keytab_add(&w->folded, buf_span(scratch));
	if (at < before)
		return;
	w->word = mem_grow(w->word, &w->cap, at + 1, sizeof *w->word);
	w->word[at] = number;
}

/* A file's columns by name, in the order in which a row is taken. */
struct source {
	const char *file;
	const char *column[4];
	void (*take)(struct reference *, const struct span *cell);
};

static void
take_commune(struct reference *r, const struct span *cell)
{
	struct words *codes = &r->words[VOCABULARY_COMMUNE];
	size_t n = codes->exact.n;
	struct span rest = cell[2], one;

	words_add(codes, cell[0], &r->scratch);
	words_add(&r->words[VOCABULARY_COMMUNE_NAME], cell[1], &r->scratch);
	r->postal =
	    mem_grow(r->postal, &r->postal_cap, n + 1, sizeof *r->postal);
	r->name = mem_grow(r->name, &r->name_cap, n + 1, sizeof *r->name);
	r->postal[n] = arena_span(&r->arena, cell[2]);
	r->name[n] = arena_span(&r->arena, cell[1]);
	while (cell[2].n > 0 && cell_value(&rest, &one))
		words_add(&r->words[VOCABULARY_POSTAL], one, &r->scratch);
}

static void
take_former(struct reference *r, const struct span *cell)
{
	size_t before = r->former.n, n = keytab_add(&r->former, cell[0]);

	if (n < before)
		return;
	r->became =
	    mem_grow(r->became, &r->became_cap, n + 1, sizeof *r->became);
	r->became[n] = (struct former){
	    arena_span(&r->arena, cell[1]), arena_span(&r->arena, cell[2])};
}

static void
take_departement(struct reference *r, const struct span *cell)
{
	words_add(&r->words[VOCABULARY_DEPARTEMENT], cell[0], &r->scratch);
	words_add(&r->words[VOCABULARY_DEPARTEMENT_NAME], cell[1], &r->scratch);
}

static void
take_region(struct reference *r, const struct span *cell)
{
	words_add(&r->words[VOCABULARY_REGION], cell[0], &r->scratch);
	words_add(&r->words[VOCABULARY_REGION_NAME], cell[1], &r->scratch);
}

static void
take_epci(struct reference *r, const struct span *cell)
{
	words_add(&r->words[VOCABULARY_EPCI], cell[0], &r->scratch);
}

static const struct source sources[] = {
    {"communes.tsv", {"code", "nom", "codes_postaux", NULL}, take_commune},
    {"communes_anciennes.tsv", {"code", "type", "code_actuel", NULL},
	take_former},
    {"departements.tsv", {"code", "nom", NULL, NULL}, take_departement},
    {"regions.tsv", {"code", "nom", NULL, NULL}, take_region},
    {"epci.tsv", {"siren", NULL, NULL, NULL}, take_epci},
};

static int
take_rows(struct reference *r, const struct source *s, struct reader *in,
    struct diag *d)
{
	struct block b = BLOCK_EMPTY;
	size_t col[4], n = 0;
	int rc;

	for (; n < 4 && s->column[n] != NULL; n++) {
		col[n] =
		    columns_need(reader_columns(in), span_of(s->column[n]), d);
		if (col[n] == COLUMN_NONE)
			return -1;
	}
	while ((rc = reader_next(in, &b)) > 0)
		for (size_t rec = 0; rec < b.nrec; rec++) {
			struct span cell[4];

			for (size_t i = 0; i < n; i++)
				cell[i] = block_cell(&b, rec, col[i]);
			s->take(r, cell);
		}
	block_release(&b);
	return rc;
}

static int
load_source(struct reference *r, const struct source *s, struct diag *d)
{
	const struct reader_opts opts = {.from = "tsv"};
	struct span name = arena_printf(&r->arena, "reference/%s", s->file);
	struct buf path = {NULL, 0, 0};
	struct reader *in = NULL;
	const char *file;
	int rc = -1;

	if (datadir_path(&path, name.p, d) != 0)
		goto out;
	file = arena_span(&r->arena, span_of(path.p)).p;
	in = reader_open(&file, 1, &opts, d);
	if (in != NULL)
		rc = take_rows(r, s, in, d);
out:
	reader_free(in);
	buf_release(&path);
	return rc;
}

struct reference *
reference_load(struct diag *d)
{
	struct reference *r = mem_alloc(1, sizeof *r);

	for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
		if (load_source(r, &sources[i], d) != 0) {
			reference_free(r);
			return NULL;
		}
	return r;
}

bool
reference_has(const struct reference *r, enum vocabulary v, struct span word)
{
	return keytab_find(&r->words[v].exact, word) != KEYTAB_NONE;
}

struct span
reference_near(const struct reference *r, enum vocabulary v, struct span word)
{
	const struct words *w = &r->words[v];
	struct buf folded = {NULL, 0, 0};
	size_t at;

	utf8_fold(&folded, word);
	at = keytab_find(&w->folded, buf_span(&folded));
	buf_release(&folded);
	return at == KEYTAB_NONE ? span_make(NULL, 0)
				 : keytab_key(&w->exact, w->word[at]);
}

bool
reference_former(const struct reference *r, struct span code, struct former *f)
{
	size_t at = keytab_find(&r->former, code);

	if (at == KEYTAB_NONE)
		return false;
	*f = r->became[at];
	return true;
}

struct span
reference_postal(const struct reference *r, struct span code, struct span *name)
{
	const struct keytab *codes = &r->words[VOCABULARY_COMMUNE].exact;
	size_t at = keytab_find(codes, code);
	struct former former;

	if (at == KEYTAB_NONE && reference_former(r, code, &former))
		at = keytab_find(codes, former.now);
	if (at == KEYTAB_NONE)
		return span_make(NULL, 0);
	*name = r->name[at];
	return r->postal[at];
}

void
reference_free(struct reference *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < VOCABULARY_COUNT; i++) {
		keytab_release(&r->words[i].exact);
		keytab_release(&r->words[i].folded);
		mem_free(r->words[i].word);
	}
	keytab_release(&r->former);
	mem_free(r->became);
	mem_free(r->postal);
	mem_free(r->name);
	buf_release(&r->scratch);
	arena_release(&r->arena);
	mem_free(r);
}
