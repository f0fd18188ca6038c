#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/*
 * floor [newlines] FILE: reads a file and finds where each of its tabs and
 * line feeds is, or only counts the line feeds; prints how many. A tool that
 * looks at every cell has at least the one to do, a tool that looks at every
 * line the other.
 */

/* A block stays in the second-level cache between read() and the search. */
enum { BLOCK = 1 << 17, SURPLUS = 8 };

struct tally {
	uint64_t lines;
	uint64_t separators;
	uint32_t at[BLOCK + SURPLUS]; /* where this block's separators are */
};

struct search {
	bool newlines;
	void (*block)(struct tally *, const char *p, size_t n);
};

static void
count_plain(struct tally *tally, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		tally->lines += p[i] == '\n';
}

/* Appends to the `found` positions; gives how many there are then. */
static size_t
find_from(struct tally *tally, const char *p, size_t i, size_t n, size_t found)
{
	for (; i < n; i++) {
		tally->at[found] = (uint32_t)i;
		found += p[i] == '\t' || p[i] == '\n';
		tally->lines += p[i] == '\n';
	}
	return found;
}

static void
find_plain(struct tally *tally, const char *p, size_t n)
{
	tally->separators += find_from(tally, p, 0, n, 0);
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

/* One bit for each of 64 bytes: whether it is the one of the pattern. */
AVX2 static inline uint64_t
mask_of(const char *p, __m256i pattern)
{
	const __m256i *v = (const __m256i *)(const void *)p;
	__m256i a = _mm256_cmpeq_epi8(_mm256_loadu_si256(v), pattern);
	__m256i b = _mm256_cmpeq_epi8(_mm256_loadu_si256(v + 1), pattern);

	return (uint32_t)_mm256_movemask_epi8(a) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

AVX2 static void
count_avx2(struct tally *tally, const char *p, size_t n)
{
	const __m256i lf = _mm256_set1_epi8('\n');
	size_t i = 0;

	for (; i + 64 <= n; i += 64)
		tally->lines +=
		    (uint64_t)__builtin_popcountll(mask_of(p + i, lf));
	count_plain(tally, p + i, n - i);
}

/* Eight positions are written whether there are so many or not: a surplus is
 * written over, and no branch depends on what the text holds. */
AVX2 static void
find_avx2(struct tally *tally, const char *p, size_t n)
{
	const __m256i tab = _mm256_set1_epi8('\t');
	const __m256i lf = _mm256_set1_epi8('\n');
	size_t i = 0, found = 0;

	for (; i + 64 <= n; i += 64) {
		uint64_t lfs = mask_of(p + i, lf);
		uint64_t mask = mask_of(p + i, tab) | lfs;
		size_t end = found + (size_t)__builtin_popcountll(mask);

		tally->lines += (uint64_t)__builtin_popcountll(lfs);
		do {
			for (size_t k = 0; k < 8; k++) {
				tally->at[found + k] = (uint32_t)(i +
				    (size_t)__builtin_ctzll(mask | 1ULL << 63));
				mask &= mask - 1;
			}
			found += 8;
		} while (found < end);
		found = end;
	}
	tally->separators += find_from(tally, p, i, n, found);
}
#endif

/* The fastest that this processor has. */
static struct search
search_for(bool newlines)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2"))
		return (struct search){
		    newlines, newlines ? count_avx2 : find_avx2};
#endif
	return (struct search){newlines, newlines ? count_plain : find_plain};
}

static int
search_file(int fd, const struct search *search)
{
	static char block[BLOCK];
	static struct tally tally;
	ssize_t n;

	while ((n = read(fd, block, sizeof block)) > 0)
		search->block(&tally, block, (size_t)n);
	if (n < 0)
		return -1;
	printf(
	    "%" PRIu64 "\n", search->newlines ? tally.lines : tally.separators);
	return 0;
}

int
main(int argc, char **argv)
{
	bool newlines = argc > 2 && strcmp(argv[1], "newlines") == 0;
	struct search search = search_for(newlines);
	const char *name = argv[argc - 1];
	int fd;

	if (argc != (newlines ? 3 : 2)) {
		fputs("usage: floor [newlines] FILE\n", stderr);
		return 2;
	}
	fd = open(name, O_RDONLY);
	if (fd < 0 || search_file(fd, &search) < 0) {
		perror(name);
		return 2;
	}
	close(fd);
	return 0;
}
