#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
input_fault(const struct input *in, enum diag_id id, int err, struct fault *f)
{
	fault_set(f, id, (struct place){in->name, 0, 0}, span_make(NULL, 0),
	    "%s", strerror(err));
	return -1;
}

int
input_open(struct input *in, const char *name, struct fault *f)
{
	struct stat st;

	if (strcmp(name, "-") == 0) {
		*in = (struct input){"(stdin)", STDIN_FILENO, 0};
		return 0;
	}
	*in = (struct input){name, open(name, O_RDONLY | O_CLOEXEC), 0};
	if (in->fd < 0)
		return input_fault(in, DIAG_CANNOT_OPEN, errno, f);
	if (fstat(in->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		input_close(in);
		return input_fault(in, DIAG_CANNOT_READ, EISDIR, f);
	}
	return 0;
}

ptrdiff_t
input_read(struct input *in, char *p, size_t n, struct fault *f)
{
	ssize_t got;

	do
		got = read(in->fd, p, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return input_fault(in, DIAG_CANNOT_READ, errno, f);
	in->done += (uint64_t)got;
	return got;
}

void
input_close(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
}
