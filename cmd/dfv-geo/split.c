#include "split.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "cell.h"
#include "mem.h"
#include "stratum.h"

/* A value a file, and all of them open: as many as the system lets us have. */
static void
raise_open_files(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) < 0 || r.rlim_cur == r.rlim_max)
		return;
	r.rlim_cur = r.rlim_max;
	setrlimit(RLIMIT_NOFILE, &r);
}

int
split_open(struct split *p, struct session *s, const struct columns *columns,
    const char *dir)
{
	*p = (struct split){.s = s, .columns = columns, .dir = dir};
	raise_open_files();
	if (mkdir(dir, 0777) == 0 || errno == EEXIST)
		return 0;
	diag_report(&s->diag, DIAG_CANNOT_WRITE, &(struct place){dir, 0, 0},
	    span_make(NULL, 0), "%s", strerror(errno));
	return -1;
}

static void
put_name(struct buf *b, struct span value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c < ' ' || c == 0x7F || c == '/' || c == '%' ||
		    (c == '.' && i == 0))
			buf_printf(b, "%%%02X", c);
		else
			buf_byte(b, (char)c);
	}
}

/* Opens the file of a value that is new. */
static int
open_part(struct split *p, struct span value)
{
	struct opt_common *opts = &p->s->opts.common;
	struct buf name = {NULL, 0, 0}, text = {NULL, 0, 0};
	size_t i = p->value.n - 1;
	int rc;

	p->part = mem_grow(p->part, &p->cap, i + 1, sizeof *p->part);
	put_name(&name, cell_shown(value, &text));
	opts->output = arena_printf(&p->s->arena, "%s/%.*s.%s", p->dir,
	    (int)name.n, name.p, emitter_format(p->s))
			   .p;
	rc = emitter_open(&p->part[i], p->s, p->columns);
	opts->output = NULL;
	buf_release(&name);
	buf_release(&text);
	if (rc < 0)
		p->value.n--; /* it is not there to be closed */
	return rc;
}

static int
put_one(struct split *p, struct span value, struct span record)
{
	struct batch one = {.nrec = 1};
	size_t had = p->value.n, i = keytab_add(&p->value, value);
	int rc = i < had ? 0 : open_part(p, value);

	if (rc == 0) {
		buf_add(&one.out, record);
		rc = emitter_put(&p->part[i], &one);
	}
	buf_release(&one.out);
	return rc;
}

int
split_put(struct split *p, struct span values, struct span record)
{
	struct span rest = values, value;
	int rc = 0;

	if (cell_missing(values))
		return put_one(p, SPAN("inconnu"), record);
	while (rc == 0 && cell_value(&rest, &value)) {
		size_t before = (size_t)(value.p - values.p);

		/* Once, though the list have the value twice. */
		if (before > 0 &&
		    stratum_list_has(span_make(values.p, before - 1), value))
			continue;
		rc = put_one(p, value.n > 0 ? value : SPAN("inconnu"), record);
	}
	return rc;
}

int
split_close(struct split *p, bool good)
{
	int rc = good ? 0 : -1;

	for (size_t i = 0; i < p->value.n; i++)
		if (emitter_close(&p->part[i], rc == 0) < 0)
			rc = -1;
	keytab_release(&p->value);
	mem_free(p->part);
	return rc;
}
