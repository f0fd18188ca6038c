#!/usr/bin/env bats
# dfv-stats -t html and -t bars: the result as a page, and for the terminal.
# shellcheck disable=SC2154 # run sets stderr

load helper

N=$'\u202f' # a narrow no-break space
A=$'\u00a0' # a no-break space

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	unset COLUMNS NO_COLOR
	export TERM=xterm
	cat >in.tsv <<-'T'
	region	debut	depense	places
	Bretagne	2025-01-06	1500.5	12
	Corse	2025-01-13		3
	Bretagne	2025-01-13	20	
	Occitanie	2025-01-27	1234567	40
	Bretagne	2025-01-27	7	5
	T
}

# page FILE ARGUMENT...: writes the page, and holds it to its form.
page() {
	local file=$1
	shift
	expect 0 dfv-stats "$@" -t html -o "$file"
	is "$stderr" ''
	expect 0 python3 "$TOP/tests/page.py" check "$file"
}

# Its tables as TSV again.
values() {
	python3 "$TOP/tests/page.py" values "$1"
}

# holds FILE TEXT
holds() {
	grep -qF -- "$2" "$1" || { echo "$1 lacks: $2"; return 1; }
}

# count TEXT FILE: how many lines have it.
count() {
	grep -cF -- "$1" "$2"
}

# --- the page -----------------------------------------------------------------

@test "html: a page by group is well-formed and passes its checks" {
	page x.html -g region -a 'places=sum(places)' -a 'depense=sum(depense)' --totals in.tsv
	is "$(grep '<title>' x.html)" '<title>Places et dépense par région</title>'
	is "$(count '<svg class="bars"' x.html)" 2
}

@test "html: of a long history the last period is open, and all of it folded" {
	python3 - >long.tsv <<-'T'
	import datetime
	print("debut", "region", "n", sep="\t")
	for week in range(51):
	    day = datetime.date(2025, 12, 29) - datetime.timedelta(7 * week)
	    for region in ("Corse", "Bretagne"):
	        print(day, region, week, sep="\t")
	T
	page long.html -g debut:week,region -a 'n=sum(n)' --totals long.tsv
	is "$(grep -o '<caption.*' long.html | sed 's/<[^>]*>//g')" \
		"Dernière période : S01${A}2026
Toutes les valeurs : 102 lignes, et le total"
	is "$(sed -n 's/<summary>\(.*\)<.*/\1/p' long.html)" 'Toutes les périodes : 102 lignes, et le total'
	is "$(values long.html | sed -n 2,4p)" $'2026-W01\tCorse\t0\n2026-W01\tBretagne\t0\nDébut (semaine)\tRégion\tN'
	is "$(values long.html | wc -l)" $((1 + 2 + 1 + 102 + 1))
	head -101 long.tsv >short.tsv
	page short.html -g debut:week,region -a 'n=sum(n)' short.tsv
	is "$(count '<details>' short.html)" 0
}

@test "html: what breaks the form of a page is found" {
	page x.html -g region -a 'places=sum(places)' in.tsv
	while IFS='|' read -r change what; do
		sed "$change" x.html >broken.html
		expect 1 python3 "$TOP/tests/page.py" check broken.html
		has "$output" "$what" || return 1
	done <<-'T'
	s/ lang="fr"//|its language
	s/id="s0"/id="s1"/|an id twice
	s/--soft:#555/--soft:#999/|soft on back
	s/--mark:#8585f6/--mark:#404090/|mark on back
	s/fill:var(--mark)/fill:#00f/|a colour of no scheme
	s/ scope="row"//|th without its scope
	s/<caption.*caption>//|a table is not caption
	s/ role="img"//|svg without its role
	s/<desc.*/<desc><\/desc>/|not labelled
	s/<\/section>//|</main> in section
	s/<main>/<main><script>1<\/script>/|script is not
	s/<h2/<h4/;s/<\/h2/<\/h4/|h4 follows h1
	T
}

@test "html: every row is in the table, with the exact values" {
	awk 'BEGIN { srand(5); print "k\tv\tw"
		for (i = 0; i < 10000; i++)
			printf "n° %d\t%d\t%.7g\n", i, rand() * 1e6 - 5e5, rand() / 300 }' >x.tsv
	page x.html -g k -a 'v=sum(v)' -a 'w=mean(w)' x.tsv
	dfv-stats -g k -a 'v=sum(v)' -a 'w=mean(w)' x.tsv >want.tsv
	values x.html | sed 's/^K\tV\tW$/k\tv\tw/' >have.tsv
	cmp have.tsv want.tsv
	holds x.html 'Les nombres sont arrondis'
}

@test "html: numbers are shown as French readers expect them" {
	page x.html -g region -a 'depense=sum(depense)' in.tsv
	holds x.html "<data value=\"1234567\">1${N}234${N}567,0</data>"
	holds x.html "<data value=\"1527.5\">1${N}527,5</data>"
	holds x.html '<td class="none">non renseigné</td>'
	[ "$(count 'arrondis' x.html)" -eq 0 ]
}

@test "html: the charts show the largest where there are too many, and say so" {
	{ printf 'k\tv\n'; for i in $(seq 100); do printf 'g%s\t%s\n' "$i" "$i"; done; } >x.tsv
	page x.html -g k -a 'v=sum(v)' x.tsv
	is "$(count '<rect' x.html)" 30
	holds x.html 'Les 30 valeurs les plus élevées sur 100 ; le tableau les donne toutes.'
	is "$(grep -A1 'class="cut"' x.html | tail -1)" '<text y="1.05em">g100</text>'
	is "$(values x.html | tail -1)" $'g100\t100'
}

@test "html: a total is a row of the table, not a bar" {
	page x.html -g region -a 'n=count()' --totals in.tsv
	is "$(count '<rect' x.html)" 3
	is "$(count '<tr class="sum">' x.html)" 1
	holds x.html '3 lignes, et le total'
	is "$(values x.html | tail -1)" $'total\t5'
}

@test "html: a group called total is a group without --totals" {
	printf 'k\ntotal\nx\n' >x.tsv
	page x.html -g k -a 'n=count()' x.tsv
	is "$(count '<rect' x.html)" 2
}

@test "html: a group by period is a line, broken where a period is missing" {
	page x.html -g debut:week -a 'places=sum(places)' in.tsv
	is "$(count '<svg class="lines"' x.html)" 1
	is "$(grep -o '<path d="[^"]*"' x.html)" '<path d="M 0,760L 333,940M 1000,100"'
	holds x.html "<time datetime=\"2025-W02\">S02${A}2025</time>"
	holds x.html "Courbe : de 12 (S02${A}2025) à 45 (S05${A}2025) ; minimum 3 (S03${A}2025), maximum 45 (S05${A}2025)."
}

@test "html: a line is broken where a value is missing" {
	printf 'd\tv\n2025-01-01\t1\n2025-01-02\t\n2025-01-03\t2\n2025-01-09\t3\n' >x.tsv
	page x.html -g d -a 'v=sum(v)' x.tsv
	is "$(grep -o '<path d="[^"]*"' x.html)" '<path d="M 0,667M 250,333L 1000,0"'
	holds x.html '1 non renseigné.'
}

@test "html: periods are put in order, whatever the order of the rows" {
	printf 'd\tv\n2025-03-01\t3\n2025-01-01\t1\n2025-02-01\t2\n' >x.tsv
	page x.html -g d:month -a 'v=sum(v)' x.tsv
	is "$(grep -o '<path d="[^"]*"' x.html)" '<path d="M 0,667L 500,333L 1000,0"'
	is "$(values x.html | sed -n 2p)" $'2025-03\t3'
}

@test "html: days, weeks, months, quarters and years make lines" {
	for p in day week month quarter year; do
		printf 'd\tv\n2023-06-01\t1\n2025-12-31\t2\n' >x.tsv
		page x.html -g "d:$p" -a 'v=sum(v)' x.tsv
		is "$(count '<svg class="lines"' x.html)" 1 || return 1
	done
}

@test "html: one period, and codes of four digits, make no line" {
	printf 'd\tk\tv\n2025-06-01\t2101\t1\n2025-06-02\t2102\t2\n' >x.tsv
	page x.html -g d:year,k -a 'v=sum(v)' x.tsv
	is "$(count '<svg class="bars"' x.html)" 1
	holds x.html '<text y="1.05em">2025 · 2101</text>'
}

@test "html: with another group there is a panel each, on the same scale" {
	page x.html -g region,debut:week -a 'places=sum(places)' in.tsv
	is "$(count '<svg class="lines"' x.html)" 3
	is "$(grep -o '<h3>.*</h3>' x.html)" $'<h3>Bretagne</h3>\n<h3>Corse</h3>\n<h3>Occitanie</h3>'
	is "$(grep -c '>40</text>' x.html)" 3
	holds x.html 'Toutes les courbes ont la même échelle.'
}

@test "html: the panels and the periods of a chart have a limit, the table has none" {
	awk 'BEGIN { print "k\td\tv"
		for (k = 0; k < 30; k++) for (y = 2000; y < 2003; y++)
			printf "g%d\t%d-01-01\t1\n", k, y }' >x.tsv
	page x.html -g k,d:year -a 'v=sum(v)' x.tsv
	is "$(count '<svg class="lines"' x.html)" 24
	holds x.html 'Les 24 premières courbes sur 30'
	is "$(values x.html | wc -l)" 91
	printf 'd\tv\n0001-01-01\t1\n9999-12-30\t2\n9999-12-31\t3\n' >x.tsv
	page x.html -g d -a 'v=sum(v)' x.tsv
	is "$(grep -o '<path d="[^"]*"' x.html)" '<path d="M 999,333L 1000,0"'
	holds x.html 'Les périodes les plus récentes'
}

@test "html: nothing selected is said, one row has no chart" {
	page x.html -w false -g region -a 'n=count()' in.tsv
	holds x.html 'Aucun enregistrement'
	is "$(count '<svg' x.html)" 0
	page x.html -a 'n=count()' in.tsv
	is "$(count '<svg' x.html)" 0
	is "$(values x.html)" $'N\n5'
}

@test "html: negative values, zeros and huge ones are drawn" {
	printf 'k\tv\tz\th\na\t-5\t0\t1e308\nb\t5\t0\t-1e308\nc\t\t0\t1e-308\n' >x.tsv
	page x.html -g k -a 'v=sum(v)' -a 'z=sum(z)' -a 'h=sum(h)' x.tsv
	is "$(grep '<rect' x.html | grep -c -e nan -e inf -e '"-')" 0
	is "$(grep '<rect' x.html | head -2)" '<rect x="0%" width="50%" y="1.45em" height="0.6em"/>
<rect x="50%" width="50%" y="3.95em" height="0.6em"/>'
	holds x.html "<data value=\"1e308\">1${N}×${N}10³⁰⁸</data>"
}

@test "html: whatever a cell or a name holds is text" {
	printf 'k"><b\tv\n<script>alert(1)</script>\t1\n"\x27&amp;\t2\n\x01\x1b\t3\na\\nb|c\t4\n' >x.tsv
	page x.html -g '{k"><b}' -a 'v</h1>=sum(v)' -a 'n=count()' x.tsv
	is "$(count '<script' x.html)" 0
	is "$(values x.html | sed -n '2,3p')" $'<script>alert(1)</script>\t1\t1\n"\'&amp;\t2\t1'
	is "$(LC_ALL=C grep -c "$(printf '[\001\033]')" x.html)" 0
}

@test "html: a label of a megabyte is cut in the chart only" {
	{ printf 'k\tv\n'; head -c 1000000 /dev/zero | tr '\0' x; printf '\t1\ny\t2\n'; } >x.tsv
	page x.html -g k -a 'v=sum(v)' x.tsv
	is "$(grep -c 'x…</text>' x.html)" 1
	is "$(values x.html | sed -n 2p | wc -c)" 1000003
}

@test "html: the same bytes for any number of threads" {
	awk 'BEGIN { print "k\tv"; for (i = 0; i < 200000; i++) printf "%d\t%d\n", i % 40, i }' >x.tsv
	dfv-stats -g k -a 'v=sum(v)' -t html -j 1 x.tsv >one.html
	dfv-stats -g k -a 'v=sum(v)' -t html -j 4 x.tsv >four.html
	cmp one.html four.html
}

@test "html: indicators have a section each, with their label, unit and target" {
	cat >x.tsv <<-'T'
	periode	region	indicateur	libelle	unite	valeur	cible
	2025-W01	Corse	n	Apprenants présents	personnes	12	20
	2025-W02	Corse	n	Apprenants présents	personnes	18	20
	2025-W02	Corse	cout	Coût horaire	€	9.5	8
	2025-W02	Bretagne	cout	Coût horaire	€	7.25	8
	T
	page x.html -g periode,region,indicateur,libelle,unite -a 'valeur=sum(valeur)' \
		-a 'cible=max(cible)' x.tsv
	is "$(grep -o '<h2.*</h2>' x.html)" '<h2 id="s0">Apprenants présents (personnes)</h2>
<h2 id="s1">Coût horaire (€)</h2>'
	is "$(grep -o '<svg class="[bl][^"]*' x.html)" $'<svg class="lines\n<svg class="bars'
	is "$(grep -c '<path class="goal"' x.html)" 1
	is "$(grep -c '<line class="goal"' x.html)" 2
	holds x.html 'En tirets : la cible.'
	is "$(values x.html | tail -2)" $'2025-W02\tCorse\t9.5\t8\n2025-W02\tBretagne\t7.25\t8'
	holds x.html '<title>Indicateurs par période et région</title>'
}

@test "html: a figure that cannot be worked out leaves the old page" {
	printf 'v\n1\nx\n' >x.tsv
	echo old >x.html
	expect 2 dfv-stats -a 's=sum(v)' -t html -o x.html x.tsv
	is "$(cat x.html)" old
}

@test "html: a full disk is an error" {
	[ -w /dev/full ] || skip "needs /dev/full"
	expect 2 dfv-stats -g region -a 'n=count()' -t html -o /dev/full in.tsv
	has "$stderr" '[cannot-write]'
}

# --- bars ---------------------------------------------------------------------

@test "bars: a label, the number, and a bar to an eighth of a column" {
	printf 'k\tv\nun\t64\ndeux\t1\ntrois\t31.5\n' >x.tsv
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	is "$output" "v
un     64,0 $(printf '█%.0s' {1..68})
deux    1,0 █▏
trois  31,5 $(printf '█%.0s' {1..33})▌"
}

@test "bars: each figure has its bars, below its name" {
	expect 0 dfv-stats -g region -a 'n=count()' -a 'places=sum(places)' in.tsv -t bars
	is "$(printf '%s\n' "$output" | tr -d '█▏▎▍▌▋▊▉' | sed 's/ *$//')" 'n
Bretagne   3
Corse      1
Occitanie  1

places
Bretagne   17
Corse       3
Occitanie  40'
}

@test "bars: what is below zero goes to the left" {
	printf 'k\tv\na\t-10\nb\t20\nc\t0\nd\t-5\n' >x.tsv
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	is "$output" "v
a  −10 $(printf '█%.0s' {1..24})│
b   20 $(printf ' %.0s' {1..24})│$(printf '█%.0s' {1..48})
c    0 $(printf ' %.0s' {1..24})│
d   −5 $(printf ' %.0s' {1..12})$(printf '█%.0s' {1..12})│"
}

@test "bars: a missing value is a dash, a missing group is said" {
	printf 'k\tv\na\t1\n\t\n' >x.tsv
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	is "$(printf '%s\n' "$output" | tail -1)" 'non renseigné  –'
}

@test "bars: a total has no bar" {
	expect 0 dfv-stats -g region -a 'n=count()' --totals -t bars in.tsv
	is "$(printf '%s\n' "$output" | tail -1)" 'total      5'
}

@test "bars: wide characters and combining marks take their columns" {
	printf 'k\tv\n日本\t1\ne\xcc\x81te\xcc\x81\t1\nabcd\t1\n' >x.tsv
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	is "$(printf '%s\n' "$output" | tr -d '█' | tail -3)" $'日本  1 \ne\xcc\x81te\xcc\x81   1 \nabcd  1 '
}

@test "bars: no line is wider than 80 columns, whatever the labels" {
	printf 'k\tv\n%0200d\t123456789\ncourt\t1\n' 7 >x.tsv
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	has "$output" '0…  123'
	is "$(printf '%s\n' "$output" | wc -L)" 80
}

@test "bars: all zeros have no bars, and nothing selected is nothing" {
	printf 'k\tv\na\t0\nb\t0\n' >x.tsv
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	is "$output" $'v\na  0\nb  0'
	expect 0 dfv-stats -w false -g k -a 'v=sum(v)' -t bars x.tsv
	is "$output" ''
}

@test "bars: a locale that is not UTF-8 gets ASCII" {
	printf 'k\tv\na\t-5\nb\t5000\n' >x.tsv
	for env in LC_ALL=C LC_ALL=fr_FR.ISO-8859-1 "LC_ALL= LC_CTYPE=C LANG=fr_FR.UTF-8" \
		"LC_ALL= LC_CTYPE= LANG=" TERM=dumb; do
		# shellcheck disable=SC2086 # several variables
		expect 0 env $env dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
		is "$output" "v
a     -5 #|
b  5 000  |$(printf '#%.0s' {1..69})" || { echo "$env"; return 1; }
	done
	expect 0 env LC_ALL= LC_CTYPE= LANG=fr_FR.utf8 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	has "$output" '│'
}

@test "bars: the width is the terminal's, or COLUMNS, and 80 in a file" {
	printf 'k\tv\na\t1\n' >x.tsv
	in_40=$(python3 "$TOP/tests/terminal.py" 40 dfv-stats -g k -a 'v=sum(v)' \
		-t bars --color never x.tsv)
	is "$in_40" $'v\na  1 '"$(printf '█%.0s' {1..35})"
	in_30=$(COLUMNS=30 python3 "$TOP/tests/terminal.py" 40 dfv-stats -g k \
		-a 'v=sum(v)' -t bars --color never x.tsv)
	is "$in_30" $'v\na  1 '"$(printf '█%.0s' {1..25})"
	expect 0 env COLUMNS=30 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	is "$output" $'v\na  1 '"$(printf '█%.0s' {1..75})"
	COLUMNS=30 python3 "$TOP/tests/terminal.py" 40 dfv-stats -g k -a 'v=sum(v)' \
		-t bars -o x.txt x.tsv
	is "$(cat x.txt)" "$output"
}

@test "bars: colours are as --color says" {
	printf 'k\tv\na\t1\n' >x.tsv
	esc=$(printf '\033')
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	is "$(printf '%s' "$output" | tr -cd '\033')" ''
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars --color always x.tsv
	has "$output" "${esc}[1mv${esc}[0m"
	on=$(python3 "$TOP/tests/terminal.py" 40 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv)
	has "$on" "${esc}[36m█"
	is "$(NO_COLOR='' python3 "$TOP/tests/terminal.py" 40 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv)" "$on"
	off=$(NO_COLOR=1 python3 "$TOP/tests/terminal.py" 40 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv)
	is "$(printf '%s' "$off" | tr -cd '\033')" ''
	off=$(python3 "$TOP/tests/terminal.py" 40 dfv-stats -g k -a 'v=sum(v)' -t bars \
		--color never x.tsv)
	is "$(printf '%s' "$off" | tr -cd '\033')" ''
}

@test "bars: what a cell holds gives no orders to the terminal" {
	printf 'k\tv\na\x1b[31m\xc2\x9b2J\\nb\x7f\t1\n' >x.tsv
	expect 0 dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv
	has "$output" 'a?[31m?2J b?  1 █'
}

@test "bars: a pipe that is closed ends it quietly" {
	{ printf 'k\tv\n'; seq 20000 | sed 's/.*/g&\t&/'; } >x.tsv
	expect 0 bash -c "dfv-stats -g k -a 'v=sum(v)' -t bars x.tsv | head -1"
	is "$stderr" ''
}
