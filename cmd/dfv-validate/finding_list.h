/*
 * Every kind of finding, once: FINDING(ID, code, what). The codes are those of
 * Frictionless where it has one. No include guard: it is included for its
 * rows; dfv-validate(1) lists them.
 */
#ifndef FINDING
#error "define FINDING(ID, code, what) before including this"
#endif

/* the file */
FINDING(SOURCE_ERROR, "source-error", "cells are parted by another character")

/* columns */
FINDING(MISSING_LABEL, "missing-label", "a column is missing")
FINDING(EXTRA_LABEL, "extra-label", "a column that the schema does not have")
FINDING(INCORRECT_LABEL, "incorrect-label", "a column out of its place")

/* rows */
FINDING(BLANK_ROW, "blank-row", "an empty row")
FINDING(MISSING_CELL, "missing-cell", "cells are missing")
FINDING(EXTRA_CELL, "extra-cell", "more cells than columns")
FINDING(ROW_ERROR, "row-error", "cells stand in the wrong columns")

/* cells */
FINDING(TYPE_ERROR, "type-error", "not of its type")
FINDING(CONSTRAINT_ERROR, "constraint-error", "against a constraint")

/* the checks of French data, under Validata's names */
FINDING(SIREN, "siren", "not a SIREN")
FINDING(SIRET, "siret", "not a SIRET")
FINDING(CODE_RNA, "code-rna", "not a number of an association")
FINDING(ID_RNB, "id-rnb", "not an identifier of a building")
FINDING(CODE_COMMUNE, "code-commune-insee", "not the code of a commune")
FINDING(COMMUNE, "commune", "not the name of a commune")
FINDING(CODE_POSTAL, "code-postal", "not a postal code")
FINDING(CODE_DEPARTEMENT, "code-departement", "not the code of a department")
FINDING(DEPARTEMENT, "departement", "not the name of a department")
FINDING(CODE_REGION, "code-region", "not the code of a region")
FINDING(REGION, "region", "not the name of a region")
FINDING(CODE_EPCI, "code-epci", "not the SIREN of an EPCI")
FINDING(PHONE_NUMBER, "phone-number-value", "not a phone number")
FINDING(OPENING_HOURS, "opening-hours-value", "not opening hours")
FINDING(FRENCH_GPS, "french-gps-coordinates", "coordinates outside of France")
FINDING(REVERSED_GPS, "reversed-french-gps-coordinates",
    "coordinates in the wrong order")
FINDING(LONGITUDE_L93, "longitude-l93",
    "not a longitude in Lambert 93 in metropolitan France")
FINDING(LATITUDE_L93, "latitude-l93",
    "not a latitude in Lambert 93 in metropolitan France")
FINDING(YEAR_INTERVAL, "year-interval-value", "not an interval of years")
/* clang-format off */
FINDING(NOMENCLATURE_ACTE, "nomenclature-acte", "not of the nomenclature of acts")
/* clang-format on */
FINDING(ONE_OF_REQUIRED, "one-of-required", "none of the columns has a value")
FINDING(COHESIVE_COLUMNS, "cohesive-columns-value",
    "some of the columns have a value, others none")
FINDING(COMPARE_COLUMNS, "compare-columns-value",
    "columns do not compare as they should")
FINDING(SUM_COLUMNS, "sum-columns-value", "not the sum of the columns")

/* keys */
FINDING(UNIQUE_ERROR, "unique-error", "not unique")
FINDING(PRIMARY_KEY, "primary-key", "not a primary key")
FINDING(FOREIGN_KEY, "foreign-key", "refers to nothing")

/* rules */
FINDING(ROW_CONSTRAINT, "row-constraint", "against a rule")
FINDING(PACKAGE_CONSTRAINT, "package-constraint", "against a rule")

/* over time */
FINDING(VANISHED_KEY, "vanished-key", "a record is no longer there")
FINDING(FALLING_COUNTER, "falling-counter", "less than it was")
FINDING(FORBIDDEN_CHANGE, "forbidden-change", "may not follow what it was")
FINDING(UNUSUAL_VALUE, "unusual-value", "far from what it used to be")
FINDING(MISSING_REPORT, "missing-report", "a report has not come")
FINDING(EXPIRED_WAIVER, "expired-waiver", "a waiver has expired")

/* repairs, which are notes */
FINDING(REPAIRED, "repaired", "repaired")
