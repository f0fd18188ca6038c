#include "datadir.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
datadir_program(char *out, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", out, size - 1);
	char *slash;

	out[n < 0 ? 0 : n] = '\0';
	slash = strrchr(out, '/');
	if (slash != NULL)
		*slash = '\0';
}

/* Sets b to dir, below and sub; whether that is there to be read. */
static bool
try_path(struct buf *b, const char *dir, const char *below, const char *sub)
{
	buf_reset(b);
	buf_printf(b, "%s%s/%s", dir, below, sub);
	buf_byte(b, '\0');
	b->n--;
	return access(b->p, R_OK) == 0;
}

int
datadir_path(struct buf *b, const char *sub, struct diag *diag)
{
	/* A build in a folder of its own under build/ is one level deeper. */
	static const char *const below[] = {
	    "/../../data", "/../../../data", "/../share/dfv"};
	const char *env = getenv("DFV_DATA");
	char exe[PATH_MAX];

	if (env != NULL && env[0] != '\0') {
		try_path(b, env, "", sub);
		return 0;
	}
	datadir_program(exe, sizeof exe);
	for (size_t i = 0; i < sizeof below / sizeof *below; i++)
		if (try_path(b, exe, below[i], sub))
			return 0;
	diag_report(diag, DIAG_NO_DATA_DIR, NULL, span_make(NULL, 0), NULL);
	return -1;
}
