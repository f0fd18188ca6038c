#include "writer.h"

#include "writers.h"

const struct writer_format *const writer_formats[] = {
    &writer_tsv, &writer_csv, &writer_yaml, &writer_jsonl, &writer_md, NULL};

const struct writer_format *
writer_format(struct span name)
{
	const struct writer_format *const *f = writer_formats;

	while (*f != NULL && !span_eq(span_of((*f)->name), name))
		f++;
	return *f;
}

void
writer_init(struct writer *w, const struct writer_format *format,
    const struct columns *columns, struct arena *arena)
{
	*w = (struct writer){
	    .format = format,
	    .columns = columns,
	    .delimiter = ',',
	    .arena = arena,
	};
	if (format->plan != NULL)
		w->plan = format->plan(w);
}
