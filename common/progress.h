#ifndef DFV_PROGRESS_H
#define DFV_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * How far a long run is, on standard error: bytes read, the rate, and the time
 * left where the size is known. A line once a second at most; on a terminal it
 * is rewritten in place, and gone at the end.
 */
enum progress_when {
	PROGRESS_AUTO, /* on a terminal, after one second */
	PROGRESS_ALWAYS,
	PROGRESS_NEVER
};

struct progress {
	bool on;
	bool terminal;
	bool shown;
	uint64_t total; /* bytes, 0 when it is not known */
	uint64_t done;
	int64_t start_ns;
	int64_t next_ns; /* when the next line is due */
};

void progress_start(struct progress *, enum progress_when, uint64_t total);
void progress_add(struct progress *, uint64_t bytes);
void progress_end(struct progress *);

#endif
