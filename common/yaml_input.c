#include "yaml_input.h"

#include <string.h>

#include "utf8.h"
#include "yaml_scalar.h"

enum { CHUNK_BYTES = 64 * 1024 };

/* Moves yi->line and .col over the first n bytes of yi->in. */
static void
advance(struct yaml_input *yi, size_t n)
{
	struct span s = span_make(yi->in.p, n);
	size_t lf;

	while ((lf = span_find(s, '\n')) < s.n) {
		yi->line++;
		yi->col = 1;
		s = span_from(s, lf + 1);
	}
	yi->col += utf8_length(s);
}

/* How many of the bytes read are good; a character cut in two at their end
 * waits for its rest. */
static void
check_input(struct yaml_input *yi)
{
	struct span s = buf_span(&yi->in);
	size_t good = utf8_check(s), allowed;

	yi->bad = DIAG_NONE;
	if (good < s.n && (s.n - good >= 4 || yi->at_end))
		yi->bad = DIAG_BAD_UTF8;
	if (good < s.n && s.p[good] == '\0')
		yi->bad = DIAG_NUL_BYTE;
	allowed = yaml_check(span_make(s.p, good));
	if (allowed < good)
		yi->bad = DIAG_BAD_YAML;
	yi->good = allowed;
}

/* More of the source in yi->in: 0, -1 after a fault. */
static int
refill(struct yaml_input *yi)
{
	ptrdiff_t got;

	if (yi->given > 0) {
		advance(yi, yi->given);
		yi->in.n -= yi->given;
		memmove(yi->in.p, yi->in.p + yi->given, yi->in.n);
		yi->given = 0;
	}
	got = yi->source.read(yi->source.ctx, buf_room(&yi->in, CHUNK_BYTES),
	    CHUNK_BYTES, yi->fault);
	if (got < 0)
		return -1;
	yi->in.n += (size_t)got;
	yi->at_end = got == 0;
	check_input(yi);
	return 0;
}

/* What stands behind the good bytes. */
static void
refuse_byte(struct yaml_input *yi)
{
	advance(yi, yi->given);
	fault_set(yi->fault, yi->bad,
	    (struct place){yi->source.name, yi->line, yi->col},
	    span_make(yi->in.p + yi->given, 1),
	    yi->bad == DIAG_BAD_YAML
		? "a control character: write its escape in double quotes"
		: NULL);
}

int
yaml_input_give(void *ctx, unsigned char *p, size_t n, size_t *got)
{
	struct yaml_input *yi = ctx;

	while (yi->given == yi->good) {
		if (yi->bad != DIAG_NONE) {
			refuse_byte(yi);
			return 0;
		}
		if (yi->at_end) {
			*got = 0;
			return 1;
		}
		if (refill(yi) < 0)
			return 0;
	}
	*got = yi->good - yi->given < n ? yi->good - yi->given : n;
	memcpy(p, yi->in.p + yi->given, *got);
	yi->given += *got;
	return 1;
}

void
yaml_input_init(struct yaml_input *yi, const struct yaml_source *source,
    struct fault *fault)
{
	*yi = (struct yaml_input){.source = *source,
	    .fault = fault,
	    .line = source->first_line,
	    .col = 1};
}

void
yaml_input_release(struct yaml_input *yi)
{
	buf_release(&yi->in);
}
