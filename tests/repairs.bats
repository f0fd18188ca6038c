#!/usr/bin/env bats
# dfv-validate --fix and --fixes: what is certain is mended, and nothing else.
# shellcheck disable=SC2154 # run sets stderr

load helper

# schema FIELDS...: writes s.yaml with one line a field.
schema() {
	echo 'fields:' >s.yaml
	for field; do
		printf -- '  - {%s}\n' "$field" >>s.yaml
	done
}

# mends FROM TO REASON: a cell of the schema's only field t becomes another,
# for that reason, is no finding then, and stays as it is from then on.
mends() {
	printf 't\tz\n%s\t1\n' "$1" >in.tsv
	expect 0 dfv-validate -s s.yaml --fix in.tsv || return 1
	is "$output" "$(printf 't\tz\n%s\t1' "$2")" || return 1
	has "$stderr" "in.tsv:2:1: note: repaired to " || return 1
	has "$stderr" "($3)" || return 1
	printf '%s\n' "$output" >out.tsv
	expect 0 dfv-validate -s s.yaml --fix out.tsv || return 1
	is "$output" "$(cat out.tsv)" || return 1
	is "$stderr" ""
}

# leaves TEXT: the cell is not changed.
leaves() {
	printf 't\tz\n%s\t1\n' "$1" >in.tsv
	dfv-validate -s s.yaml --fix --keep in.tsv >out.tsv 2>err || [ $? -eq 1 ]
	cmp in.tsv out.tsv || return 1
	is "$(grep -c note: err || true)" 0
}

@test "repairs: white space at either end goes, of every kind" {
	schema 'name: t, type: integer' 'name: z'
	mends ' 12' 12 trim
	mends '12\t ' 12 trim
	mends $'\u00a012\u202f' 12 trim
	schema 'name: t' 'name: z'
	mends ' deux mots ' 'deux mots' trim
	leaves 'deux  mots'
}

@test "repairs: blanks alone are no value, unless one is required" {
	schema 'name: t, type: integer' 'name: z'
	mends '  ' '' trim
	schema 'name: t, constraints: {required: true}' 'name: z'
	leaves '  '
}

@test "repairs: text comes in Unicode's form C" {
	schema 'name: t, constraints: {enum: [été]}' 'name: z'
	mends $'e\u0301te\u0301' été unicode-form
	schema 'name: t' 'name: z'
	mends $'E\u0301cole' École unicode-form
	leaves 'École ﬁne'
}

@test "repairs: a decimal comma becomes a point where that is certain" {
	schema 'name: t, type: number' 'name: z'
	mends '12,5' 12.5 decimal-comma
	mends '1 234,56' 1234.56 decimal-comma
	mends '-0,25' -0.25 decimal-comma
	leaves '1,234' # which some write for 1234
	leaves '1,2,3'
	leaves '12,5 €'
	schema 'name: t, type: integer' 'name: z'
	mends $'1\u202f000' 1000 decimal-comma
	leaves '12,5'
	leaves 12.5
	leaves 1.234
	leaves 1e3
	schema 'name: t, type: number, decimalChar: ","' 'name: z'
	mends '1 234,56' 1234,56 decimal-comma
	leaves 1.5
}

@test "repairs: the leading zero of a code comes back" {
	schema 'name: t, constraints: {pattern: "[0-9]{5}"}' 'name: z'
	mends 1004 01004 leading-zero
	leaves 104
	leaves 123456
	schema 'name: t, constraints: {enum: ["01", "76"]}' 'name: z'
	mends 1 01 leading-zero
	leaves 7
	schema 'name: t' 'name: z'
	leaves 1004
}

@test "repairs: a date takes the order that the schema asks for" {
	schema 'name: t, type: date' 'name: z'
	mends 2025/11/10 2025-11-10 date-order
	mends '2025-11-10 00:00:00' 2025-11-10 date-order
	mends 2025-1-6 2025-01-06 date-order
	mends 31/12/2025 2025-12-31 date-order
	mends '10 novembre 2025' 2025-11-10 date-order
	leaves 06/01/2025 # January or June
	leaves '2025-11-10 14:30:00'
	leaves 31/02/2025
	schema 'name: t, type: date, format: "%d/%m/%Y"' 'name: z'
	mends 6-1-2025 06/01/2025 date-order
	mends 2025-11-10 10/11/2025 date-order
	leaves 11/31/2025
	schema 'name: t, type: date, constraints: {minimum: 2024-01-01}' 'name: z'
	leaves 2023/01/01
}

@test "repairs: a word takes its own case and accents where one alone will do" {
	schema 'name: t, constraints: {enum: [Théâtre, Menuiserie]}' 'name: z'
	mends theatre Théâtre vocabulary
	mends ' MENUISERIE' Menuiserie 'trim, vocabulary'
	leaves menuisrie # which is a suggestion, and no certainty
	schema 'name: t, constraints: {enum: [cote, côté]}' 'name: z'
	leaves COTE
	schema 'name: t, constraints: {pattern: "^(ouvert|fermé)$"}' 'name: z'
	mends Ferme fermé vocabulary
	schema "name: t, constraints: {pattern: '(?:(?:^|, )(bois|métal|cuir))+$'}" 'name: z'
	mends 'Bois, METAL' 'bois, métal' vocabulary
	leaves 'bois, carton'
	schema 'name: t, type: boolean, trueValues: [oui], falseValues: [non]' 'name: z'
	mends Oui oui vocabulary
}

@test "repairs: each value of a list is mended by itself" {
	schema 'name: t, type: list, constraints: {enum: [bois, métal]}' 'name: z'
	mends 'Bois|metal' 'bois|métal' vocabulary
	mends 'Bois|bois' 'bois|bois' vocabulary
	leaves 'boi|verre'
	schema 'name: t, type: list, delimiter: ";", itemType: integer' 'name: z'
	mends '1 000;2' '1000;2' decimal-comma
}

@test "repairs: a record without repairs stays byte for byte" {
	schema 'name: a' 'name: n, type: integer'
	printf 'a;n\r\n"x";1\r\n" y ";"2"\r\n"z";x\r\n' >in.csv
	expect 1 dfv-validate -s s.yaml --fix in.csv
	is "$output" "$(printf 'a;n\n"x";1\ny;2')"
	is "${stderr_lines[0]}" "in.csv:3:1: note: repaired to 'y' (trim): ' y ' [repaired]"
	is "${stderr_lines[1]}" "in.csv:4:5: error: not an integer: 'x' [type-error]"
	is "${stderr_lines[2]}" "1 finding: 1 error, 0 warnings; 1 repaired"
}

@test "repairs: places are those of the file as it was" {
	schema 'name: a' 'name: n, type: integer' 'name: m, type: integer'
	printf 'a\tn\tm\n  x  \t1 000\ty\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --fix --check in.tsv
	has "${stderr_lines[0]}" "in.tsv:2:1: note"
	has "${stderr_lines[1]}" "in.tsv:2:7: note"
	has "${stderr_lines[2]}" "in.tsv:2:13: error"
}

@test "repairs: keys are those of the mended records" {
	printf 'fields: [{name: k}]\nprimaryKey: k\n' >s.yaml
	printf 'k\na\nb\na \n' >in.tsv
	expect 1 dfv-validate -s s.yaml --fix in.tsv
	has "$stderr" "in.tsv:4:1: error: k: already in line 2: 'a' [primary-key]"
	is "$output" "$(printf 'k\na\nb')"
}

@test "repairs: --fixes lists the changes and makes none" {
	schema 'name: code, constraints: {pattern: "[0-9]{5}"}' 'name: d, type: date'
	printf 'code\td\n1004\t2025/01/06\n01004\t\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --fixes fixes.tsv in.tsv
	is "$output" "$(printf 'code\td\n01004\t')"
	is "$(cat fixes.tsv)" "$(printf '%s\n' \
		$'file\tline\tcolumn\tfield\told\tnew\treason' \
		$'in.tsv\t2\t1\tcode\t1004\t01004\tleading-zero' \
		$'in.tsv\t2\t6\td\t2025/01/06\t2025-01-06\tdate-order')"
	is "$(grep -c note: <<<"$stderr" || true)" 0
	expect 2 dfv-validate -s s.yaml --fixes fixes.tsv --fix in.tsv
	expect 2 dfv-validate -p . --fix
}

@test "repairs: mending twice changes nothing, and what is mended is valid" {
	schema 'name: code, constraints: {required: true, pattern: "[0-9]{5}"}' \
		'name: d, type: date' 'name: n, type: number' \
		'name: t, type: list, constraints: {enum: [Bois, Métal]}' 'name: z'
	awk 'BEGIN {
		split(" 1004|01004|9876 |\\t12345", code, "|")
		split("2025/01/06|2025-01-06|13/01/2025| 2025-1-6", d, "|")
		split("1,5|1.5|1 000,25| 12", n, "|")
		split("bois|Bois|METAL|métal ", t, "|")
		print "code\td\tn\tt\tz"
		for (i = 0; i < 40000; i++)
			print code[i % 4 + 1] "\t" d[int(i / 4) % 4 + 1] "\t" \
				n[int(i / 16) % 4 + 1] "\t" t[i % 3 + 1] "|" \
				t[int(i / 64) % 4 + 1] "\t  " i
	}' >in.tsv
	dfv-validate -j 1 -s s.yaml --fix in.tsv >one.tsv 2>one.err
	dfv-validate -j 4 -s s.yaml --fix in.tsv >four.tsv 2>four.err
	cmp one.tsv four.tsv
	cmp one.err four.err
	is "$(wc -l <one.tsv)" 40001
	expect 0 dfv-validate -s s.yaml --fix one.tsv
	is "$stderr" ""
	dfv-validate -s s.yaml --fix one.tsv | cmp - one.tsv
	dfv-validate -s s.yaml one.tsv | cmp - one.tsv
}

@test "repairs: notes are records too" {
	schema 'name: n, type: number'
	printf 'n\n1,5\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --fix -d tsv -o out.tsv in.tsv
	is "$(cut -f 1,2,9,10,14 <<<"${lines[1]}")" \
		"$(printf 'note\trepaired\t1,5\tdecimal-comma\t1.5')"
	is "$(cat out.tsv)" "$(printf 'n\n1.5')"
	expect 0 dfv-validate -q -s s.yaml --fix in.tsv
	is "$stderr" ""
}
