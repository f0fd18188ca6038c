#include "sites.h"

#include "cell.h"
#include "fixes.h"
#include "mem.h"

int
sites_open(struct sites *s, const char *file, struct session *session)
{
	struct reader_opts opts = {.encoding = session->opts.common.encoding,
	    .progress = PROGRESS_NEVER};
	const char **name = ARENA_NEW(&session->arena, const char *);

	*name = file;
	s->reader = reader_open(name, 1, &opts, &session->diag);
	if (s->reader == NULL)
		return -1;
	s->ncol = reader_columns(s->reader)->n;
	s->clues = CLUES_USUAL;
	s->clues.decimal_comma = session->opts.common.decimal_comma;
	if (clues_find(&s->clues, reader_columns(s->reader), &session->diag) <
	    0)
		return -1;
	if (clues_lead(&s->clues))
		return 0;
	diag_report(&session->diag, DIAG_UNKNOWN_COLUMN,
	    &(struct place){file, 1, 0}, span_make(NULL, 0),
	    "no column says where its records are; see dfv-geo(1), WHERE A "
	    "RECORD IS");
	return -1;
}

void
sites_add(struct sites *s, const struct whereabouts *at)
{
	for (size_t i = 0; i < at->nfix; i++) {
		s->fix =
		    mem_grow(s->fix, &s->fix_cap, s->nfix + 1, sizeof *s->fix);
		s->of = mem_grow(s->of, &s->of_cap, s->nfix + 1, sizeof *s->of);
		s->fix[s->nfix] = at->fix[i];
		s->of[s->nfix++] = (uint32_t)s->n;
	}
	s->n++;
}

void
sites_plant(struct sites *s)
{
	struct point *at = mem_alloc(s->nfix + 1, sizeof *at);

	for (size_t i = 0; i < s->nfix; i++)
		at[i] = s->fix[i].at;
	rtree_build(&s->tree, at, s->nfix);
	mem_free(at);
}

static void
take_cells(
    struct sites *s, const struct block *b, size_t rec, struct arena *arena)
{
	s->cell =
	    mem_grow(s->cell, &s->cap, (s->n + 1) * s->ncol, sizeof *s->cell);
	for (size_t c = 0; c < s->ncol; c++) {
		struct span cell = block_cell(b, rec, c);

		s->cell[s->n * s->ncol + c] = cell_missing(cell)
		    ? span_make(NULL, 0)
		    : arena_span(arena, cell);
	}
}

static void
join_cells(struct sites *s, struct arena *arena, struct buf *b)
{
	buf_reset(b);
	buf_byte(b, '\t');
	for (size_t c = 0; c < s->ncol; c++) {
		buf_add(b, s->cell[s->n * s->ncol + c]);
		buf_byte(b, '\t');
	}
	s->suffix =
	    mem_grow(s->suffix, &s->suffix_cap, s->n + 1, sizeof *s->suffix);
	s->suffix[s->n] = arena_span(arena, buf_span(b));
}

static void
report_lost(struct sites *s, struct session *session, struct resolver *r,
    const struct block *b, size_t rec)
{
	if (s->nlost++ < REPORTS_MAX)
		session_report_lost(session, r, b, rec);
}

int
sites_read(struct sites *s, struct session *session)
{
	struct block b = BLOCK_EMPTY;
	struct buf text = {NULL, 0, 0};
	struct resolver r;
	int rc;

	resolver_init(&r, &session->g, &session->atlas, &s->clues);
	while ((rc = reader_next(s->reader, &b)) > 0)
		for (size_t rec = 0; rec < b.nrec; rec++) {
			fixes_find(&r, &b, rec, false);
			take_cells(s, &b, rec, &session->arena);
			join_cells(s, &session->arena, &text);
			sites_add(s, &r.at);
			if (r.at.lost)
				report_lost(s, session, &r, &b, rec);
		}
	session_report_rest(session, s->nlost);
	buf_release(&text);
	resolver_release(&r);
	block_release(&b);
	if (rc == 0)
		sites_plant(s);
	return rc;
}

void
sites_release(struct sites *s)
{
	reader_free(s->reader);
	rtree_release(&s->tree);
	mem_free(s->cell);
	mem_free(s->suffix);
	mem_free(s->fix);
	mem_free(s->of);
	*s = SITES_EMPTY;
}
