#ifndef DFV_GEO_MARKS_H
#define DFV_GEO_MARKS_H

#include "drawing.h"
#include "session.h"

/*
 * What the records of a second file name, to be hatched: communes, if it has a
 * column that leads to them, else its departments or regions.
 */
struct marks {
	struct session *s; /* whose geography it shares */
	struct clues clues;
	struct reader *reader;
	enum level level;
	bool *commune; /* by index; in the session's arena */
	bool *area;    /* by index of the level; NULL for communes */
};

/* Opens the file; its name outlives the marks. 0, or -1 after a report. */
int marks_open(struct marks *, struct session *, const char *file);

/* What of the geography it wants (gazetteer.h). */
unsigned marks_wanted(const struct marks *);

/* Reads it, with the geography loaded; what cannot be located is reported. 0,
 * or -1 after a report. */
int marks_read(struct marks *);

void marks_release(struct marks *);

#endif
