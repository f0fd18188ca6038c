#!/usr/bin/env bats
# Records in and out of every format (dfv-records(5)).
# shellcheck disable=SC2154,SC2094 # run sets stderr; nothing is read and written at once

load helper

FORMATS='tsv csv yaml jsonl'

setup_file() {
	python3 - "$BATS_FILE_TMPDIR" <<-'PY'
	import os, sys
	os.chdir(sys.argv[1])
	def write(name, rows):
	    with open(name, 'w', newline='') as f:
	        f.writelines('\t'.join(row) + '\n' for row in rows)

	texts = ['no', 'yes', 'on', 'true', 'null', 'NULL', 'Null', '~', '01',
	    '1e3', '1_000', '0x1F', '0o17', '1:30', '.5', '.inf', '-.INF',
	    '.nan', '=', '<<', '-', '- x', '--', '---', '...', '? x', ': x',
	    'a: b', 'a:', ':', '#', '# x', 'a #b', 'a#b', '[a]', '{a}', '{a: 1}',
	    '[', ']', '{', '}', ',', '&a', '*a', '!a', '!!str', '%a', '@a', '`a`',
	    '"', '"a"', 'a"b', '""', "'", "''", "it's", '>', '> a',
	    ' lead', 'trail ', ' ', '  ', '\u00a0', '2025-11-10',
	    '2025-11-10T10:00:00Z', '2025-W46', '12,5', 'a;b', ';', 'a,b',
	    'N', 'n', 'y', '\\\\N', '\\\\', '\\\\\\\\', 'a\\\\b', '\\\\n', 'a\\\\',
	    '\\t', '\\n', '\\r', '\\r\\n', 'a\\tb', 'a\\nb', 'a\\n', '\\na', 'a\\n\\n',
	    'a\\rb', ' a\\n b\\n', '\\|', 'a\\|b', '\\|\\|', '\\\\\\|', 'a\\\\|b',
	    'a|b', 'a|b|c', '|', '||', '|a', 'a|', 'a||b', 'no|01|~', 'a\\|b|c',
	    'a\\tb|c\\nd', ' a | b ', "a'b|c\"d", '"|"', ',|;', '\\\\N|x',
	    'é', 'e\u0301', 'Œuvre', '\u4e2d\u6587', '\U0001F389',
	    '\U0001F468\u200d\U0001F469\u200d\U0001F467', '\ufeff', 'a\ufeff',
	    '\u200b', '\u2028', '\u2029', '\u0085', '\ufffd', '\x01', '\x1b[0m',
	    '\x7f', '\U0010FFFD', '<a href="x">&amp;</a>']
	write('nasty.tsv', [['n°', 'valeur', 'fin']] +
	    [[str(i), t, 'x'] for i, t in enumerate(texts)])
	write('single.tsv', [['valeur']] + [[t] for t in texts])
	write('edges.tsv', [['a', 'b', 'c'], ['', '', ''], ['x', '', ''],
	    ['', 'x', ''], ['', '', 'x'], ['x', 'x', 'x'], ['', '', '']])
	write('names.tsv', [['no', '01', 'a b', 'x;y', 'x,y', '# c', '- d', 'e:',
	    "it's", '"q"', 'é', '~', 'lieu.commune', 'lieu.code', 'a\\tb',
	    'a\\nb', 'f.g.h', 'f.g.i', 'f.j', '.k', 'l.', 'm..n', '<<', 'null'],
	    [str(i) for i in range(24)], [''] * 24])
	write('header.tsv', [['region', 'lieu.commune', 'n°']])
	big = 'é' * (1 << 19) + '\\n' + '"' * 1000 + '\\t|' + 'x' * (1 << 20)
	write('big.tsv', [['a', 'b'], ['1', 'x'], [big, big], ['2', 'y']])
	write('many.tsv', [['k', 't', 'v']] +
	    [[str(i), texts[i % len(texts)], str(i * i % 997)]
	     for i in range(60000)])
	write('wide.tsv', [['c%d' % i for i in range(3000)],
	    [str(i) for i in range(3000)], [''] * 2999 + ['z']])
	PY
}

# round FORMAT FILE: TSV to FORMAT and back is the same bytes.
round() {
	local f=$BATS_FILE_TMPDIR/$2
	expect 0 dfv-filter -t "$1" -o "there.$1" "$f" || return 1
	expect 0 dfv-filter -t tsv -o back.tsv "there.$1" || return 1
	is "$stderr" '' || return 1
	cmp back.tsv "$f"
}

@test "records: nasty cells come back the same from YAML" {
	round yaml nasty.tsv
}

@test "records: nasty cells come back the same from CSV" {
	round csv nasty.tsv
}

@test "records: nasty cells come back the same from JSON Lines" {
	round jsonl nasty.tsv
}

@test "records: a cell is quoted in CSV where it must be, wherever in the record it stands" {
	while read -r cell field; do
		printf 'a\tb\tc\n' >x.tsv
		printf 'a,b,c\n' >wanted
		for record in '%s\tanother_cell\tthe last of them' \
			'a_cell_of_some_length\t%s\tx' 'some\tcells, others\t%s' \
			'some\tcells and some more\t%s'; do
			# shellcheck disable=SC2059 # the record is the format
			printf "$record\n" "${cell//_/ }" >>x.tsv
			record=${record/cells, others/'"cells, others"'}
			# shellcheck disable=SC2059
			printf "${record//\\t/,}\n" "${field//_/ }" >>wanted
		done
		dfv-filter -t csv x.tsv | cmp - wanted || { echo "$cell"; return 1; }
		dfv-filter -c c,b,a x.tsv | dfv-filter -c a,b,c -t csv |
			cmp - wanted || { echo "$cell, ordered"; return 1; }
	done <<-'END'
	x x
	x,y "x,y"
	x"y "x""y"
	x;y x;y
	\\ \
	_x "_x"
	x_ "x_"
	x_y x_y
	\N
	é\|b é\|b
	END
}

@test "records: nasty cells in a single column come back the same" {
	for f in csv yaml jsonl; do
		round $f single.tsv || { echo "through $f"; return 1; }
	done
}

@test "records: missing cells come back missing, in every place" {
	for f in csv yaml jsonl; do
		round $f edges.tsv || { echo "through $f"; return 1; }
	done
}

@test "records: nasty and nested column names come back the same" {
	for f in csv yaml jsonl; do
		round $f names.tsv || { echo "through $f"; return 1; }
	done
}

@test "records: cells of more than a megabyte come back the same" {
	for f in csv yaml jsonl; do
		round $f big.tsv || { echo "through $f"; return 1; }
	done
}

@test "records: three thousand columns come back the same" {
	for f in csv yaml jsonl; do
		round $f wide.tsv || { echo "through $f"; return 1; }
	done
}

@test "records: a table without records keeps its columns in YAML and CSV" {
	round yaml header.tsv
	round csv header.tsv
}

@test "records: a table without records is nothing in JSON Lines, and back" {
	expect 0 dfv-filter -t jsonl -o none.jsonl "$BATS_FILE_TMPDIR/header.tsv"
	[ ! -s none.jsonl ]
	expect 0 dfv-filter -t tsv -o none.tsv none.jsonl
	[ ! -s none.tsv ]
}

@test "records: sixty thousand come back the same from each format" {
	for f in csv yaml jsonl; do
		round $f many.tsv || { echo "through $f"; return 1; }
	done
}

@test "records: a chain through all formats is the same bytes" {
	f=$BATS_FILE_TMPDIR/nasty.tsv
	dfv-filter -t yaml "$f" | dfv-filter -t jsonl | dfv-filter -f jsonl -t csv |
		dfv-filter -f csv -t yaml | dfv-filter -f yaml -t tsv >back.tsv
	cmp back.tsv "$f"
}

@test "records: what is written is the same for any number of threads" {
	for f in $FORMATS md; do
		dfv-filter -j 1 -t "$f" "$BATS_FILE_TMPDIR/many.tsv" >"one.$f"
		dfv-filter -j 7 -t "$f" "$BATS_FILE_TMPDIR/many.tsv" >"seven.$f"
		cmp "one.$f" "seven.$f"
	done
}

@test "records: what is read is the same for any number of threads" {
	for f in $FORMATS; do
		dfv-filter -t "$f" -o "in.$f" "$BATS_FILE_TMPDIR/many.tsv"
		for j in 1 7; do
			dfv-filter -j $j -t tsv "in.$f" |
				cmp - "$BATS_FILE_TMPDIR/many.tsv"
		done
	done
}

@test "records: the count is the same through every format and standard input" {
	for f in $FORMATS; do
		dfv-filter -t "$f" -o "in.$f" "$DATA/projets.tsv"
		expect 0 dfv-filter -w 'region == "76"' --count "in.$f"
		is "$output" 48
		expect 0 dfv-filter -w 'region == "76"' --count <"in.$f"
		is "$output" 48
		expect 0 dfv-filter -f "$f" -w 'region == "76"' --count - <"in.$f"
		is "$output" 48
		expect 0 bash -c "cat in.$f | dfv-filter -w 'region == \"76\"' --count"
		is "$output" 48
	done
}

@test "records: every table of the programme comes back the same" {
	for f in "$DATA"/*.tsv; do
		for t in csv yaml jsonl; do
			dfv-filter -t $t "$f" | dfv-filter -f $t -t tsv | cmp - "$f"
		done
	done
}

# --- what is read ------------------------------------------------------------

@test "detection: the suffix says the format" {
	printf 'a,b\n1,2\n' >x.csv
	printf 'a\n1,2\n' >x.tsv
	printf 'a\n1;2\n' >x.tab
	printf 'a\n1;2\n' >x.txt
	printf -- '- {a: "1,2"}\n' >x.yaml
	cp x.yaml x.yml
	printf '{"a":"1,2"}\n' >x.jsonl
	cp x.jsonl x.ndjson
	expect 0 dfv-filter -t tsv x.csv
	is "$output" $'a\tb\n1\t2'
	for f in x.tsv x.yaml x.yml x.jsonl x.ndjson; do
		expect 0 dfv-filter -t tsv $f
		is "$output" $'a\n1,2'
	done
	for f in x.tab x.txt; do
		expect 0 dfv-filter -t tsv $f
		is "$output" $'a\n1;2'
	done
}

@test "detection: first bytes say the format where no suffix does" {
	printf '{"a":"1","b":"2"}\n' >jsonl
	printf -- '- a: 1\n  b: 2\n' >yaml
	printf -- '---\na: 1\nb: 2\n' >yaml2
	printf '# written by hand\n- a: 1\n  b: 2\n' >yaml3
	printf 'a: 1\nb: 2\n' >yaml4
	printf 'a;b\n1;2\n' >csv
	printf 'a,b\n1,2\n' >csv2
	printf '"a","b"\n1,2\n' >csv3
	printf 'a\tb\n1\t2\n' >tsv
	for f in jsonl yaml yaml2 yaml3 yaml4 csv csv2 csv3 tsv; do
		expect 0 dfv-filter -t tsv $f
		is "$output" $'a\tb\n1\t2' || { echo "from $f"; return 1; }
		expect 0 dfv-filter -t tsv <$f
		is "$output" $'a\tb\n1\t2' || { echo "from $f"; return 1; }
	done
}

@test "detection: --from is stronger than the suffix" {
	printf 'a,b\n1,2\n' >x.tsv
	expect 0 dfv-filter -f csv -t jsonl x.tsv
	is "$output" '{"a":"1","b":"2"}'
}

@test "detection: what came in is what comes out" {
	printf 'a\tb\n1\t2\n' >x.tsv
	for f in $FORMATS; do
		dfv-filter -t "$f" x.tsv >"in.$f"
		dfv-filter "in.$f" | cmp - "in.$f"
		dfv-filter <"in.$f" | cmp - "in.$f"
	done
}

@test "detection: a single column comes out of each format as it came in" {
	printf 'a\n1\nx y\n' >x.tsv
	for f in $FORMATS; do
		dfv-filter -t "$f" x.tsv >"in.$f"
		dfv-filter "in.$f" | cmp - "in.$f"
		dfv-filter -w 'a == "x y"' "in.$f" | dfv-filter -f "$f" -t tsv |
			cmp - <(printf 'a\nx y\n')
	done
}

@test "input: a kept record of CSV or JSON Lines stays as it was written" {
	printf 'a;b\r\n"1";x\r\n2;"y\r\nz"\r\n"3";\r\n' >x.csv
	dfv-filter -w 'a != "2"' x.csv | cmp - <(printf 'a;b\n"1";x\n"3";\n')
	printf '{"b":1.50, "a":"\\u00e9"}\n\n{"a":"x"}\n{"b":[],"a":null}' >x.jsonl
	dfv-filter -v -w 'a == "x"' x.jsonl |
		cmp - <(printf '{"b":1.50, "a":"\\u00e9"}\n{"b":[],"a":null}\n')
}

@test "input: gzip is unpacked, by its first bytes, whatever the name" {
	f=$BATS_FILE_TMPDIR/many.tsv
	gzip -c "$f" >x.tsv.gz
	cp x.tsv.gz y.tsv
	dfv-filter x.tsv.gz | cmp - "$f"
	dfv-filter y.tsv | cmp - "$f"
	dfv-filter <x.tsv.gz | cmp - "$f"
	dfv-filter -t csv "$f" | gzip -c >x.csv.gz
	dfv-filter -t tsv x.csv.gz | cmp - "$f"
}

@test "output: -o NAME.gz is gzip, and comes back the same" {
	f=$BATS_FILE_TMPDIR/many.tsv
	expect 0 dfv-filter -o out.tsv.gz "$f"
	gzip -dc out.tsv.gz | cmp - "$f"
	dfv-filter out.tsv.gz | cmp - "$f"
}

@test "detection: CSV keeps the delimiter it came with" {
	printf 'a;b\n1;"2;3"\n' >x.csv
	expect 0 dfv-filter x.csv
	is "$output" $'a;b\n1;"2;3"'
}

@test "detection: the delimiter of CSV is not one that stands in quotes" {
	printf '"a,x,y";"b,z,w"\n"1,1,1";"2,2,2"\n' >x.csv
	expect 0 dfv-filter -t tsv x.csv
	is "$output" $'a,x,y\tb,z,w\n1,1,1\t2,2,2'
}

@test "detection: decimal commas do not hide the semicolon" {
	printf 'a;b;c\n1,5;2,5;3\n1,25;2,0;4,4\n' >x.csv
	expect 0 dfv-filter -t tsv x.csv
	is "$output" $'a\tb\tc\n1,5\t2,5\t3\n1,25\t2,0\t4,4'
}

@test "input: a byte order mark is read over and never written" {
	printf '\357\273\277a\tb\n1\t2\n' >x.tsv
	printf '\357\273\277a;b\n1;2\n' >x.csv
	printf '\357\273\277"a";b\n1;2\n' >y.csv
	printf '\357\273\277- a: 1\n  b: 2\n' >x.yaml
	printf '\357\273\277{"a":"1","b":"2"}\n' >x.jsonl
	for f in x.tsv x.csv y.csv x.yaml x.jsonl; do
		expect 0 dfv-filter -t tsv $f
		is "$output" $'a\tb\n1\t2' || { echo "from $f"; return 1; }
		expect 0 dfv-filter -t tsv <$f
		is "$output" $'a\tb\n1\t2' || { echo "from $f"; return 1; }
	done
}

@test "input: CR LF ends lines and is never written" {
	printf 'a\tb\r\n1\t2\r\n3\t\r\n' >x.tsv
	printf 'a;b\r\n1;2\r\n3;\r\n' >x.csv
	printf -- '- a: 1\r\n  b: 2\r\n- a: 3\r\n  b:\r\n' >x.yaml
	printf '{"a":"1","b":"2"}\r\n{"a":"3","b":null}\r\n' >x.jsonl
	for f in $FORMATS; do
		dfv-filter -t tsv "x.$f" | cmp - <(printf 'a\tb\n1\t2\n3\t\n')
	done
}

@test "input: a CR that ends no line is text" {
	printf 'a\tb\n1\rx\t2\r\n' >x.tsv
	dfv-filter x.tsv | cmp - <(printf 'a\tb\n1\rx\t2\n')
	expect 0 dfv-filter -w 'len(a) == 3' --count x.tsv
	is "$output" 1
}

@test "input: a CR that comes to stand at a row's end is escaped, not lost" {
	printf 'a\tb\nx\r\ty|z\r|w\n' >x.tsv
	dfv-filter -c b,a x.tsv | cmp - <(printf 'b\ta\ny|z\r|w\tx\\r\n')
	printf 'b\ta\n1\t2\n' >y.tsv
	dfv-filter y.tsv x.tsv | cmp - <(printf 'b\ta\n1\t2\ny|z\r|w\tx\\r\n')
	printf 'b\n1\n' >z.tsv
	printf 'v\tk\nx\r\t1\n' >w.tsv
	dfv-filter z.tsv --join w.tsv --on b=k |
		cmp - <(printf 'b\tv\n1\tx\\r\n')
	dfv-stats --explode b -g b -a 'n=count()' x.tsv |
		cmp - <(printf 'b\tn\ny\t1\nz\r\t1\nw\t1\n')
	printf 'a\nx\r\r\n' >x.tsv
	dfv-filter x.tsv | cmp - <(printf 'a\nx\\r\n')
}

@test "input: the last newline may be absent" {
	printf 'a\tb\n1\t2' >x.tsv
	printf 'a;b\n1;2' >x.csv
	printf 'a;b\n1;"2"' >y.csv
	printf -- '- a: 1\n  b: 2' >x.yaml
	printf '{"a":"1","b":"2"}' >x.jsonl
	for f in x.tsv x.csv y.csv x.yaml x.jsonl; do
		dfv-filter -t tsv $f | cmp - <(printf 'a\tb\n1\t2\n')
	done
	printf 'a\tb' >x.tsv
	dfv-filter x.tsv | cmp - <(printf 'a\tb\n')
}

@test "input: empty cells may stand at the end of the last line" {
	printf 'a\tb\tc\n1\t\t' >x.tsv
	dfv-filter x.tsv | cmp - <(printf 'a\tb\tc\n1\t\t\n')
}

@test "input: a missing cell is empty or \\N" {
	printf 'a\tb\n\\N\t1\n\t2\nN\t3\n' >x.tsv
	expect 0 dfv-filter -w 'missing(a)' -c b x.tsv
	is "$output" $'b\n1\n2'
	expect 0 dfv-filter -t jsonl x.tsv
	is "$output" $'{"a":null,"b":"1"}\n{"a":null,"b":"2"}\n{"a":"N","b":"3"}'
}

@test "input: a kept record stays byte for byte, \\N and escapes too" {
	printf 'a\tb\n\\N\tx\\by\n\t\\f\\v\n' >x.tsv
	dfv-filter -w 'true' x.tsv | cmp - x.tsv
}

@test "input: PostgreSQL's COPY escapes are one character each" {
	printf 'a\n\\b\n\\f\n\\v\n\\t\n\\n\n\\r\n\\\\\n' >x.tsv
	expect 0 dfv-filter -w 'len(a) == 1' --count x.tsv
	is "$output" 7
	expect 0 dfv-filter -t jsonl -n 3 x.tsv
	is "$output" $'{"a":"\\b"}\n{"a":"\\f"}\n{"a":"\\u000b"}'
}

@test "input: Windows-1252 is read where it is asked for" {
	printf 'a;b\n\351t\351;\234uvre \200\n' >x.csv
	expect 0 dfv-filter --encoding windows-1252 -t tsv x.csv
	is "$output" $'a\tb\nété\tœuvre €'
}

@test "input: quoted CSV cells hold delimiters, quotes and line ends" {
	printf 'a;b\n"1;2";"x""y"\n"line\nend";"cr\r\nlf"\n' >x.csv
	expect 0 dfv-filter -t tsv x.csv
	is "$output" $'a\tb\n1;2\tx"y\nline\\nend\tcr\\r\\nlf'
}

@test "input: JSON's escapes, numbers, booleans, nested and listed values" {
	cat >x.jsonl <<-'J'
	{"a":"\u00e9\n\ud83c\udf89","n":1.50,"t":true,"o":{"p":"q","r":["s","t|u"]},"z":null}
	{"z":"9","o":{"r":[],"p":null},"t":false,"n":-1e3,"a":""}
	J
	expect 0 dfv-filter -t tsv x.jsonl
	is "$output" $'a\tn\tt\to.p\to.r\tz\né\\n🎉\t1.50\ttrue\tq\ts|t\\|u\t\n\t-1e3\tfalse\t\t\t9'
}

@test "input: a YAML scalar is the text that was written" {
	cat >x.yaml <<-'Y'
	- {a: 01, b: no, c: 1e3, d: 0x1F, e: 2025-11-10, f: "~", g: '', h: +1.50}
	- {a: ~, b: null, c: , d: Null, e: NULL, f: true, g: x, h: y}
	Y
	expect 0 dfv-filter -t tsv x.yaml
	is "$output" $'a\tb\tc\td\te\tf\tg\th\n01\tno\t1e3\t0x1F\t2025-11-10\t~\t\t+1.50\n\t\t\t\t\ttrue\tx\ty'
}

@test "input: YAML's block scalars, anchors, lists and nested mappings" {
	cat >x.yaml <<-'Y'
	- texte: |
	    un
	    deux
	  plie: >-
	    trois
	    quatre
	  liste: [a, b|c, "d\te"]
	  lieu: &lieu
	    commune: Blois
	    code: 41018
	- texte: x
	  plie: y
	  liste:
	  - seul
	  lieu: *lieu
	Y
	expect 0 dfv-filter -t tsv x.yaml
	is "$output" $'texte\tplie\tliste\tlieu.commune\tlieu.code\nun\\ndeux\\n\ttrois quatre\ta|b\\|c|d\\te\tBlois\t41018\nx\ty\tseul\tBlois\t41018'
}

@test "input: YAML may be a stream of documents, of mappings or of sequences" {
	printf -- '---\na: 1\n---\na: 2\n---\n- a: 3\n- a: 4\n...\n' >x.yaml
	expect 0 dfv-filter -t tsv x.yaml
	is "$output" $'a\n1\n2\n3\n4'
}

@test "input: YAML of these tools and YAML by hand go on in one another" {
	dfv-filter -t yaml "$BATS_FILE_TMPDIR/many.tsv" >x.yaml
	{
		cat x.yaml
		printf -- '- {k: x, t: "y", v: 1}  # by hand\n'
		cat x.yaml
	} >y.yaml
	{
		cat "$BATS_FILE_TMPDIR/many.tsv"
		printf 'x\ty\t1\n'
		tail -n +2 "$BATS_FILE_TMPDIR/many.tsv"
	} >y.tsv
	for j in 1 3; do
		expect 0 dfv-filter -j $j -t tsv -o back.tsv y.yaml
		cmp back.tsv y.tsv
	done
}

@test "input: lines are counted in YAML of these tools and behind it" {
	dfv-filter -t yaml "$BATS_FILE_TMPDIR/many.tsv" >x.yaml
	n=$(wc -l <x.yaml)
	printf -- "- k: '1'\n  t:\n  v: much\n" >>x.yaml
	expect 2 dfv-filter -w 'v >= 0' -t tsv -o out.tsv x.yaml
	is "${stderr%%: error*}" "dfv-filter: x.yaml:$((n + 3)):6"
	printf -- '- k: 2\n  t: x\n  u: y\n' >>x.yaml
	expect 2 dfv-filter -t tsv -o out.tsv x.yaml
	is "${stderr%%: error*}" "dfv-filter: x.yaml:$((n + 6)):3"
}

@test "input: JSON Lines may change their shape at any line" {
	cat >x.jsonl <<-'J'
	{"a": "1", "o": {"b": ["x", "y"]}, "c": null}
	{"a": "|", "o": {"b": ["\\", "\u00e9|"]}, "c": 2.50}
	{"c":true,"a":"3"}
	{"c":false,"a":"4\n"}
	J
	expect 0 dfv-filter -t tsv x.jsonl
	is "$output" $'a\to.b\tc\n1\tx|y\t\n\\|\t\\\\|é\\|\t2.50\n3\t\ttrue\n4\\n\t\tfalse'
	printf '{"c":"5","a":"6}\n' >>x.jsonl
	expect 2 dfv-filter -t tsv x.jsonl
	is "${stderr%%: error*}" 'dfv-filter: x.jsonl:5:14'
}

@test "output: two YAML outputs, one behind the other, are one valid file" {
	printf 'a\tb\n1\tno\n' >x.tsv
	dfv-filter -t yaml x.tsv >one.yaml
	cat one.yaml one.yaml >two.yaml
	expect 0 dfv-filter -t tsv two.yaml
	is "$output" $'a\tb\n1\tno\n1\tno'
}

@test "output: YAML quotes what a reader would take for something else" {
	printf 'a\tb\tc\n01\tno\t~\n1e3\tplain text\t2025-11-10\n' >x.tsv
	expect 0 dfv-filter -t yaml x.tsv
	is "$output" "- a: '01'
  b: 'no'
  c: '~'
- a: '1e3'
  b: plain text
  c: '2025-11-10'"
}

@test "output: dotted columns are nested in YAML and JSON Lines" {
	printf 'id\tlieu.commune\tlieu.code\n1\tBlois\t41018\n' >x.tsv
	expect 0 dfv-filter -t jsonl x.tsv
	is "$output" '{"id":"1","lieu":{"commune":"Blois","code":"41018"}}'
	expect 0 dfv-filter -t yaml x.tsv
	is "$output" "- id: '1'
  lieu:
    commune: Blois
    code: '41018'"
}

@test "output: Python's json reads what is written, as it was meant" {
	dfv-filter -t jsonl "$BATS_FILE_TMPDIR/nasty.tsv" >x.jsonl
	python3 - "$BATS_FILE_TMPDIR/nasty.tsv" <<-'PY'
	import json, re, sys
	back = {'t': '\t', 'n': '\n', 'r': '\r', '\\': '\\', '|': '|'}
	def text(v):
	    return re.sub(r'\\(.)', lambda m: back[m.group(1)], v)
	def cell(c):
	    if c == '' or c == '\\N':
	        return None
	    v = [text(x) for x in re.findall(r'(?:^|\|)((?:[^\\|]|\\.)*)', c)]
	    return v[0] if len(v) == 1 else v
	rows = [l.split('\t') for l in
	        open(sys.argv[1], newline='\n').read().split('\n')[:-1]]
	have = [json.loads(l) for l in
	        open('x.jsonl', newline='\n').read().split('\n')[:-1]]
	want = [dict(zip(rows[0], map(cell, r))) for r in rows[1:]]
	for h, w in zip(have, want):
	    assert h == w, (h, w)
	assert len(have) == len(want) > 100
	PY
}

@test "output: Python's csv reads what is written, cell for cell" {
	printf 'a\tb\n1,2\tx"y\nl\\nm\t;\n' >x.tsv
	dfv-filter -t csv x.tsv | python3 -c '
import csv, io, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
assert list(csv.reader(text)) == [["a", "b"], ["1,2", "x\"y"], ["l\nm", ";"]]'
}

@test "output: Markdown shows what would be markup" {
	printf 'a|\tb\n'"x\\\\|y"'\tp|q\nl\\nm\t*z*\n' | sed '1s/|/\\|/' >x.tsv
	expect 0 dfv-filter -t md x.tsv
	is "${lines[0]}" '| a\| | b |'
	is "${lines[1]}" '| --- | --- |'
	is "${lines[2]}" '| x\|y | p, q |'
	is "${lines[3]}" '| l<br>m | \*z\* |'
}

# --- several files -----------------------------------------------------------

@test "files: several are one stream, columns matched by name" {
	printf 'a\tb\tc\n1\t2\t3\n' >one.tsv
	printf 'c;a;b\n6;4;5\n' >two.csv
	printf -- '- b: 8\n  c: 9\n  a: 7\n' >three.yaml
	printf '{"c":"l","b":"k","a":"j"}\n' >four.jsonl
	for j in 1 7; do
		expect 0 dfv-filter -j $j one.tsv two.csv three.yaml four.jsonl
		is "$output" $'a\tb\tc\n1\t2\t3\n4\t5\t6\n7\t8\t9\nj\tk\tl'
	done
}

@test "files: - is standard input among the others" {
	printf 'a\tb\n1\t2\n' >one.tsv
	printf 'a\tb\n5\t6\n' >three.tsv
	expect 0 dfv-filter one.tsv - three.tsv < <(printf 'b\ta\n4\t3\n')
	is "$output" $'a\tb\n1\t2\n3\t4\n5\t6'
}

@test "files: the same file may be given twice" {
	printf 'a\n1\n' >one.tsv
	expect 0 dfv-filter one.tsv one.tsv
	is "$output" $'a\n1\n1'
}

@test "files: one without records adds nothing" {
	printf 'a\tb\n1\t2\n' >one.tsv
	printf 'b\ta\n' >none.tsv
	: >none.jsonl
	expect 0 dfv-filter one.tsv none.tsv none.jsonl one.tsv
	is "$output" $'a\tb\n1\t2\n1\t2'
	expect 0 dfv-filter none.jsonl one.tsv -t tsv
	is "$output" $'a\tb\n1\t2'
}

@test "files: a column that another file lacks is named" {
	printf 'a\tb\n1\t2\n' >one.tsv
	printf 'a\n3\n' >two.tsv
	expect 2 dfv-filter one.tsv two.tsv
	is "$output" $'a\tb\n1\t2'
	has "$stderr" "two.tsv:1: error: columns differ from the first file's: 'b': "
	has "$stderr" ' [column-mismatch]'
}

@test "files: a column more than the first file's is named" {
	printf 'a\n1\n' >one.tsv
	printf 'a\tb\n3\t4\n' >two.tsv
	expect 2 dfv-filter one.tsv two.tsv
	is "$output" $'a\n1'
	has "$stderr" "two.tsv:1: error: columns differ from the first file's: 'b': "
	has "$stderr" ' [column-mismatch]'
}

@test "files: places are those of the file a record stands in" {
	printf 'a\tb\n1\t2\n3\t4\n' >one.tsv
	printf 'b\ta\n6\t5\nx\t7\n' >two.tsv
	expect 2 dfv-filter -w 'b > 0' one.tsv two.tsv
	is "$output" $'a\tb\n1\t2\n3\t4\n5\t6'
	has "$stderr" "two.tsv:3:1: error: not a number: 'x'"
}

@test "files: where columns stand in another order, a place is still the file's" {
	printf 'a\tb\n1\t2\n' >one.tsv
	printf 'b\ta\n6\t5\nété\tx\n' >two.tsv
	expect 2 dfv-filter -w 'a > 0' one.tsv two.tsv
	has "$stderr" "two.tsv:3:5: error: not a number: 'x'"
	printf 'b\ta\n6\t5\nété\t\377\n' >two.tsv
	expect 2 dfv-filter one.tsv two.tsv
	has "$stderr" "two.tsv:3:5: error: not UTF-8: "
	printf 'b\ta\n6\t5\nété\tx\ty\n' >two.tsv
	expect 2 dfv-filter one.tsv two.tsv
	has "$stderr" "two.tsv:3:7: error: wrong number of cells: "
	is "$output" $'a\tb\n1\t2\n5\t6'
}

# --- block boundaries --------------------------------------------------------

@test "blocks: a pipe that gives few bytes at a time gives the same records" {
	head -200 "$BATS_FILE_TMPDIR/many.tsv" >x.tsv
	for f in $FORMATS; do
		dfv-filter -t "$f" x.tsv >"in.$f"
		python3 -c '
import os, sys
data = open(sys.argv[1], "rb").read()
for i in range(0, len(data), 37):
    os.write(1, data[i:i + 37])' "in.$f" | dfv-filter -f "$f" -t tsv | cmp - x.tsv
	done
}

@test "blocks: a line end at each place around a block's end is the same" {
	python3 - <<-'PY'
	for pad in range(-4, 5):
	    n = 256 * 1024 + pad
	    with open('x%d.tsv' % (pad + 4), 'w') as f:
	        f.write('a\tb\n')
	        f.write('1\t' + 'x' * (n - 3) + '\n')
	        f.write('2\té"\\n\n' * 3)
	PY
	for i in 0 1 2 3 4 5 6 7 8; do
		for t in csv yaml jsonl; do
			dfv-filter -t $t "x$i.tsv" | dfv-filter -f $t -t tsv |
				cmp - "x$i.tsv"
		done
	done
}

@test "blocks: quoted line ends across blocks stay in their cells" {
	python3 - <<-'PY'
	row = '"' + 'line\r\n""quoted""\n' * 700 + '";"x"\r\n'
	open('x.csv', 'w', newline='').write('a;b\r\n' + row * 200)
	PY
	for j in 1 7; do
		expect 0 dfv-filter -j $j -w 'len(a) == 10500 and b == "x"' --count x.csv
		is "$output" 200 || return 1
	done
}

@test "blocks: memory does not grow with the file" {
	python3 -c '
row = b"76-07\tOccitanie\tLa Bobine et l\x27Atelier\t12.5\n" * 20000
import sys
sys.stdout.buffer.write(b"a\tb\tc\td\n")
for i in range(80): sys.stdout.buffer.write(row)' |
		with_memory 400000 dfv-filter -j 2 -w 'd < 0' -t tsv >out.tsv
	is "$(cat out.tsv)" $'a\tb\tc\td'
}

@test "records: more files than a program may have open are one stream" {
	for ((i = 0; i < 300; i++)); do printf 'a\tb\n%d\t2\n' $i >f$i.tsv; done
	for j in 1 4; do
		expect 0 bash -c "ulimit -n 64; dfv-filter -j $j --count f*.tsv"
		is "$output" 300
	done
}

@test "csv: a spreadsheet's line sep=; tells the delimiter, and lines count from it" {
	printf '\xef\xbb\xbfsep=;\r\na;b,c\r\n1,5;2,5\r\n' >x.csv
	expect 0 dfv-filter -t tsv x.csv
	is "$output" $'a\tb,c\n1,5\t2,5'
	printf 'sep=,\na,b\n1;2,x\n3\n' >y.csv
	expect 2 dfv-filter -t tsv y.csv
	is "$output" $'a\tb\n1;2\tx'
	has "$stderr" 'y.csv:4:1: error: wrong number of cells'
	printf 'sep=;\na;;b\n' >z.csv
	expect 2 dfv-filter z.csv
	has "$stderr" 'z.csv:2:3: error: a column without a name'
	printf 'sep=\n1\n' >w.csv
	expect 0 dfv-filter -t tsv w.csv
	is "$output" $'sep=\n1'
}

@test "csv: empty cells behind the named columns are dropped, as is their lack" {
	printf 'a;b;;\r\n1;2;;\r\n;;;\r\n3;4\r\n' >x.csv
	expect 0 dfv-filter x.csv
	is "$output" 'a;b
1;2
;
3;4'
}

@test "formats: a name that ends in .txt says nothing, the first line does" {
	printf 'a;b\n1;2\n' >x.txt
	expect 0 dfv-filter -c b x.txt
	printf 'a\tb\n1\t2\n' >x.txt
	expect 0 dfv-filter -c b x.txt
	is "$output" 'b
2'
}
