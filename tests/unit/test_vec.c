#include "unit.h"
#include "vec.h"

/* Each function against its definition, for every byte at every place. */
static bool
agrees(const char *p, char c)
{
	struct vec v = vec_load(p);
	size_t is = 0, below = 0, either = 0;
	char swapped[VEC];

	while (is < VEC && p[is] != c)
		is++;
	while (below < VEC && (unsigned char)p[below] >= (unsigned char)c)
		below++;
	while (either < VEC && p[either] != c && p[either] != 'x')
		either++;
	vec_store(swapped, vec_swap(v, c, '\t'));
	for (size_t i = 0; i < VEC; i++)
		if (swapped[i] != (p[i] == c ? '\t' : p[i]))
			return false;
	return vec_first(vec_is(v, c)) == is &&
	    vec_first(vec_below(v, c)) == below &&
	    vec_first(vec_or(vec_is(v, c), vec_is(v, 'x'))) == either &&
	    vec_first(vec_xor(vec_is(v, c), vec_is(v, c))) == VEC;
}

int
main(void)
{
	bool good = true, part = true;
	char text[VEC];

	for (unsigned byte = 0; byte < 256; byte++)
		for (size_t at = 0; at <= VEC; at++) {
			memset(text, 'a', sizeof text);
			text[(at + 5) % VEC] = 'x';
			if (at < VEC)
				text[at] = (char)byte;
			good = good && agrees(text, (char)byte) &&
			    agrees(text, (char)(byte + 1));
		}
	unit_check(good, "vec: finds and replaces each byte at each place");
	for (size_t n = 0; n < VEC; n++)
		part = part &&
		    vec_first(vec_is(vec_load_part(text, n), '\0')) == n;
	unit_check(part, "vec: a part of a vector ends in zeros");
	return unit_done();
}
