#!/usr/bin/env bats
# dfv-filter(1): choose records and columns.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	cat >in.tsv <<-'T'
	id	nom	lat	latitude	n	themes
	1	Blois	47.6	a	10	x|y
	2	Tours	47.4	b		y
	3	Agen	44.2	c	7	
	4	Albi	43.9	d	10	z
	T
}

# gives WANTED OPTION...: the rows, cells parted by commas.
gives() {
	local wanted=$1
	shift
	expect 0 dfv-filter "$@" in.tsv || return 1
	is "$stderr" '' || return 1
	is "$(tr '\t\n' ', ' <<<"$output")" "$wanted "
}

@test "filter: without options everything is copied byte for byte" {
	dfv-filter in.tsv | cmp - in.tsv
	dfv-filter <in.tsv | cmp - in.tsv
}

@test "filter: -w keeps the records where it is true, as they stand" {
	expect 0 dfv-filter -w 'n == 10' in.tsv
	is "$output" "$(sed -n '1p;2p;5p' in.tsv)"
}

@test "filter: several -w must all be true" {
	gives 'id 4' -w 'n == 10' -w 'id > 1' -c id
}

@test "filter: -v keeps the others, those with missing cells too" {
	gives 'id 2 3' -v -w 'n == 10' -c id
	gives 'id 1 2 3' -v -w 'n == 10' -w 'id > 1' -c id
}

@test "filter: -w and -v -w part the records, whatever the expression" {
	for e in 'n > 7' 'missing(n)' 'themes has "y"' 'nom ~ "a"' 'true' 'false' \
		'n != 10' 'lat < 45 or id == 1'; do
		{ dfv-filter -w "$e" in.tsv; dfv-filter -v -w "$e" in.tsv | tail -n +2; } |
			sort | cmp - <(sort in.tsv)
	done
}

@test "filter: none kept is a header and status 0, and 1 with --exit-empty" {
	expect 0 dfv-filter -w 'n == 99' in.tsv
	is "$output" "$(head -1 in.tsv)"
	expect 1 dfv-filter --exit-empty -w 'n == 99' in.tsv
	is "$output" "$(head -1 in.tsv)"
	is "$stderr" ''
	expect 1 dfv-filter --exit-empty --count -w 'n == 99' in.tsv
	is "$output" 0
	expect 0 dfv-filter --exit-empty -w 'n == 10' in.tsv
}

@test "filter: -c keeps columns in the order asked for" {
	gives 'nom,id Blois,1 Tours,2 Agen,3 Albi,4' -c nom,id
	gives 'nom,id Blois,1 Tours,2 Agen,3 Albi,4' -c nom -c id
}

@test "filter: -c takes globs, ranges and both ends of them" {
	gives 'lat,latitude 47.6,a 47.4,b 44.2,c 43.9,d' -c 'lat*'
	gives 'nom,lat,latitude Blois,47.6,a' -n 1 -c 'nom..latitude'
	gives 'latitude,lat,nom a,47.6,Blois' -n 1 -c 'latitude..nom'
	gives 'n,themes 10,x|y' -n 1 -c 'n..'
	gives 'id,nom 1,Blois' -n 1 -c '..nom'
	gives 'id,nom 1,Blois' -n 1 -c '[in][do]*'
}

@test "filter: a column asked for twice comes once, at its first place" {
	gives 'n,id,nom 10,1,Blois' -n 1 -c 'n,id..nom,n'
}

@test "filter: -x drops columns, the others keep their order" {
	gives 'id,nom,n 1,Blois,10' -n 1 -x 'lat*,themes'
}

@test "filter: -c and -x together are refused" {
	expect 2 dfv-filter -c nom,id,n -x n in.tsv
	is "$output" ''
}

@test "filter: a name that is there is itself, whatever it looks like" {
	printf 'a,b\ta*\ta\tb..c\n1\t2\t3\t4\n' >in.tsv
	gives 'a* 2' -c 'a*'
	gives 'b..c 4' -c 'b..c'
	expect 0 dfv-filter -c '{a,b},a' in.tsv
	is "$output" $'a,b\ta\n1\t3'
}

@test "filter: a name that is no column is refused, with the nearest" {
	for o in -c -x; do
		expect 2 dfv-filter $o nmo in.tsv
		is "$output" ''
		is "$stderr" "dfv-filter: error: unknown column: 'nmo': did you mean 'nom'? [unknown-column]"
	done
	expect 2 dfv-filter -r nmo=x in.tsv
	has "$stderr" "'nmo': did you mean 'nom'? [unknown-column]"
	expect 2 dfv-filter -c 'z*' in.tsv
	has "$stderr" ' [unknown-column]'
	expect 2 dfv-filter -c 'nom..z' in.tsv
	has "$stderr" ' [unknown-column]'
	expect 2 dfv-filter -c '' in.tsv
	has "$stderr" ' [bad-argument]'
	expect 2 dfv-filter -c 'id,,nom' in.tsv
	has "$stderr" ' [bad-argument]'
}

@test "filter: to drop every column is refused" {
	expect 2 dfv-filter -x '*' in.tsv
	is "$output" ''
}

@test "filter: -s adds a column at the end, or replaces one in its place" {
	gives 'id,m 1,20 2, 3,14 4,20' -s 'm=n * 2' -c id,m
	gives 'id,nom,lat,latitude,n,themes 1,BLOIS,47.6,a,10,x|y' -n 1 -s 'nom=upper(nom)'
}

@test "filter: several -s read the input's columns, not each other" {
	gives 'a,b 1,10' -n 1 -s 'a=id' -s 'b=n' -c a,b
	gives 'id,n 10,1' -n 1 -s 'id=n' -s 'n=id' -c id,n
}

@test "filter: what -s writes is a cell, escaped where it must be" {
	expect 0 dfv-filter -n 1 -s 'x="a\tb\n|\\"' -c x in.tsv
	is "$output" $'x\na\\tb\\n\\|\\\\'
	expect 0 dfv-filter -n 1 -s 'x=themes' -c x in.tsv
	is "$output" $'x\nx|y'
	expect 0 dfv-filter -n 1 -s 'x=themes has "y"' -c x in.tsv
	is "$output" $'x\ntrue'
}

@test "filter: -s without a name or without = is refused" {
	for s in x '=1' ''; do
		expect 2 dfv-filter -s "$s" in.tsv
		has "$stderr" ' [bad-argument]'
		is "$output" ''
	done
}

@test "filter: -r renames, a column that is set too" {
	gives 'no,nom 1,Blois' -n 1 -r id=no -c id,nom
	gives 'y 20' -n 1 -s 'm=n * 2' -r m=y -c m
	dfv-filter -r id=no in.tsv | cmp - <(sed '1s/id/no/' in.tsv)
}

@test "filter: names that would come twice are refused" {
	expect 2 dfv-filter -r id=nom in.tsv
	is "$output" ''
	has "$stderr" "duplicate column name: 'nom'"
	expect 0 dfv-filter -n 1 -r id=tmp -r nom=id -r tmp=nom -c id,nom in.tsv
	is "$output" $'nom\tid\n1\tBlois'
	for r in id '=x' 'id='; do
		expect 2 dfv-filter -r "$r" in.tsv
		has "$stderr" ' [bad-argument]'
	done
}

@test "filter: -n and --skip are a window over what is selected" {
	gives 'id 1 2' -n 2 -c id
	gives 'id 3 4' --skip 2 -c id
	gives 'id 2' --skip 1 -n 1 -c id
	gives 'id' -n 0 -c id
	gives 'id' --skip 9 -c id
	gives 'id 4' --skip 1 -n 1 -c id -w 'n == 10'
	gives 'id 1 2 3 4' -n 999999999999 -c id
}

@test "filter: a window is the same over copied, computed and threaded records" {
	seq 100000 | sed '1i n' >in.tsv
	want=$(seq 60001 60005 | tr '\n' ' ')
	for j in 1 2 7; do
		for o in '-t tsv' '-t csv' '-s n=n+0'; do
			# shellcheck disable=SC2086 # a list of words
			expect 0 dfv-filter -j $j $o --skip 30000 -n 5 -w 'n > 30000' in.tsv
			is "$(tr '\n' ' ' <<<"$output")" "n $want"
		done
	done
}

@test "filter: --count prints only how many" {
	expect 0 dfv-filter --count in.tsv
	is "$output" 4
	expect 0 dfv-filter --count -v -w 'n == 10' in.tsv
	is "$output" 2
	expect 0 dfv-filter --count --skip 1 -n 2 in.tsv
	is "$output" 2
	expect 0 dfv-filter --count --skip 9 in.tsv
	is "$output" 0
	expect 0 dfv-filter --count -n 0 in.tsv
	is "$output" 0
	expect 0 dfv-filter --count in.tsv in.tsv - <in.tsv
	is "$output" 12
}

@test "filter: --count is the number of records that would come out" {
	for e in 'n > 7' 'missing(n)' 'themes has "y"' 'nom ~ "a"' 'lat < 45'; do
		is "$(dfv-filter --count -w "$e" in.tsv)" \
			"$(($(dfv-filter -w "$e" in.tsv | wc -l) - 1))"
	done
}

@test "filter: two conditions are the pipe of one into the other" {
	dfv-filter -w 'role == "tiers-lieu"' "$DATA/membres.tsv" |
		dfv-filter -w 'projet =~ "^76"' >two.tsv
	dfv-filter -w 'role == "tiers-lieu" and projet =~ "^76"' "$DATA/membres.tsv" |
		cmp - two.tsv
	[ "$(wc -l <two.tsv)" -gt 1 ]
}

@test "filter: columns chosen twice are the pipe of one into the other" {
	dfv-filter -c projet,nom "$DATA/projets.tsv" | dfv-filter -c nom |
		cmp - <(dfv-filter -c nom "$DATA/projets.tsv")
	dfv-filter -t yaml -c projet,nom "$DATA/projets.tsv" |
		dfv-filter -f yaml -t tsv -c nom |
		cmp - <(dfv-filter -c nom "$DATA/projets.tsv")
}

@test "filter: the real data counts as the issue says" {
	expect 0 dfv-filter -w 'region == "76"' --count "$DATA/projets.tsv"
	is "$output" 48
	expect 0 dfv-filter --count "$DATA/projets.tsv"
	is "$output" 202
	expect 0 dfv-filter --count "$DATA/portraits.tsv"
	is "$output" 41
}

@test "filter: the output is the same for any number of threads" {
	awk 'BEGIN { print "a\tb\tc"; for (i = 0; i < 120000; i++)
		print i "\t" i % 97 "\tsome text " i * 7919 % 1009 }' >in.tsv
	for o in '-w b<50' '-v -w b<50' '-c c,a -w b==3' '-s d=b*2+a' \
		'-w c~"TEXT" --skip 70000 -n 10000' '--count -w b>3' '-t jsonl -w b>90'; do
		# shellcheck disable=SC2086 # a list of words
		dfv-filter -j 1 $o in.tsv >one
		for j in 2 3 7; do
			# shellcheck disable=SC2086
			dfv-filter -j $j $o in.tsv | cmp - one
		done
	done
}

@test "filter: a single column and one of a thousand are handled alike" {
	{ seq -s $'\t' 1000; seq -s $'\t' 1001 2000; } >in.tsv
	expect 0 dfv-filter -c 1000,1 -w '{500} == 1500' in.tsv
	is "$output" $'1000\t1\n2000\t1001'
	printf 'a\n\nx\n\\N\n' >in.tsv
	expect 0 dfv-filter -w 'missing(a)' --count in.tsv
	is "$output" 2
	dfv-filter -w true in.tsv | cmp - in.tsv
}
