#include "verbs.h"

#include "belong.h"
#include "emit.h"
#include "mem.h"

enum { OPT_REGION = OPT_VERB, OPT_DEPARTEMENT, OPT_EPCI };

static const struct opt opts[] = {
    {OPT_REGION, "region", "R", "keep what is in region R, a code or name"},
    {OPT_DEPARTEMENT, "departement", "D", "in department D, the same"},
    {OPT_EPCI, "epci", "E", "in EPCI E, a SIREN or name"},
    SESSION_OPTS,
    {0, NULL, NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo extract",
    .what = "keep the records of one territory",
    .synopsis =
	(const char *const[]){
	    "--region R [OPTION]... [FILE]...",
	    "--departement D [OPTION]... [FILE]...",
	    "--epci E [OPTION]... [FILE]...",
	    NULL,
	},
    .opts = opts,
    .formats = "geojson",
};

struct extract {
	struct session *s;
	struct emitter emitter;
	enum level level;
	const char *wanted; /* as it was asked for */
	uint32_t id;        /* the territory */
};

/* A thread's own. */
struct extractor {
	const struct extract *x;
	struct resolver resolver;
	struct belonging in;
	struct span *cell; /* one a column */
};

static void *
extractor_new(void *ctx)
{
	const struct extract *x = ctx;
	struct extractor *t = mem_alloc(1, sizeof *t);

	t->x = x;
	t->cell =
	    mem_alloc(reader_columns(x->s->reader)->n + 1, sizeof *t->cell);
	session_resolver(x->s, &t->resolver);
	return t;
}

static void
extractor_free(void *ctx, void *worker)
{
	struct extractor *t = worker;

	(void)ctx;
	resolver_release(&t->resolver);
	belonging_release(&t->in);
	mem_free(t->cell);
	mem_free(t);
}

static void
extract_block(void *worker, const struct block *b, struct batch *made)
{
	struct extractor *t = worker;
	const struct extract *x = t->x;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		belonging_find(&t->in, &t->resolver, x->level, b, rec);
		if (!belonging_has(&t->in, x->id)) {
			if (t->in.lost)
				batch_lose(made, rec);
			continue;
		}
		for (size_t c = 0; c < b->ncol; c++)
			t->cell[c] = block_cell(b, rec, c);
		emitter_record(&x->emitter, made, t->cell, &t->resolver.at);
	}
}

static int
extract_put(void *ctx, const struct block *b, struct batch *made)
{
	struct extract *x = ctx;

	(void)b;
	return emitter_put(&x->emitter, made);
}

static int
extract(struct extract *x)
{
	struct session *s = x->s;
	struct session_job job = {
	    x, extractor_new, extractor_free, extract_block, extract_put};
	unsigned epci = x->level == LEVEL_EPCI ? GAZETTEER_EPCI : 0;

	if (session_open_input(s) < 0 ||
	    session_need(s, belonging_possible(&s->clues, x->level)) < 0 ||
	    session_open_geography(s, session_wanted(s) | epci) < 0)
		return -1;
	x->id = territories_need(level_table(&s->g, x->level),
	    span_of(x->wanted), &s->arena, &s->diag);
	if (x->id == TERRITORY_NONE ||
	    emitter_open(&x->emitter, s, reader_columns(s->reader)) < 0)
		return -1;
	return emitter_close(&x->emitter, session_run(s, &job) == 0);
}

/* Reads the options: 0, or -1 with s->opts.status. */
static int
extract_options(struct extract *x)
{
	struct session *s = x->s;
	size_t given = 0;
	int key;

	while ((key = session_option(s)) != OPT_END) {
		if (key == OPT_BAD)
			return -1;
		x->level = key == OPT_REGION ? LEVEL_REGION
		    : key == OPT_DEPARTEMENT ? LEVEL_DEPARTEMENT
					     : LEVEL_EPCI;
		x->wanted = s->opts.arg;
		given++;
	}
	if (given == 1)
		return 0;
	diag_report(&s->diag, DIAG_USAGE, NULL, span_make(NULL, 0),
	    "give one of --region, --departement and --epci");
	s->opts.status = 2;
	return -1;
}

int
extract_main(int argc, char **argv)
{
	struct session s;
	struct extract x = {.s = &s};

	session_init(&s, &command, argc, argv);
	if (extract_options(&x) < 0)
		return session_end(&s, s.opts.status);
	return session_end(&s, extract(&x) < 0 ? 2 : 0);
}
