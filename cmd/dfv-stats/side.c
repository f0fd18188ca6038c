#include "side.h"

#include "expr.h"

struct side_reading {
	const struct side *side;
	struct reader *reader;
	struct arena arena;
	struct expr *where;
	struct expr *expr[SIDE_CELLS];
	struct block block;
	struct expr_run run;
	struct buf text;
};

static int
compile(struct side_reading *r, const struct node *n, enum expr_want want,
    struct diag *diag, struct expr **out)
{
	const struct expr_env env = {
	    .columns = reader_columns(r->reader),
	    .decimal_comma = r->side->decimal_comma,
	    .arena = &r->arena,
	    .diag = diag,
	    .what = r->side->file,
	    .place = n == NULL ? PLACE_NONE : n->place,
	};

	if (n == NULL)
		return 0;
	*out = expr_compile(n->text, want, &env);
	return *out == NULL ? -1 : 0;
}

static int
compile_all(struct side_reading *r, struct diag *diag)
{
	const struct side *s = r->side;

	for (size_t i = 0; i < s->ncell; i++)
		if (compile(r, s->cell[i], EXPR_ANY, diag, &r->expr[i]) < 0)
			return -1;
	return compile(r, s->where, EXPR_BOOL, diag, &r->where);
}

static int
read_record(struct side_reading *r)
{
	const struct side *s = r->side;
	struct span cell[SIDE_CELLS];
	size_t end[SIDE_CELLS], from = 0;

	if (r->where != NULL && !expr_true(r->where, &r->run))
		return 0;
	buf_reset(&r->text);
	for (size_t i = 0; i < s->ncell; i++) {
		struct value v = {.kind = VALUE_MISSING};

		if (r->expr[i] != NULL)
			v = expr_value(r->expr[i], &r->run);
		expr_put(&r->text, &v);
		end[i] = r->text.n;
	}
	for (size_t i = 0; i < s->ncell; from = end[i++])
		cell[i] = buf_part(&r->text, from, end[i]);
	if (r->run.fault.id != DIAG_NONE)
		return 0;
	return s->row(s->ctx, cell, reader_place(&r->block, r->run.rec, 0));
}

static int
read_block(struct side_reading *r)
{
	r->run.block = &r->block;
	for (r->run.rec = 0; r->run.rec < r->block.nrec; r->run.rec++) {
		if (read_record(r) < 0)
			return -1;
		if (r->run.fault.id != DIAG_NONE)
			return reader_fault(
			    r->reader, &r->block, &r->run.fault);
	}
	return 0;
}

int
side_read(
    const struct side *s, const struct reader_opts *opts, struct diag *diag)
{
	struct side_reading r = {
	    .side = s, .arena = ARENA_EMPTY, .block = BLOCK_EMPTY};
	int rc = -1;

	r.reader = reader_open(&s->file, 1, opts, diag);
	if (r.reader == NULL || compile_all(&r, diag) < 0)
		goto out;
	while ((rc = reader_next(r.reader, &r.block)) > 0)
		if (read_block(&r) < 0) {
			rc = -1;
			break;
		}
out:
	expr_free(r.where);
	for (size_t i = 0; i < s->ncell; i++)
		expr_free(r.expr[i]);
	expr_run_release(&r.run);
	buf_release(&r.text);
	block_release(&r.block);
	reader_free(r.reader);
	arena_release(&r.arena);
	return rc;
}
