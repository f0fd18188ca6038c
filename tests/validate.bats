#!/usr/bin/env bats
# dfv-validate: schemas, constraints, keys, packages and their rules.

load helper

# schema FIELDS...: writes s.yaml with one line a field, then what stdin adds.
schema() {
	echo 'fields:' >s.yaml
	for field; do
		printf -- '  - {%s}\n' "$field" >>s.yaml
	done
	[ -t 0 ] || cat >>s.yaml
}

# codes FILE: the codes of the findings about a file, in order, on one line.
codes() {
	dfv-validate -s s.yaml -d tsv "$@" | tail -n +2 | cut -f 2 | paste -sd ' '
}

@test "validate: valid records pass through byte for byte" {
	schema 'name: a' 'name: b, type: integer' </dev/null
	printf 'a\tb\nx\\ty\t1\n\\N\t2\n' >in.tsv
	expect 0 dfv-validate -s s.yaml in.tsv
	is "$output" "$(cat in.tsv)"
	is "$stderr" ""
}

@test "validate: an invalid record is left out and reported with its place" {
	schema 'name: a' 'name: b, type: integer' </dev/null
	printf 'a\tb\né\t1\né\tx\nz\t3\n' >in.tsv
	expect 1 dfv-validate -s s.yaml in.tsv
	is "$output" "$(printf 'a\tb\né\t1\nz\t3')"
	is "${stderr_lines[0]}" "in.tsv:3:3: error: not an integer: 'x' [type-error]"
	is "${stderr_lines[1]}" "1 finding: 1 error, 0 warnings"
}

@test "validate: --keep passes all records, --check none" {
	schema 'name: a, type: integer' </dev/null
	printf 'a\n1\nx\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --keep in.tsv
	is "$output" "$(cat in.tsv)"
	expect 1 dfv-validate -s s.yaml --check in.tsv
	is "$output" ""
}

@test "validate: findings are records with -d tsv, and records need -o then" {
	schema 'name: a, type: integer' </dev/null
	printf 'a\n1\nx\n' >in.tsv
	expect 1 dfv-validate -s s.yaml -d tsv -o out.tsv in.tsv
	is "${lines[0]%%	*}" severity
	is "${lines[1]}" "$(printf 'error\ttype-error\t\t\tin.tsv\t3\t1\ta\tx\tan integer\t\t\tnot an integer\t\t\t\t\t\t')"
	is "$(cat out.tsv)" "$(printf 'a\n1')"
	is "$stderr" ""
}

@test "validate: findings -d tsv can be counted by the other tools" {
	schema 'name: a, type: integer' </dev/null
	printf 'a\nx\ny\n1\n' >in.tsv
	dfv-validate -s s.yaml -d tsv in.tsv >found.tsv || true
	expect 0 dfv-filter -w 'code == "type-error"' --count found.tsv
	is "$output" 2
}

@test "validate: a value near one of the enumeration is suggested" {
	schema 'name: t, constraints: {enum: [Entrepreneuriat, Fablab]}' </dev/null
	printf 't\nEntreprenariat\n' >in.tsv
	expect 1 dfv-validate -s s.yaml in.tsv
	has "$stderr" "did you mean 'Entrepreneuriat'?"
}

@test "validate: rows of the wrong length are findings, not the end" {
	schema 'name: a' 'name: b' </dev/null
	printf 'a\tb\n1\n1\t2\n1\t2\t3\n\n4\t5\n' >in.tsv
	is "$(codes in.tsv)" "missing-cell extra-cell blank-row"
	expect 1 dfv-validate -s s.yaml in.tsv
	is "$output" "$(printf 'a\tb\n1\t2\n4\t5')"
	has "$stderr" "in.tsv:4: error"
}

@test "validate: a broken format stops with 2 after the records before it" {
	schema 'name: a' </dev/null
	printf 'a\n1\n\\q\n' >in.tsv
	expect 2 dfv-validate -s s.yaml in.tsv
	is "$output" "$(printf 'a\n1')"
	has "$stderr" "in.tsv:3:1: error: unknown escape"
}

@test "validate: a missing column is an error when it is required" {
	schema 'name: a' 'name: budget, constraints: {required: true}' 'name: c' </dev/null
	printf 'a\n1\n' >in.tsv
	is "$(codes in.tsv)" missing-label
	printf 'a\tbudjet\n1\t2\n' >in.tsv
	expect 1 dfv-validate -s s.yaml in.tsv
	has "$stderr" "in.tsv:1: error: a column is missing: 'budget': did you mean 'budjet'?"
	has "$stderr" "1 finding follows from in.tsv:1 missing-label"
}

@test "validate: fieldsMatch says how columns meet fields" {
	printf 'b\ta\n1\t2\n' >swapped.tsv
	printf 'a\n1\n' >fewer.tsv
	printf 'a\tb\tc\n1\t2\t3\n' >more.tsv
	printf 'x\n1\n' >other.tsv
	local wanted
	for wanted in 'exact:incorrect-label,missing-label,extra-label' \
		'equal:,missing-label,extra-label' 'subset:,missing-label,' \
		'superset:,,extra-label' 'partial:,,'; do
		echo "fieldsMatch: ${wanted%%:*}" | schema 'name: a' 'name: b'
		is "${wanted%%:*}:$(codes swapped.tsv),$(codes fewer.tsv),$(codes more.tsv)" "$wanted"
	done
	is "$(codes other.tsv)" missing-label
}

@test "validate: a repeated primary key names the first line" {
	echo 'primaryKey: [r, n]' | schema 'name: r' 'name: n, type: integer'
	printf 'r\tn\n01\t1\n1\t1\n01\t01\n\t2\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	is "${stderr_lines[0]}" "in.tsv:4:1: error: r, n: already in line 2: '01,1' [primary-key]"
	is "${stderr_lines[1]}" "in.tsv:5:1: error: a part of the primary key is missing [primary-key]"
}

@test "validate: unique keys let missing values be" {
	echo 'uniqueKeys: [[a, b]]' | schema 'name: a' 'name: b' 'name: c, constraints: {unique: true}'
	printf 'a\tb\tc\n1\t2\t\n1\t2\t\n1\t\tx\n1\t\tx\n' >in.tsv
	is "$(codes in.tsv)" "unique-error unique-error"
}

@test "validate: a foreign key to the same table may look ahead" {
	schema 'name: id, type: integer' 'name: up, type: integer' <<-EOF
		foreignKeys:
		  - {fields: up, reference: {resource: "", fields: id}}
	EOF
	printf 'id\tup\n1\t02\n2\t\n3\t4\n' >in.tsv
	expect 1 dfv-validate -s s.yaml in.tsv
	is "$output" "$(printf 'id\tup\n1\t02\n2\t')"
	has "$stderr" "in.tsv:4:3: error: no record of this table has this id: '4'"
}

@test "validate: a schema may be JSON" {
	echo '{"fields": [{"name": "a", "type": "year"}]}' >s.json
	printf 'a\n2024\n24\n' >in.tsv
	expect 1 dfv-validate -s s.json in.tsv
	has "$stderr" "in.tsv:3:1: error: not a year"
}

@test "validate: every mistake of a schema is reported, with 2" {
	schema 'name: a, typ: integer' 'name: b, type: integr' \
		'name: c, constraints: {pattern: "("}' </dev/null
	expect 2 dfv-validate -s s.yaml /dev/null
	has "$stderr" "s.yaml:2:15: warning"
	has "$stderr" "did you mean 'type'?"
	has "$stderr" "s.yaml:3:21: error"
	has "$stderr" "not a regular expression"
}

@test "validate: CSV, YAML and JSON Lines give their own places" {
	schema 'name: a' 'name: b, type: integer' </dev/null
	printf 'a;b\n"x\ny";1\nz;q\n' >in.csv
	expect 1 dfv-validate -s s.yaml in.csv
	is "$output" "$(printf 'a;b\n"x\ny";1')"
	has "$stderr" "in.csv:4:3: error"
	printf -- '- a: x\n  b: q\n' >in.yaml
	expect 1 dfv-validate -s s.yaml in.yaml
	has "$stderr" "in.yaml:2:6: error"
	printf '{"a":"x","b":1}\n{"a":"x","b":"q"}\n' >in.jsonl
	expect 1 dfv-validate -s s.yaml in.jsonl
	has "$stderr" "in.jsonl:2:"
}

@test "validate: --fail-on warning, --max-errors and -q" {
	schema 'name: a, type: integer' </dev/null
	printf 'a\nx\ny\nz\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --max-errors 2 in.tsv
	is "${stderr_lines[2]}" "2 findings: 2 errors, 0 warnings; stopped there"
	cat >package.yaml <<-EOF
		tables: [{name: t, path: in.tsv}]
		rules: [{id: r, table: t, severity: warning, check: a == "x"}]
	EOF
	expect 0 dfv-validate -p package.yaml
	expect 1 dfv-validate -p . --fail-on warning
	expect 0 dfv-validate -p . -q
	is "$stderr" ""
}

@test "validate: an incomplete run leaves the old output" {
	schema 'name: a, type: integer' </dev/null
	printf 'a\nx\n1\n' >in.tsv
	echo old >out.tsv
	expect 1 dfv-validate -s s.yaml --max-errors 1 -o out.tsv in.tsv
	is "$(cat out.tsv)" old
}

@test "validate: the output is the same for any number of threads" {
	schema 'name: k, type: integer' 'name: b, type: date' <<<'primaryKey: k'
	awk 'BEGIN { print "k\tb"; for (i = 0; i < 60000; i++)
		print i % 59000 "\t2024-01-" (i % 40 < 10 ? "0" : "") i % 40 }' >in.tsv
	dfv-validate -j 1 -s s.yaml in.tsv >one 2>one.err || true
	dfv-validate -j 4 -s s.yaml in.tsv >four 2>four.err || true
	cmp one four
	cmp one.err four.err
	has "$(tail -n 1 one.err)" " errors, 0 warnings"
}

@test "validate: options that contradict each other are refused" {
	expect 2 dfv-validate
	expect 2 dfv-validate -s a -p b
	expect 2 dfv-validate -s a --check --keep
	expect 2 dfv-validate -p a b.tsv
	expect 2 dfv-validate -s a -d xml
	expect 2 dfv-validate -s a --max-errors 0
}

# --- packages ----------------------------------------------------------------

package() {
	printf 'code\tannonces\nA\t2\nB\t1\nC\t\n' >regions.tsv
	printf 'id\tregion\tcout\n1\tA\t10\n2\tA\t2.5\n3\tD\t\n' >projets.tsv
	cat >package.yaml <<-EOF
		tables:
		  - {name: regions, path: regions.tsv}
		  - name: projets
		    path: projets.tsv
		    schema:
		      fields: [{name: id}, {name: region}, {name: cout, type: number}]
		      foreignKeys:
		        - {fields: region, reference: {resource: regions, fields: code}}
		rules:
	EOF
	cat >>package.yaml
}

@test "validate: a package's foreign keys name the table that lacks a key" {
	package <<<'  []'
	expect 1 dfv-validate -p .
	is "$output" ""
	is "${stderr_lines[0]}" "./projets.tsv:4:3: error: no record of regions has this code: 'D' [foreign-key]"
	is "${stderr_lines[1]}" "1 finding: 1 error, 0 warnings in 2 tables"
}

@test "validate: a comparison shows both sides and the difference" {
	package <<-EOF
		  - id: annonces
		    table: regions
		    compare: {left: annonces, right: count(projets where region == this.code), unit: projets}
		    message: "{code} : annoncés et listés"
	EOF
	expect 1 dfv-validate -p .
	has "$stderr" "./regions.tsv:3:3: error: B : annoncés et listés: 1, expected 0: difference 1 projets [row-constraint annonces]"
	# what is missing contradicts nothing
	is "$(dfv-validate -p . -d tsv | grep -c row-constraint)" 1
}

@test "validate: aggregates are exact, with and without an index" {
	package <<-EOF
		  - {id: a, compare: {left: 'sum(projets, cout)', right: "12.5"}}
		  - {id: b, compare: {left: 'max(projets, cout where region == "A")', right: "10"}}
		  - {id: c, compare: {left: 'distinct(projets, region)', right: "2"}}
		  - {id: d, table: regions, where: code == "A", compare: {left: 'sum(projets, cout where this.code == region)', right: "12.5"}}
		  - {id: e, table: regions, where: code == "A", compare: {left: 'sum(projets, cout where not (region != this.code))', right: "12.5"}}
		  - {id: f, table: regions, where: code == "A", compare: {left: 'count(projets where region == this.code and cout > 5)', right: "1"}}
		  - {id: g, table: projets, where: region == "A", compare: {type: text, left: region, right: 'first(regions, code where code == this.region)'}}
		  - {id: h, check: 'list(projets, region) has "D"'}
		  - {id: i, compare: {left: 'sum(regions, count(projets where region == this.code))', right: "2"}}
		  - {id: j, table: regions, check: 'count(projets where count(regions where code == this.region and code == regions.code) > 0) >= 0'}
		  - {id: k, check: 'missing(min(projets, cout where region == "Z"))'}
	EOF
	expect 1 dfv-validate -p . -d tsv
	is "${#lines[@]}" 2
	has "${lines[1]}" foreign-key
}

@test "validate: a rule about the package points to the package" {
	package <<<'  - {id: r, compare: {left: count(projets), op: "<", right: count(regions)}}'
	expect 1 dfv-validate -p .
	has "$stderr" "./package.yaml:10:5: error: against a rule: 3, expected less than 3: difference 0 [package-constraint r]"
}

@test "validate: dates and texts are compared as such" {
	package <<-EOF
		  - {id: d, compare: {type: date, left: 'date("2024-03-01")', op: "<=", right: 'date("2024-02-28")'}}
		  - {id: t, compare: {type: text, left: '"a"', right: '"b"'}}
	EOF
	expect 1 dfv-validate -p .
	has "$stderr" "2024-03-01, expected at most 2024-02-28: difference 2 [package-constraint d]"
	has "$stderr" "'a', expected 'b' [package-constraint t]"
}

@test "validate: a cell that a rule cannot use is named once" {
	package <<<'  - {id: r, table: regions, compare: {left: "sum(projets, id + region)", right: "1"}}'
	expect 1 dfv-validate -p .
	is "$(grep -c 'the rule cannot be evaluated' <<<"$stderr")" 1
	has "$stderr" "./projets.tsv:2:3: error: the rule cannot be evaluated: not a number: 'A'"
}

@test "validate: mistakes in rules are reported before anything else" {
	local rule
	for rule in 'id: r, table: x, check: true' 'id: r, check: count(x where a) > 1' \
		'id: r, table: regions, check: cod == "A"' 'id: r' \
		'id: r, check: true, compare: {left: "1", right: "1"}' \
		'id: r, check: true, nom: x' 'check: true' 'id: r, check: sum(projets) > 1' \
		'id: r, table: regions, check: code == "A", message: "{cod}"' \
		'id: r, table: regions, check: code == "A", message: "{code"' \
		'id: r, compare: {left: "1", right: "1", op: "="}'; do
		package <<<"  - {$rule}"
		expect 2 dfv-validate -p .
		has "$stderr" "package.yaml:10:"
	done
}

# --- the programme's own data ----------------------------------------------

@test "validate: DEFFINOV's contradictions are found, with both sides" {
	expect 1 dfv-validate -p "$DATA" -d tsv
	local wanted
	while IFS=: read -r rule value expected difference; do
		wanted=$(printf '%s\t%s\t%s' "$value" "$expected" "$difference")
		grep -q "$(printf '\t%s\t.*\t%s\t' "$rule" "$wanted")" <<<"$output" ||
			{ echo "not found: $rule $wanted"; return 1; }
	done <<-EOF
		laureats-listes:204:202:2
		territoires:47:48:-1
		territoires:15:14:1
		budget-plafond:1200000:at most 400000:800000
		departements-existants:11:at most 10:1
		departements-texte:10:11:-1
		indicateur-concordant:58:60:-2
		indicateur-concordant:16:17:-1
		indicateur-concordant:60:66:-6
		apprenants-estimation:60000:61200:-1200
		zones-cent-pour-cent:102:at most 100:2
		consortium-tiers-lieu:0:at least 1:-1
		vague-cadre:2022-06-28:2022-06-27:1
		tiers-lieux-texte:3:1:2
	EOF
	is "$(grep -c 'consortium-tiers-lieu' <<<"$output")" 5
	is "$(grep -c 'consortium-organisme' <<<"$output")" 10
	is "$(grep -c 'budget-plafond' <<<"$output")" 8
	# The lists print no partners: fewer members than published is no contradiction.
	is "$(grep -c 'membres-par-projet' <<<"$output")" 0
}

@test "validate: DEFFINOV's tables agree with their schemas" {
	dfv-validate -p "$DATA" -d tsv >found.tsv || true
	expect 0 dfv-filter -w 'missing(rule)' --count found.tsv
	is "$output" 0
}

@test "validate: each of DEFFINOV's tables passes its own schema alone" {
	local table
	for table in "$DATA"/schemas/*.yaml; do
		table=$(basename "$table" .yaml)
		# Of what arrives each week: no such table ships.
		[ "$table" != rapports-hebdomadaires ] || continue
		expect 0 dfv-validate -s "$DATA/schemas/$table.yaml" "$DATA/$table.tsv"
		is "$output" "$(cat "$DATA/$table.tsv")"
	done
}
