#ifndef DFV_VALIDATE_ENUMERATION_H
#define DFV_VALIDATE_ENUMERATION_H

#include "constraint.h"

/* The constraint `enum`: what its row in the table of constraints names. */
int enumeration_load(struct constraint *, struct field *, const struct node *,
    struct arena *, struct diag *);
bool enumeration_holds(const struct constraint *, const struct field *,
    const struct subject *, struct room *);
void enumeration_explain(const struct constraint *, struct span text,
    struct room *, struct finding *, struct arena *);

#endif
