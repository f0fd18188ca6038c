#include "choose.h"

#include <string.h>

#include "listed.h"

enum { STRANGER_BYTES = 16, SNIFF_MAX_BYTES = 64 * 1024 };

/* In the order in which a file's first bytes are shown to them. */
static const struct decoder_format *const formats[] = {
    &decoder_jsonl, &decoder_yaml, &decoder_csv, &decoder_tsv};

/* Files that are no tables but often given, by their first bytes, in which a
 * star stands for any one. Of those that are letters there are enough that no
 * column is called so. */
static const struct {
	struct span magic;
	const char *what;
} strangers[] = {
    {{"PK\003\004", 4},
	"a ZIP archive: unzip it; or an Excel or LibreOffice file: save it as "
	"CSV UTF-8"},
    {{"\320\317\021\340", 4}, "an old Excel file: save it as CSV UTF-8"},
    {{"\377\376", 2}, "UTF-16: convert it with iconv -f UTF-16 -t UTF-8"},
    {{"\376\377", 2}, "UTF-16: convert it with iconv -f UTF-16 -t UTF-8"},
    {{"BZh*1AY&SY", 10}, "compressed by bzip2: unpack it with bunzip2"},
    {{"BZh*\027rE8P\220", 10}, "compressed by bzip2: unpack it with bunzip2"},
    {{"\3757zXZ\0", 6}, "compressed by xz: unpack it with unxz"},
    {{"PAR1\025", 5}, "a Parquet file: export it as CSV"},
    {{"%PDF-*.", 7}, "a PDF document: ask for the table as CSV"},
    {{"<!DOCTYPE", 9}, "a web page: fetch the file that it links to"},
    {{"<!doctype", 9}, "a web page: fetch the file that it links to"},
    {{"<html", 5}, "a web page: fetch the file that it links to"},
    {{"<?xml", 5}, "XML: export it as CSV"},
    {{"SQLite format 3\0", 16}, "an SQLite database: export a table as CSV"},
};

static bool
starts_like(struct span s, struct span magic)
{
	size_t i = 0;

	while (i < magic.n && i < s.n &&
	    (magic.p[i] == '*' || magic.p[i] == s.p[i]))
		i++;
	return i == magic.n;
}

static int
refuse_strangers(const struct decoder *d, struct fault *f)
{
	for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
		if (!starts_like(buf_span(&d->ahead), strangers[i].magic))
			continue;
		fault_set(f, DIAG_CANNOT_READ, (struct place){d->in.name, 0, 0},
		    span_make(NULL, 0), "%s", strangers[i].what);
		return -1;
	}
	return 0;
}

const struct decoder_format *
format_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	return NULL;
}

static const struct decoder_format *
format_by_suffix(const char *file)
{
	struct span name = span_of(file), suffix;
	const struct pack_format *pack = pack_by_name(name);
	size_t dot;

	if (pack != NULL) /* data.tsv.gz */
		name.n -= strlen(pack->suffix);
	for (dot = name.n; dot > 0 && name.p[dot - 1] != '.';)
		dot--;
	suffix = span_from(name, dot);
	for (size_t i = 0; dot > 0 && i < sizeof formats / sizeof *formats; i++)
		if (span_listed(suffix, formats[i]->suffix, ','))
			return formats[i];
	return NULL;
}

static const struct decoder_format *
format_by_look(struct span first)
{
	size_t i = 0;

	if (span_starts(first, SPAN("\xEF\xBB\xBF")))
		first = span_from(first, 3);
	while (!formats[i]->sniff(first))
		i++;
	return formats[i];
}

/* Whether a whole line is there that is more than a comment or a bracket. */
static bool
tells_format(struct span first)
{
	for (;;) {
		size_t n = span_find(first, '\n');

		if (n == first.n)
			return false;
		if (n > 2 && first.p[0] != '#')
			return true;
		first = span_from(first, n + 1);
	}
}

/* A pipe may give its first line in pieces. */
static int
look_at_first_line(struct decoder *d, struct fault *f)
{
	while (!d->at_end && d->ahead.n < SNIFF_MAX_BYTES &&
	    !tells_format(buf_span(&d->ahead)))
		if (decoder_look(d, d->ahead.n + 1, f) < 0)
			return -1;
	return 0;
}

/* Whether a text starts like this, white space in it aside. */
static bool
starts_closely(struct span text, struct span close)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n && n < close.n; i++) {
		if (strchr(" \t\r\n", text.p[i]) != NULL && text.p[i] != 0)
			continue;
		if (text.p[i] != close.p[n++])
			return false;
	}
	return n == close.n;
}

static int
refuse_geojson(const struct decoder *d, struct fault *f)
{
	if (!starts_closely(
		buf_span(&d->ahead), SPAN("{\"type\":\"FeatureCollection\"")))
		return 0;
	fault_set(f, DIAG_CANNOT_READ, (struct place){d->in.name, 0, 0},
	    span_make(NULL, 0),
	    "GeoJSON:  jq -c '.features[].properties'  makes records of it; "
	    "dfv-records(5) has coordinates too");
	return -1;
}

int
choose_format(
    struct decoder *d, const char *from, const char *file, struct fault *f)
{
	if (decoder_look(d, STRANGER_BYTES, f) < 0 ||
	    refuse_strangers(d, f) < 0)
		return -1;
	d->format =
	    from != NULL ? format_by_name(from) : format_by_suffix(file);
	if (d->format != NULL)
		return 0;
	if (look_at_first_line(d, f) < 0)
		return -1;
	d->format = format_by_look(buf_span(&d->ahead));
	return refuse_geojson(d, f);
}
