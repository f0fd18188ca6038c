#ifndef DFV_FILTER_FILTER_H
#define DFV_FILTER_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "among.h"
#include "expr.h"
#include "join.h"
#include "keys.h"
#include "reader.h"
#include "select.h"
#include "sink.h"
#include "tail.h"

/* What a run does, set up by choice.c and constant while it runs, but for the
 * tail. Lists are NULL-ended. */
struct filter {
	struct reader *reader;
	const struct join *join; /* or NULL */
	struct among **among;    /* all must hold */
	struct expr **where;     /* all must hold */
	bool invert;
	struct selection selection;
	struct out_column *unique; /* -u */
	size_t nunique;
	struct sort_keys sort;
	bool decimal_comma;
	bool as_it_stands; /* a kept record's own bytes are what comes out */
	unsigned jobs;
	const struct writer *writer; /* NULL: only count */
	struct tail *tail;

	/* filter_run's own: the tail takes records unlooked at; they come out
	 * as they are in the joined block; as they are in the input's. */
	bool plain;
	bool copied;
	bool pointed;
};

/* 0, or -1 after a report, or when the output's reader went away. */
int filter_run(const struct filter *);

#endif
