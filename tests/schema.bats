#!/usr/bin/env bats
# dfv-schema(5): what a schema may say, and what is said of one.

load helper

# codes FILE: the codes of the findings about a file, in order, on one line.
codes() {
	dfv-validate -s s.yaml -d tsv "$@" 2>/dev/null | tail -n +2 | cut -f 2 |
		paste -sd ' '
}

@test "schema: an unknown property is told with its line, and the next one" {
	printf 'fields:\n  - name: a\n    titel: x\nprimarykey: a\n' >s.yaml
	printf 'a\n1\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "s.yaml:3:5: warning: a property without effect: 'titel': did you mean 'title'?"
	has "$stderr" "s.yaml:4:1: warning: a property without effect: 'primarykey': did you mean 'primaryKey'?"
}

@test "schema: a constraint beside the constraints is told" {
	printf 'fields:\n  - name: a\n    enum: [x]\n' >s.yaml
	printf 'a\n1\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "s.yaml:3:5: warning: a property without effect: 'enum': a constraint: it has to stand under constraints"
}

@test "schema: a property that means nothing for its type is told" {
	printf 'fields:\n  - {name: a, type: string, decimalChar: ","}\n' >s.yaml
	printf 'a\n1\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "s.yaml:2:29: warning: a property without effect: 'decimalChar': it means nothing for a field of this type"
}

@test "schema: a property of the wrong kind is told" {
	printf 'fields:\n  - {name: a, title: [x]}\n' >s.yaml
	printf 'a\n1\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "'title': text is wanted here"
}

@test "schema: a constraint that the type does not have is told, and held" {
	printf 'fields:\n  - {name: a, type: integer, constraints: {pattern: "[0-9]{2}"}}\n' >s.yaml
	printf 'a\n10\n1\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "'pattern': not for this type: held against the text as it is written"
	has "$stderr" "in.tsv:3:1: error: does not match the pattern"
}

@test "schema: enum values outside of the categories are told" {
	printf 'fields:\n  - {name: a, categories: [x, y], constraints: {enum: [x, z]}}\n' >s.yaml
	printf 'a\nx\ny\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "'z': in the enumeration, but not in categories"
	is "$(codes --check in.tsv)" constraint-error
}

@test "schema: missing values of a field replace those of the schema" {
	cat >s.yaml <<-'FIN'
		missingValues: [NC, {value: "-", label: refused}]
		fields:
		  - {name: a, type: integer}
		  - {name: b, type: integer, missingValues: ["?"]}
	FIN
	printf 'a\tb\nNC\t?\n-\t1\n?\tNC\n' >in.tsv
	is "$(codes --check in.tsv)" "type-error type-error"
}

@test "schema: an earlier field counts where a name is there twice" {
	printf 'fields: [{name: a, type: integer}, {name: a}]\n' >s.yaml
	printf 'a\nx\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "an earlier field has this name"
	has "$stderr" "not an integer"
}

@test "schema: a pattern has Unicode's letters and code points as Python's" {
	cat >s.json <<-'FIN'
		{"fields": [{"name": "a", "constraints":
		  {"pattern": "[A-Za-z\\u00C0-\\u00FF]+ \\w+"}}]}
	FIN
	printf 'a\nÉlan été\nétat 1\nœ x\n' >in.tsv
	expect 1 dfv-validate -s s.json --check in.tsv
	is "${#stderr_lines[@]}" 2
	has "$stderr" "in.tsv:4:1"
}

@test "schema: an array is JSON, and its items are checked" {
	cat >s.yaml <<-'FIN'
		fields:
		  - {name: a, type: array, constraints: {maxLength: 2},
		     arrayItem: {type: string, constraints: {enum: [x, y]}}}
	FIN
	printf 'a\n"[""x"",""y""]"\n"[""z""]"\n"[""x"",""x"",""x""]"\n"[""x"""\n' >in.csv
	is "$(codes --check in.csv)" "constraint-error constraint-error type-error"
}

@test "schema: a list in a CSV cell is parted by commas, or its delimiter" {
	cat >s.yaml <<-'FIN'
		fields:
		  - {name: a, type: list, itemType: integer}
		  - {name: b, type: list, itemType: integer, delimiter: "/"}
	FIN
	printf 'a;b\n1,2;1/2\n1, 2 ,x;1,2\n' >in.csv
	is "$(codes --check in.csv)" "type-error type-error"
}

@test "schema: an enumeration has values, however they are written" {
	cat >s.yaml <<-'FIN'
		fields:
		  - {name: a, type: boolean, trueValues: [oui, O], constraints: {enum: [oui]}}
		  - {name: b, type: duration, constraints: {enum: [PT1H]}}
		  - {name: c, type: datetime, constraints: {enum: ["2024-01-01T00:00:00Z"]}}
		  - {name: d, type: date, format: "%d/%m/%Y", constraints: {enum: [01/02/2024]}}
	FIN
	printf 'a\tb\tc\td\nO\tPT60M\t2024-01-01T01:00:00+01:00\t1/2/2024\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	printf 'a\tb\tc\td\nfalse\tPT2H\t2024-01-01T01:00:00Z\t2/2/2024\n' >in.tsv
	is "$(codes --check in.tsv)" \
		"constraint-error constraint-error constraint-error constraint-error"
}

@test "schema: true is one value for a key, however it is written" {
	printf 'fields:\n  - {name: a, type: boolean, constraints: {unique: true}}\n' >s.yaml
	printf 'a\ntrue\n0\n1\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "in.tsv:4:1: error: a: already in line 2: 'true'"
}

@test "schema: an enumeration of arrays or objects is told, and not checked" {
	printf '{"fields": [{"name": "a", "type": "array", "constraints": {"enum": [[1, 2]]}}]}' >s.yaml
	printf 'a\n"[3]"\n' >in.csv
	expect 0 dfv-validate -s s.yaml --check in.csv
	has "$stderr" "'enum': arrays and objects are not compared: not checked"
}

@test "schema: what is not a list's type, or is twice among the categories, is told" {
	printf 'fields:\n  - {name: a, type: list, itemType: object}\n  - {name: b, categories: [x, x]}\n' >s.yaml
	printf 'a\tb\n\tx\n' >in.tsv
	expect 0 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "'object': the specification has lists of other types only"
	has "$stderr" "'x': it is in this list twice"
}

@test "schema: JSON's own numbers and booleans stand for themselves" {
	cat >s.yaml <<-'FIN'
		fields:
		  - {name: a, type: number, decimalChar: ",", groupChar: ".", constraints: {maximum: 4}}
		  - {name: b, type: boolean, trueValues: [oui], falseValues: [non]}
	FIN
	printf '{"a": 3.5, "b": true}\n{"a": "3,5", "b": "non"}\n{"a": 35, "b": 1}\n' >in.jsonl
	expect 1 dfv-validate -s s.yaml --check in.jsonl
	has "$stderr" "in.jsonl:3:7: error: more than the maximum 4: '35'"
	has "$stderr" "in.jsonl:3:16: error: not a boolean: '1'"
	is "$(codes --check in.jsonl)" "constraint-error type-error"
	printf 'a;b\n3,5;true\n' >in.csv
	is "$(codes --check in.csv)" type-error
}

@test "schema: an array of JSON Lines is a geopoint" {
	printf 'fields:\n  - {name: a, type: geopoint, format: array}\n' >s.yaml
	printf '{"a": [2.35, 48.85]}\n{"a": [200, 48.85]}\n{"a": [2, 3, 4]}\n' >in.jsonl
	is "$(codes --check in.jsonl)" "type-error type-error"
}

@test "schema: numbers that are not finite are values of an enumeration and of keys" {
	printf 'fields:\n  - {name: a, type: number, constraints: {unique: true, enum: [INF, 1.5, nan]}}\n' >s.yaml
	printf 'a\ninf\n1.50\n-INF\nNaN\nINF\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "in.tsv:4:1: error: not one of the values"
	has "$stderr" "in.tsv:6:1: error: a: already in line 2: 'INF'"
	has "$stderr" "2 findings"
}

@test "schema: uniqueKeys must have some, and name fields" {
	printf 'fields: [{name: a}]\nuniqueKeys: []\n' >s.yaml
	printf 'a\nx\n' >in.tsv
	expect 2 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "s.yaml:2:13: error: mistake in a schema: uniqueKeys is a list of lists of names"
	printf 'fields: [{name: a}]\nuniqueKeys: [[b]]\n' >s.yaml
	expect 2 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "'b': no field has this name"
}

@test "schema: a unique key of several fields leaves missing parts out" {
	printf 'fields: [{name: a}, {name: b, type: integer}]\nuniqueKeys: [[a, b]]\n' >s.yaml
	printf 'a\tb\nx\t1\nx\t\nx\t\nx\t01\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "in.tsv:5:1: error: a, b: already in line 2: 'x,1' [unique-error]"
	is "${stderr_lines[1]}" "1 finding: 1 error, 0 warnings"
}

@test "schema: keys across files name the file of the first" {
	printf 'fields: [{name: a, constraints: {unique: true}}]\n' >s.yaml
	printf 'a\nx\n' >un.tsv
	printf 'a\ny\nx\n' >deux.tsv
	expect 1 dfv-validate -s s.yaml --check un.tsv deux.tsv
	has "$stderr" "deux.tsv:3:1: error: a: already in un.tsv:2: 'x'"
}

@test "schema: a bound holds for numbers however they are written" {
	printf 'fields: [{name: a, type: number, constraints: {minimum: -0.5, exclusiveMaximum: 1e2}}]\n' >s.yaml
	printf 'a\n-0.5\n-0.50\n-0.500001\n99.999999999999999\n100\n100.0\n1e2\n1e300\nNaN\n' >in.tsv
	is "$(dfv-validate -s s.yaml -d tsv --check in.tsv | tail -n +2 | cut -f 6 | paste -sd ' ')" "4 6 7 8 9 10 10"
}

@test "schema: a record without a value is an empty row, and no more" {
	printf 'fields: [{name: a, constraints: {required: true}}, {name: b}]\n' >s.yaml
	printf 'a;b\n1;2\n;\n;3\n' >in.csv
	expect 1 dfv-validate -s s.yaml --check in.csv
	has "$stderr" "in.csv:3: error: an empty row [blank-row]"
	has "$stderr" "in.csv:4:1: error: a value is required"
	is "${stderr_lines[2]}" "2 findings: 2 errors, 0 warnings"
}

@test "schema: what is checked does not depend on the number of threads" {
	printf 'fields: [{name: n, type: integer, constraints: {maximum: 199990, unique: true}}]\n' >s.yaml
	{ echo n && seq 200000 && echo 7; } >in.tsv
	dfv-validate -j 1 -s s.yaml -d tsv --check in.tsv >one || true
	dfv-validate -j 4 -s s.yaml -d tsv --check in.tsv >four || true
	is "$(wc -l <one)" 12
	is "$(cat four)" "$(cat one)"
}

@test "schema: a property that comes twice in JSON is told, and its last value taken" {
	printf '{"fields": [{"name": "a", "type": "string",\n "type": "integer"}]}' >s.json
	printf 'a\nx\n' >x.csv
	expect 1 dfv-validate -s s.json --check x.csv
	has "$stderr" "s.json:2:2: warning: a key that comes twice: 'type': its last value is taken [repeated-key]"
	has "$stderr" "x.csv:2:1: error: not an integer: 'x' [type-error]"
}
