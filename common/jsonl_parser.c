#include "jsonl_parser.h"

#include "cell.h"
#include "utf8.h"

void
jsonl_parser_init(struct jsonl_parser *lp, struct keys *keys, struct fault *f)
{
	*lp = (struct jsonl_parser){.fault = f};
	json_init(&lp->json, span_make(NULL, 0));
	lp->shape.json = &lp->json;
	row_init(&lp->row, keys);
}

void
jsonl_parser_release(struct jsonl_parser *lp)
{
	json_release(&lp->json);
	jsonl_shape_release(&lp->shape);
	row_release(&lp->row);
}

struct place
jsonl_parser_place(const struct jsonl_parser *lp, size_t offset)
{
	return (struct place){lp->file, lp->line_no,
	    utf8_length(span_make(lp->json.in.p, offset)) + 1};
}

int
jsonl_parser_refuse(
    struct jsonl_parser *lp, enum diag_id id, const char *detail)
{
	fault_set(lp->fault, id, jsonl_parser_place(lp, lp->json.start),
	    span_make(NULL, 0), detail == NULL ? NULL : "%s", detail);
	return -1;
}

/* A line that is no JSON. */
static int
refuse_syntax(struct jsonl_parser *lp)
{
	const struct json *j = &lp->json;
	enum diag_id id = j->bad_utf8 ? DIAG_BAD_UTF8
	    : j->lone_surrogate       ? DIAG_LONE_SURROGATE
				      : DIAG_BAD_JSON;

	if (j->at < j->in.n && j->in.p[j->at] == '\0')
		id = DIAG_NUL_BYTE;
	fault_set(lp->fault, id, jsonl_parser_place(lp, j->at),
	    span_make(NULL, 0), id == DIAG_BAD_JSON ? "%s%s" : NULL, j->error,
	    j->at == j->in.n ? ": a record is one line, as  jq -c  writes it"
			     : "");
	return -1;
}

/* Whether a string's text has a NUL; only an escape can have written one. */
static bool
has_nul(const struct jsonl_parser *lp)
{
	return span_find(lp->json.text, '\0') < lp->json.text.n;
}

/* Appends a string, number or word as (part of) a cell. */
static int
put_scalar(struct jsonl_parser *lp, enum json_token token)
{
	struct span text = lp->json.text;

	switch (token) {
	case JSON_NULL:
		return 0;
	case JSON_NUMBER:
	case JSON_TRUE:
	case JSON_FALSE:
		buf_add(&lp->row.text, text);
		return 0;
	case JSON_STRING:
		if (has_nul(lp))
			return jsonl_parser_refuse(
			    lp, DIAG_NUL_BYTE, "\\u0000 in a string");
		cell_encode(&lp->row.text, text);
		return 0;
	case JSON_ERROR:
		return refuse_syntax(lp);
	default:
		return jsonl_parser_refuse(lp, DIAG_NOT_RECORDS,
		    "a list holds scalars only: part it into records, or make "
		    "text of it with  jq -c");
	}
}

static int
put_list(struct jsonl_parser *lp)
{
	for (size_t n = 0;; n++) {
		enum json_token token = json_next(&lp->json);

		if (token == JSON_ARRAY_END)
			return 0;
		if (n > 0)
			buf_byte(&lp->row.text, '|');
		if (put_scalar(lp, token) < 0)
			return -1;
	}
}

/* The value of the key that the row has just been told. */
static int
put_value(struct jsonl_parser *lp, enum json_token token)
{
	size_t start = lp->json.start;
	enum row_status status = row_value(&lp->row);

	if (status != ROW_OK)
		return row_refuse(
		    &lp->row, status, jsonl_parser_place(lp, start), lp->fault);
	if ((token == JSON_ARRAY ? put_list(lp) : put_scalar(lp, token)) < 0)
		return -1;
	row_value_end(&lp->row, 0, start);
	jsonl_shape_value(&lp->shape, lp->row.cell_col, start, lp->json.at);
	return 0;
}

/* The keys and values of the object whose { has been read. */
static int
read_object(struct jsonl_parser *lp, int depth)
{
	size_t outer = lp->row.outer;
	enum row_status status;
	enum json_token token;

	if (depth == ROW_MAX_DEPTH)
		return jsonl_parser_refuse(
		    lp, DIAG_NOT_RECORDS, "nested too deep");
	while ((token = json_next(&lp->json)) == JSON_KEY) {
		if (has_nul(lp))
			return jsonl_parser_refuse(
			    lp, DIAG_NUL_BYTE, "\\u0000 in a key");
		status = row_key(&lp->row, lp->json.text);
		if (status != ROW_OK)
			return row_refuse(&lp->row, status,
			    jsonl_parser_place(lp, lp->json.start), lp->fault);
		token = json_next(&lp->json);
		if (token == JSON_OBJECT) {
			lp->row.outer = lp->row.path;
			if (read_object(lp, depth + 1) < 0)
				return -1;
			lp->row.outer = outer;
		} else if (token == JSON_ERROR) {
			return refuse_syntax(lp);
		} else if (put_value(lp, token) < 0) {
			return -1;
		}
	}
	return token == JSON_OBJECT_END ? 0 : refuse_syntax(lp);
}

int
jsonl_parser_read(struct jsonl_parser *lp, struct span line)
{
	enum json_token token;

	json_reset(&lp->json, line);
	jsonl_shape_begin(&lp->shape, line);
	row_begin(&lp->row);
	token = json_next(&lp->json);
	if (token == JSON_ERROR)
		return refuse_syntax(lp);
	if (token != JSON_OBJECT)
		return jsonl_parser_refuse(
		    lp, DIAG_NOT_RECORDS, "each line is one object");
	if (read_object(lp, 0) < 0)
		return -1;
	return json_next(&lp->json) == JSON_END ? 0 : refuse_syntax(lp);
}
