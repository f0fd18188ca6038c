#!/usr/bin/env bats
# What breaks a format, a file or an output: the exact status, the place, the
# code, and what comes out before it.
# shellcheck disable=SC2154,SC1003,SC2059,SC2086 # run sets stderr; bytes are written as octal escapes

load helper

# refused WHERE CODE ARG...: exit 2 with one line that ends with [CODE], about
# WHERE (file:line:col), and the same output for any number of threads.
refused() {
	local where=$1 code=$2 first
	shift 2
	expect 2 dfv-filter -j 1 "$@" || return 1
	first=$output
	has "$stderr" "dfv-filter: $where: error: " || return 1
	has "$stderr" " [$code]" || return 1
	is "$(printf '%s\n' "$stderr" | wc -l)" 1 || return 1
	expect 2 dfv-filter -j 7 "$@" || return 1
	is "$output" "$first" || return 1
	has "$stderr" "dfv-filter: $where: error: "
}

# kept FORMAT TEXT: the cell of x.tsv's third line is refused as it should be,
# or comes out as TEXT.
kept() {
	run --separate-stderr dfv-filter -t "$1" x.tsv
	case $status in
	0) has "$output" "$2" ;;
	2) has "$stderr" 'x.tsv:3:1: error: ' && has "$stderr" ' [bad-escape]' ;;
	*) return 1 ;;
	esac
}

# --- TSV ---------------------------------------------------------------------

@test "tsv: a row with fewer cells stops behind the records before it" {
	printf 'a\tb\n1\t2\n3\n4\t5\n' >x.tsv
	refused x.tsv:3:1 ragged-row x.tsv
	is "$output" $'a\tb\n1\t2'
	has "$stderr" "'3': 1 cell where the header has 2"
}

@test "tsv: a row with more cells stops behind the records before it" {
	printf 'a\tb\n1\t2\n3\t4\t5\n' >x.tsv
	refused x.tsv:3:5 ragged-row x.tsv
	is "$output" $'a\tb\n1\t2'
	has "$stderr" '3 cells where the header has 2'
}

@test "tsv: places in the header and escapes are told by characters" {
	printf 'éé\t\377\n1\t2\n' >x.tsv
	refused x.tsv:1:4 bad-utf8 x.tsv
	printf 'é\tb\n1\tx\\é\n' >x.tsv
	refused x.tsv:2:3 bad-escape -w 'len(b) == 2' x.tsv
	has "$stderr" "unknown escape in a cell: '\\é': "
}

@test "tsv: an empty line is a row with too few cells" {
	printf 'a\tb\n1\t2\n\n3\t4\n' >x.tsv
	refused x.tsv:3:1 ragged-row x.tsv
	is "$output" $'a\tb\n1\t2'
}

@test "csv: a title above the header and an empty line are told what to do" {
	expect 2 dfv-filter <<<$'Extrait du 3 mars\nnom;ville\nA;B' -f csv
	has "$stderr" '2 cells where the header has 1: drop lines above the header'
	expect 2 dfv-filter <<<$'nom;ville\nA;B\n\nC;D' -f csv
	has "$stderr" ':3:1:'
	has "$stderr" '1 cell where the header has 2: delete the empty line'
}

@test "tsv: two rows that are wrong but even out are both wrong" {
	printf 'a\tb\n1\n2\t3\t4\n' >x.tsv
	refused x.tsv:2:1 ragged-row x.tsv
	is "$output" $'a\tb'
}

@test "tsv: a mistake behind many blocks has its line, and all before is there" {
	seq 40000 | sed 's/.*/&\tquelques caractères de texte\t&7/' >body
	{ printf 'a\tb\tc\n'; cat body; printf 'x\ty\n'; cat body; } >x.tsv
	{ printf 'a\tb\tc\n'; cat body; } >want.tsv
	for j in 1 2 7; do
		status=0
		dfv-filter -j $j x.tsv >out.tsv 2>err || status=$?
		is "$status" 2
		cmp out.tsv want.tsv
		has "$(cat err)" 'x.tsv:40002:3: error: wrong number of cells'
	done
}

@test "tsv: a column name that comes twice is refused" {
	printf 'a\tb\ta\n1\t2\t3\n' >x.tsv
	refused x.tsv:1:5 duplicate-column x.tsv
	is "$output" ''
	has "$stderr" "duplicate column name: 'a'"
}

@test "tsv: a column without a name is refused" {
	printf 'a\t\tc\n1\t2\t3\n' >x.tsv
	refused x.tsv:1:3 empty-column-name x.tsv
	printf 'a\tb\t\n1\t2\t3\n' >x.tsv
	refused x.tsv:1:5 empty-column-name x.tsv
	printf '\n1\n' >x.tsv
	refused x.tsv:1:1 empty-column-name x.tsv
}

@test "tsv: a column named \\N is refused" {
	printf 'a\t\\N\n1\t2\n' >x.tsv
	refused x.tsv:1:3 empty-column-name x.tsv
}

@test "tsv: an empty file has no header" {
	: >x.tsv
	refused x.tsv:1:1 empty-input x.tsv
	is "$output" ''
	expect 2 dfv-filter -f tsv </dev/null
	has "$stderr" '(stdin):1:1: error: no header line: '
}

@test "tsv: bytes that are not UTF-8 are refused at their cell" {
	printf 'a\tb\n1\t2\n3\té\377x\n4\t5\n' >x.tsv
	refused x.tsv:3:3 bad-utf8 x.tsv
	is "$output" $'a\tb\n1\t2'
	has "$stderr" 'xFFx'
}

@test "tsv: each kind of broken UTF-8 is refused" {
	for bytes in '\200' '\300\200' '\303' '\340\200\200' '\355\240\200' \
		'\364\220\200\200' '\370\210\200\200\200' '\342\202' '\377'; do
		printf "a\tb\n1\t2\nx${bytes}\ty\n" >x.tsv
		refused x.tsv:3:1 bad-utf8 x.tsv || { echo "$bytes"; return 1; }
		is "$output" $'a\tb\n1\t2'
	done
}

@test "tsv: broken UTF-8 in the header is refused" {
	printf 'a\tb\377\n1\t2\n' >x.tsv
	refused x.tsv:1:4 bad-utf8 x.tsv
}

@test "tsv: a NUL byte is refused at its cell" {
	printf 'a\tb\n1\t2\n3\tx\000y\n' >x.tsv
	refused x.tsv:3:3 nul-byte x.tsv
	is "$output" $'a\tb\n1\t2'
	printf 'a\tb\000\n1\t2\n' >x.tsv
	refused x.tsv:1:4 nul-byte x.tsv
}

@test "tsv: the first of two mistakes is the one that is told" {
	printf 'a\tb\n1\t\377\n3\n' >x.tsv
	refused x.tsv:2:3 bad-utf8 x.tsv
	printf 'a\tb\n3\n1\t\377\n' >x.tsv
	refused x.tsv:2:1 ragged-row x.tsv
}

@test "tsv: an unknown escape is never changed or dropped silently" {
	printf 'a\tb\n1\t2\nx\\qz\t4\n' >x.tsv
	kept csv 'x\qz,4'
	kept yaml 'x\qz'
	kept md 'x\qz'
	kept jsonl '"x\\qz"'
}

@test "tsv: a backslash at a cell's end is never changed or dropped silently" {
	printf 'a\tb\n1\t2\nx\\\t4\n' >x.tsv
	kept csv 'x\,4'
	kept yaml 'x\'
	kept jsonl '"x\\"'
}

@test "tsv: lines that end with CR alone are told from one long header" {
	printf 'a\tb\r1\t2\r3\t4\r' >x.tsv
	expect 2 dfv-filter x.tsv
	has "$stderr" ' [lone-cr]'
}

# --- CSV ---------------------------------------------------------------------

@test "csv: a row with another number of cells is refused" {
	printf 'a,b\n1,2\n3\n' >x.csv
	refused x.csv:3:1 ragged-row x.csv
	is "$output" $'a,b\n1,2'
	printf 'a;b\n1;2\n3;4;5\n' >x.csv
	refused x.csv:3:5 ragged-row x.csv
	is "$output" $'a;b\n1;2'
}

@test "csv: a quote that is never closed is told where it opens" {
	printf 'a,b\n1,2\n3,"x\n4,5\n' >x.csv
	refused x.csv:3:3 csv-unclosed x.csv
	is "$output" $'a,b\n1,2'
}

@test "csv: a quote inside a bare cell is refused" {
	printf 'a,b\n1,2\n3,x"y\n4,5\n' >x.csv
	refused x.csv:3:4 csv-quote x.csv
	is "$output" $'a,b\n1,2'
}

@test "csv: text behind a closing quote is refused" {
	printf 'a,b\n1,2\n3,"x"y\n4,5\n' >x.csv
	refused x.csv:3:5 csv-quote x.csv
	is "$output" $'a,b\n1,2'
}

@test "csv: places count the line ends inside quotes" {
	printf 'a,b\n"1\n1\n1",2\n3,x"\n' >x.csv
	refused x.csv:5:4 csv-quote x.csv
}

@test "csv: a header's mistakes are refused" {
	printf 'a,b,a\n1,2,3\n' >x.csv
	refused x.csv:1:5 duplicate-column x.csv
	printf 'a,,c\n1,2,3\n' >x.csv
	refused x.csv:1:3 empty-column-name x.csv
	: >x.csv
	refused x.csv:1:1 empty-input x.csv
	printf '"a,b\n1,2\n' >x.csv
	refused x.csv:1:1 csv-unclosed x.csv
}

@test "csv: bytes that are not UTF-8 are refused, and --encoding is named" {
	printf 'a,b\n1,2\n3,\351t\351\n' >x.csv
	refused x.csv:3:3 bad-utf8 x.csv
	is "$output" $'a,b\n1,2'
	has "$stderr" '--encoding windows-1252'
}

@test "csv: a byte that Windows-1252 lacks is refused" {
	printf 'a,b\n1,2\n3,\201\n' >x.csv
	refused x.csv:3:3 cp1252-byte --encoding windows-1252 x.csv
	is "$output" $'a,b\n1,2'
}

@test "csv: a NUL byte is refused" {
	printf 'a,b\n1,2\n3,x\000y\n' >x.csv
	refused x.csv:3:3 nul-byte x.csv
	is "$output" $'a,b\n1,2'
}

# --- YAML --------------------------------------------------------------------

@test "yaml: aliases that multiply are refused in bounded memory and time" {
	{
		echo 'x0: &a0 {k: v}'
		for i in 1 2 3 4 5 6 7 8 9 10 11; do
			echo "x$i: &a$i {k0: *a$((i - 1)), k1: *a$((i - 1)), k2: *a$((i - 1)), k3: *a$((i - 1)), k4: *a$((i - 1)), k5: *a$((i - 1)), k6: *a$((i - 1)), k7: *a$((i - 1)), k8: *a$((i - 1))}"
		done
	} >bomb.yaml
	expect 2 with_memory 1000000 dfv-filter -j 1 bomb.yaml
	is "$output" ''
	has "$stderr" ' [alias-bomb]'
	has "$stderr" 'dfv-filter: bomb.yaml:'
}

@test "yaml: an alias to a long text, many times, is refused" {
	python3 -c 'print("- x: &a " + "v" * 100000); print("- x: *a\n" * 100000)' >bomb.yaml
	expect 2 with_memory 1000000 dfv-filter -j 1 --count bomb.yaml
	has "$stderr" ' [alias-bomb]'
}

@test "yaml: the laughing lists are refused" {
	{
		echo '- x0: &a0 [lol, lol, lol]'
		for i in 1 2 3 4 5 6 7 8 9; do
			echo "  x$i: &a$i [*a$((i - 1)), *a$((i - 1)), *a$((i - 1))]"
		done
	} >x.yaml
	refused x.yaml:2:12 not-records x.yaml
}

@test "yaml: a moderate use of aliases is no bomb" {
	{
		echo '- {k: &v value, n: 0}'
		for ((i = 1; i < 2000; i++)); do echo "- {k: *v, n: $i}"; done
	} >x.yaml
	expect 0 dfv-filter -w 'k == "value"' --count x.yaml
	is "$output" 2000
}

@test "yaml: an alias to nothing is refused" {
	printf -- '- a: 1\n- a: *nobody\n' >x.yaml
	expect 2 dfv-filter x.yaml
	has "$stderr" 'x.yaml:2:6: error: '
	has "$stderr" ' [bad-yaml]'
}

@test "yaml: an alias inside what it names is refused" {
	printf -- '- a: &x\n    b: *x\n' >x.yaml
	expect 2 dfv-filter x.yaml
	has "$stderr" 'x.yaml:2:8: error: '
}

@test "yaml: a key that comes twice is refused" {
	printf -- '- a: 1\n  b: 2\n- a: 3\n  b: 4\n  a: 5\n' >x.yaml
	refused x.yaml:5:3 duplicate-key x.yaml
	is "$output" $'- a: \'1\'\n  b: \'2\''
	has "$stderr" "duplicate key: 'a'"
	printf -- '- {a: 1, "a": 2}\n' >x.yaml
	refused x.yaml:1:10 duplicate-key x.yaml
}

@test "yaml: broken syntax is refused behind the records before it" {
	printf -- '- a: 1\n- a: [1\n' >x.yaml
	expect 2 dfv-filter -t tsv x.yaml
	is "$output" $'a\n1'
	has "$stderr" 'dfv-filter: x.yaml:3:1: error: '
	has "$stderr" ' [bad-yaml]'
}

@test "yaml: what is no mapping is no record" {
	printf -- '- a: 1\n- 5\n' >x.yaml
	refused x.yaml:2:3 not-records x.yaml
	printf 'just text\n' >x.yaml
	refused x.yaml:1:1 not-records x.yaml
}

@test "yaml: a list of mappings in a cell is refused" {
	printf -- '- a: 1\n  b:\n  - c: 2\n' >x.yaml
	refused x.yaml:3:5 not-records x.yaml
}

@test "yaml: a NUL is refused, as a byte and as an escape" {
	printf -- '- a: 1\n- a: x\000y\n' >x.yaml
	refused x.yaml:2:7 nul-byte -t tsv x.yaml
	is "$output" $'a\n1'
	printf -- '- a: 1\n- a: "x\\0y"\n' >x.yaml
	refused x.yaml:2:6 nul-byte -t tsv x.yaml
	is "$output" $'a\n1'
}

@test "yaml: bytes that are not UTF-8 are refused" {
	printf -- '- a: 1\n- a: \377y\n' >x.yaml
	refused x.yaml:2:6 bad-utf8 -t tsv x.yaml
	is "$output" $'a\n1'
}

@test "yaml: half a surrogate pair is refused" {
	printf -- '- a: 1\n- a: "\\ud83d"\n' >x.yaml
	expect 2 dfv-filter -t tsv x.yaml
	is "$output" $'a\n1'
	has "$stderr" 'dfv-filter: x.yaml:2:'
}

@test "yaml: nesting without end is refused, without a crash" {
	python3 -c 'print("- a: " + "[" * 100000)' >x.yaml
	expect 2 dfv-filter x.yaml
	python3 -c 'print("- " * 100000 + "a")' >y.yaml
	expect 2 dfv-filter y.yaml
	python3 -c 'print("- " + "{a: " * 100000)' >z.yaml
	expect 2 dfv-filter z.yaml
}

# --- JSON Lines --------------------------------------------------------------

@test "jsonl: half a surrogate pair is refused" {
	for s in '\ud83d' '\udf89' '\ud83dx' '\ud83d\u0041' '\udf89\ud83d'; do
		printf '{"a":"1"}\n{"a":"%s"}\n' "$s" >x.jsonl
		refused x.jsonl:2:7 lone-surrogate x.jsonl || { echo "$s"; return 1; }
		is "$output" '{"a":"1"}'
	done
}

@test "jsonl: a key that comes twice is refused" {
	printf '{"a":"1"}\n{"a":"1","a":"2"}\n' >x.jsonl
	refused x.jsonl:2:10 duplicate-key x.jsonl
	is "$output" '{"a":"1"}'
}

@test "jsonl: broken syntax is refused behind the records before it" {
	for bad in '{"a":"1",}' '{"a":1' '{a:1}' '{"a":01}' '{"a":+1}' '{"a":.5}' \
		'{"a":tru}' '{"a":"x}' '{"a":1} x' '{"a":NaN}' '{"a" "b"}' \
		'{"a":"\q"}' '{"a":"\u12"}' "{'a':1}" '{"a":1}}' '{"a":1e}' '}'; do
		printf '{"a":"1"}\n%s\n' "$bad" >x.jsonl
		expect 2 dfv-filter x.jsonl || { echo "$bad"; return 1; }
		is "$output" '{"a":"1"}'
		has "$stderr" 'dfv-filter: x.jsonl:2:'
		has "$stderr" ' [bad-json]' || { echo "$bad"; return 1; }
	done
}

@test "jsonl: a control character in a string is refused" {
	printf '{"a":"1"}\n{"a":"x\001"}\n' >x.jsonl
	expect 2 dfv-filter x.jsonl
	has "$stderr" 'x.jsonl:2:8: error: '
}

@test "jsonl: what is no object is no record" {
	for bad in '5' '"x"' 'null' '["a"]'; do
		printf '{"a":"1"}\n%s\n' "$bad" >x.jsonl
		expect 2 dfv-filter x.jsonl
		is "$output" '{"a":"1"}'
		has "$stderr" 'dfv-filter: x.jsonl:2:1: error: ' || { echo "$bad"; return 1; }
	done
}

@test "jsonl: a NUL is refused, as a byte and as an escape" {
	printf '{"a":"1"}\n{"a":"x\\u0000y"}\n' >x.jsonl
	refused x.jsonl:2:6 nul-byte x.jsonl
	printf '{"a":"1"}\n{"a":"x\000y"}\n' >x.jsonl
	refused x.jsonl:2:8 nul-byte x.jsonl
	is "$output" '{"a":"1"}'
}

@test "jsonl: bytes that are not UTF-8 are refused" {
	printf '{"a":"1"}\n{"a":"x\377y"}\n' >x.jsonl
	refused x.jsonl:2:8 bad-utf8 x.jsonl
	is "$output" '{"a":"1"}'
}

@test "jsonl: an empty key is a column without a name" {
	printf '{"":"1"}\n' >x.jsonl
	refused x.jsonl:1:2 empty-column-name x.jsonl
}

@test "jsonl: nesting without end is refused, without a crash" {
	python3 -c 'print("{\"a\":" * 100000)' >x.jsonl
	expect 2 dfv-filter x.jsonl
	python3 -c 'print("{\"a\":" + "[" * 100000)' >x.jsonl
	expect 2 dfv-filter x.jsonl
}

@test "jsonl: a NUL is refused in a key as in a value" {
	printf '%s\n' '{"a":"1"}' '{"a":"x\u0000"}' >x.jsonl
	refused x.jsonl:2:6 nul-byte -t tsv x.jsonl
	printf '%s\n' '{"a":"1","b\u0000c":"2"}' >x.jsonl
	refused x.jsonl:1:10 nul-byte -t tsv x.jsonl
}

@test "jsonl: a key that only a late record has is refused, not dropped" {
	python3 -c '
for i in range(60000): print("{\"a\":\"some text that is long enough\"}")
print("{\"a\":\"1\",\"late\":\"2\"}")' >x.jsonl
	refused x.jsonl:60001:10 new-column --count x.jsonl
	has "$stderr" "'late'"
}

# --- files -------------------------------------------------------------------

@test "files: a directory is refused" {
	mkdir d
	refused d cannot-read d
	has "$stderr" 'Is a directory'
	expect 2 dfv-filter <d
	has "$stderr" '(stdin): error: cannot read: Is a directory'
}

@test "files: one that is missing is refused before anything is written" {
	printf 'a\n1\n' >x.tsv
	refused none.tsv cannot-open x.tsv none.tsv
	has "$stderr" 'No such file or directory'
	is "$output" ''
	expect 2 dfv-filter ''
	has "$stderr" ' [cannot-open]'
}

@test "files: one that may not be read is refused" {
	# Root may read everything: it becomes nobody, in a folder open to all.
	dir=$(mktemp -d)
	cp "$BIN/dfv-filter" "$dir"
	printf 'a\n1\n' >"$dir/x.tsv"
	chmod 755 "$dir"
	chmod 000 "$dir/x.tsv"
	nobody=()
	[ "$(id -u)" -ne 0 ] ||
		nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	expect 2 "${nobody[@]}" "$dir/dfv-filter" "$dir/x.tsv"
	rm -rf "$dir"
	has "$stderr" 'x.tsv: error: cannot open: Permission denied [cannot-open]'
}

@test "files: a directory behind a good file stops behind its records" {
	printf 'a\n1\n' >x.tsv
	mkdir d
	refused d cannot-read x.tsv d
	is "$output" $'a\n1'
}

@test "files: closed standard input is refused" {
	expect 2 bash -c 'dfv-filter <&-'
	has "$stderr" '(stdin): error: '
}

@test "files: a spreadsheet, an archive or UTF-16 is told what to do" {
	printf 'PK\003\004\024\000' >x.xlsx
	refused x.xlsx cannot-read x.xlsx
	has "$stderr" 'save it as CSV UTF-8'
	cp x.xlsx x.csv
	refused x.csv cannot-read x.csv
	printf '\320\317\021\340\241' >x.xls
	refused x.xls cannot-read x.xls
	printf 'BZh91AY&SY' >x.tsv.bz2
	refused x.tsv.bz2 cannot-read x.tsv.bz2
	has "$stderr" 'bunzip2'
	expect 2 dfv-filter <x.tsv.bz2
	has "$stderr" '(stdin): error: cannot read: compressed'
	printf '\377\376a\000;\000b\000' >x.csv
	refused x.csv cannot-read x.csv
	has "$stderr" 'iconv -f UTF-16'
}

@test "files: a web page, XML, a PDF or a JSON array is told what it is" {
	printf '<!DOCTYPE html>\n<html>\n' >x.csv
	refused x.csv cannot-read x.csv
	has "$stderr" 'a web page'
	printf '<?xml version="1.0"?>\n<a/>\n' >x.csv
	refused x.csv cannot-read x.csv
	printf '%%PDF-1.4\n' >x.csv
	refused x.csv cannot-read x.csv
	printf 'PAR1\025\004\025\020' >x.csv
	refused x.csv cannot-read x.csv
	printf 'PAR1;PAR2\n1;2\n' >x.csv
	expect 0 dfv-filter -c PAR1 x.csv
	printf '{\n"type": "FeatureCollection",\n"features": []\n}\n' >x.geojson
	refused x.geojson cannot-read x.geojson
	has "$stderr" "GeoJSON:  jq -c '.features[].properties'"
	printf '[\n    ["id", "nom"],\n    [1, "x"]\n]\n' >x.json
	refused x.json:1:1 bad-json x.json
	has "$stderr" 'jq -c'
	printf '{\n  "id": 1\n}\n' >x.json
	refused x.json:1:2 bad-json x.json
	has "$stderr" 'a record is one line, as  jq -c  writes it'
}

@test "files: an empty file behind another one is refused, not a crash" {
	printf 'a;b\n1;2\n' >a.csv
	: >b.csv
	expect 2 dfv-filter a.csv b.csv
	is "$output" 'a;b
1;2'
	has "$stderr" 'b.csv:1:1: error: no header line'
	: >b.tsv
	expect 2 dfv-filter a.csv b.tsv
}

@test "csv: last columns without a name have to be empty" {
	printf 'a;b;;\n1;2;;\n1;2;x;\n' >x.csv
	refused x.csv:3:5 ragged-row x.csv
	printf 'a;;b\n1;2;3\n' >x.csv
	refused x.csv:1:3 empty-column-name x.csv
}

@test "csv: a row of the wrong length is shown as it stands in the file" {
	printf 'a;b\n"1";"x;y";3\r\n' >x.csv
	refused x.csv:2:11 ragged-row x.csv
	has "$stderr" "'\"1\";\"x;y\";3'"
}

@test "files: gzip that is cut short, damaged or followed by junk is refused" {
	seq 5000 | sed '1i n' | gzip -c >x.tsv.gz
	head -c 3000 x.tsv.gz >cut.tsv.gz
	expect 2 dfv-filter --count cut.tsv.gz
	is "$output" ''
	has "$stderr" 'dfv-filter: cut.tsv.gz: error: cannot read: '
	printf '\037\213 no gzip at all' >bad.gz
	expect 2 dfv-filter bad.gz
	has "$stderr" 'dfv-filter: bad.gz: error: cannot read: '
	{ cat x.tsv.gz; echo junk; } >tail.tsv.gz
	expect 2 dfv-filter --count tail.tsv.gz
	has "$stderr" ' [cannot-read]'
	expect 2 dfv-filter -o out.tsv cut.tsv.gz
	[ ! -e out.tsv ]
}

@test "files: places in a compressed file are those of its text" {
	printf 'a\tb\n1\t2\n3\n' | gzip -c >x.tsv.gz
	refused x.tsv.gz:3:1 ragged-row x.tsv.gz
	is "$output" $'a\tb\n1\t2'
}

@test "files: a format that is not known is refused" {
	expect 2 dfv-filter -f xlsx </dev/null
	has "$stderr" "unknown format: 'xlsx'"
	has "$stderr" ' [unknown-format]'
	expect 2 dfv-filter -t xlsx < <(printf 'a\n')
	is "$output" ''
	has "$stderr" '--to takes one of tsv, csv, yaml, jsonl, md [unknown-format]'
}

# --- outputs -----------------------------------------------------------------

@test "full disk: every format says so, on standard output and with -o" {
	printf 'a\tb\n1\t2\n' >x.tsv
	for t in tsv csv yaml jsonl md; do
		for tool in 'dfv-filter' 'dfv-stats -g a -a n=count()'; do
			# shellcheck disable=SC2086 # a list of words
			expect 2 $tool -t $t -o /dev/full x.tsv
			has "$stderr" ': /dev/full: error: cannot write: '
			expect 2 bash -c "$(printf '%q ' $tool -t $t x.tsv) >/dev/full"
			has "$stderr" ': (stdout): error: cannot write: '
			has "$stderr" ' [cannot-write]'
			is "$(printf '%s\n' "$stderr" | wc -l)" 1
		done
	done
}

@test "full disk: a large output says so too" {
	{ echo a; yes 'a line of some text' | head -100000; } >x.tsv
	for j in 1 7; do
		expect 2 bash -c "dfv-filter -j $j x.tsv >/dev/full"
		has "$stderr" '(stdout): error: cannot write: No space left on device'
		is "$(printf '%s\n' "$stderr" | wc -l)" 1
	done
	expect 2 bash -c 'dfv-filter --count x.tsv >/dev/full'
	has "$stderr" ' [cannot-write]'
}

@test "closed output: standard output that is closed is refused" {
	printf 'a\n1\n' >x.tsv
	expect 2 bash -c 'dfv-filter x.tsv >&-'
	has "$stderr" ' [cannot-write]'
	expect 2 bash -c 'dfv-stats -a "n=count()" x.tsv >&-'
	has "$stderr" ' [cannot-write]'
}

@test "closed pipe: head ends a tool quietly, with status 0" {
	{ printf 'a\tb\n'; yes $'1\tsome text' | head -400000; } >x.tsv
	for t in tsv csv yaml jsonl md; do
		for j in 1 7; do
			dfv-filter -j $j -t $t x.tsv 2>err | head -2 >out
			is "${PIPESTATUS[0]}" 0
			[ ! -s err ]
			is "$(wc -l <out)" 2
		done
	done
	dfv-filter --progress never <x.tsv 2>err | true
	is "${PIPESTATUS[0]}" 0
	[ ! -s err ]
}

@test "closed pipe: every kind of result ends quietly, with status 0" {
	printf 'a\n1\n2\n' >x.tsv
	on_closed_pipe() {
		python3 -c 'import os, subprocess, sys
r, w = os.pipe()
os.close(r)
sys.exit(subprocess.run(sys.argv[1:], stdout=w).returncode)' "$@"
	}
	for command in 'dfv-filter' 'dfv-filter --count' 'dfv-filter -k a' \
		'dfv-filter --sample 1' 'dfv-stats -a n=count()' \
		'dfv-validate --infer'; do
		# shellcheck disable=SC2086 # words
		expect 0 on_closed_pipe $command x.tsv
		is "$stderr" ''
	done
	expect 0 on_closed_pipe dfv-geo map --points "$DATA/portraits.tsv" -q
	is "$stderr" ''
}

@test "endless input: -n ends it" {
	expect 0 bash -c '{ echo a; yes; } | dfv-filter -n 2'
	is "$output" $'a\ny\ny'
}

@test "files: control characters of names and arguments are shown escaped" {
	bad=$'a\e[2J\n\u009b.tsv'
	expect 2 dfv-filter "$bad"
	is "$stderr" 'dfv-filter: a\x1B[2J\n\xC2\x9B.tsv: error: cannot open: No such file or directory [cannot-open]'
	printf 'a\e[31m\ta\e[31n\n1\t2\n' >x.tsv
	expect 2 dfv-filter -c $'a\e[31' x.tsv
	[[ $stderr != *$'\e'* ]]
	expect 2 dfv-filter -o $'x/\e.tsv' x.tsv
	[[ $stderr != *$'\e'* ]]
	expect 2 dfv-stats -a $'n=count(\e)' x.tsv
	[[ $stderr != *$'\e'* ]]
}
