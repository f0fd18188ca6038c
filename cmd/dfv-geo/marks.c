#include "marks.h"

int
marks_open(struct marks *m, struct session *s, const char *file)
{
	const struct opt_common *common = &s->opts.common;
	struct reader_opts opts = {
	    .encoding = common->encoding, .progress = PROGRESS_NEVER};
	const size_t *col = m->clues.col;

	*m = (struct marks){.s = s, .clues = CLUES_USUAL};
	m->clues.decimal_comma = common->decimal_comma;
	m->reader = reader_open(&file, 1, &opts, &s->diag);
	if (m->reader == NULL ||
	    clues_find(&m->clues, reader_columns(m->reader), &s->diag) < 0)
		return -1;
	m->level = col[CLUE_DEPARTEMENT] != COLUMN_NONE ? LEVEL_DEPARTEMENT
							: LEVEL_REGION;
	if (belonging_possible(&m->clues, m->level))
		return 0;
	diag_report(&s->diag, DIAG_UNKNOWN_COLUMN,
	    &(struct place){.file = file, .line = 1}, span_make(NULL, 0),
	    "no column says what is to be hatched: communes, departments or "
	    "regions");
	return -1;
}

/* A session on this file, to run and to report with; all else is borrowed. */
static struct session
side_session(const struct marks *m)
{
	struct session side = *m->s;

	side.clues = m->clues;
	side.reader = m->reader;
	side.nlost = 0;
	resolver_init(&side.resolver, &m->s->g, &m->s->atlas, &m->clues);
	return side;
}

unsigned
marks_wanted(const struct marks *m)
{
	struct session side = {.clues = m->clues};

	return session_wanted(&side) | GAZETTEER_COMMUNES;
}

struct marking {
	struct marks *m;
	struct resolver *resolver; /* the side session's */
	struct belonging in;
};

static int
mark_block(void *ctx, const struct block *b, struct batch *made)
{
	struct marking *k = ctx;
	struct marks *m = k->m;
	const struct whereabouts *at = &k->resolver->at;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		bool lost;

		if (m->area != NULL) {
			belonging_find(&k->in, k->resolver, m->level, b, rec);
			for (size_t i = 0; i < k->in.n; i++)
				m->area[k->in.id[i]] = true;
			lost = k->in.lost;
		} else {
			resolver_record(k->resolver, b, rec, false);
			for (size_t i = 0; i < at->n; i++)
				m->commune[at->commune[i]] = true;
			lost = at->lost;
		}
		if (lost)
			batch_lose(made, rec);
	}
	return 0;
}

int
marks_read(struct marks *m)
{
	struct session *s = m->s, side = side_session(m);
	struct marking k = {.m = m, .resolver = &side.resolver};
	struct session_job job = {.ctx = &k, .put = mark_block};
	int rc;

	m->commune = ARENA_ARRAY(&s->arena, bool, (size_t)s->g.ncommune + 1);
	if (!clues_lead(&m->clues))
		m->area = ARENA_ARRAY(
		    &s->arena, bool, level_table(&s->g, m->level)->n + 1);
	rc = session_run(&side, &job);
	resolver_release(&side.resolver);
	belonging_release(&k.in);
	return rc;
}

void
marks_release(struct marks *m)
{
	reader_free(m->reader);
	m->reader = NULL;
}
