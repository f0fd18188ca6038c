#include "clues.h"

#include <string.h>

#include "buf.h"
#include "utf8.h"

/* The usual names, as column_key() gives them, parted by spaces; the first
 * that the input has counts. */
static const struct {
	const char *role;
	const char *usual;
} roles[CLUE_COUNT] = {
    [CLUE_CODE] = {"code",
	"code_insee code_commune insee code_commune_insee "
	"code_insee_commune insee_com codgeo depcom id_geo "
	"codecommuneetablissement adrs_codeinsee"},
    [CLUE_COMMUNE] = {"commune",
	"commune communes nom_commune libelle_commune ville nom_com libgeo "
	"lib_geo libellecommuneetablissement adrs_libcommune libcom"},
    [CLUE_ADDRESS] = {"address",
	"adresse adresse_complete adresse_postale address"},
    [CLUE_POSTAL] = {"postal",
	"code_postal cp codes_postaux codepostaletablissement "
	"adrs_codepostal"},
    [CLUE_LATITUDE] = {"latitude",
	"latitude lat ylatitude consolidated_latitude"},
    [CLUE_LONGITUDE] = {"longitude",
	"longitude lon lng long xlongitude consolidated_longitude"},
    [CLUE_DEPARTEMENT] = {"departement",
	"departement code_departement departement_code departements dep "
	"nom_departement"},
    [CLUE_REGION] = {"region",
	"region code_region region_code regions reg nom_region"},
    [CLUE_PRECISION] = {"precision", "precision"},
};

const char *
clue_name(enum clue c)
{
	return roles[c].role;
}

int
clues_choose(struct clues *clues, const char *arg, struct diag *diag)
{
	struct span s = span_of(arg);
	size_t n = span_find(s, '=');

	for (int c = 0; c < CLUE_COUNT && n < s.n; c++)
		if (span_eq(span_make(arg, n), span_of(roles[c].role))) {
			clues->chosen[c] = span_from(s, n + 1);
			return 0;
		}
	diag_report(diag, DIAG_BAD_ARGUMENT, NULL, s,
	    "write ROLE=COLUMN, where ROLE is code, commune, address, postal, "
	    "latitude, longitude, departement, region or precision");
	return -1;
}

/* "Code INSEE" is code_insee: folded, and what is no letter or digit is '_'. */
static void
column_key(struct buf *out, struct span name)
{
	buf_reset(out);
	utf8_fold(out, name);
	for (size_t i = 0; i < out->n; i++)
		if (strchr(" -'./", out->p[i]) != NULL)
			out->p[i] = '_';
}

static size_t
find_key(const struct columns *columns, struct span key)
{
	struct buf name = {NULL, 0, 0};
	size_t i = columns_find(columns, key);

	if (i == COLUMN_NONE)
		for (i = 0; i < columns->n; i++) {
			column_key(&name, columns->name[i]);
			if (span_eq(buf_span(&name), key))
				break;
		}
	buf_release(&name);
	return i == columns->n ? COLUMN_NONE : i;
}

/* What coverage writes: how many communes there are, and not which. */
static bool
is_count(const struct columns *columns, struct span name)
{
	return span_eq(name, SPAN("communes")) &&
	    columns_find(columns, SPAN("communes_couvertes")) != COLUMN_NONE;
}

static size_t
find_usual(const struct columns *columns, struct span usual)
{
	while (usual.n > 0) {
		size_t n = span_find(usual, ' ');
		struct span name = span_make(usual.p, n);
		size_t col = find_key(columns, name);

		if (col != COLUMN_NONE && !is_count(columns, name))
			return col;
		usual = span_from(usual, n < usual.n ? n + 1 : n);
	}
	return COLUMN_NONE;
}

int
clues_find(
    struct clues *clues, const struct columns *columns, struct diag *diag)
{
	for (int c = 0; c < CLUE_COUNT; c++) {
		struct span name = clues->chosen[c];

		clues->col[c] = COLUMN_NONE;
		if (name.p == NULL) {
			clues->col[c] =
			    find_usual(columns, span_of(roles[c].usual));
		} else if (name.n > 0) {
			clues->col[c] = columns_need(columns, name, diag);
			if (clues->col[c] == COLUMN_NONE)
				return -1;
		}
	}
	return 0;
}

bool
clues_point(const struct clues *clues)
{
	return clues->col[CLUE_LATITUDE] != COLUMN_NONE &&
	    clues->col[CLUE_LONGITUDE] != COLUMN_NONE;
}

bool
clues_text(const struct clues *clues)
{
	for (int c = 0; c < CLUE_LATITUDE; c++)
		if (clues->col[c] != COLUMN_NONE)
			return true;
	return false;
}

bool
clues_lead(const struct clues *clues)
{
	return clues_text(clues) || clues_point(clues);
}
