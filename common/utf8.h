#ifndef DFV_UTF8_H
#define DFV_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * Offset of the first byte of s that breaks UTF-8 (RFC 3629: shortest form, no
 * surrogates, at most U+10FFFF) or is NUL; s.n when all is well. A broken
 * character counts from its first byte. SIMD where the machine has it, with a
 * scalar twin (utf8_check_scalar) held equal by a test.
 */
size_t utf8_check(struct span s);
size_t utf8_check_scalar(struct span s);

/* Code points of valid UTF-8. */
size_t utf8_length(struct span s);

/* Decodes one code point of valid UTF-8 at s.p, s.n > 0; its bytes in *n. */
uint32_t utf8_decode(struct span s, size_t *n);

/* Appends a code point; U+FFFD for what is none (surrogates, too large). */
void utf8_encode(struct buf *, uint32_t code_point);

/* Terminal columns of valid UTF-8 (wide characters are 2). */
size_t utf8_width(struct span s);

/*
 * Appends Windows-1252 bytes as UTF-8 (WHATWG's table, but the five bytes that
 * Microsoft left undefined are refused): offset of the first such byte, s.n
 * when all was converted.
 */
size_t utf8_from_cp1252(struct buf *, struct span s);

/*
 * Appends s folded for searching: case, accents, ligatures (œ oe, æ ae, ß ss),
 * strokes (ł l, ø o), apostrophes (’ ʼ ´ ` become ') and dashes (become -) put
 * aside, and what is not seen (soft hyphens, joiners) left out; each run of
 * white space, of any kind, is one space. Through utf8proc, with a fast path
 * for ASCII and Latin letters (utf8_fold_plain goes without, and a test holds
 * them equal). Invalid UTF-8 is passed as it is.
 */
void utf8_fold(struct buf *, struct span s);
void utf8_fold_plain(struct buf *, struct span s);

#endif
