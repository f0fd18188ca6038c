#!/usr/bin/env bats
# dfv-validate: what findings say, what follows from what, and how they are
# written.
# shellcheck disable=SC2154 # run sets stderr

load helper

# schema FIELDS...: writes s.yaml with one line a field, then what stdin adds.
schema() {
	echo 'fields:' >s.yaml
	for field; do
		printf -- '  - {%s}\n' "$field" >>s.yaml
	done
	cat >>s.yaml
}

# column NAME FILE...: that column of the findings about the files, one a line.
column() {
	local name=$1
	shift
	dfv-validate -s s.yaml -d tsv "$@" >found.tsv || [ $? -eq 1 ]
	dfv-filter -c "$name" found.tsv | tail -n +2
}

# in_python SOURCE FILE: a script that fails unless the file is as it says.
in_python() {
	python3 -c "$1" "$2"
}

# --- all of them -------------------------------------------------------------

@test "findings: fifty planted defects are found, and nothing else, in order" {
	python3 "$TOP/tests/planted.py" .
	is "$(wc -l <wanted.tsv)" 50
	expect 1 dfv-validate -p . -d tsv
	printf '%s\n' "$output" >found.tsv
	dfv-filter -w 'missing(cause)' \
		-c line,column,code,field,value,suggestion found.tsv |
		tail -n +2 >have.tsv
	diff wanted.tsv have.tsv
}

@test "findings: what follows from the planted defects names its cause" {
	python3 "$TOP/tests/planted.py" .
	dfv-validate -p . -d tsv >found.tsv || true
	dfv-filter -w 'not missing(cause)' -c cause,line found.tsv | tail -n +2 |
		sort -u >causes
	is "$(grep -c row-error causes)" 2
	is "$(grep -c missing-label causes)" 1
	is "$(wc -l <causes)" 3
	# a cause stands in the line that follows from it
	is "$(awk -F '\t' '{ split($1, part, ":"); sub(" .*", "", part[2])
		if (part[2] != $2) print }' causes)" ""
}

# --- suggestions -------------------------------------------------------------

@test "findings: a word is suggested with case and accents put aside" {
	schema 'name: t, constraints: {enum: [Théâtre, Menuiserie]}' </dev/null
	printf 't\ntheatre\nMENUISRIE\nThéâtre\nautre chose\n' >in.tsv
	is "$(column suggestion in.tsv | paste -sd ,)" Théâtre,Menuiserie,
}

@test "findings: patterns that list words are vocabularies" {
	local pattern
	for pattern in '^(jeunes|seniors)$' 'jeunes|seniors' '^(?:jeunes|seniors)$'; do
		schema "name: t, constraints: {pattern: '$pattern'}" </dev/null
		printf 't\njeune\nSeniors\nautres\n' >in.tsv
		is "$(column suggestion in.tsv | paste -sd ,)" jeunes,seniors,
	done
}

@test "findings: a list of words in a pattern is mended word by word" {
	schema "name: t, constraints: {pattern: '(?:(?:^|, )(jeunes|seniors|demandeurs d.emploi))+\$'}" </dev/null
	printf 't\njeunes, senior\njeunes,seniors\nsenior, jeune\nzut, jeunes\n' >in.tsv
	# the second lacks a space, which no word mends
	is "$(column suggestion in.tsv | paste -sd ';')" \
		'jeunes, seniors;;seniors, jeunes;'
}

@test "findings: a pattern with more than words suggests nothing" {
	schema 'name: t, constraints: {pattern: "([0-9]+|[a-z]{2})"}' </dev/null
	printf 't\nabc\n' >in.tsv
	is "$(column suggestion in.tsv)" ""
}

# --- causes ------------------------------------------------------------------

@test "findings: a wrong delimiter is one finding" {
	schema 'name: a, constraints: {required: true}' 'name: b' \
		'name: c' </dev/null
	printf 'a;b;c\n1;2;3\n4;5\t6\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	is "${stderr_lines[0]}" "in.tsv:1: error: cells are parted by another character: ';': did you mean '--from csv'? [source-error]"
	is "${stderr_lines[1]}" "1 finding follows from in.tsv:1 source-error"
	is "${stderr_lines[2]}" "1 finding: 1 error, 0 warnings; 1 follow from these"
}

@test "findings: a row of totals is one finding, and its cells follow from it" {
	schema 'name: siret, constraints: {required: true}' \
		'name: nom, constraints: {required: true}' \
		'name: montant, type: number' 'name: date, type: date' \
		'name: lieu, constraints: {required: true}' </dev/null
	printf 'siret\tnom\tmontant\tdate\tlieu\n1\ta\t2\t2024-01-01\tx\n\tTOTAL :\t2\t\t\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	is "$stderr" "in.tsv:3:2: error: this looks like a row of totals: take it out [row-error]
2 findings follow from in.tsv:3:2 row-error
1 finding: 1 error, 0 warnings; 2 follow from these"
	# a name that begins with the word, or a row that is complete, is none
	printf 'siret\tnom\tmontant\tdate\tlieu\n\tTotal Energies\t2\t\tx\nTotal\tb\tc\t2024-01-01\tx\n' >in.tsv
	is "$(column code in.tsv | paste -sd ,)" constraint-error,type-error
}

@test "findings: a value that is no SIRET is one finding, not one of its pattern too" {
	schema 'name: a, constraints: {pattern: "\\d{14}", minLength: 14}' \
		'name: b, constraints: {pattern: "x+"}' <<-'END'
		custom_checks: [{name: siret-value, params: {column: a}}]
	END
	printf 'a\tb\n123\ty\n73282932000075\tx\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	is "$stderr" "in.tsv:2:1: error: not a SIRET: 3 digits instead of 14: '123' [siret]
in.tsv:2:5: error: does not match the pattern x+: 'y' [constraint-error]
in.tsv:3:1: error: not a SIRET: its check digit is wrong: '73282932000075' [siret]
2 findings follow from in.tsv:2:1 siret
3 findings: 3 errors, 0 warnings; 2 follow from these"
}

@test "findings: a delimiter of several bars parts a list, where a cell has it" {
	schema "name: l, type: list, delimiter: '||', constraints: {maxLength: 2}" \
		'name: z' </dev/null
	printf 'l\tz\na||b\t\na|b\t\na||b||c\t\n' >in.tsv
	is "$(column line in.tsv)" 4
}

@test "findings: a shifted row is one finding, and its cells follow from it" {
	schema 'name: a' 'name: d, type: date' 'name: n, type: integer' \
		'name: o, constraints: {enum: [oui, non]}' 'name: z' </dev/null
	printf 'a\td\tn\to\tz\nx\t\t2024-01-01\t3\toui\ny\t3\tnon\tz\t\nz\t2024-02-02\t1\tnon\t\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	is "${stderr_lines[0]}" "in.tsv:2:4: error: from here on, cells stand a column too far to the right [row-error]"
	is "${stderr_lines[1]}" "in.tsv:3:3: error: from here on, cells stand a column too far to the left [row-error]"
	is "${stderr_lines[2]}" "2 findings follow from in.tsv:2:4 row-error"
	is "$(column code in.tsv | grep -vc row-error)" 5
	# the cell that pushes the others is empty, the last one was lost
	printf 'a\td\tn\to\tz\nx\t\t2024-01-01\t3\t\n' >in.tsv
	is "$(column cause in.tsv | paste -sd ,)" ",in.tsv:2:4 row-error,in.tsv:2:4 row-error"
	# two wrong cells that no shift explains are two findings
	printf 'a\td\tn\to\tz\nx\tnever\tmany\tpeut-être\t\n' >in.tsv
	is "$(column code in.tsv | paste -sd ,)" type-error,type-error,constraint-error
}

@test "findings: a row broken by a line end is one finding" {
	schema 'name: a' 'name: b' 'name: c' </dev/null
	printf 'a\tb\tc\n1\t2\n3\t4\n5\t6\t7\n8\t9\n' >in.tsv
	expect 1 dfv-validate -s s.yaml in.tsv
	is "$output" "$(printf 'a\tb\tc\n5\t6\t7')"
	is "${stderr_lines[0]}" "in.tsv:2: error: a line end inside the row: it goes on in the next line [missing-cell]"
	is "${stderr_lines[1]}" "in.tsv:5: error: 2 cells where there are 3 columns [missing-cell]"
	is "${stderr_lines[2]}" "1 finding follows from in.tsv:2 missing-cell"
	printf 'a\tb\tc\n1\n2\t3\n' >in.tsv # in the place of a TAB
	is "$(column cause in.tsv | paste -sd ,)" ",in.tsv:2 missing-cell"
}

@test "findings: a bad key in a parent table is the cause of what refers to it" {
	printf 'id\tn\n76-01\t1\n76-O2\t2\n76-03\n' >parent.tsv
	printf 'id\tp\n1\t76-01\n2\t76-02\n3\t76-02\n4\t76-03\n5\t11-99\n' >child.tsv
	cat >package.yaml <<-EOF
		tables:
		  - name: child
		    path: child.tsv
		    schema:
		      fields: [{name: id}, {name: p}]
		      foreignKeys: [{fields: p, reference: {resource: parent, fields: id}}]
		  - name: parent
		    path: parent.tsv
		    schema: {fields: [{name: id, constraints: {pattern: "[0-9]{2}-[0-9]{2}"}}, {name: n}]}
	EOF
	expect 1 dfv-validate -p package.yaml
	has "${stderr_lines[0]}" "child.tsv:6:3: error: no record of parent has this id: '11-99'"
	has "$stderr" "parent.tsv:3:1: error: does not match"
	has "$stderr" "2 findings follow from parent.tsv:3:1 constraint-error"
	has "$stderr" "1 finding follows from parent.tsv:4 missing-cell"
	has "$stderr" "3 findings: 3 errors, 0 warnings in 2 tables; 3 follow from these"
}

@test "findings: a rule that a wrong cell stops follows from that cell" {
	printf 'a\tn\nx\t1\ny\tdix\n' >t.tsv
	cat >package.yaml <<-EOF
		tables:
		  - {name: t, path: t.tsv, schema: {fields: [{name: a}, {name: n, type: integer}]}}
		rules:
		  - {id: r, table: t, check: n > 0}
	EOF
	expect 1 dfv-validate -p package.yaml
	is "${stderr_lines[0]}" "t.tsv:3:3: error: not an integer: 'dix' [type-error]"
	is "${stderr_lines[1]}" "1 finding follows from t.tsv:3:3 type-error"
}

# --- how many ----------------------------------------------------------------

many() {
	schema 'name: n, type: integer' 'name: d, type: date' </dev/null
	awk 'BEGIN { print "n\td"; for (i = 0; i < 60; i++) print "x" i "\t2024-01-01"
		print "1\tx" }' >in.tsv
}

@test "findings: what is alike is counted after twenty" {
	many
	expect 1 dfv-validate -s s.yaml --check in.tsv
	is "${#stderr_lines[@]}" 23
	has "${stderr_lines[19]}" "in.tsv:21:1: error"
	has "${stderr_lines[20]}" "in.tsv:62:3: error"
	is "${stderr_lines[21]}" "40 more [type-error n], the last at in.tsv:61"
	is "${stderr_lines[22]}" "61 findings: 61 errors, 0 warnings"
	# data is never cut short
	is "$(column line in.tsv | wc -l)" 61
}

@test "findings: --summary says how many there are of each" {
	many
	expect 1 dfv-validate -s s.yaml --check --summary in.tsv
	has "${stderr_lines[0]}" "60  error: not an integer [type-error n], first at in.tsv:2:1: 'x0'"
	has "${stderr_lines[1]}" "1  error: not a date like 2025-11-10 [type-error d], first at in.tsv:62:3: 'x'"
	is "${#stderr_lines[@]}" 3
	expect 1 dfv-validate -s s.yaml --summary -d tsv in.tsv
	is "${lines[0]}" "$(printf 'severity\tcode\trule\ttable\tfield\tcount\tfile\tline\tcolumn\tvalue\tmessage')"
	is "${lines[1]}" "$(printf 'error\ttype-error\t\t\tn\t60\tin.tsv\t2\t1\tx0\tnot an integer')"
	expect 2 dfv-validate -s s.yaml --summary -d sarif in.tsv
	has "$stderr" "a summary is text, tsv or jsonl"
}

@test "findings: what people and spreadsheets mean is suggested" {
	schema 'name: d, type: date' 'name: n, type: number' \
		'name: i, type: integer' 'name: b, type: boolean' \
		'name: t, constraints: {pattern: "[+]33[0-9]{9}"}' \
		'name: c, constraints: {pattern: "[0-9]{14}"}' </dev/null
	printf '%s\n' 'd;n;i;b;t;c' \
		'06/01/2025;1 200,50 €;12,0;oui;01 99 00 27 37;732 829 320 00074' \
		'45663;12,5;12.5;FAUX;0199002737;7,32829E+13' \
		'2025;1,200;douze;peut-être;9;12' >in.csv
	dfv-validate -s s.yaml --check -d tsv in.csv >found.tsv || true
	dfv-filter -w 'not missing(suggestion)' -c value,suggestion -o have.tsv found.tsv
	printf '%s\t%s\n' value suggestion 06/01/2025 2025-01-06 \
		'1 200,50 €' 1200.50 12,0 12 oui true \
		'01 99 00 27 37' +33199002737 '732 829 320 00074' 73282932000074 \
		45663 2025-01-06 12,5 12.5 FAUX false 0199002737 +33199002737 >want.tsv
	expect 0 cmp have.tsv want.tsv
}

@test "findings: units, hours in words and places the wrong way round are suggested" {
	schema 'name: z, constraints: {pattern: "[0-9]{5}"}' </dev/null
	printf 'z,y\n74,\n7x,\n' >in.csv
	echo '  - name: y' >>s.yaml
	is "$(dfv-validate -s s.yaml --check in.csv 2>&1 | grep -o "mean '.*'")" "mean '00074'"
	schema 'name: p, type: number' 'name: h, constraints: {pattern: "(.*?)([0-9]{2}:[0-9]{2}-.*|24/7)"}' \
		'name: c, type: geopoint, format: array' 'name: d, type: geopoint' \
		'name: j, type: date, format: "%Y-%m-%d"' </dev/null
	printf '%s\n' 'p;h;c;d;j' '22 kW;Lu-Ve 8h-18h;48.34,7.48;7.48 48.34;05/04/2021' \
		'12k;jamais;ici;7.48;05/2021' >in.csv
	dfv-validate -s s.yaml --check -d tsv in.csv >found.tsv || true
	dfv-filter -w 'not missing(suggestion)' -c value,suggestion -o have.tsv found.tsv
	printf '%s\t%s\n' value suggestion '22 kW' 22 \
		'Lu-Ve 8h-18h' 'Mo-Fr 08:00-18:00' 48.34,7.48 '[7.48, 48.34]' \
		'7.48 48.34' '7.48, 48.34' 05/04/2021 2021-04-05 >want.tsv
	expect 0 cmp have.tsv want.tsv
}

@test "findings: an amount in euros is suggested with its no-break space" {
	schema 'name: n, type: number' 'name: z' </dev/null
	printf 'n\tz\n1\302\240200,5\302\240€\t\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "did you mean '1200.5'?"
}

@test "findings: an empty row has no other finding" {
	printf 'fields: [{name: a}, {name: b}]\ncustom_checks:\n  - {name: one-of-required, params: {column1: a, column2: b}}\n' >s.yaml
	printf 'a,b\n,\n1,\n' >in.csv
	expect 1 dfv-validate -s s.yaml --check in.csv
	is "${stderr_lines[0]}" "in.csv:2: error: an empty row [blank-row]"
	has "${stderr_lines[1]}" "1 finding"
}

@test "findings: a header below a title is told" {
	schema 'name: a' 'name: b' 'name: c' </dev/null
	printf 'Extraction du 12/03/2024\na;b;c\n1;2;3\n' >in.csv
	expect 1 dfv-validate -s s.yaml --check in.csv
	has "$stderr" "in.csv:2: error: this looks like the header: take out the lines above [extra-cell]"
}

@test "findings: a long pattern is cut where it is told" {
	words=$(seq -s '|' 100 400)
	printf 'fields: [{name: a, constraints: {pattern: "x(%s)[a-z]"}}]\n' "$words" >s.yaml
	printf 'a\n1\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	[ "${#stderr_lines[0]}" -lt 300 ]
	has "${stderr_lines[0]}" "…: '1' [constraint-error]"
}

@test "findings: a number that a spreadsheet has rounded is told" {
	printf 'fields: [{name: s, frFormat: siret}, {name: z}]\n' >s.yaml
	printf 's\tz\n7,32829E+13\t\n' >in.tsv
	expect 1 dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "not a SIRET: a spreadsheet has rounded it, digits are lost: '7,32829E+13'"
}

# --- formats -----------------------------------------------------------------

# Bytes that a format might let through: quotes, markup, controls, a line end.
awkward() {
	schema 'name: "<a> & \"b\"", type: integer' </dev/null
	printf '"<a> & ""b"""\n"x%%y:z,\n]]><&\001\342\200\250"\n' >'in put.csv'
}

@test "findings: -d jsonl is an object a line that the tools read" {
	awkward
	expect 1 dfv-validate -s s.yaml -d jsonl 'in put.csv'
	printf '%s\n' "$output" >found.jsonl
	in_python 'import json, sys
f = json.loads(open(sys.argv[1]).read())
assert f["value"] == "x%y:z,\n]]><&\x01\u2028", f
assert f["line"] == 2 and f["field"] == "<a> & \"b\"", f' found.jsonl
	expect 0 dfv-filter -w 'code == "type-error"' --count found.jsonl
	is "$output" 1
}

@test "findings: -d github escapes what its commands are made of" {
	awkward
	mv 'in put.csv' 'in,put:1%.csv'
	expect 1 dfv-validate -s s.yaml -d github 'in,put:1%.csv'
	is "$output" "::error file=in%2Cput%3A1%25.csv,line=2,col=1,title=type-error::not an integer: 'x%25y:z,\\n]]><&\\x01$(printf '\342\200\250')'"
}

@test "findings: -d junit is well-formed, with the counts of its cases" {
	awkward
	expect 1 dfv-validate -s s.yaml -d junit 'in put.csv'
	printf '%s\n' "$output" >found.xml
	in_python 'import sys, xml.etree.ElementTree as tree
suites = tree.parse(sys.argv[1]).getroot()
assert suites.get("tests") == "1" and suites.get("failures") == "1"
case = suites.find("testsuite/testcase")
assert case.get("classname") == "in put.csv", case.attrib
assert case.find("failure").get("type") == "type-error"' found.xml
	printf '"<a> & ""b"""\n1\n' >good.csv
	expect 0 dfv-validate -s s.yaml -d junit good.csv
	has "$output" '<testsuites tests="1" failures="0">'
}

@test "findings: -d sarif has what the standard demands" {
	awkward
	expect 1 dfv-validate -s s.yaml -d sarif 'in put.csv'
	printf '%s\n' "$output" >found.sarif
	in_python 'import json, sys
log = json.load(open(sys.argv[1]))
assert log["version"] == "2.1.0"
run = log["runs"][0]
rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
(result,) = run["results"]
assert rules[result["ruleIndex"]] == result["ruleId"] == "type-error"
place = result["locations"][0]["physicalLocation"]
assert place["artifactLocation"]["uri"] == "in%20put.csv", place
assert place["region"] == {"startLine": 2, "startColumn": 1}, place
assert result["message"]["text"].startswith("not an integer")' found.sarif
	# what identifies a finding is not where it stands
	{ head -n 1 'in put.csv'; echo 3; tail -n +2 'in put.csv'; } >other.csv
	dfv-validate -s s.yaml -d sarif other.csv >other.sarif || true
	is "$(grep -o 'dfv/v1": "[0-9a-f]*' found.sarif)" \
		"$(grep -o 'dfv/v1": "[0-9a-f]*' other.sarif)"
}

# Runs of every kind: places, none, French, nothing found, passed, waived, cut.
planted_sarif() {
	awkward
	printf 'a\n1\n' >labels.csv
	printf '"<a> & ""b"""\n1\n' >good.csv
	printf '"<a> & ""b"""\nx\n\n\377\n' >cut.csv
	dfv-validate -s s.yaml -d tsv 'in put.csv' >known.tsv || true
	printf '%s\n' 'code: type-error' 'owner: moi' 'reason: « ici »' \
		'expires: 2030-01-01' >w.yaml
	sarif_of place 'in put.csv'
	sarif_of path "$PWD/in put.csv"
	sarif_of label labels.csv
	sarif_of good good.csv
	sarif_of french --lang fr 'in put.csv'
	sarif_of known --baseline known.tsv 'in put.csv'
	sarif_of waived --waivers w.yaml --as-of 2026-01-01 'in put.csv'
	sarif_of cut cut.csv
	sarif_of stdin - <'in put.csv'
}

sarif_of() {
	dfv-validate -s s.yaml -d sarif "${@:2}" >"$1.sarif" || true
}

# A structure as the standard's schema has it: what is required, and of what kind.
@test "findings: -d sarif holds nothing that its schema would refuse" {
	planted_sarif
	# shellcheck disable=SC2016 # it is Python's
	in_python 'import json, re, sys
def only(o, required, known):
    assert set(required) <= set(o) <= set(required) | set(known), o
def message(o):
    only(o, ["text"], [])
    assert isinstance(o["text"], str) and o["text"]
for name in sys.argv[1:]:
    log = json.load(open(name))
    only(log, ["$schema", "version", "runs"], [])
    (run,) = log["runs"]
    only(run, ["tool", "results", "columnKind", "invocations"], [])
    driver = run["tool"]["driver"]
    only(driver, ["name", "version", "rules"], [])
    for rule in driver["rules"]:
        only(rule, ["id", "shortDescription"], [])
        message(rule["shortDescription"])
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(set(rules)) == len(rules)
    for i in run["invocations"]:
        only(i, ["executionSuccessful"], ["toolExecutionNotifications"])
        assert isinstance(i["executionSuccessful"], bool)
        for told in i.get("toolExecutionNotifications", []):
            only(told, ["level", "message"], [])
            message(told["message"])
    for r in run["results"]:
        only(r, ["ruleId", "ruleIndex", "level", "message",
                 "partialFingerprints", "properties"],
             ["locations", "suppressions"])
        assert rules[r["ruleIndex"]] == r["ruleId"]
        assert r["level"] in ("none", "note", "warning", "error")
        message(r["message"])
        for text in [*r["partialFingerprints"].values(),
                     *r["properties"].values()]:
            assert isinstance(text, str) and text
        for s in r.get("suppressions", []):
            only(s, ["kind", "justification"], [])
            assert s["kind"] in ("inSource", "external")
        for l in r.get("locations", []):
            only(l, ["physicalLocation"], [])
            only(l["physicalLocation"], ["artifactLocation"], ["region"])
            only(l["physicalLocation"]["artifactLocation"], ["uri"], [])
            uri = l["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(%[0-9A-F]{2}|[-._~!$&\x27()*+,;=@/:A-Za-z0-9])+",
                                uri), uri
            region = l["physicalLocation"].get("region")
            if region is not None:
                only(region, ["startLine"], ["startColumn"])
                assert min(region.values()) >= 1' ./*.sarif
}

@test "findings: a document is whole even where the input is not" {
	schema 'name: n, type: integer' </dev/null
	printf 'n\nx\n\377\n' >in.tsv
	expect 2 dfv-validate -s s.yaml -d sarif in.tsv
	printf '%s\n' "$output" >found.sarif
	in_python 'import json, sys
run = json.load(open(sys.argv[1]))["runs"][0]
assert len(run["results"]) == 1
(end,) = run["invocations"]
assert end["executionSuccessful"] is False
(told,) = end["toolExecutionNotifications"]
assert told["level"] == "error"' found.sarif
	expect 2 dfv-validate -s s.yaml -d junit in.tsv
	printf '%s\n' "$output" >found.xml
	in_python 'import sys, xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot().find("testsuite")
assert suite.get("tests") == "2" and suite.get("errors") == "1"
assert len(suite.findall("testcase/failure")) == 1
assert len(suite.findall("testcase/error")) == 1' found.xml
}

@test "findings: a clean file is no finding in any format" {
	schema 'name: a, type: integer' </dev/null
	printf 'a\n1\n' >in.tsv
	local format
	for format in text tsv jsonl sarif github junit; do
		expect 0 dfv-validate -s s.yaml --check -d "$format" in.tsv
		is "$stderr" ""
	done
	is "$(dfv-validate -s s.yaml -d jsonl in.tsv)" ""
	is "$(dfv-validate -s s.yaml -d github in.tsv)" ""
	expect 2 dfv-validate -s s.yaml -d xml in.tsv
}

@test "findings: a terminal sees the line, with a caret under the place" {
	schema 'name: a' 'name: n, type: integer' </dev/null
	printf 'a;n\né è;"do\nuze"\n' >in.csv
	python3 - >shown <<-'EOF'
		import os, pty, sys
		os.environ.update(TERM="xterm", NO_COLOR="1")
		pty.spawn(["dfv-validate", "-s", "s.yaml", "--check", "in.csv"])
	EOF
	is "$(tr -d '\r' <shown)" "$(printf '%s\n' \
		"in.csv:2:5: error: not an integer: 'do\\nuze' [type-error]" \
		'    é è;"do' '        ^~~~~~' '1 finding: 1 error, 0 warnings')"
	expect 1 dfv-validate -s s.yaml --check in.csv
	is "${#stderr_lines[@]}" 2
}

# --- languages ---------------------------------------------------------------

@test "findings: French by the environment or --lang, codes never" {
	schema 'name: a, type: integer' </dev/null
	printf 'a\nx\n1.5\n' >in.tsv
	expect 1 env LC_ALL=fr_FR.UTF-8 dfv-validate -s s.yaml --check in.tsv
	is "${stderr_lines[0]}" "in.tsv:2:1: erreur: ce n'est pas un nombre entier: 'x' [type-error]"
	is "${stderr_lines[2]}" "2 constats: 2 erreurs, 0 avertissement"
	expect 1 env -u LC_ALL LANG=fr_CA dfv-validate -s s.yaml --check in.tsv
	has "$stderr" "2 constats"
	expect 1 env LC_ALL=fr_FR.UTF-8 dfv-validate --lang en -s s.yaml --check in.tsv
	has "$stderr" "2 findings"
	expect 1 dfv-validate --lang fr -s s.yaml -d tsv in.tsv
	is "${lines[1]%%	in.tsv*}" "$(printf 'error\ttype-error\t\t')"
	expect 2 dfv-validate --lang de -s s.yaml in.tsv
	has "$stderr" "--lang is en or fr"
}

@test "findings: every word of them has its French" {
	local po=$TOP/cmd/dfv-validate/fr.po
	xgettext --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 -kFINDING:3 \
		--no-location -o words.pot "$TOP"/cmd/dfv-validate/*.[ch]
	expect 0 msgcmp "$po" words.pot
	msgfmt --check-format --statistics -o /dev/null "$po" 2>count
	is "$(grep -c untranslated count || true)" 0
	# the types' words stand in a table
	sed -n 's/^ *{"[a-z]*", .*[^\\]\("[^"]*"\)},$/msgid \1/p
		s/^\t\("[^"]*"\)},$/msgid \1/p' "$TOP/cmd/dfv-validate/type.c" >words
	[ "$(wc -l <words)" -gt 15 ]
	local word
	while read -r word; do
		grep -qxF "$word" "$po" || { echo "not in fr.po: $word"; return 1; }
	done <words
}

# A large file in in.tsv, with the findings of a plain reading of it in want:
# its keys are at random, or ascend until some come again near the end.
large_file() {
	schema 'name: id, constraints: {unique: true}' \
		'name: kind, constraints: {enum: [a, b, c]}' \
		'name: day, type: date' \
		'name: x, type: number, constraints: {minimum: -5, maximum: 90.5}' \
		'name: n, type: integer, constraints: {required: true}' </dev/null
	python3 - "$1" <<-'END'
		import random, sys
		random.seed(7)
		pick = random.choice
		def key_of(line):
		    if sys.argv[1] == 'random':
		        return str(random.randrange(2000000))
		    if line < 55000 or line % 3:
		        return f'R{line:06}'
		    return f'R{random.randrange(line - 3000, line):06}'
		with open('in.tsv', 'w') as rows, open('want', 'w') as want:
		    rows.write('id\tkind\tday\tx\tn\n')
		    first = {}
		    for line in range(2, 60002):
		        odd = random.random() < 0.01
		        key = key_of(line)
		        cells = [key, pick('abc'), f'2024-{pick(range(1, 13)):02}-02',
		                 pick(['', '1', '-4.50', '90.5', '8.25e1', '00012.5']),
		                 str(random.randrange(40))]
		        wrong = []
		        if odd:
		            col = random.randrange(1, 5)
		            cells[col] = pick([['d', 'aa'], ['2024-13-02', 'hier'],
		                ['90.51', '1,5', '1e9'], ['', '1.5', 'n']][col - 1])
		            wrong = [['kind', 'day', 'x', 'n'][col - 1]]
		        if key in first:
		            wrong.insert(0, f'id of {first[key]}')
		        first.setdefault(key, line)
		        rows.write('\t'.join(cells) + '\n')
		        want.writelines(f'{line} {w}\n' for w in wrong)
	END
}

# In have, the findings of in.tsv in the form of want.
large_findings() {
	dfv-validate "$@" -s s.yaml -d tsv in.tsv >all || true
	dfv-filter -c line,field,code,message -o found.tsv all
	tail -n +2 found.tsv | sed -E '
		s/^([0-9]+)\tid\tunique-error\t.* line ([0-9]+)$/\1 id of \2/
		s/^([0-9]+)\t([a-z]+)\t.*/\1 \2/' >have
}

# What was good before is not looked at again, numbers are read many at once,
# keys that ascend are not looked up: none of it may show.
@test "findings: of a large file are those that a plain reading of it has" {
	for keys in random ascending; do
		large_file "$keys"
		for jobs in 1 2 7; do
			large_findings -j "$jobs"
			expect 0 cmp have want
		done
	done
}

# A name that a terminal would obey, that is no UTF-8, and that breaks lines.
hostile_file() {
	hostile=$'Ev\xe9\e]0;x\a\n,.csv'
	printf 'a;b\nx;1\n1;1;2\n' >"$hostile"
	printf 'fields:\n- name: a\n  type: integer\n' >s.yaml
}

@test "findings: control characters of a file's name do not reach the terminal" {
	hostile_file
	expect 1 dfv-validate -s s.yaml --check "$hostile"
	is "$(head -n 2 <<<"$stderr" | tail -n 1)" \
		"Ev\\xE9\\x1B]0;x\\x07\\n,.csv:2:1: error: not an integer: 'x' [type-error]"
}

@test "findings: a file's name that is no UTF-8 leaves the machine's formats whole" {
	hostile_file
	expect 1 dfv-validate -s s.yaml -d jsonl "$hostile"
	is "$(sed -n 2p <<<"$output" | dfv-filter -f jsonl -t tsv -c file,line | tail -n 1)" \
		$'Ev\xef\xbf\xbd\e]0;x\a\\n,.csv\t2'
	dfv-validate -s s.yaml -d tsv "$hostile" >x.tsv || true
	expect 0 dfv-filter --count x.tsv
	is "$output" 3
	for format in sarif junit github; do
		dfv-validate -s s.yaml -d "$format" "$hostile" >"x.$format" || true
		iconv -f UTF-8 -t UTF-8 "x.$format" >/dev/null
	done
	has "$(cat x.sarif)" '"uri": "Ev%E9%1B%5D0;x%07%0A,.csv"'
}
