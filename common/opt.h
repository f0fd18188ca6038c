#ifndef DFV_OPT_H
#define DFV_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "reader.h"

/*
 * One table says a command's options; it gives the parsing (getopt_long,
 * without its abbreviations), --help, and the hidden --dump-options: lines of
 * letter, name, argument, help and words, parted by TABs. From these lines
 * completion/ (beside this file) makes the shells' completions, and a test
 * holds the manual pages against them.
 */
struct opt {
	int key;          /* the letter, or OPT_LONG + i for a long name only */
	const char *name; /* the long name */
	const char *arg;  /* its argument as it is shown, or NULL for none */
	const char *help; /* one line, no full stop */
};

/* What an option's argument can be, parted by blanks: for completion. A
 * command's words for a common option stand in place of the usual ones. */
struct opt_words {
	const char *name;
	const char *words;
};

enum { OPT_LONG = 256, OPT_COMMON = 512, OPT_END = -1, OPT_BAD = -2 };

struct opt_command {
	const char *name;            /* "dfv-filter" */
	const char *what;            /* one line for --help */
	const char *const *synopsis; /* the lines behind the name, NULL-ended */
	const struct opt *opts;      /* its own; the last has name NULL */
	const char *formats;     /* what --to takes beyond the common ones */
	void (*more_help)(void); /* prints more for --help, or NULL */
	const struct opt_words *words; /* the last has name NULL; or NULL */
	const char *(*verb)(size_t i); /* its verbs, then NULL; or NULL */
};

/* The options that every command has, read. */
struct opt_common {
	const char *from;
	const char *to;
	const char *output;
	const char *encoding;
	unsigned jobs;
	enum progress_when progress;
	enum progress_when color; /* of standard output; diag has its own */
	bool decimal_comma;
	bool quiet;
};

/* What of them the reader needs (reader.h). */
struct reader_opts opt_reader(const struct opt_common *);

struct opt_parser {
	const struct opt_command *command;
	struct opt_common common;
	struct diag *diag;
	int argc;
	char **argv;
	const struct opt *own; /* that opt_next gave, of the command's */
	const char *arg;       /* its argument, or NULL */
	char letter;           /* of a refused option, for its message */
	const char **operand;  /* after OPT_END */
	size_t noperand;
	int status; /* after OPT_BAD: what to exit with (0 for --help) */
	struct opt_state *state;
};

void opt_init(struct opt_parser *, const struct opt_command *, int argc,
    char **argv, struct diag *);

/* The next of the command's own options: its key; OPT_END behind the last,
 * with the operands; OPT_BAD after a report, or when --help or --version has
 * been answered: exit with .status. */
int opt_next(struct opt_parser *);

/* A number argument of the option at hand, at least min: 0, or -1 after a
 * report. */
int opt_count(struct opt_parser *, size_t min, size_t *);

/* Where an option goes that needs no thought: its flag is set, its argument
 * kept; NULL is what it does not have. A table of these ends with key 0. */
struct opt_slot {
	int key;
	bool *flag;
	const char **word; /* of several the last */
	const char **once; /* a second is a mistake */
	const char **list; /* all of them, behind each other */
	size_t *count;     /* a whole number, 0 too */
};

/* Room for as many arguments as could be given; NULL-ended, empty. */
const char **opt_list(const struct opt_parser *, struct arena *);

/* Puts the option at hand, of this key, into its slot: 0, or -1 after a
 * report. One without a slot goes nowhere. */
int opt_take(struct opt_parser *, int key, const struct opt_slot *);

/* Whether NO_COLOR asks for none: it counts when it is not empty
 * (no-color.org). */
bool opt_no_color(void);

/* The toolkit's version, as --version prints it. */
const char *opt_version(void);

void opt_release(struct opt_parser *);

#endif
