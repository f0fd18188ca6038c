#define _XOPEN_SOURCE 700 /* realpath, mkstemp */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cleanup.h"
#include "pipe.h"

enum { FLUSH_BYTES = 256 * 1024 };

static int
output_fail(struct output *o, int err)
{
	o->failed = true;
	if (err == EPIPE) {
		o->closed_pipe = true;
		return -1;
	}
	diag_report(o->diag, DIAG_CANNOT_WRITE,
	    &(struct place){o->name == NULL ? "(stdout)" : o->name, 0, 0},
	    span_make(NULL, 0), "%s", strerror(err));
	return -1;
}

/* What the file's permissions are to be: the old one's, or the umask's. */
static mode_t
wanted_mode(const struct stat *old)
{
	mode_t mask;

	if (old != NULL)
		return old->st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Where a symbolic link to nothing yet points; name itself when it is none.
 * The caller frees it. */
static char *
link_target(const char *name)
{
	char to[PATH_MAX];
	ssize_t n = readlink(name, to, sizeof to - 1);
	const char *slash = strrchr(name, '/');
	struct buf path = {NULL, 0, 0};

	if (n < 0)
		return strdup(name);
	to[n] = '\0';
	if (to[0] != '/' && slash != NULL)
		buf_add(&path, span_make(name, (size_t)(slash + 1 - name)));
	buf_add(&path, span_make(to, (size_t)n + 1));
	return path.p;
}

static int
open_beside(struct output *o, const struct stat *old)
{
	size_t n = strlen(o->target) + sizeof ".XXXXXX";

	o->tmp = mem_alloc(n, 1);
	snprintf(o->tmp, n, "%s.XXXXXX", o->target);
	o->fd = mkstemp(o->tmp);
	if (o->fd < 0)
		return output_fail(o, errno);
	cleanup_remember(o->tmp);
	if (fchmod(o->fd, wanted_mode(old)) < 0)
		return output_fail(o, errno);
	return 0;
}

int
output_open(struct output *o, const char *name, struct diag *diag)
{
	struct stat st;
	bool there;

	*o = (struct output){.diag = diag, .fd = STDOUT_FILENO};
	/* A closed pipe, and a file as large as may be (ulimit -f), come as
	 * errors to handle, not as signals. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (name == NULL || strcmp(name, "-") == 0) {
		pipe_widen(STDOUT_FILENO);
		return 0;
	}
	o->name = name;
	o->pack = pack_by_name(span_of(name));
	if (o->pack != NULL)
		o->packer = o->pack->pack_new();
	there = stat(name, &st) == 0;
	if (there && !S_ISREG(st.st_mode)) {
		o->fd = open(name, O_WRONLY | O_CLOEXEC);
		return o->fd < 0 ? output_fail(o, errno) : 0;
	}
	o->target = there ? realpath(name, NULL) : link_target(name);
	if (o->target == NULL)
		return output_fail(o, errno);
	return open_beside(o, there ? &st : NULL);
}

static int
write_all(struct output *o, struct span s)
{
	while (s.n > 0) {
		size_t ask = s.n < SSIZE_MAX ? s.n : SSIZE_MAX;
		ssize_t n = write(o->fd, s.p, ask);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return output_fail(o, errno);
		s = span_from(s, (size_t)n);
	}
	return 0;
}

/* Bytes on their way out, packed where that is wanted; `end` is the last. */
static int
put(struct output *o, struct span s, bool end)
{
	if (o->pack == NULL)
		return write_all(o, s);
	buf_reset(&o->packed);
	o->pack->pack(o->packer, s, end, &o->packed);
	return write_all(o, buf_span(&o->packed));
}

static int
output_flush(struct output *o, bool end)
{
	int rc = put(o, buf_span(&o->buf), end);

	buf_reset(&o->buf);
	return rc;
}

int
output_write(struct output *o, struct span s)
{
	if (o->failed)
		return -1;
	if (o->buf.n + s.n <= FLUSH_BYTES) {
		buf_add(&o->buf, s);
		return 0;
	}
	return output_flush(o, false) < 0 ? -1 : put(o, s, false);
}

/* Data that is not on the disk when the name changes hands could leave an
 * empty file after a power cut. */
static int
finish_file(struct output *o)
{
	if (o->tmp != NULL && !o->failed && fsync(o->fd) < 0 &&
	    errno != EINVAL && errno != EROFS)
		output_fail(o, errno);
	if (close(o->fd) < 0 && !o->failed)
		output_fail(o, errno);
	return o->failed ? -1 : 0;
}

int
output_close(struct output *o, bool keep)
{
	if (!o->failed)
		output_flush(o, true);
	/* fd < 0: it could not even be opened. */
	if (o->fd >= 0)
		finish_file(o);
	if (o->tmp != NULL) {
		if (!o->failed && keep && rename(o->tmp, o->target) < 0)
			output_fail(o, errno);
		if (o->failed || !keep)
			unlink(o->tmp);
		cleanup_forget(o->tmp);
	}
	mem_free(o->tmp);
	free(o->target);
	if (o->packer != NULL)
		o->pack->pack_free(o->packer);
	buf_release(&o->packed);
	buf_release(&o->buf);
	return o->failed && !o->closed_pipe ? -1 : 0;
}
