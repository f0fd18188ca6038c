#ifndef DFV_GEO_VERBS_H
#define DFV_GEO_VERBS_H

/* Each runs its verb, argv[0] being the verb's name, and gives the exit
 * status. */
int locate_main(int argc, char **argv);
int near_main(int argc, char **argv);
int nearest_main(int argc, char **argv);
int extract_main(int argc, char **argv);
int coverage_main(int argc, char **argv);
int map_main(int argc, char **argv);

#endif
