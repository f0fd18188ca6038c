#ifndef DFV_OPT_IMPL_H
#define DFV_OPT_IMPL_H

#include "opt.h"

/* What the parts of opt.h share: opt.c parses, opt_help.c tells. */

/* The options that every command has; the last has name NULL. */
extern const struct opt opt_common_table[];

/* Calls visit for the command's own options, then for the common ones. */
void opt_each(const struct opt_command *,
    void (*visit)(const struct opt *, void *), void *ctx);

/* To standard output: --help, and --dump-options. */
void opt_print_help(const struct opt_command *);
void opt_dump(const struct opt_command *);

#endif
