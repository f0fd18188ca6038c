#ifndef DFV_CAUSE_H
#define DFV_CAUSE_H

#include "finding.h"
#include "package.h"

/*
 * What follows from a finding in another table: records that refer to one
 * which has a wrong key, or was lost because its row is broken; and rules that
 * a cell keeps from being worked out. All findings of the tables have been
 * settled.
 */
struct causes;

struct causes *causes_new(const struct package *);

/* Makes references to what is wrong itself follow from that. */
void causes_link_keys(struct causes *, struct table *);

/* The same of records that were there before (history_end). */
void causes_link_vanished(
    struct causes *, const struct table *, struct findings *);

/* Of findings that are FOUND_CAUSED and know no cause: gives them that of
 * their place, or makes them FOUND_OPEN. */
void causes_link_places(const struct causes *, struct findings *);

void causes_free(struct causes *);

#endif
