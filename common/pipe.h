#ifndef DFV_PIPE_H
#define DFV_PIPE_H

/*
 * Gives the pipe that fd may be room for several blocks, where the system
 * allows it: with the usual 64 KiB its two ends wait for each other at every
 * block. What is no pipe stays as it is.
 */
void pipe_widen(int fd);

#endif
