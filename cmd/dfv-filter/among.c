#include "among.h"

#include <string.h>
#include <unistd.h>

#include "cell.h"
#include "keytab.h"
#include "mem.h"
#include "reader.h"

struct among {
	size_t col;           /* of the stream */
	struct keytab values; /* as they are encoded in cells */
};

static void
add_cell(struct among *a, struct span cell)
{
	struct span rest = cell, value;

	if (cell_missing(cell))
		return;
	while (cell_value(&rest, &value))
		keytab_add(&a->values, value);
}

static int
read_values(
    struct among *a, struct reader *r, struct span name, struct diag *diag)
{
	struct block b = BLOCK_EMPTY;
	size_t col = columns_need(reader_columns(r), name, diag);
	int rc = col == COLUMN_NONE ? -1 : 1;

	while (rc > 0 && (rc = reader_next(r, &b)) > 0)
		for (size_t rec = 0; rec < b.nrec; rec++)
			add_cell(a, block_cell(&b, rec, col));
	block_release(&b);
	return rc;
}

/* FILE[:COL]; a colon that belongs to the file's name is no separator. */
static void
split_file(char *file, struct span *name)
{
	char *colon = strrchr(file, ':');

	if (colon == NULL || access(file, F_OK) == 0)
		return;
	*colon = '\0';
	*name = span_of(colon + 1);
}

struct among *
among_open(
    const char *text, const struct expr_env *env, const struct opt_common *opts)
{
	const char *eq = strchr(text, '=');
	struct reader_opts ropts = opt_reader(opts);
	struct among *a;
	struct reader *r;
	struct span name;
	char *file;
	int rc = -1;

	if (eq == NULL || eq == text || eq[1] == '\0') {
		diag_report(env->diag, DIAG_BAD_ARGUMENT, NULL, span_of(text),
		    "--in takes COL=FILE or COL=FILE:COL");
		return NULL;
	}
	a = mem_alloc(1, sizeof *a);
	name = span_make(text, (size_t)(eq - text));
	a->col = columns_need(env->columns, name, env->diag);
	file = ARENA_ARRAY(env->arena, char, strlen(eq + 1) + 1);
	memcpy(file, eq + 1, strlen(eq + 1));
	split_file(file, &name);
	ropts.from = NULL; /* --from speaks of the operands */
	ropts.progress = PROGRESS_NEVER;
	if (a->col != COLUMN_NONE) {
		const char *const files[] = {file};

		r = reader_open(files, 1, &ropts, env->diag);
		rc = r == NULL ? -1 : read_values(a, r, name, env->diag);
		reader_free(r);
	}
	if (rc >= 0)
		return a;
	among_free(a);
	return NULL;
}

bool
among_holds(const struct among *a, struct expr_run *run)
{
	struct span rest = block_cell(run->block, run->rec, a->col), value;

	if (cell_missing(rest))
		return false;
	while (cell_value(&rest, &value))
		if (keytab_find(&a->values, value) != KEYTAB_NONE)
			return true;
	return false;
}

void
among_free(struct among *a)
{
	if (a == NULL)
		return;
	keytab_release(&a->values);
	mem_free(a);
}
