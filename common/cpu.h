#ifndef DFV_CPU_H
#define DFV_CPU_H

/*
 * CPU_HAS(AVX2, "avx2"): whether an x86-64 processor has an instruction set, and
 * the system keeps its registers. The C library knows, where it is GNU's, since
 * it asked at the start; the compilers' function, by which the set has its
 * second name, would ask again, and in a virtual machine each question is a
 * trap: a tenth of a short run.
 */
#include <stdint.h> /* which C library it is */

#if defined(__x86_64__) && defined(__GLIBC__) &&                               \
    (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
#include <stdbool.h>
#include <sys/platform/x86.h>

/* As CPU_FEATURE_ACTIVE(), which shifts a 1 into the sign of an int. */
static inline bool
cpu_has(unsigned index)
{
	enum { WORD = 32, LEAF = 4 * WORD };
	const struct cpuid_feature *leaf =
	    __x86_get_cpuid_feature_leaf(index / LEAF);

	return leaf->active_array[index % LEAF / WORD] >> index % WORD & 1;
}

#define CPU_HAS(set, name) cpu_has(x86_cpu_##set)
#else
#define CPU_HAS(set, name) (__builtin_cpu_supports(name) != 0)
#endif

#endif
