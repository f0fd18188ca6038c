#define _GNU_SOURCE /* sched_getaffinity */
#include "opt.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "opt_impl.h"
#include "utf8.h"

#ifndef DFV_VERSION
#define DFV_VERSION "0.1.0"
#endif

const char *
opt_version(void)
{
	return DFV_VERSION;
}

enum {
	OPT_PROGRESS = OPT_COMMON,
	OPT_COLOR,
	OPT_ENCODING,
	OPT_DECIMAL_COMMA,
	OPT_DUMP
};

const struct opt opt_common_table[] = {
    {'f', "from", "FMT", "read tsv, csv, yaml or jsonl instead of guessing"},
    {'t', "to", "FMT", "write tsv, csv, yaml, jsonl or md"},
    {'o', "output", "FILE", "write FILE, complete or not at all"},
    {'j', "jobs", "N", "use N threads; the output is the same"},
    {OPT_ENCODING, "encoding", "ENC", "CSV input is utf-8 or windows-1252"},
    {OPT_DECIMAL_COMMA, "decimal-comma", NULL, "numbers may be 1 234,56"},
    {OPT_PROGRESS, "progress", "WHEN", "auto, always or never"},
    {OPT_COLOR, "color", "WHEN", "auto, always or never"},
    {'q', "quiet", NULL, "no diagnostics below error"},
    {'h', "help", NULL, "print this help"},
    {'V', "version", NULL, "print the version"},
    {0, NULL, NULL, NULL},
};

struct opt_state {
	struct option *longs;
	char *shorts;
};

void
opt_each(const struct opt_command *c, void (*visit)(const struct opt *, void *),
    void *ctx)
{
	for (const struct opt *o = c->opts; o->name != NULL; o++)
		visit(o, ctx);
	for (const struct opt *o = opt_common_table; o->name != NULL; o++)
		visit(o, ctx);
}

static void
count_opt(const struct opt *o, void *ctx)
{
	size_t *n = ctx;

	(void)o;
	++*n;
}

static void
add_opt(const struct opt *o, void *ctx)
{
	struct opt_state *s = ctx;
	struct option *at = s->longs;

	while (at->name != NULL)
		at++;
	*at = (struct option){o->name,
	    o->arg != NULL ? required_argument : no_argument, NULL, o->key};
	if (o->key < OPT_LONG) {
		size_t n = strlen(s->shorts);

		s->shorts[n] = (char)o->key;
		s->shorts[n + 1] = o->arg != NULL ? ':' : '\0';
		s->shorts[n + 2] = '\0';
	}
}

bool
opt_no_color(void)
{
	const char *value = getenv("NO_COLOR");

	return value != NULL && value[0] != '\0';
}

/* The processors that are this process's: a batch queue or a container leaves
 * it some of them. */
static unsigned
usable_processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof set, &set) == 0
	    ? (unsigned)CPU_COUNT(&set)
	    : 1;
}

void
opt_init(struct opt_parser *p, const struct opt_command *command, int argc,
    char **argv, struct diag *diag)
{
	size_t n = 0;

	*p = (struct opt_parser){
	    .command = command, .diag = diag, .argc = argc, .argv = argv};
	p->common.jobs = usable_processors();
	*diag = (struct diag){.prog = command->name};
	diag->color = diag_on_terminal() && !opt_no_color();
	opt_each(command, count_opt, &n);
	p->state = mem_alloc(1, sizeof *p->state);
	p->state->longs = mem_alloc(n + 2, sizeof *p->state->longs);
	p->state->shorts = mem_alloc(2 * n + 3, 1);
	/* ':' first: a missing argument is told from an unknown option. */
	p->state->shorts[0] = ':';
	opt_each(command, add_opt, p->state);
	add_opt(&(struct opt){OPT_DUMP, "dump-options", NULL, ""}, p->state);
	opterr = 0;
	optind = 1;
}

static int
answer(struct opt_parser *p)
{
	p->status = 0;
	if (fflush(stdout) != 0 || ferror(stdout)) {
		diag_report(p->diag, DIAG_CANNOT_WRITE,
		    &(struct place){"(stdout)", 0, 0}, span_make(NULL, 0), "%s",
		    strerror(errno));
		p->status = 2;
	}
	return OPT_BAD;
}

static int
refuse(struct opt_parser *p, enum diag_id id, struct span value,
    const char *detail)
{
	diag_report(p->diag, id, NULL, value, "%s", detail);
	p->status = 2;
	return OPT_BAD;
}

/* The argument that holds the long option just read. */
static const char *
long_word(const struct opt_parser *p)
{
	bool apart = optarg != NULL && p->argv[optind - 1] == optarg;

	return p->argv[optind - (apart ? 2 : 1)];
}

/* glibc takes --hea for --help; scripts that say so would break later. */
static bool
abbreviated(const struct opt_parser *p, const char *name)
{
	const char *word = long_word(p) + 2;

	return strcspn(word, "=") != strlen(name);
}

/* auto, always, never: 0, 1, 2, as in enum progress_when; -1 after a report. */
static int
read_when(struct opt_parser *p)
{
	static const char *const words[] = {"auto", "always", "never"};

	for (int i = 0; i < 3; i++)
		if (strcmp(optarg, words[i]) == 0)
			return i;
	refuse(p, DIAG_BAD_ARGUMENT, span_of(optarg),
	    "WHEN is auto, always or never");
	return -1;
}

static int
set_progress(struct opt_parser *p)
{
	int when = read_when(p);

	if (when < 0)
		return OPT_BAD;
	p->common.progress = (enum progress_when)when;
	return 0;
}

static int
set_color(struct opt_parser *p)
{
	int when = read_when(p);

	if (when < 0)
		return OPT_BAD;
	p->common.color = (enum progress_when)when;
	if (when > 0)
		p->diag->color = when == 1;
	return 0;
}

static int
set_encoding(struct opt_parser *p)
{
	static const char *const utf8[] = {"utf-8", "utf8", "UTF-8", "UTF8"};
	static const char *const cp1252[] = {
	    "windows-1252", "cp1252", "WINDOWS-1252", "CP1252"};

	for (size_t i = 0; i < 4; i++) {
		if (strcmp(optarg, utf8[i]) == 0)
			return 0;
		if (strcmp(optarg, cp1252[i]) == 0) {
			p->common.encoding = "windows-1252";
			return 0;
		}
	}
	return refuse(p, DIAG_BAD_ARGUMENT, span_of(optarg),
	    "--encoding is utf-8 or windows-1252; convert others with iconv");
}

static int
set_jobs(struct opt_parser *p)
{
	size_t n;

	if (opt_count(p, 1, &n) < 0)
		return OPT_BAD;
	p->common.jobs = n > 256 ? 256 : (unsigned)n;
	return 0;
}

/* A common option: 0 when it is dealt with, OPT_BAD to stop. */
static int
common_option(struct opt_parser *p, int key)
{
	switch (key) {
	case 'f':
		p->common.from = optarg;
		return 0;
	case 't':
		p->common.to = optarg;
		return 0;
	case 'o':
		p->common.output = optarg;
		return 0;
	case 'j':
		return set_jobs(p);
	case 'q':
		p->common.quiet = p->diag->quiet = true;
		return 0;
	case OPT_ENCODING:
		return set_encoding(p);
	case OPT_DECIMAL_COMMA:
		p->common.decimal_comma = true;
		return 0;
	case OPT_PROGRESS:
		return set_progress(p);
	case OPT_COLOR:
		return set_color(p);
	case 'h':
		opt_print_help(p->command);
		return answer(p);
	case 'V':
		printf("dfv %s\n", opt_version());
		return answer(p);
	default: /* OPT_DUMP */
		opt_dump(p->command);
		return answer(p);
	}
}

/* The row of one of the command's own options; NULL for a common one. */
static const struct opt *
find_own(const struct opt_parser *p, int key)
{
	for (const struct opt *o = p->command->opts; o->name != NULL; o++)
		if (o->key == key)
			return o;
	return NULL;
}

/* Whether the argument of an own option is what it may be. A file's name can
 * be any bytes; all else is text, which may come out again in a header or a
 * page. */
static bool
is_wellformed(const struct opt *own, const char *arg)
{
	if (arg == NULL || strstr(own->arg, "FILE") != NULL ||
	    strstr(own->arg, "DIR") != NULL)
		return true;
	return utf8_check(span_of(arg)) == strlen(arg);
}

/* The option that getopt_long refused, as it was written: a letter, which may
 * stand among others so that its argument is not done with, or a long one. */
static struct span
refused_option(struct opt_parser *p, int before)
{
	const char *word = p->argv[optind > before ? optind - 1 : optind];

	p->letter = (char)optopt;
	return optopt == 0 || (optind > before && strncmp(word, "--", 2) == 0)
	    ? span_of(word)
	    : span_make(&p->letter, 1);
}

/* Whether what getopt_long refused is a long option's =ARGUMENT. */
static bool
takes_no_argument(const struct opt_parser *p, int before)
{
	const char *word = p->argv[optind > before ? optind - 1 : optind];

	return optopt != 0 && optind > before && strncmp(word, "--", 2) == 0 &&
	    strchr(word, '=') != NULL;
}

int
opt_next(struct opt_parser *p)
{
	for (;;) {
		int index = -1, rc, before = optind;
		int key = getopt_long(p->argc, p->argv, p->state->shorts,
		    p->state->longs, &index);

		p->own = find_own(p, key);
		if (key == -1) {
			p->operand = (const char **)(void *)(p->argv + optind);
			p->noperand = (size_t)(p->argc - optind);
			return OPT_END;
		}
		if (key == ':')
			return refuse(p, DIAG_BAD_OPTION,
			    refused_option(p, before),
			    "it needs an argument; try --help");
		if (key == '?')
			return refuse(p, DIAG_BAD_OPTION,
			    refused_option(p, before),
			    takes_no_argument(p, before)
				? "it takes no argument; try --help"
				: "no such option; try --help");
		if (index >= 0 && abbreviated(p, p->state->longs[index].name))
			return refuse(p, DIAG_BAD_OPTION, span_of(long_word(p)),
			    "long options are not abbreviated; try --help");
		if (p->own != NULL && !is_wellformed(p->own, optarg))
			return refuse(p, DIAG_BAD_ARGUMENT, span_of(optarg),
			    "not UTF-8: use a terminal or a script in UTF-8");
		p->arg = optarg;
		if (p->own != NULL)
			return key;
		rc = common_option(p, key);
		if (rc != 0)
			return rc;
	}
}

int
opt_count(struct opt_parser *p, size_t min, size_t *n)
{
	char *end;
	unsigned long long v;

	errno = 0;
	v = strtoull(optarg, &end, 10);
	if (optarg[0] < '0' || optarg[0] > '9' || *end != '\0' || errno != 0 ||
	    v < min || v > SIZE_MAX / 2) {
		refuse(p, DIAG_BAD_ARGUMENT, span_of(optarg),
		    min > 0 ? "a whole number, at least 1, is wanted"
			    : "a whole number is wanted");
		return -1;
	}
	*n = (size_t)v;
	return 0;
}

const char **
opt_list(const struct opt_parser *p, struct arena *a)
{
	return ARENA_ARRAY(a, const char *, (size_t)p->argc + 1);
}

static int
refuse_second(struct opt_parser *p)
{
	char name[64];

	snprintf(name, sizeof name, "--%s", p->own->name);
	refuse(p, DIAG_BAD_OPTION, span_of(name),
	    "it is given only once; try --help");
	return -1;
}

int
opt_take(struct opt_parser *p, int key, const struct opt_slot *slot)
{
	while (slot->key != key && slot->key != 0)
		slot++;
	if (slot->once != NULL && *slot->once != NULL)
		return refuse_second(p);
	if (slot->once != NULL)
		*slot->once = p->arg;
	if (slot->flag != NULL)
		*slot->flag = true;
	if (slot->word != NULL)
		*slot->word = p->arg;
	if (slot->list != NULL) {
		const char **end = slot->list;

		while (*end != NULL)
			end++;
		*end = p->arg;
	}
	return slot->count != NULL ? opt_count(p, 0, slot->count) : 0;
}

struct reader_opts
opt_reader(const struct opt_common *c)
{
	return (struct reader_opts){
	    .from = c->from,
	    .encoding = c->encoding,
	    .progress = c->quiet ? PROGRESS_NEVER : c->progress,
	};
}

void
opt_release(struct opt_parser *p)
{
	mem_free(p->state->longs);
	mem_free(p->state->shorts);
	mem_free(p->state);
}
