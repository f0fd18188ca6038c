#!/usr/bin/env bats
# The checks of French public data: dfv-schema(5), under Validata's names.

load helper

# check 'YAML of the checks' FIELD...: writes s.yaml.
check() {
	{
		printf 'custom_checks: [%s]\nfields:\n' "$1"
		shift
		printf -- '  - {%s}\n' "$@"
	} >s.yaml
}

# found FILE: line, code and suggestion of each finding.
found() {
	dfv-validate -s s.yaml -d tsv --check "$@" | dfv-filter -c line,code,suggestion |
		tail -n +2 | tr '\t' ' ' | sed 's/ $//'
}

@test "french: a SIRET by any of its check's names, La Poste's as well" {
	local name
	for name in siret siret-value french-siret-value; do
		check "{name: $name, params: {column: s}}" 'name: s'
		printf 's\n73282932000074\n73282932000075\n35600000049837\n\n' >in.tsv
		is "$(found in.tsv)" "3 siret"
	done
}

@test "french: the zero that a spreadsheet took away is suggested" {
	check '{name: siren, params: {column: s}}, {name: code-commune-insee, params: {column: c}}' \
		'name: s' 'name: c'
	printf 's\tc\n5520135\t1004\n005520135\t01004\n' >in.tsv
	is "$(found in.tsv)" "2 siren
2 code-commune-insee 01004"
}

@test "french: a former commune's code is told, with today's" {
	check '{name: code-commune-insee, params: {column: c, version: "2024"}}' 'name: c'
	printf 'c\n41018\n01003\n75101\n99999\n2a004\n' >in.tsv
	is "$(found in.tsv)" "3 code-commune-insee 01165
5 code-commune-insee
6 code-commune-insee 2A004"
}

@test "french: a postal code of Paris in the place of a commune's is told" {
	check '{name: code-commune-insee, params: {column: c}}' 'name: c'
	printf 'c\n75115\n75015\n' >in.tsv
	is "$(found in.tsv)" "3 code-commune-insee 75115"
}

@test "french: a delegated commune's code is a warning" {
	check '{name: code-commune-insee, params: {column: c}}' 'name: c'
	dfv-filter -w 'type == "deleguee" and code != code_actuel' -c code -n 1 \
		"$REFERENCE/communes_anciennes.tsv" | sed 1s/code/c/ >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "in.tsv:2:1: warning: the code of a delegated or associated commune"
}

@test "french: every commune, department and region of today is known" {
	check '{name: code-commune-insee, params: {column: code}}, {name: commune, params: {column: nom}},
		{name: code-departement, params: {column: departement_code}}' \
		'name: code' 'name: nom' 'name: departement_code'
	dfv-filter -c code,nom,departement_code "$REFERENCE/communes.tsv" |
		expect 0 dfv-validate -s s.yaml --check
	is "$stderr" ""
}

@test "french: a postal code has to be one of its commune's" {
	check '{name: code-postal, params: {column: p, commune: c}}' 'name: p' 'name: c'
	printf 'p\tc\n41000\t41018\n75001\t41018\n41001\t41018\n75001\t75101\n' >in.tsv
	is "$(found in.tsv)" "3 code-postal 41000
4 code-postal"
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "not a postal code of Blois (41018): '75001'"
}

@test "french: coordinates outside of France, and those the wrong way round" {
	check '{name: french-gps-coordinates, params: {column: g}}' 'name: g, type: geopoint'
	printf 'g\n1.33,47.59\n47.59,1.33\n0,0\n55.45, -20.88\n' >in.tsv
	is "$(found in.tsv)" "3 reversed-french-gps-coordinates 1.33,47.59
4 french-gps-coordinates"
}

@test "french: phone numbers, opening hours, acts and years" {
	check '{name: phone-number-value, params: {column: t}}, {name: opening-hours-value, params: {column: h}},
		{name: nomenclature-actes-value, params: {column: a}},
		{name: year-interval-value, params: {column: y, allow-year-only: "yes"}}' \
		'name: t' 'name: h' 'name: a' 'name: y'
	printf 't\th\ta\ty\n01 99 00 27 37\tMo-Fr 09:00-18:00\tUrbanisme/x\t2024\n1\t9h-18h\tUrbanisme / x\t2025/2024\n' >in.tsv
	is "$(found in.tsv)" "3 phone-number-value
3 opening-hours-value 09:00-18:00
3 nomenclature-acte
3 year-interval-value"
}

@test "french: hours in French and a phone number without its plus are suggested" {
	check '{name: phone-number-value, params: {column: t}}, {name: opening-hours-value, params: {column: h}}' \
		'name: t' 'name: h'
	printf 't\th\n33199002737\tLu-Ve 9h-12h\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "'33199002737': did you mean '+33199002737'?"
	has "$stderr" "'Lu-Ve 9h-12h': did you mean 'Mo-Fr 09:00-12:00'?"
}

@test "french: coordinates in Lambert 93 are those of metropolitan France" {
	printf 'fields:\n  - {name: x, type: number, frFormat: longitude-l93}\n  - {name: y, frFormat: LatitudeL93}\n' >s.yaml
	printf 'x\ty\n-357823\t6544234.2\n1313634\t-6145765.9\n0\t?\n' >in.tsv
	is "$(found in.tsv)" "3 longitude-l93
3 latitude-l93
4 latitude-l93"
}

@test "french: one-of-required looks at both columns, and wants one of them" {
	check '{name: one-of-required, params: {column1: a, column2: b}}' 'name: a' 'name: b' 'name: c'
	printf 'a\tb\tc\n1\t\tx\n\t2\tx\n\t\tx\n' >in.tsv
	is "$(found in.tsv)" "4 one-of-required"
	printf 'c\nx\n' >in.tsv
	is "$(found in.tsv)" "1 one-of-required"
}

@test "french: cohesive columns are all filled or all empty" {
	check '{name: cohesive-columns-value, params: {column: a, othercolumns: [b, c]}}' \
		'name: a' 'name: b' 'name: c' 'name: d'
	printf 'a\tb\tc\td\n1\t2\t3\tx\n\t\t\tx\n1\t\t\tx\n' >in.tsv
	is "$(found in.tsv)" "4 cohesive-columns-value"
	printf 'a\td\n1\tx\n' >in.tsv
	is "$(found in.tsv)" "1 cohesive-columns-value"
	printf 'd\nx\n' >in.tsv
	is "$(found in.tsv)" ""
}

@test "french: columns are compared as numbers, dates or text" {
	check '{name: compare-columns-value, params: {column: a, op: "<=", column2: b}},
		{name: compare-columns-value, params: {column: d, op: "<", column2: e}},
		{name: compare-columns-value, params: {column: a, op: "==", column2: d}}' \
		'name: a' 'name: b' 'name: d, type: date' 'name: e, type: date'
	printf 'a\tb\td\te\n9\t10\t\t\n10\t9\t\t\nx\ty\t\t\n\t\t2025-01-02\t2025-01-01\n1\t\t2025-01-02\t\n\t1\tx\t\n' >in.tsv
	is "$(found in.tsv)" "3 compare-columns-value
5 compare-columns-value
6 compare-columns-value
7 type-error"
}

@test "french: sums are exact, and wait for all of the columns" {
	check '{name: sum-columns-value, params: {column: s, columns: [a, b]}}' \
		'name: s, type: number' 'name: a, type: number' 'name: b, type: number'
	printf 's\ta\tb\n0.3\t0.1\t0.2\n4\t1\t2\n4\t1\t\n' >in.tsv
	is "$(found in.tsv)" "3 sum-columns-value"
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "not the sum of the columns, 3: '4'"
}

@test "french: a field's frFormat is a check of its values" {
	printf 'fields:\n  - {name: a, frFormat: CodeRegion}\n  - {name: b, frFormat: {name: code-departement, version: "2024"}}\n' >s.yaml
	printf 'a\tb\n76\t2A\n99\t2a\n' >in.tsv
	is "$(found in.tsv)" "3 code-region
3 code-departement 2A"
}

@test "french: each value of a list is held against a check" {
	printf 'fields:\n  - {name: a, type: list, frFormat: code-region}\n' >s.yaml
	printf 'a\n76|99|11\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "not the code of a region: '99'"
}

@test "french: a check that does not exist is an error with its line" {
	printf 'fields: [{name: a}]\ncustom_checks:\n  - {name: siretvalue, params: {column: a}}\n' >s.yaml
	printf 'a\nx\n' >in.tsv
	expect 2 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "s.yaml:3:12: error: mistake in a schema: 'siretvalue': no such check"
	printf 'fields: [{name: a}]\ncustom_checks:\n  - {name: siret, params: {colum: a}}\n' >s.yaml
	expect 2 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "this check wants a column"
}

@test "french: a check of a column that no field names is told and left out" {
	printf 'fields: [{name: a}]\ncustom_checks:\n  - {name: siret, params: {column: b}}\n  - {name: pays, params: {column: a}}\n' >s.yaml
	printf 'a\nx\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "'b': no field has this name: the check is not done"
	has "$stderr" "'pays': there is no list for this check here"
}
