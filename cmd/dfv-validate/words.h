#ifndef DFV_WORDS_H
#define DFV_WORDS_H

#include <libintl.h>
#include <stddef.h>

/*
 * Findings in the reader's language: their messages and what is written around
 * them, through gettext; never the codes, the names of columns, nor the
 * diagnostics of the command itself. fr.po holds the French. N_ marks words
 * that stand in a table, and are translated where they are shown.
 */
#define _(text)  gettext(text)
#define N_(text) text

/*
 * Chooses the language: "fr", "en", or NULL for what LC_ALL, LC_MESSAGES or
 * LANG say. Nothing but messages depends on it, and the machine need not know
 * the locale. -1 for a language that there are no words in.
 */
int words_choose(const char *lang);

#endif
