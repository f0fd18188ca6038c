#!/usr/bin/env bats
# dfv-partial(7): states of parts, merged to the figures of the whole.
# shellcheck disable=SC2154 # run sets stderr

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	printf 'g\tx\td\na\t1.5\t2025-01-06\nb\t2\t2025-01-07\na\t\t2025-02-01\n' >in.tsv
}

FIGURES=(-a 'n=count()' -a 's=sum(x)' -a 'm=median(x)' -a 'f=first(d)')

# state FILE [OPTION]...: the states of in.tsv
state() {
	dfv-stats "${@:2}" --partial in.tsv >"$1"
}

# refused FILE PLACE MESSAGE
refused() {
	expect 2 dfv-stats --merge "$1"
	is "$output" ''
	is "$stderr" "dfv-stats: $1:$2: error: not a state to merge: $3 [bad-state]"
}

@test "partial: a state is a record a group, under what was asked for" {
	expect 0 dfv-stats -g g,d:month "${FIGURES[@]}" --partial in.tsv
	is "$output" $'g\td:month\tdfv-stats/2\tn=count()\ts=sum(x)\tm=median(x)\tf=first(d)
a\t2025-01\t0\t1\t1 15e-1 -\t1 1.5 1\t1 0 10:2025-01-06
b\t2025-01\t1\t1\t1 2 -\t1 2 1\t1 1 10:2025-01-07
a\t2025-02\t2\t1\t0 0 -\t0\t1 2 10:2025-02-01'
}

@test "partial: the state of one file comes to its figures" {
	local args=(-g 'g,d:month' "${FIGURES[@]}" -w 'd != "2025-01-07"' --totals)
	state s "${args[@]:0:${#args[@]}-1}"
	expect 0 dfv-stats "${args[@]}" in.tsv
	local want=$output
	expect 0 dfv-stats --merge --totals s
	is "$output" "$want"
	expect 0 dfv-stats --merge --totals -t jsonl s
	has "$output" '"d_month":"total"' || has "$output" '"g":"total"'
}

@test "partial: parts in any split and any tree come to the whole, spoiled ones are told" {
	local seed
	for seed in $(seq 15); do
		expect 0 python3 "$TOP/tests/split_oracle.py" "$seed"
	done
}

@test "partial: figures that share a state, or need none, are merged too" {
	state s -g g -a 's=sum(x)' -a 'm=mean(x)' -a 'q=quantile(x, .1)' \
		-a 'h=median(x) + max(x)' -a 'one=1'
	expect 0 dfv-stats -g g -a 's=sum(x)' -a 'm=mean(x)' -a 'q=quantile(x, .1)' \
		-a 'h=median(x) + max(x)' -a 'one=1' in.tsv
	local want=$output
	expect 0 dfv-stats --merge s
	is "$output" "$want"
}

@test "partial: parts keep the order of the input, whatever the order of merging" {
	printf 'g\tx\nc\t1\na\t2\n' >p0
	printf 'g\tx\nb\t3\nc\t4\n' >p1
	local i
	for i in 0 1; do
		dfv-stats -g g -a 'f=first(x)' -a 'l=last(x)' -a 'li=list(x)' \
			--partial --part $i p$i >s$i
	done
	expect 0 dfv-stats --merge s1 s0
	is "$output" $'g\tf\tl\tli\nc\t1\t4\t1|4\na\t2\t2\t2\nb\t3\t3\t3'
	expect 0 dfv-stats --merge s0 s1
	has "$output" $'c\t1\t4\t1|4\na'
}

@test "partial: parts without a number merge alike in any order" {
	printf 'g\tx\nc\t1\n' >p0
	printf 'g\tx\nb\t3\nc\t4\n' >p1
	dfv-stats -g g -a 'f=first(x)' -a 'n=sum(x)' --partial p0 >s0
	dfv-stats -g g -a 'f=first(x)' -a 'n=sum(x)' --partial p1 >s1
	expect 0 dfv-stats --merge s0 s1
	local want=$output
	expect 0 dfv-stats --merge s1 s0
	is "$output" "$want"
}

@test "partial: joined states are read through their headers, from standard input too" {
	state s -g g "${FIGURES[@]}"
	expect 0 bash -c 'cat s s | dfv-stats --merge'
	is "$output" $'g\tn\ts\tm\tf\na\t4\t3\t1.5\t2025-01-06\nb\t2\t4\t2\t2025-01-07'
}

@test "partial: --merge --partial gives one state of several" {
	state s -g g "${FIGURES[@]}"
	expect 0 dfv-stats --merge --partial s
	is "$output" "$(cat s)"
	dfv-stats --merge --partial s s >two
	expect 0 dfv-stats --merge s two s
	has "$output" $'\na\t8\t6\t1.5\t2025-01-06'
}

@test "partial: no records are a state too" {
	head -1 in.tsv >none.tsv
	dfv-stats "${FIGURES[@]}" --partial none.tsv >s
	is "$(tail -n +2 s)" $'18446744073709551615\t0\t0 0 -\t0\t0'
	expect 0 dfv-stats --merge s
	is "$output" $'n\ts\tm\tf\n0\t\t\t'
	state t "${FIGURES[@]}"
	expect 0 dfv-stats --merge s t
	is "$output" $'n\ts\tm\tf\n3\t3.5\t1.75\t2025-01-06'
	dfv-stats -g g "${FIGURES[@]}" --partial none.tsv >s
	expect 0 dfv-stats --merge s
	is "$output" $'g\tn\ts\tm\tf'
}

@test "partial: columns of any name are keys" {
	printf 'a:week\tb,c\t{d}\te f\n1\t2\t3\t4\n' >x.tsv
	dfv-stats -g '{a:week},{b,c},{{d}},e f' -a 'n=count()' --partial x.tsv >s
	is "$(head -1 s)" $'{a:week}\t{b,c}\t{{d}}\te f\tdfv-stats/2\tn=count()'
	expect 0 dfv-stats --merge s
	is "$output" $'a:week\tb,c\t{d}\te f\tn\n1\t2\t3\t4\t1'
}

@test "partial: what the command line asks of --merge is what the states hold" {
	state s -g g,d:month -a 'n=count()' -w 'x > 1'
	expect 0 dfv-stats --merge -g g -g d:month -a 'n=count()' -w 'x > 1' s
	is "$output" $'g\td_month\tn\na\t2025-01\t1\nb\t2025-01\t1'
	expect 2 dfv-stats --merge -a 'n=sum(x)' s
	is "$stderr" "dfv-stats: s:1: error: not a state to merge: 'n=count()': the command line asks for 'n=sum(x)': leave it out, or ask for the same [bad-state]"
	expect 2 dfv-stats --merge -a 'n=count()' -a 'm=count()' s
	has "$stderr" "'nothing more': the command line asks for 'm=count()'"
	expect 2 dfv-stats --merge -g g s
	has "$stderr" "'d:month': the command line asks for ''"
	expect 2 dfv-stats --merge -w 'x > 2' s
	has "$stderr" "'dfv-stats/2 -w x > 1': the command line asks for 'dfv-stats/2 -w x > 2'"
	expect 2 dfv-stats --merge --explode g s
	has "$stderr" "'dfv-stats/2 -w x > 1': the command line asks for 'dfv-stats/2 --explode g'"
}

@test "partial: states of two requests are told apart by what differs" {
	state s -g g -a 'n=count()'
	state t -g g -a 'n=count(x)'
	state u -g g -a 'n=count()' --explode g
	expect 2 dfv-stats --merge s t
	is "$output" ''
	is "$stderr" "dfv-stats: t:1: error: columns differ from the first file's: 'n=count(x)': these are states of another request [column-mismatch]"
	expect 2 dfv-stats --merge s u
	has "$stderr" "u:1: error: columns differ from the first file's: 'dfv-stats/2 --explode g': these are states of another request"
	cat s t >joined
	refused joined 4:15 "'n=count(x)': states of another request, or version, begin here: merge only those of one"
	cat s u >joined
	refused joined 4:3 "'dfv-stats/2 --explode g': states of another request, or version, begin here: merge only those of one"
}

@test "partial: states of another version are refused" {
	state s -g g -a 'n=count()'
	sed '1s,stats/2,stats/1,' s >t
	refused t 1 "'dfv-stats/1': this dfv-stats merges states of version 2: make them again"
	expect 2 dfv-stats --merge s t
	has "$stderr" "t:1: error: columns differ from the first file's: 'dfv-stats/1'"
}

# 1.00...01 is the double 1, no decimal.
@test "partial: least and greatest are one state, which no order changes" {
	local order first cell
	cell=1.$(printf '%030d' 1)
	first=$'dfv-stats/2\tlow=min(x)\thigh=max(x)'
	for order in "1 0.5 $cell 7 -" "- 7 $cell 1 0.5" "$cell 1 7 - 0.5"; do
		tr ' -' '\n ' <<<"x $order" | tr -d ' ' >x.tsv
		expect 0 dfv-stats -a 'low=min(x)' -a 'high=max(x)' --partial x.tsv
		is "$output" "$first"$'\n0\t0.5 7\t'
	done
	printf 'x\n%s\n1\n' "$cell" >x.tsv
	dfv-stats -a 'low=min(x)' -a 'high=max(x)' --partial x.tsv >s
	printf 'x\n1\n%s\n' "$cell" >x.tsv
	expect 0 dfv-stats -a 'low=min(x)' -a 'high=max(x)' --partial x.tsv
	is "$output" "$(cat s)"
	expect 0 dfv-stats --merge s
	is "$output" $'low\thigh\n1\t1'
}

@test "partial: what is no state is refused with its place" {
	refused in.tsv 1 "--merge takes what --partial has written"
	printf 'dfv-stats/2\tn=count()\n' >first
	{ cat first && printf '0\t\n'; } >s
	refused s 2:3 "'': this is not the whole state of its figure"
	{ cat first && printf '0\t1 2\n'; } >s
	refused s 2:3 "'1 2': this is more than the state of its figure"
	{ cat first && printf '0\t-1\n'; } >s
	refused s 2:3 "'-1': this is not the whole state of its figure"
	{ cat first && printf '0\t99999999999999999999\n'; } >s
	refused s 2:3 "'99999999999999999999': this is not the whole state of its figure"
	{ cat first && printf '0\t72057594037927936\n0\t72057594037927936\n'; } >s
	refused s 3:3 "'72057594037927936': this is not the whole state of its figure"
	{ cat first && printf '1.5\t1\n'; } >s
	refused s 2:1 "'1.5': a group's place in the input is a whole number"
	{ cat first && printf '0\n'; } >s
	expect 2 dfv-stats --merge s
	has "$stderr" "s:2:1: error: wrong number of cells"
	: >s
	expect 2 dfv-stats --merge s
	has "$stderr" "s:1: error: no header line" || has "$stderr" ' [empty-input]'
	printf 'dfv-stats/2\tn=nonsense(x)\n' >s
	expect 2 dfv-stats --merge s
	has "$stderr" "s:1: error: mistake in an expression: --aggregate: unknown function 'nonsense'"
}

@test "partial: states that cannot be are refused, one a kind" {
	local figure cell
	while IFS='~' read -r figure cell; do
		printf 'dfv-stats/2\ta=%s\n0\t%s\n' "$figure" "$cell" >s
		refused s 2:3 "'$cell': this is not the whole state of its figure"
	done <<-'T'
		sum(x)~1 1
		sum(x)~1 1e-19 -
		sum(x)~1 1e5 -
		sum(x)~1 99999999999999999999999999999999999999999999999999999999999999999999 -
		sum(x)~1 1 g.0
		sum(x)~1 1 1.9999
		min(x)~1e400 1
		max(x)~1 x7ff0000000000000
		max(x)~1 xfff8000000000000
		max(x)~1
		max(x)~2 1
		variance(x)~1 1 - 1e-37 -
		variance(x)~2 0 1.900 0 -
		median(x)~2 1 1
		median(x)~1 z 1
		median(x, weight=w)~1 1 -1
		first(x)~2 0 1:a
		first(x)~1 0 9:a
		first(x)~1 0 18446744073709551616:a
		mode(x)~1 0 0 1 0:
		distinct(x)~3 1:a 1:b
		share(x > 1)~4
		approx_quantile(x, .5)~1 1 1 0 1 134272 1 0
		approx_quantile(x, .5)~5 1 1 0 0 0
		approx_distinct(x)~1025 1
		approx_distinct(x)~- 012
	T
}

@test "partial: options that do not go together are told" {
	expect 2 dfv-stats --partial in.tsv
	has "$stderr" "error: usage: ask for a figure"
	expect 2 dfv-stats -a 'n=count()' --partial --totals in.tsv
	has "$stderr" "go with the last --merge [usage]"
	expect 2 dfv-stats -a 'n=count()' --part 1 in.tsv
	has "$stderr" "error: usage: --part goes with the --partial that reads records [usage]"
	expect 2 dfv-stats --merge --partial --part 1 in.tsv
	has "$stderr" "error: usage: --part goes with the --partial that reads records [usage]"
	expect 2 dfv-stats -a 'n=count()' --partial --part 65536 in.tsv
	has "$stderr" "error: usage: --part takes a number up to 65535 [usage]"
	expect 2 dfv-stats -a 'n=count()' --partial --part x in.tsv
	has "$stderr" "bad argument: 'x': a whole number is wanted"
	expect 2 dfv-stats -a 'n=count()' --partial -t yaml in.tsv
	has "$stderr" "error: unknown format: 'yaml': states are TSV [unknown-format]"
	expect 2 dfv-stats --merge -f csv in.tsv
	has "$stderr" "error: unknown format: 'csv': states are TSV [unknown-format]"
	expect 2 dfv-stats -g g -a 'g=count()' --partial in.tsv
	has "$stderr" "error: duplicate column name: 'g'"
}

@test "partial: GNU parallel is an engine" {
	local tab=$'\t'
	awk 'BEGIN { srand(9); print "region\tv\tp"
		for (i = 0; i < 60000; i++) printf "R%02d\t%s\tp%d\n", rand() * 18,
			i % 9 ? int(rand() * 1e6) / 100 : "", rand() * 500 }' >weekly.tsv
	local args=(-g region -a 'n=count()' -a 's=sum(v)' -a 'q=quantile(v, 0.9)'
		-a 'd=distinct(p)' -a 'sd=stddev(v)' -a 'f=first(p)' -a 'l=last(p)')
	expect 0 dfv-stats "${args[@]}" weekly.tsv
	local want=$output
	expect 0 bash -c "parallel --will-cite -q -j 3 --pipe-part -a weekly.tsv \
		--header : --block 100k dfv-stats ${args[*]@Q} --partial --part '{#}' |
		tee states | dfv-stats --merge"
	is "$output" "$want"
	[ "$(grep -c 'dfv-stats/2' states)" -gt 5 ]
	is "$(head -1 states)" "region${tab}dfv-stats/2${tab}n=count()${tab}s=sum(v)${tab}q=quantile(v, 0.9)${tab}d=distinct(p)${tab}sd=stddev(v)${tab}f=first(p)${tab}l=last(p)"
}

# dfv-partial(7)'s scripts, with sort for the shuffle.
@test "partial: a mapper, a combiner and a reducer that see lines alone" {
	seq 3000 | awk 'BEGIN { print "g\th" } { print $1 % 7 "\t" $1 / 4 }' >weekly.tsv
	head -1 weekly.tsv >header
	dfv-stats -g g -a 'h=sum(h)' -a 'm=median(h)' --partial <header >states
	split -l 400 weekly.tsv split.
	local part=0 file
	for file in split.*; do
		{ cat header; grep -vxF -f header; } <"$file" |
			dfv-stats -g g -a 'h=sum(h)' -a 'm=median(h)' --partial \
				--part $part | tail -n +2 >map.$part
		part=$((part + 1))
	done
	[ $part -gt 7 ]
	cat states map.[0-3] | dfv-stats --merge --partial | tail -n +2 >combined
	sort combined map.[4-9] | awk '{ print >($1 < 3 ? "one" : "two") }'
	{ cat states one | dfv-stats --merge | tail -n +2
		cat states two | dfv-stats --merge | tail -n +2; } | sort >have
	dfv-stats -g g -a 'h=sum(h)' -a 'm=median(h)' weekly.tsv | tail -n +2 | sort >want
	[ "$(wc -l <want)" -eq 7 ]
	diff have want
}
