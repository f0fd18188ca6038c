#include <string.h>

#include "opt.h"
#include "suggest.h"
#include "verbs.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
    {"locate", locate_main},
    {"near", near_main},
    {"nearest", nearest_main},
    {"extract", extract_main},
    {"coverage", coverage_main},
    {"map", map_main},
};

enum { NVERB = sizeof verbs / sizeof verbs[0] };

static const char *
verb_name(size_t i)
{
	return i < NVERB ? verbs[i].name : NULL;
}

static const struct opt no_opts[] = {{0, NULL, NULL, NULL}};

static const struct opt_command command = {
    .name = "dfv-geo",
    .what = "place records on the territory, extract, and draw maps",
    .synopsis =
	(const char *const[]){
	    "locate [--layer NAME[=FILE]]... [OPTION]... [FILE]...",
	    "near --at PLACE --radius KM [--sort] [OPTION]... [FILE]...",
	    "nearest --to FILE [-k N] [--max KM] [OPTION]... [FILE]...",
	    "extract --region R | --departement D | --epci E | "
	    "--bbox W,S,E,N | --polygon FILE [--split-by COL -d DIR] "
	    "[OPTION]... [FILE]...",
	    "coverage --radius KM [--by KEYS | --white-zones] [OPTION]... "
	    "[FILE]...",
	    "map [--by LEVEL [--value COL]] [--points] [OPTION]... "
	    "[FILE]...",
	    "VERB --help",
	    NULL,
	},
    .opts = no_opts,
    .verb = verb_name,
};

static int
report_verb(struct diag *diag, const char *word)
{
	struct span names[NVERB];
	size_t near;

	for (size_t i = 0; i < NVERB; i++)
		names[i] = span_of(verbs[i].name);
	near = suggest_nearest(span_of(word), names, NVERB);
	if (word != NULL && near != SUGGEST_NONE &&
	    strcmp(word, verbs[near].name) == 0)
		diag_report(diag, DIAG_USAGE, NULL, span_of(word),
		    "the verb comes before its options");
	else if (near == SUGGEST_NONE)
		diag_report(diag, DIAG_USAGE, NULL, span_of(word),
		    "a verb comes first: locate, near, nearest, extract, "
		    "coverage or map; try --help");
	else
		diag_report(diag, DIAG_USAGE, NULL, span_of(word),
		    "no such verb: did you mean '%s'?", verbs[near].name);
	return 2;
}

/* No verb in the first place: --help, --version, or a mistake. */
static int
run_without_verb(int argc, char **argv)
{
	struct diag diag;
	struct opt_parser opts;
	int status, key;

	opt_init(&opts, &command, argc, argv, &diag);
	key = opt_next(&opts);
	if (key == OPT_BAD)
		status = opts.status;
	else if (opts.noperand == 0)
		status = report_verb(&diag, NULL);
	else
		status = report_verb(&diag, opts.operand[0]);
	opt_release(&opts);
	return status;
}

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < NVERB; i++)
		if (strcmp(argv[1], verbs[i].name) == 0)
			return verbs[i].run(argc - 1, argv + 1);
	return run_without_verb(argc, argv);
}
