#include "datadir.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The directory of the running program, or "" where /proc does not tell. */
static void
program_dir(char *out, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", out, size - 1);
	char *slash;

	out[n < 0 ? 0 : n] = '\0';
	slash = strrchr(out, '/');
	if (slash != NULL)
		*slash = '\0';
}

static bool
try_dir(struct buf *b, const char *dir, const char *below)
{
	buf_reset(b);
	buf_printf(b, "%s%s", dir, below);
	buf_byte(b, '\0');
	b->n--;
	return access(b->p, R_OK) == 0;
}

int
datadir_path(struct buf *b, const char *sub, struct diag *diag)
{
	static const char *const below[] = {"/../../data", "/../share/dfv"};
	const char *env = getenv("DFV_DATA");
	char exe[PATH_MAX];
	bool found = env != NULL && env[0] != '\0';

	if (found) {
		try_dir(b, env, "");
	} else {
		program_dir(exe, sizeof exe);
		for (size_t i = 0; i < 2 && !found; i++)
			found = try_dir(b, exe, below[i]);
	}
	if (!found) {
		diag_report(
		    diag, DIAG_NO_DATA_DIR, NULL, span_make(NULL, 0), NULL);
		return -1;
	}
	buf_printf(b, "/%s", sub);
	buf_byte(b, '\0');
	b->n--;
	return 0;
}
