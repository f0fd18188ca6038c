#include "misuse.h"

#include <stdint.h>

#include "partial.h"

static bool
shapes_result(const struct result_opts *o)
{
	return o->totals || o->subtotals || o->sort[0] != NULL ||
	    o->top != SIZE_MAX;
}

static bool
asks_figures(const struct figures_opts *f)
{
	return f->words.where[0] != NULL || f->words.group[0] != NULL ||
	    f->words.figure[0] != NULL || f->explode != NULL || f->partial ||
	    f->merge || shapes_result(&f->result);
}

/* NULL when these go together. */
static const char *
find_misuse(const struct figures_opts *f, const struct indicators_opts *i)
{
	if (i->file != NULL && asks_figures(f))
		return "-i goes without -a and its options: the file says what "
		       "is counted";
	if (i->file == NULL &&
	    (i->period != NULL || i->as_of != NULL || i->compare != NULL))
		return "--period, --as-of and --compare go with -i";
	if (i->file == NULL && !f->merge && f->words.figure[0] == NULL)
		return "ask for a figure, as in -a 'n=count()'";
	if (f->partial && shapes_result(&f->result))
		return "--totals, --subtotals, --sort and --top go with the "
		       "last --merge";
	if (f->has_part && (!f->partial || f->merge))
		return "--part goes with the --partial that reads records";
	if (f->part > PART_MAX)
		return "--part takes a number up to 65535";
	return NULL;
}

int
misuse_check(const struct figures_opts *f, const struct indicators_opts *i,
    struct diag *diag)
{
	const char *misuse = find_misuse(f, i);

	if (misuse == NULL)
		return 0;
	diag_report(diag, DIAG_USAGE, NULL, span_make(NULL, 0), "%s", misuse);
	return -1;
}
