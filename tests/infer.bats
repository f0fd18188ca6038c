#!/usr/bin/env bats
# dfv-validate --infer: a schema from data, which that data follows.

load helper

# follows FILE...: the schema inferred from them holds for them.
follows() {
	dfv-validate --infer "$@" >inferred.yaml || return 1
	dfv-validate --check --fail-on warning -s inferred.yaml "$@"
}

# field NAME: what is said of a column, without the evidence.
field() {
	sed -n "/^  - name: $1\$/,/^  - name:\|^[a-z]/p" inferred.yaml |
		sed '1d;/^  - name:/d;/^[a-z]/d;/^ *#/d;s/^    //'
}

@test "infer: types, words, keys and bounds, with what was seen" {
	printf 'ref;debut;prix;statut;note\nA-001;06/01/2025;"1 234,50";ouvert;x y\nA-002;07/01/2025;3,5;clos;\nA-003;13/01/2025;0,25;clos;z t\nA-004;14/01/2025;1,5;clos;\nA-005;15/01/2025;0,5;ouvert;u v\nA-006;16/01/2025;2;ouvert;w\n' >in.csv
	expect 0 follows in.csv
	is "$(field ref)" "type: string
constraints:
  required: true
  unique: true
  pattern: '[A-Z]-[0-9]{3}'"
	is "$(field debut)" "type: date
format: '%d/%m/%Y'
constraints:
  required: true"
	is "$(field prix)" "type: number
decimalChar: ','
groupChar: \" \"
constraints:
  required: true
  minimum: 0"
	is "$(field statut)" "type: string
constraints:
  required: true
  enum:
    - clos
    - ouvert"
	is "$(field note)" "type: string"
	is "$(tail -n 1 inferred.yaml)" "primaryKey: ref"
	has "$(cat inferred.yaml)" "# 6 of 6 filled, all different, from 0,25 to 1 234,50"
	has "$(cat inferred.yaml)" "# 4 of 6 filled, all different, of 1 to 3 characters, as x y"
}

@test "infer: French codes are known by their values" {
	printf 'siret\tcommune\tcode_postal\tdepartement\tregion\n73282932000074\t41018\t41000\t41\t24\n35600000049837\t01004\t01500\t01\t84\n' >in.tsv
	expect 0 follows in.tsv
	is "$(grep frFormat inferred.yaml | tr -d ' ' | paste -sd ' ')" \
		"frFormat:siret frFormat:code-commune-insee frFormat:code-postal frFormat:code-departement frFormat:code-region"
}

@test "infer: codes with a leading zero stay text" {
	printf 'code\n01\n02\n10\n' >in.tsv
	expect 0 follows in.tsv
	has "$(field code)" "type: string"
}

@test "infer: lists, booleans, and words for nothing" {
	printf 'l\tb\tnb\nx|y\toui\t1\ny\tnon\tNC\nx\toui\t3\n' >in.tsv
	expect 0 follows in.tsv
	has "$(field l)" "type: list"
	has "$(field b)" "trueValues: ['oui']"
	has "$(field nb)" "type: integer
missingValues: ['', NC]"
}

@test "infer: an empty column, an empty file, one record" {
	printf 'a\tb\n1\t\n2\t\n' >in.tsv
	expect 0 follows in.tsv
	has "$(cat inferred.yaml)" "# 0 of 2 filled: nothing is known of it"
	printf 'a\tb\n' >in.tsv
	expect 0 follows in.tsv
	printf 'a\n1\n' >in.tsv
	expect 0 follows in.tsv
}

@test "infer: names and words that YAML would mistake are quoted" {
	printf 'no\ta: b\t- c\nyes\t1\t#x\nno\t2\t"y\nyes\tz: t\t@\nno\t3\t%%\nyes\t4\t*\nno\t5\t&\n' >in.tsv
	expect 0 follows in.tsv
	has "$(cat inferred.yaml)" "- name: 'no'"
}

@test "infer: standard input, and several files as one" {
	printf 'a\n1\n' >un.tsv
	printf 'a\nx\n' >deux.tsv
	expect 0 follows un.tsv deux.tsv
	has "$(field a)" "type: string"
	run --separate-stderr dfv-validate --infer <un.tsv
	has "$output" "# Inferred from standard input: 1 records."
}

@test "infer: the schema of each of the project's files holds for it" {
	local file n=0
	for file in "$DATA"/*.tsv "$REFERENCE"/*.tsv; do
		follows "$file" || {
			echo "$file"
			return 1
		}
		n=$((n + 1))
	done
	[ "$n" -ge 15 ]
}

@test "infer: the schema of a spreadsheet's export holds for it" {
	need_shared
	expect 0 follows "$SHARED/samples/anct-manufactures-de-proximite-2023.csv"
}

@test "infer: memory does not grow with the file" {
	seq -f 'v%.0f' 1500000 | sed 1ia >in.tsv
	expect 0 with_memory 200000 dfv-validate --infer in.tsv
	has "$output" "many different"
}

@test "infer: what breaks the format is told, and nothing is written" {
	printf 'a\tb\n1\n' >in.tsv
	expect 2 dfv-validate --infer -o out.yaml in.tsv
	has "$stderr" "in.tsv:2"
	[ ! -e out.yaml ]
}
