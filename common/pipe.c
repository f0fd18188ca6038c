#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "pipe.h"

#include <fcntl.h>

enum { PIPE_BYTES = 1024 * 1024 }; /* what Linux allows anyone to ask for */

void
pipe_widen(int fd)
{
#ifdef F_SETPIPE_SZ
	fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES);
#else
	(void)fd;
#endif
}
