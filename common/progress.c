#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "diag.h"

enum { SECOND_NS = 1000000000 };

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND_NS + t.tv_nsec;
}

void
progress_start(struct progress *p, enum progress_when when, uint64_t total)
{
	*p = (struct progress){.total = total};
	p->terminal = diag_on_terminal();
	p->on =
	    when == PROGRESS_ALWAYS || (when == PROGRESS_AUTO && p->terminal);
	p->start_ns = now_ns();
	p->next_ns = p->start_ns + SECOND_NS;
}

/* 1.4 GB: three digits are enough to see it move. */
static void
format_bytes(char *out, size_t size, double bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB"};
	size_t unit = 0;

	while (bytes >= 1000 && unit < 5) {
		bytes /= 1000;
		unit++;
	}
	snprintf(out, size, "%.*f %s", bytes < 10 && unit > 0 ? 1 : 0, bytes,
	    units[unit]);
}

static void
progress_show(struct progress *p, int64_t now)
{
	double seconds = (double)(now - p->start_ns) / SECOND_NS;
	double rate = (double)p->done / seconds;
	char done[32], total[32], speed[32], line[160];
	int n;

	format_bytes(done, sizeof done, (double)p->done);
	format_bytes(speed, sizeof speed, rate);
	if (p->total > 0) {
		format_bytes(total, sizeof total, (double)p->total);
		n = snprintf(line, sizeof line,
		    "%s of %s, %.0f %%, %s/s, %.0f s left", done, total,
		    100 * (double)p->done / (double)p->total, speed,
		    (double)(p->total - p->done) / rate);
	} else {
		n = snprintf(line, sizeof line, "%s, %s/s", done, speed);
	}
	if (n > 0)
		dprintf(
		    STDERR_FILENO, p->terminal ? "\r%s\033[K" : "%s\n", line);
	p->shown = true;
}

void
progress_add(struct progress *p, uint64_t bytes)
{
	int64_t now;

	if (!p->on)
		return;
	p->done += bytes;
	if (p->total > 0 && p->done > p->total)
		p->total = p->done; /* the file is still growing */
	now = now_ns();
	if (now < p->next_ns)
		return;
	progress_show(p, now);
	p->next_ns = now + SECOND_NS;
}

void
progress_end(struct progress *p)
{
	if (!p->on)
		return;
	p->on = false;
	if (p->terminal && p->shown)
		dprintf(STDERR_FILENO, "\r\033[K");
	else if (!p->terminal)
		progress_show(p, now_ns() + 1);
}
