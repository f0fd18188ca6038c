#ifndef DFV_WRITERS_H
#define DFV_WRITERS_H

#include "writer.h"

/* The formats of writer.c's table, one a file. */
extern const struct writer_format writer_tsv, writer_csv, writer_yaml,
    writer_jsonl, writer_md;

#endif
