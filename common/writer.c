#include "writer.h"

#include "writers.h"

static const struct writer_format *const formats[] = {
    &writer_tsv, &writer_csv, &writer_yaml, &writer_jsonl, &writer_md};

const struct writer_format *
writer_format(struct span name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (span_eq(span_of(formats[i]->name), name))
			return formats[i];
	return NULL;
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
