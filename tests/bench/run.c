/* For wait4(), which tells one child's memory from another's. */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * run RUNS <COMMANDS: times commands side by side: each once, then each again,
 * RUNS times over, so that a change of the machine's mood meets all of them.
 * One round before these is not counted, but for what takes eight times as
 * long as the fastest there: it is not run again.
 *
 * A line of COMMANDS is `label TAB file TAB command`: a shell's, that reads
 * "$F" and prints to /dev/null, one program or a pipeline. A line comes out
 * for each:
 *
 *   label bytes median_ms min_ms max_ms cpu_ms peak_kb status runs
 *
 * where cpu is the user's and the system's time (median), and peak the most
 * memory that one of its processes held.
 */

enum { COMMANDS_MAX = 64, RUNS_MAX = 500, TEDIOUS_TIMES = 8, SHORT_MS = 100 };

struct command {
	char *label;
	char *file;
	char *text;
	double wall_ms[RUNS_MAX];
	double cpu_ms[RUNS_MAX];
	bool again;  /* after the first round */
	size_t runs; /* that count */
	long peak_kb;
	int status; /* the worst that wait4() gave */
};

static void
fail(const char *what)
{
	perror(what);
	exit(2);
}

static double
rusage_ms(const struct rusage *u)
{
	return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1e3 +
	    (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e3;
}

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/*
 * The shell stops when it is ready to become the command, so that its own
 * start is nobody's time: *usage is what it took so far. Before a pipeline,
 * `exec` does no harm.
 */
static pid_t
command_ready(const struct command *c, struct rusage *usage)
{
	static const char script[] = "kill -STOP $$; eval \"exec $0\"";
	int null, status;
	pid_t pid = fork();

	if (pid < 0)
		fail("fork");
	if (pid == 0) {
		null = open("/dev/null", O_RDWR);
		if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 ||
		    setenv("F", c->file, 1) < 0)
			fail("run");
		execl("/bin/sh", "sh", "-c", script, c->text, (char *)NULL);
		fail("/bin/sh");
	}
	if (wait4(pid, &status, WUNTRACED, usage) < 0)
		fail("wait4");
	return pid;
}

static void
command_time(struct command *c, size_t run)
{
	struct rusage before, usage;
	pid_t pid = command_ready(c, &before);
	double start = now_ms();
	int status;

	kill(pid, SIGCONT);
	if (wait4(pid, &status, 0, &usage) < 0)
		fail("wait4");
	c->wall_ms[run] = now_ms() - start;
	c->cpu_ms[run] = rusage_ms(&usage) - rusage_ms(&before);
	if (usage.ru_maxrss > c->peak_kb)
		c->peak_kb = usage.ru_maxrss;
	if (status > c->status)
		c->status = status;
}

/* After the round that is not counted: how often each is run again, and which
 * are not. */
static void
commands_plan(struct command *command, size_t n, size_t runs)
{
	double fastest = HUGE_VAL;

	for (size_t i = 0; i < n; i++)
		if (command[i].wall_ms[0] < fastest)
			fastest = command[i].wall_ms[0];
	for (size_t i = 0; i < n; i++) {
		double ms = command[i].wall_ms[0];

		command[i].again =
		    ms < SHORT_MS || ms < TEDIOUS_TIMES * fastest;
		command[i].runs = command[i].again ? runs : 1;
	}
}

static int
double_cmp(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
command_print(struct command *c)
{
	struct stat st;

	if (stat(c->file, &st) < 0)
		fail(c->file);
	qsort(c->wall_ms, c->runs, sizeof c->wall_ms[0], double_cmp);
	qsort(c->cpu_ms, c->runs, sizeof c->cpu_ms[0], double_cmp);
	printf("%s\t%lld\t%.3f\t%.3f\t%.3f\t%.3f\t%ld\t%d\t%zu\n", c->label,
	    (long long)st.st_size, c->wall_ms[c->runs / 2], c->wall_ms[0],
	    c->wall_ms[c->runs - 1], c->cpu_ms[c->runs / 2], c->peak_kb,
	    WIFEXITED(c->status) ? WEXITSTATUS(c->status) : 128, c->runs);
}

/* From a line, which it keeps. */
static void
command_init(struct command *c, char *line)
{
	memset(c, 0, sizeof *c);
	c->label = line;
	c->file = strchr(line, '\t');
	c->text = c->file == NULL ? NULL : strchr(c->file + 1, '\t');
	if (c->text == NULL) {
		fprintf(stderr, "run: not label, file, command: %s\n", line);
		exit(2);
	}
	*c->file++ = '\0';
	*c->text++ = '\0';
	c->text[strcspn(c->text, "\n")] = '\0';
}

int
main(int argc, char **argv)
{
	struct command command[COMMANDS_MAX];
	size_t n = 0, room = 0;
	size_t runs = argc == 2 ? (size_t)atol(argv[1]) : 0;
	char *line = NULL;

	if (runs == 0 || runs > RUNS_MAX) {
		fputs("usage: run RUNS <COMMANDS\n", stderr);
		return 2;
	}
	for (; n < COMMANDS_MAX && getline(&line, &room, stdin) > 0; n++) {
		command_init(&command[n], line);
		line = NULL;
	}
	for (size_t i = 0; i < n; i++)
		command_time(&command[i], 0);
	commands_plan(command, n, runs);
	for (size_t run = 0; run < runs; run++)
		for (size_t i = 0; i < n; i++)
			if (command[i].again)
				command_time(&command[i], run);
	for (size_t i = 0; i < n; i++) {
		command_print(&command[i]);
		free(command[i].label);
	}
	free(line);
	return 0;
}
