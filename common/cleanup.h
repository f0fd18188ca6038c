#ifndef DFV_CLEANUP_H
#define DFV_CLEANUP_H

/*
 * Unfinished files that must not outlive the program: removed when a signal
 * (HUP, INT, PIPE, QUIT, TERM, XCPU) ends it, which it then does as that signal
 * asks. This is the program's one mutable global, since a handler gets no
 * argument.
 */
enum { CLEANUP_MAX = 4096 };

/* Remembers path, which must stay as it is until cleanup_forget(path). */
void cleanup_remember(const char *path);
void cleanup_forget(const char *path);

/* Makes of a bus error, which a mapped input that shrinks under its reader
 * brings, a diagnostic and exit 2; unfinished files are removed. */
void cleanup_on_bus_error(void);

#endif
