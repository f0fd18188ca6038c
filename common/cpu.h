#ifndef DFV_CPU_H
#define DFV_CPU_H

/*
 * CPU_HAS(AVX2, "avx2"): whether an x86-64 processor has an instruction set, and
 * the system keeps its registers. The C library knows, where it is GNU's, since
 * it asked at the start; the compilers' function, by which the set has its
 * second name, would ask again, and in a virtual machine each question is a
 * trap: a twentieth of a short run.
 */
#if defined(__has_include)
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#define CPU_HAS(set, name) CPU_FEATURE_ACTIVE(set)
#endif
#endif

#ifndef CPU_HAS
#define CPU_HAS(set, name) (__builtin_cpu_supports(name) != 0)
#endif

#endif
