/*
 * Every diagnostic of the toolkit, once: DIAG(ID, LEVEL, code, what, remedy).
 * This list makes the enum, the strings, and the table of dfv(7), which a
 * test holds against it. No include guard: it is included for its rows.
 */
#ifndef DIAG
#error "define DIAG(ID, LEVEL, code, what, remedy) before including this"
#endif

/* usage */
DIAG(USAGE, ERROR, "usage", "usage", "try --help")
DIAG(BAD_OPTION, ERROR, "bad-option", "bad option", "try --help")
DIAG(BAD_ARGUMENT, ERROR, "bad-argument", "bad argument", "try --help")
DIAG(UNKNOWN_FORMAT, ERROR, "unknown-format", "unknown format",
    "name one of those that --help lists")
DIAG(UNKNOWN_COLUMN, ERROR, "unknown-column", "unknown column",
    "see the input's first line for its columns")
DIAG(EXPRESSION, ERROR, "expression", "mistake in an expression",
    "see dfv-expr(7)")

/* files */
DIAG(CANNOT_OPEN, ERROR, "cannot-open", "cannot open", "check the name")
DIAG(CANNOT_READ, ERROR, "cannot-read", "cannot read", "check the file")
DIAG(CANNOT_WRITE, ERROR, "cannot-write", "cannot write",
    "nothing more was written")
DIAG(NO_DATA_DIR, ERROR, "no-data", "cannot find the toolkit's data",
    "set DFV_DATA to its data directory")

/* what breaks a format */
DIAG(EMPTY_INPUT, ERROR, "empty-input", "no header line",
    "a file starts with a line of column names")
DIAG(EMPTY_COLUMN, ERROR, "empty-column-name", "a column without a name",
    "name every column in the first line")
DIAG(DUPLICATE_COLUMN, ERROR, "duplicate-column", "duplicate column name",
    "give each column a name of its own")
DIAG(COLUMN_MISMATCH, ERROR, "column-mismatch",
    "columns differ from the first file's", "make the columns the same")
DIAG(RAGGED_ROW, ERROR, "ragged-row", "wrong number of cells",
    "complete or mend the row")
DIAG(NUL_BYTE, ERROR, "nul-byte", "a NUL byte",
    "the file is binary or UTF-16: convert it to UTF-8")
DIAG(BAD_UTF8, ERROR, "bad-utf8", "not UTF-8",
    "convert it with iconv, or for CSV pass --encoding windows-1252")
DIAG(BAD_ESCAPE, ERROR, "bad-escape", "unknown escape in a cell",
    "write a backslash as \\\\")
DIAG(TOO_LONG, ERROR, "too-long", "a record of more than 2 GiB",
    "is a quote or a line end missing?")
DIAG(LONE_CR, ERROR, "lone-cr", "lines end with CR alone",
    "convert them with tr '\\r' '\\n'")
DIAG(CSV_QUOTE, ERROR, "csv-quote", "a stray quote in a CSV cell",
    "quote the whole cell and double the quotes inside it")
DIAG(CSV_UNCLOSED, ERROR, "csv-unclosed", "a quoted cell without end",
    "close the quote that opens here")
DIAG(BAD_YAML, ERROR, "bad-yaml", "not valid YAML", "mend the syntax")
DIAG(BAD_JSON, ERROR, "bad-json", "not valid JSON", "mend the syntax")
DIAG(NOT_RECORDS, ERROR, "not-records", "not a record",
    "a record is a mapping of names to scalars or lists of scalars")
DIAG(DUPLICATE_KEY, ERROR, "duplicate-key", "duplicate key", "keep one of them")
DIAG(REPEATED_KEY, WARNING, "repeated-key", "a key that comes twice",
    "its last value is taken")
DIAG(NEW_COLUMN, ERROR, "new-column", "a key that no earlier record has",
    "give the first record this key, with nothing after it")
DIAG(ALIAS_BOMB, ERROR, "alias-bomb", "aliases expand to too much",
    "write the values out")
DIAG(LONE_SURROGATE, ERROR, "lone-surrogate", "half a surrogate pair",
    "write the whole character")
DIAG(CP1252_BYTE, ERROR, "cp1252-byte", "a byte that Windows-1252 lacks",
    "is the encoding another one?")

/* values */
DIAG(NOT_A_NUMBER, ERROR, "not-a-number", "not a number",
    "write 1234.5, or 1 234,5 with --decimal-comma, or nothing")
DIAG(NOT_A_DATE, ERROR, "not-a-date", "not a date", "write it as 2025-11-10")
DIAG(OUT_OF_RANGE, ERROR, "out-of-range", "a number out of range",
    "check the values that it comes from")

/* geography */
DIAG(BAD_GEOGRAPHY, ERROR, "bad-geography", "not a geography folder",
    "see dfv-geo(1), GEOGRAPHY")
DIAG(BAD_POLYGON, ERROR, "bad-polygon", "not a polygon",
    "a GeoJSON file of Polygons or MultiPolygons is wanted")
DIAG(AMBIGUOUS_PLACE, ERROR, "ambiguous-place", "several places of that name",
    "add the department, or use the INSEE code")
DIAG(UNKNOWN_PLACE, ERROR, "unknown-place", "no such place",
    "check the name or the code")
DIAG(NOT_LOCATED, WARNING, "not-located", "cannot be located",
    "check the code, the name or the department")

/* schemas and packages */
DIAG(BAD_SCHEMA, ERROR, "bad-schema", "mistake in a schema",
    "see dfv-validate(1)")
DIAG(SCHEMA_PROPERTY, WARNING, "schema-property", "a property without effect",
    "it is not checked")
DIAG(BAD_PACKAGE, ERROR, "bad-package", "mistake in a package",
    "see dfv-package(5)")
DIAG(BAD_WAIVER, ERROR, "bad-waiver", "mistake in a waiver",
    "see dfv-validate(1)")

/* indicators files */
DIAG(BAD_INDICATORS, ERROR, "bad-indicators", "mistake in an indicators file",
    "see dfv-indicators(5)")

/* partial results */
DIAG(BAD_STATE, ERROR, "bad-state", "not a state to merge",
    "make it again with --partial")
