#!/usr/bin/env bats
# dfv-filter(1): choose records and columns.
# shellcheck disable=SC2154,SC2089,SC2090,SC2094 # run sets stderr; quotes are the expression

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

@test "filter: a glob is of characters, in every locale" {
	printf 'début\tdebut\tœuf\t[x\ta]b\n1\t2\t3\t4\t5\n' >in.tsv
	for locale in C C.UTF-8; do
		export LC_ALL=$locale
		gives 'début,debut 1,2' -c 'd?but'
		gives 'début 1' -c 'd[à-ü]but'
		gives 'debut 2' -c 'd[!à-ü]but'
		gives 'œuf 3' -c '?u*f'
		gives '[x 4' -c '[?'
		gives 'a]b 5' -c '*[]]*'
		gives 'début,debut,œuf,[x,a]b 1,2,3,4,5' -c '**'
	done
}

@test "filter: all columns of an input that has none are none" {
	expect 0 dfv-filter -f jsonl -c .. </dev/null
	expect 2 dfv-filter -f jsonl -c id.. </dev/null
	has "$stderr" "'id': there are no columns [unknown-column]"
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
	expect 0 dfv-filter -n 1 -r id=nom -r nom=id -c id,nom in.tsv
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

# --- unique, sort, sample ------------------------------------------------------

@test "filter: -u keeps the first record of each key" {
	printf 'k\tv\nb\t1\na\t2\nb\t3\n\t4\n\\N\t5\na\t6\n' >in.tsv
	gives 'k,v b,1 a,2 ,4' -u k
	gives 'k,v b,1 a,2 b,3 ,4 \N,5 a,6' -u k,v
	seq 200000 | sed 's/.*/&\t&/;1i a\tb' >in.tsv
	for j in 1 7; do
		is "$(dfv-filter -j $j -u a --count in.tsv in.tsv)" 200000
	done
}

@test "filter: -k sorts by text, by number, and downwards" {
	printf 'n\tt\n10\tb\n9\ta\n\tc\n-1.5\ta\n1e1\td\n' >in.tsv
	is "$(dfv-filter -k n:n -c t in.tsv | tail -n +2 | tr -d '\n' | tr -d c)" aabd
	is "$(dfv-filter -k -n:n -c t -w 'not missing(n)' in.tsv | tail -n +2 | tr -d '\n')" bdaa
	gives 't,n a,-1.5 a,9 b,10 c, d,1e1' -k t,n:n -c t,n
	expect 2 dfv-filter -k t:n in.tsv
	has "$stderr" "in.tsv:2:4: error: not a number: 'b'"
	expect 2 dfv-filter -k nosuch in.tsv
	has "$stderr" ' [unknown-column]'
}

@test "filter: -k is stable, and the same as sort -s over many records" {
	awk 'BEGIN { srand(3); print "k\ti"; for (i = 0; i < 100000; i++)
		print int(rand() * 5000) "\t" i }' >in.tsv
	{ head -1 in.tsv; tail -n +2 in.tsv | LC_ALL=C sort -s -t "$(printf '\t')" -k 1,1; } >text
	{ head -1 in.tsv; tail -n +2 in.tsv | sort -s -n -t "$(printf '\t')" -k 1,1; } >number
	for j in 1 7; do
		dfv-filter -j $j -k k in.tsv | cmp - text
		dfv-filter -j $j -k k:n in.tsv | cmp - number
	done
}

@test "filter: -k name:fr puts accents and case where French does" {
	printf 'n\nzoo\nété\nEtat\ncôté\ncote\nœuf\nodeur\nétat\n' >in.tsv
	expect 0 dfv-filter -k n:fr in.tsv
	is "$(tail -n +2 <<<"$output" | sed -n '1,2p;$p' | tr '\n' ' ')" 'cote côté zoo '
	is "$(grep -n 'odeur\|œuf' <<<"$output" | cut -d : -f 2 | tr '\n' ' ')" 'odeur œuf '
}

@test "filter: --sample is that many, in input order, and the same by seed" {
	seq 50000 | sed '1i n' >in.tsv
	for j in 1 7; do
		dfv-filter -j $j --sample 100 --seed 5 in.tsv >"five.$j"
	done
	cmp five.1 five.7
	is "$(wc -l <five.1)" 101
	tail -n +2 five.1 | sort -n -c
	dfv-filter --sample 100 --seed 6 in.tsv >six
	run cmp -s five.1 six
	is "$status" 1
	dfv-filter --sample 999999 in.tsv | cmp - in.tsv
	dfv-filter --sample 100 --seed 5 <in.tsv | cmp - five.1
}

@test "filter: --sample takes every record as often" {
	# 200 samples of 10 out of 100: each record is expected 20 times; 1 to 50
	# are seven standard deviations away.
	seq 100 | sed '1i n' >in.tsv
	for seed in $(seq 200); do
		dfv-filter --sample 10 --seed "$seed" in.tsv | tail -n +2
	done | sort | uniq -c | awk '$1 < 1 || $1 > 50 { bad = 1 } END { exit bad || NR != 100 }'
}

# --- other files ---------------------------------------------------------------

@test "filter: --in keeps records whose column occurs in a file" {
	printf 'code\n2\n4\n4\n\n' >list.tsv
	gives 'id 2 4' --in id=list.tsv:code -c id
	printf 'id\n2\n4\n' >list.tsv
	gives 'id 2 4' --in id=list.tsv -c id
	gives 'id 1 3' -v --in id=list.tsv -c id
	expect 2 dfv-filter --in id=list.tsv:nosuch in.tsv
	has "$stderr" ' [unknown-column]'
	expect 2 dfv-filter --in id=none.tsv in.tsv
	has "$stderr" 'none.tsv: error: cannot open'
	expect 2 dfv-filter --in id in.tsv
	has "$stderr" ' [bad-argument]'
}

@test "filter: --join appends a file's columns by key" {
	printf 'id\tx\n2\tdeux\n1\tun\n9\tneuf\n' >more.tsv
	gives 'id,x 1,un 2,deux' --join more.tsv --on id -c id,x
	gives 'id,x 1,un 2,deux 3, 4,' --join more.tsv --on id --left -c id,x
	printf 'k\tx\n2\tdeux\n' >more.tsv
	gives 'id,nom,x 2,Tours,deux' --join more.tsv --on id=k -c id,nom,x
	gives 'id 2' --join more.tsv --on id=k -w 'x == "deux"' -c id
}

@test "filter: --join with several rows of a key is refused, or makes several" {
	printf 'id\tx\n1\tun\n1\tone\n' >more.tsv
	expect 2 dfv-filter --join more.tsv --on id in.tsv
	gives 'id,x 1,un 1,one' --join more.tsv --on id --many -c id,x
}

@test "filter: records with hundreds of matches each are joined piece by piece" {
	yes k | head -20000 | sed '1i k' >in.tsv
	yes "k	$(printf '%01000d' 0)" | head -100 | sed '1i k\tv' >more.tsv
	expect 0 with_memory 200000 dfv-filter -j 1 --count --join more.tsv --on k --many in.tsv
	is "$output" 2000000
}

@test "filter: a missing key joins nothing" {
	printf 'id\tx\n\tnothing\n1\tun\n' >more.tsv
	printf 'id\tnom\n\ta\n1\tb\n\\N\tc\n' >in.tsv
	gives 'nom,x b,un' --join more.tsv --on id -c nom,x
	gives 'nom,x a, b,un c,' --join more.tsv --on id --left -c nom,x
}

@test "filter: --join is the same for any number of threads, and any format" {
	seq 60000 | awk 'NR == 1 { print "k\tv" } { print $1 % 500 "\t" $1 }' >in.tsv
	seq 0 2 500 | awk 'NR == 1 { print "k\tname" } { print $1 "\tn" $1 }' >more.tsv
	dfv-filter -t yaml -o more.yaml more.tsv
	dfv-filter -j 1 --join more.tsv --on k in.tsv >one
	is "$(wc -l <one)" 30001
	for j in 2 7; do
		dfv-filter -j $j --join more.yaml --on k in.tsv | cmp - one
	done
}

@test "hard input: a million columns" {
	python3 -c '
n = 1000000
print("\t".join("c%d" % i for i in range(n)))
print("\t".join("%d" % i for i in range(n)))' >x.tsv
	expect 0 dfv-filter -w 'c999999 == "999999"' -c c0,c500000,c999999 x.tsv
	is "$output" $'c0\tc500000\tc999999\n0\t500000\t999999'
	dfv-filter x.tsv | cmp - x.tsv
}

@test "hard input: cells of ten megabytes" {
	python3 -c '
print("a\tb")
for i in range(3): print("é" * 5000000 + "\t%d" % i)' >x.tsv
	for j in 1 3; do
		dfv-filter -j $j x.tsv | cmp - x.tsv
		dfv-filter -j $j <x.tsv | cmp - x.tsv
		expect 0 dfv-filter -j $j -w 'len(a) == 5000000' -c b x.tsv
		is "$output" $'b\n0\n1\n2'
	done
	dfv-filter -t yaml x.tsv | dfv-filter -f yaml -t tsv | cmp - x.tsv
}

@test "hard input: an expression nested a thousand deep is an error" {
	deep=$(printf '(%.0s' {1..1000})n$(printf ')%.0s' {1..1000})
	expect 2 dfv-filter -w "$deep == 1" in.tsv
	has "$stderr" 'nested too deeply'
	expect 2 dfv-filter -w "$(printf 'not %.0s' {1..1000}) n == 1" in.tsv
	has "$stderr" 'nested too deeply'
	expect 2 dfv-filter -w "$(printf -- '-%.0s' {1..1000})n == 1" in.tsv
	has "$stderr" 'nested too deeply'
}

@test "filter: what goes beyond the sorter's memory comes out in order" {
	python3 -c '
import random
random.seed(3)
print("k\tt")
for i in range(120000): print("%d\t%s" % (random.randrange(10**9), "x" * 3000))' >big.tsv
	dfv-filter -k k:n -c k big.tsv | tail -n +2 | sort -n -c
	dfv-filter -k k:n big.tsv | wc -l | grep -qx 120001
	rm big.tsv
}

@test "filter: a column that would be set twice, or renamed twice, is a mistake" {
	printf 'a\tb\n1\t2\n' >x.tsv
	expect 2 dfv-filter -s 'c=1' -s 'c=2' x.tsv
	is "$stderr" "dfv-filter: error: duplicate column name: 'c': --set makes it twice [duplicate-column]"
	expect 2 dfv-filter -s 'a=1' -s 'a=2' x.tsv
	has "$stderr" "'a': --set makes it twice"
	expect 2 dfv-filter -r a=c -r a=d x.tsv
	has "$stderr" "bad argument: 'a=d': this column has been renamed already"
	expect 0 dfv-filter -r a=b -r b=a x.tsv
	is "$output" $'b\ta\n1\t2'
}
