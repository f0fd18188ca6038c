#!/usr/bin/env bats
# dfv-stats(1): indicators, exact and in a stable order.
# shellcheck disable=SC2154 # run sets stderr

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	cat >in.tsv <<-'T'
	region	debut	depense	themes
	76	2025-01-06	10.5	a|b
	11	2025-01-12		b
	76	2025-02-01	2	
	94	2024-12-30	7	a|b|c
	11	2025-04-01	0.5	c
	T
}

# big: many records of every kind of number, and their pieces.
make_big() {
	awk 'BEGIN { srand(7); print "k\tv\td"
		for (i = 0; i < 120000; i++) {
			v = int(rand() * 2000000) - 1000000
			s = i % 5 == 0 ? v / 100 : i % 11 == 0 ? "" : \
			    i % 13 == 0 ? v "e-12" : i % 17 == 0 ? v "e25" : v
			printf "%d\t%s\t2025-%02d-%02d\n", int(rand() * 300), s, \
			    i % 12 + 1, i % 28 + 1
		} }' >big.tsv
}

FIGURES=(-a 'n=count()' -a 'nv=count(v)' -a 's=sum(v)' -a 'm=mean(v)'
	-a 'lo=min(v)' -a 'hi=max(v)' -a 'u=distinct(v)' -a 'from=min(date(d))'
	-a 'pos=count() where v > 0' -a 'per=sum(v) / count()')

@test "stats: without groups there is one row" {
	expect 0 dfv-stats -a 'n=count()' -a 's=sum(depense)' in.tsv
	is "$output" $'n\ts\n5\t20'
}

@test "stats: every aggregate but count() skips missing cells" {
	expect 0 dfv-stats -a 'n=count()' -a 'nv=count(depense)' -a 's=sum(depense)' \
		-a 'm=mean(depense)' -a 'lo=min(depense)' -a 'hi=max(depense)' \
		-a 'u=distinct(depense)' -a 'ur=distinct(region)' in.tsv
	is "$output" $'n\tnv\ts\tm\tlo\thi\tu\tur\n5\t4\t20\t5\t0.5\t10.5\t4\t3'
}

@test "stats: groups come in the order they were first met" {
	expect 0 dfv-stats -g region -a 'n=count()' -a 's=sum(depense)' in.tsv
	is "$output" $'region\tn\ts\n76\t2\t12.5\n11\t2\t0.5\n94\t1\t7'
}

@test "stats: several group columns, in one -g or in several" {
	want=$'region\tthemes\tn\n76\ta|b\t1\n11\tb\t1\n76\t\t1\n94\ta|b|c\t1\n11\tc\t1'
	expect 0 dfv-stats -g region,themes -a 'n=count()' in.tsv
	is "$output" "$want"
	expect 0 dfv-stats -g region -g themes -a 'n=count()' in.tsv
	is "$output" "$want"
}

@test "stats: group columns whose texts join alike are told apart" {
	printf 'a\tb\nx\tyz\nxy\tz\n\txyz\nxyz\t\n' >x.tsv
	expect 0 dfv-stats -g a,b -a 'n=count()' x.tsv
	is "$output" $'a\tb\tn\nx\tyz\t1\nxy\tz\t1\n\txyz\t1\nxyz\t\t1'
}

@test "stats: missing cells are one group, empty or \\N" {
	printf 'a\tb\n\\N\t1\n\t2\nx\t3\n' >x.tsv
	expect 0 dfv-stats -g a -a 's=sum(b)' x.tsv
	is "$output" $'a\ts\n\t3\nx\t3'
}

@test "stats: dates are grouped by ISO week, month, quarter and year" {
	expect 0 dfv-stats -g debut:week -a 'n=count()' in.tsv
	is "$output" $'debut_week\tn\n2025-W02\t2\n2025-W05\t1\n2025-W01\t1\n2025-W14\t1'
	expect 0 dfv-stats -g debut:month -a 'n=count()' in.tsv
	is "$output" $'debut_month\tn\n2025-01\t2\n2025-02\t1\n2024-12\t1\n2025-04\t1'
	expect 0 dfv-stats -g debut:quarter -a 'n=count()' in.tsv
	is "$output" $'debut_quarter\tn\n2025-Q1\t3\n2024-Q4\t1\n2025-Q2\t1'
	expect 0 dfv-stats -g debut:year -a 'n=count()' in.tsv
	is "$output" $'debut_year\tn\n2025\t4\n2024\t1'
}

@test "stats: what is no date is told with its place, a missing one is a group" {
	printf 'd\n2025-01-01\n\n2025-1-1\n' >x.tsv
	expect 2 dfv-stats -g d:week -a 'n=count()' x.tsv
	is "$output" ''
	has "$stderr" "x.tsv:4:1: error: not a date: '2025-1-1': "
	printf 'd\n2025-01-01\n\n' >x.tsv
	expect 0 dfv-stats -g d:week -a 'n=count()' x.tsv
	is "$output" $'d_week\tn\n2025-W01\t1\n\t1'
}

@test "stats: -w counts only records where it is true" {
	expect 0 dfv-stats -w 'depense > 1' -w 'region != "94"' -g region -a 'n=count()' in.tsv
	is "$output" $'region\tn\n76\t2'
}

@test "stats: filter then count equals count where" {
	for e in 'depense > 1' 'missing(depense)' 'themes has "b"' 'region in ("11", "94")' \
		'date(debut) < date("2025-02-01")' 'not depense > 1'; do
		n=$(dfv-filter -w "$e" --count in.tsv)
		is "$(dfv-stats -a 'n=count()' -w "$e" in.tsv)" $'n\n'"$n"
		is "$(dfv-stats -a "n=count() where $e" in.tsv)" $'n\n'"$n"
		is "$(dfv-filter -w "$e" in.tsv | dfv-stats -a 'n=count()')" $'n\n'"$n"
	done
}

@test "stats: where is of one figure, and keeps groups without any" {
	expect 0 dfv-stats -g region -a 'n=count()' -a 'b=count() where depense > 5' \
		-a 's=sum(depense) where themes has "c"' in.tsv
	is "$output" $'region\tn\tb\ts\n76\t2\t1\t\n11\t2\t0\t0.5\n94\t1\t1\t7'
}

@test "stats: figures are worked out from several aggregates" {
	expect 0 dfv-stats -a 'm=round(sum(depense) / count(), 2)' -a 'n2=count() * 2' \
		-a 'share=count(depense) / count()' -a 'd=max(depense) - min(depense)' in.tsv
	is "$output" $'m\tn2\tshare\td\n4\t10\t0.8\t10'
}

@test "stats: aggregates take expressions" {
	expect 0 dfv-stats -a 's=sum(depense * 2 + 1)' -a 'u=distinct(year(debut))' \
		-a 'm=max(len(themes))' -a 't=sum(count(themes))' in.tsv
	is "$output" $'s\tu\tm\tt\n44\t2\t5\t7'
}

@test "stats: min and max of dates are dates" {
	expect 0 dfv-stats -a 'a=min(date(debut))' -a 'b=max(date(debut))' \
		-a 'c=days(min(date(debut)), max(date(debut)))' in.tsv
	is "$output" $'a\tb\tc\n2024-12-30\t2025-04-01\t92'
}

@test "stats: nothing to add up is missing, nothing to count is 0" {
	expect 0 dfv-stats -w false -a 'n=count()' -a 'nv=count(depense)' \
		-a 's=sum(depense)' -a 'm=mean(depense)' -a 'lo=min(depense)' \
		-a 'u=distinct(depense)' in.tsv
	is "$output" $'n\tnv\ts\tm\tlo\tu\n0\t0\t\t\t\t0'
	expect 0 dfv-stats -w false -g region -a 'n=count()' in.tsv
	is "$output" $'region\tn'
	expect 0 bash -c "head -1 in.tsv | dfv-stats -a 'n=count()' -a 's=sum(depense)'"
	has "$output" $'n\ts\n0'
}

@test "stats: --totals adds a row over all groups" {
	expect 0 dfv-stats -g region -a 'n=count()' -a 'm=mean(depense)' \
		-a 'u=distinct(themes)' --totals in.tsv
	is "$output" $'region\tn\tm\tu\n76\t2\t6.25\t1\n11\t2\t0.5\t2\n94\t1\t7\t1\ntotal\t5\t5\t4'
	expect 0 dfv-stats -a 'n=count()' --totals in.tsv
	is "$output" $'n\n5'
}

@test "stats: the total of no records is a row too, subtotals are none" {
	head -1 in.tsv >none.tsv
	expect 0 dfv-stats -g region,themes -a 'n=count()' -a 's=sum(depense)' \
		--subtotals --totals none.tsv
	is "$output" $'region\tthemes\tn\ts\ntotal\t\t0\t'
	dfv-stats -g region -a 'n=count()' --partial none.tsv >state
	expect 0 dfv-stats --merge --totals state
	is "$output" $'region\tn\ntotal\t0'
}

@test "stats: --explode makes one record of each value of a list" {
	expect 0 dfv-stats --explode themes -g themes -a 'n=count()' -a 's=sum(depense)' in.tsv
	is "$output" $'themes\tn\ts\na\t2\t17.5\nb\t3\t17.5\n\t1\t2\nc\t2\t7.5'
	expect 0 dfv-stats --explode themes -a 'n=count()' in.tsv
	is "$output" $'n\n8'
}

@test "stats: a long list beside a long cell is exploded without the cell" {
	python3 -c 'print("l\tx\n" + "|".join(map(str, range(50000))) + "\t" + "y" * 50000)' >in.tsv
	expect 0 with_memory 200000 dfv-stats -j 1 --explode l -a 'n=count()' -a 'd=distinct(l)' in.tsv
	is "$output" $'n\td\n50000\t50000'
}

@test "stats: --explode keeps a bar inside a value" {
	printf 't\na\\|b|c\n|x\n' >x.tsv
	expect 0 dfv-stats --explode t -g t -a 'n=count()' x.tsv
	is "$output" $'t\tn\na\\|b\t1\nc\t1\n\t1\nx\t1'
}

@test "stats: --explode of the first, a middle and the last column, of few and of all the others" {
	printf 'a\tb\tc\tl\td\n' >x.tsv
	printf '%s\n' $'1|2\t3\t\tx|y\t5|\\N' $'\t4\t6\t\t' >>x.tsv
	expect 0 dfv-stats --explode a -g a -a 's=sum(b)' x.tsv
	is "$output" $'a\ts\n1\t3\n2\t3\n\t4'
	expect 0 dfv-stats --explode l -g a,b,c,l,d -a 'n=count()' x.tsv
	is "$output" $'a\tb\tc\tl\td\tn\n1|2\t3\t\tx\t5|\\N\t1\n1|2\t3\t\ty\t5|\\N\t1\n\t4\t6\t\t\t1'
	expect 0 dfv-stats --explode d -a 'n=count()' -a 's=sum(c)' x.tsv
	is "$output" $'n\ts\n3\t6'
}

@test "stats: --explode keeps a bad cell's place" {
	printf 't\tv\na|b|c\t1\nd|e\tx\n' >x.tsv
	expect 2 dfv-stats --explode t -a 's=sum(v)' x.tsv
	has "$stderr" "x.tsv:3:5: error: not a number: 'x'"
	expect 2 dfv-stats --explode nosuch -a 'n=count()' x.tsv
	has "$stderr" "unknown column: 'nosuch'"
}

@test "stats: a bad number stops with its place, and writes nothing" {
	printf 'v\n1\n2\nx\n' >x.tsv
	for a in 'sum(v)' 'mean(v)' 'min(v)' 'max(v)' 'sum(v + 1)' 'count() where v > 1'; do
		expect 2 dfv-stats -a "r=$a" x.tsv
		is "$output" ''
		has "$stderr" "x.tsv:4:1: error: not a number: 'x': " || return 1
	done
	expect 0 dfv-stats -a 'n=count(v)' -a 'u=distinct(v)' x.tsv
	is "$output" $'n\tu\n3\t3'
}

@test "stats: broken input writes no figures at all" {
	printf 'v\tw\n1\t2\n2\n' >x.tsv
	expect 2 dfv-stats -a 's=sum(v)' x.tsv
	is "$output" ''
	has "$stderr" ' [ragged-row]'
}

# --- exact sums ---------------------------------------------------------------

@test "sum: ten times 0.1 is 1" {
	{ echo v; yes 0.1 | head -10; } >x.tsv
	expect 0 dfv-stats -a 's=sum(v)' -a 'm=mean(v)' x.tsv
	is "$output" $'s\tm\n1\t0.1'
}

@test "sum: a million cents are ten thousand euros" {
	{ echo v; yes 0.01 | head -1000000; } >x.tsv
	expect 0 dfv-stats -a 's=sum(v)' x.tsv
	is "$output" $'s\n10000'
}

@test "sum: beyond 64 bits, every digit is there" {
	printf 'v\n999999999999999999\n999999999999999999\n' >x.tsv
	for _ in 1 2 3 4 5 6; do cat x.tsv <(tail -n +2 x.tsv) >y.tsv; mv y.tsv x.tsv; done
	expect 0 dfv-stats -a 's=sum(v)' x.tsv
	is "$output" $'s\n127999999999999999872'
	sed 's/^9/-9/' x.tsv >y.tsv
	expect 0 dfv-stats -a 's=sum(v)' y.tsv
	is "$output" $'s\n-127999999999999999872'
	expect 0 dfv-stats -a 's=sum(v)' x.tsv y.tsv
	is "$output" $'s\n0'
}

@test "sum: eighteen places behind the point and eighteen before it" {
	printf 'v\n999999999999999999\n0.000000000000000001\n-0.5\n' >x.tsv
	expect 0 dfv-stats -a 's=sum(v)' x.tsv
	is "$output" $'s\n999999999999999998.500000000000000001'
	tac x.tsv | sed '/v/d;1i v' >y.tsv
	expect 0 dfv-stats -a 's=sum(v)' y.tsv
	is "$output" $'s\n999999999999999998.500000000000000001'
}

@test "sum: what cancels leaves nothing behind" {
	printf 'v\n1e300\n1\n-1e300\n' >x.tsv
	expect 0 dfv-stats -a 's=sum(v)' x.tsv
	is "$output" $'s\n1'
	printf 'v\n0.1\n1e17\n-1e17\n-0.1\n' >x.tsv
	expect 0 dfv-stats -a 's=sum(v)' x.tsv
	is "$output" $'s\n0'
}

@test "sum: negative numbers of more than 18 digits add up" {
	printf 'v\n-0.1234567890123456789\n' >x.tsv
	expect 0 dfv-stats -a 's=sum(v)' x.tsv
	is "$output" $'s\n-0.12345678901234568'
	printf 'v\n1\n2e25\n3\n-5e25\n' >x.tsv
	expect 0 dfv-stats -a 's=sum(v)' -a 'm=mean(v)' x.tsv
	is "$output" $'s\tm\n-3e25\t-7.5e24'
	printf 'v\n-1\n-2\n' >x.tsv
	expect 0 dfv-stats -a 's=sum(v / 3)' -a 'm=mean(v / 3)' x.tsv
	is "$output" $'s\tm\n-1\t-0.5'
}

@test "sum: one beyond any number is told, not made up" {
	printf 'v\n1e308\n1e308\n' >x.tsv
	expect 2 dfv-stats -a 's=sum(v)' x.tsv
	has "$stderr" ' [out-of-range]'
}

@test "sum: Python's fractions agree, digit for digit" {
	python3 - <<-'PY'
	import random
	random.seed(11)
	with open('x.tsv', 'w') as f:
	    f.write('k\tv\n')
	    for i in range(20000):
	        n = random.randint(1, 17)
	        v = str(random.randint(0, 10 ** n - 1))
	        p = random.randint(0, len(v))
	        v = v[:p] + '.' + v[p:] if p < len(v) else v
	        v = ('0' if v[0] == '.' else '') + v
	        f.write('%d\t%s%s\n' % (i % 50, random.choice(['', '-', '+']), v))
	PY
	dfv-stats -g k -a 's=sum(v)' x.tsv >have.tsv
	python3 - >want.tsv <<-'PY'
	from decimal import Decimal, getcontext
	getcontext().prec = 200
	sums = {}
	for line in open('x.tsv').read().split('\n')[1:-1]:
	    k, v = line.split('\t')
	    sums[k] = sums.get(k, Decimal(0)) + Decimal(v)
	print('k\ts')
	for k, s in sums.items():
	    t = format(s, 'f')
	    print(k + '\t' + (t.rstrip('0').rstrip('.') if '.' in t else t))
	PY
	cmp have.tsv want.tsv
}

# --- the same however it is done ------------------------------------------------

@test "stats: -j 1 equals -j 7, byte for byte" {
	make_big
	for o in '-g k' '-g d:week,k' '-g k --totals' '--totals' '-g v --explode v'; do
		# shellcheck disable=SC2086 # a list of words
		dfv-stats -j 1 $o "${FIGURES[@]}" big.tsv >one
		for j in 2 7; do
			# shellcheck disable=SC2086
			dfv-stats -j $j $o "${FIGURES[@]}" big.tsv | cmp - one
		done
	done
}

@test "stats: files that were split give what the whole gives" {
	make_big
	head -1 big.tsv >header
	tail -n +2 big.tsv | split -l 17001 - part.
	for f in part.*; do cat header "$f" >"$f.tsv"; done
	dfv-stats -g k "${FIGURES[@]}" --totals big.tsv >whole
	dfv-stats -g k "${FIGURES[@]}" --totals part.*.tsv | cmp - whole
}

@test "stats: the order of the records changes no figure" {
	make_big
	dfv-stats -g k "${FIGURES[@]}" big.tsv | sort >one
	{ head -1 big.tsv; tail -n +2 big.tsv | tac; } >back.tsv
	dfv-stats -g k "${FIGURES[@]}" back.tsv | sort | cmp - one
	{ head -1 big.tsv; tail -n +2 big.tsv | sort -t "$(printf '\t')" -k 2; } >sorted.tsv
	dfv-stats -g k "${FIGURES[@]}" sorted.tsv | sort | cmp - one
}

@test "stats: the format that comes in changes no figure" {
	for t in csv yaml jsonl; do
		dfv-filter -t $t -o "in.$t" in.tsv
		dfv-stats -g region -a 's=sum(depense)' -a 'u=distinct(themes)' "in.$t" |
			cmp - <(dfv-stats -g region -a 's=sum(depense)' -a 'u=distinct(themes)' in.tsv)
	done
}

@test "stats: the totals of groups are the figures of all" {
	make_big
	is "$(dfv-stats -g k -a 'n=count()' -a 's=sum(v)' --totals big.tsv | tail -1 | cut -f 2-)" \
		"$(dfv-stats -a 'n=count()' -a 's=sum(v)' big.tsv | tail -1)"
	is "$(dfv-stats -g k -a 'n=count()' big.tsv | dfv-stats -a 't=sum(n)')" $'t\n120000'
}

@test "stats: a group for each of many keys" {
	{ echo k; seq 200000; seq 200000; } >x.tsv
	for j in 1 7; do
		dfv-stats -j $j -g k -a 'n=count()' x.tsv |
			cmp - <(printf 'k\tn\n'; seq 200000 | sed 's/$/\t2/')
	done
}

# --- what is asked for wrongly ---------------------------------------------------

@test "stats: an aggregate that is none suggests the nearest" {
	expect 2 dfv-stats -a 'n=cuont()' in.tsv
	is "$output" ''
	has "$stderr" "'cuont': no such aggregate, did you mean 'count'? [expression]"
	expect 2 dfv-stats -a 'n=xyzzy(depense)' in.tsv
	has "$stderr" ' [expression]'
}

@test "stats: a column without an aggregate is refused" {
	expect 2 dfv-stats -a 's=depense' in.tsv
	has "$stderr" "'depense': a column here needs an aggregate, as in sum(depense) [expression]"
	expect 2 dfv-stats -a 's=sum()' in.tsv
	has "$stderr" 'sum takes a value, as in sum(depense)'
}

@test "stats: an aggregate within an aggregate is refused" {
	expect 2 dfv-stats -a 's=sum(mean(depense))' in.tsv
	has "$stderr" ' [expression]'
	is "$output" ''
}

@test "stats: a figure without a name, or named twice, is refused" {
	for a in 'count()' '=count()' 'n' 'n==count()'; do
		expect 2 dfv-stats -a "$a" in.tsv
		has "$stderr" ' [bad-argument]' || return 1
	done
	expect 2 dfv-stats -a 'n=count()' -a 'n=sum(depense)' in.tsv
	has "$stderr" "duplicate column name: 'n'"
	expect 2 dfv-stats -g region -a 'region=count()' in.tsv
	has "$stderr" "duplicate column name: 'region'"
}

@test "stats: a group column that is none suggests the nearest" {
	expect 2 dfv-stats -g regoin -a 'n=count()' in.tsv
	is "$stderr" "dfv-stats: error: unknown column: 'regoin': did you mean 'region'? [unknown-column]"
	expect 2 dfv-stats -g debut:decade -a 'n=count()' in.tsv
	has "$stderr" "bad argument: 'decade'"
	expect 2 dfv-stats -g region,,debut -a 'n=count()' in.tsv
	expect 2 dfv-stats -g '' -a 'n=count()' in.tsv
}

@test "stats: mistakes in a where have a caret of their own" {
	expect 2 dfv-stats -a 'n=count() where regoin == "76"' in.tsv
	has "$stderr" "unknown column 'regoin', did you mean 'region'? [expression]"
	has "$stderr" $'\n    regoin == "76"\n    ^~~~~~'
	expect 2 dfv-stats -a 'n=count() where' in.tsv
	has "$stderr" ' [expression]'
	expect 2 dfv-stats -a 'n=sum(depense' in.tsv
	has "$stderr" ' [expression]'
}

# --- the programme -----------------------------------------------------------------

@test "stats: laureates by region are those of the issue" {
	expect 0 dfv-stats -g region -a 'n=count()' "$DATA/projets.tsv"
	is "$(tail -n +2 <<<"$output" | cut -f 2 | sort -n | tr '\n' ' ')" \
		'2 3 3 5 6 9 9 13 13 14 14 15 15 15 18 48 '
	expect 0 dfv-stats -a 'n=count()' -a 'r=distinct(region)' "$DATA/projets.tsv"
	is "$output" $'n\tr\n202\t16'
}

# --- the order of groups, and totals ---------------------------------------------

make_ranked() {
	printf 'k\td\tx\nb\t1\t10\na\t1\t9\nc\t2\t\na\t2\t2.5\nÉ\t2\t9\n' >x.tsv
}

@test "stats: --sort puts figures in order as numbers, both ways, stably" {
	make_ranked
	expect 0 dfv-stats -g k -a 's=sum(x)' --sort s x.tsv
	is "$output" $'k\ts\nÉ\t9\nb\t10\na\t11.5\nc\t'
	expect 0 dfv-stats -g k -a 's=sum(x)' --sort -s x.tsv
	is "$output" $'k\ts\na\t11.5\nb\t10\nÉ\t9\nc\t'
	expect 0 dfv-stats -g k -a 'n=count()' --sort n x.tsv
	is "$output" $'k\tn\nb\t1\nc\t1\nÉ\t1\na\t2'
}

@test "stats: --sort takes keys: text, French, numbers, several of them" {
	make_ranked
	expect 0 dfv-stats -g k -a 'n=count()' --sort k x.tsv
	is "$output" $'k\tn\na\t2\nb\t1\nc\t1\nÉ\t1'
	expect 0 dfv-stats -g k -a 'n=count()' --sort -k:fr x.tsv
	is "$output" $'k\tn\nÉ\t1\nc\t1\nb\t1\na\t2'
	expect 0 dfv-stats -g d,k -a 'n=count()' --sort -d:n --sort k x.tsv
	is "$output" $'d\tk\tn\n2\ta\t1\n2\tc\t1\n2\tÉ\t1\n1\ta\t1\n1\tb\t1'
}

@test "stats: --sort by what is no column suggests the nearest" {
	make_ranked
	expect 2 dfv-stats -g k -a 'total=count()' --sort totl x.tsv
	is "$output" ''
	has "$stderr" "total"
	expect 2 dfv-stats -g k -a 'n=count()' --sort k:n x.tsv
	is "$output" ''
	has "$stderr" "not a number: 'b'"
}

@test "stats: --top keeps the first groups, totals are over all" {
	make_ranked
	expect 0 dfv-stats -g k -a 's=sum(x)' --sort -s --top 2 --totals x.tsv
	is "$output" $'k\ts\na\t11.5\nb\t10\ntotal\t30.5'
	expect 0 dfv-stats -g k -a 's=sum(x)' --top 0 x.tsv
	is "$output" $'k\ts'
}

@test "stats: --subtotals adds rows over each of the leading keys" {
	make_ranked
	expect 0 dfv-stats -g d,k -a 'n=count()' -a 'hi=max(x)' --subtotals --totals x.tsv
	is "$output" $'d\tk\tn\thi\n1\tb\t1\t10\n1\ta\t1\t9\n2\tc\t1\t\n2\ta\t1\t2.5\n2\tÉ\t1\t9\n1\ttotal\t2\t10\n2\ttotal\t3\t9\ntotal\t\t5\t10'
}

@test "stats: subtotals are the figures of the records they stand for" {
	make_big
	dfv-stats -g k,d:month -a 'u=distinct(v)' -a 'm=mean(v)' --subtotals big.tsv |
		dfv-filter -w 'd_month == "total"' -x d_month >have
	dfv-stats -g k -a 'u=distinct(v)' -a 'm=mean(v)' big.tsv | cmp - have
}
