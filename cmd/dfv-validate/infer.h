#ifndef DFV_VALIDATE_INFER_H
#define DFV_VALIDATE_INFER_H

#include "validate.h"

/*
 * --infer: reads the operands once and writes a schema that they follow: the
 * status to exit with.
 */
int infer_run(struct validate *);

#endif
