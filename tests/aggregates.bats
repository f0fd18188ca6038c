#!/usr/bin/env bats
# The aggregates of dfv-stats(1), against values that others worked out: the
# call that made each stands beside it.
# shellcheck disable=SC2154 # run sets stderr

load helper

# column VALUE...: a file of one column x.
column() {
	printf '%s\n' x "$@" >x.tsv
}

# figure WANTED FIGURE: of x.tsv
figure() {
	expect 0 dfv-stats -a "a=$2" x.tsv
	is "${output#a}" "${1:+$'\n'}$1"
}

# refused FIGURE MESSAGE: of in.tsv
refused() {
	printf 'x\tw\tt\n1\t2\ta\n' >in.tsv
	expect 2 dfv-stats -a "a=$1" in.tsv
	is "$output" ''
	is "${stderr%%$'\n'*}" "dfv-stats: error: mistake in an expression: $2 [expression]"
}

# x = [10.5, 2, 7, 0.5, 3.25, -4, 2], import statistics as s
@test "aggregates: median, quantiles, variance and deviation are Python's" {
	column 10.5 2 '' 7 0.5 3.25 -4 2
	figure 2 'median(x)'                   # s.median(x)
	figure 0.8 'quantile(x, 0.2)'          # s.quantiles(x, n=10, method='inclusive')[1]
	figure 2.75 'quantile(x, 0.6)'         # ... [5]
	figure 8.4 'quantile(x, 0.9)'          # ... [8]
	figure 21.592261904761905 'variance(x)' # s.variance(x)
	figure 4.646747454377299 'stddev(x)'   # s.stdev(x)
	figure 2 'mode(x)'                     # s.mode(x)
}

# mean(c(1e308, 1.5e308, 1.5e308)) and mean(rep(-1e308, 3)) in R, whose long
# doubles hold the sums.
@test "aggregates: a mean of numbers whose sum is beyond a double is one" {
	column 1e308 1.5e308 1.5e308
	figure 1.3333333333333333e308 'mean(x)'
	column -1e308 -1e308 -1e308
	figure -1e308 'mean(x)'
	expect 2 dfv-stats -a 'a=sum(x)' x.tsv
	has "$stderr" 'the figure is too large'
}

# Hyndman and Fan's definition 7, R's default.
@test "aggregates: quantiles are R's" {
	column 1 2 3 4 10
	figure 1 'quantile(x, 0)'      # quantile(c(1,2,3,4,10), 0)
	figure 7.6 'quantile(x, 0.9)'  # quantile(c(1,2,3,4,10), .9)
	figure 2 'quantile(x, 1 / 4)'  # quantile(c(1,2,3,4,10), 1/4)
	figure 10 'quantile(x, 1)'     # quantile(c(1,2,3,4,10), 1)
	column 1 2
	figure 1.5 'median(x)' # median(c(1,2))
	column 7
	figure 7 'quantile(x, 0.3)' # quantile(7, .3)
}

@test "aggregates: quantiles of decimals are exact" {
	column 0.1 0.2
	figure 0.15 'median(x)'
	figure 0.1333 'quantile(x, 0.333)'
	column 0.000000000000000001 0.000000000000000003
	figure 0.000000000000000002 'median(x)'
}

@test "aggregates: nothing is missing, and one value has no deviation" {
	column '' ''
	expect 0 dfv-stats -a 'a=median(x)' -a 'b=quantile(x, 0.5)' -a 'c=stddev(x)' \
		-a 'd=variance(x)' -a 'e=first(x)' -a 'f=last(x)' -a 'g=mode(x)' \
		-a 'h=list(x)' -a 'i=approx_quantile(x, 0.5)' -a 'j=approx_distinct(x)' \
		-a 'k=share(x > 1)' -a 'l=mean(x, weight=x)' -a 'm=median(x, weight=x)' x.tsv
	is "$output" $'a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl\tm\n\t\t\t\t\t\t\t\t\t0\t0\t\t'
	expect 0 dfv-stats -w false -a 'k=share(x > 1)' x.tsv
	is "$output" $'k'
	column 5
	figure '' 'variance(x)'
	figure '' 'stddev(x)'
}

# NIST StRD, univariate summary statistics: the certified values. One that
# squares doubles gets 0.1 of the last set wrong in the second digit.
@test "aggregates: NIST's hard series have their certified deviations" {
	column 10000001 10000003 10000002 # NumAcc1
	figure 10000002 'mean(x)'
	figure 1 'stddev(x)'
	local base
	for base in 1 1000000 10000000; do # NumAcc2, 3, 4
		awk -v b=$base 'BEGIN { print "x"; print b ".2"
			for (i = 0; i < 500; i++) print b ".1\n" b ".3" }' >x.tsv
		figure $base.2 'mean(x)'
		figure 0.1 'stddev(x)'
	done
}

@test "aggregates: numbers of every size agree with exact fractions" {
	local seed
	for seed in 1 2 3 4 5 6 7 8 9 10; do
		expect 0 python3 "$TOP/tests/figures_oracle.py" $seed
	done
}

@test "aggregates: hostile numbers are worked out, or told" {
	column 1e308 -1e308
	figure 0 'median(x)'
	figure 1.4142135623730951e308 'stddev(x)' # math.sqrt(2) * 1e308
	expect 2 dfv-stats -a 'v=variance(x)' x.tsv
	is "$output" ''
	has "$stderr" "error: a number out of range: 'v': the figure is too large [out-of-range]"
	column 1e-308 3e-308
	figure 2e-308 'median(x)'
	column -0 0 -0.0
	figure 0 'median(x)'
	figure 0 'variance(x)'
	figure 0 'approx_quantile(x, 0.5)'
	column 0.1234567890123456789012345678901234567890 \
		0.1234567890123456789012345678901234567891
	figure 0.12345678901234568 'median(x)' # statistics.median(map(float, x))
	column 1e17 0.00000000000000001 1
	figure 1 'median(x)'
	figure 0.00000000000000001 'quantile(x, 0)'
	figure 100000000000000000 'max(x)'
}

@test "aggregates: GNU datamash says the same" {
	local tab=$'\t'
	awk 'BEGIN { srand(3); for (i = 0; i < 3000; i++)
		printf "g%d\t%d\n", int(rand() * 7), int(rand() * 2000) - 1000 }' >d.tsv
	{ echo "k${tab}v" && cat d.tsv; } >x.tsv
	expect 0 bash -c "datamash --format '%.10g' -s -g 1 count 2 sum 2 mean 2 \
		median 2 q1 2 q3 2 perc:90 2 sstdev 2 svar 2 countunique 2 min 2 max 2 <d.tsv"
	local want=$output
	[ "$(wc -l <<<"$want")" -eq 7 ]
	expect 0 bash -c "dfv-stats -g k -a 'n=count()' -a 's=sum(v)' -a 'm=mean(v)' \
		-a 'md=median(v)' -a 'q1=quantile(v, .25)' -a 'q3=quantile(v, .75)' \
		-a 'p=quantile(v, .9)' -a 'sd=stddev(v)' -a 'va=variance(v)' \
		-a 'd=distinct(v)' -a 'lo=min(v)' -a 'hi=max(v)' x.tsv |
		dfv-filter -k k | tail -n +2 |
		awk -F '\t' -v OFS='\t' '{ for (i = 2; i <= NF; i++)
			\$i = sprintf(\"%.10g\", \$i); print }'"
	is "$output" "$want"
}

@test "aggregates: first, last, mode and list go by the input's order" {
	printf 't\tk\nb|a\t1\n\t2\nc\t3\n\\|\t4\nc\t5\nb|a\t6\nd\\tx\t7\n' >x.tsv
	figure 'b|a' 'first(t)'
	figure 'd\tx' 'last(t)'
	figure 'b|a' 'mode(t)' # as often as c, but before it
	figure 'b|a|c|\||d\tx' 'list(t)'
	figure 'c' 'first(t) where k > 1'
	figure 'c' 'last(t) where k < 6'
	figure 4 'last(k) - 3'
	expect 0 dfv-stats -g 'k' -a 'l=list(t)' -t jsonl x.tsv
	has "$output" '"l":["b","a"]'
}

@test "aggregates: order and threads change nothing" {
	awk 'BEGIN { srand(5); print "k\tv\tw\tt"
		for (i = 0; i < 60000; i++) printf "%d\t%s\t%s\t%s\n", rand() * 50,
			i % 7 ? int(rand() * 1e6) / 100 : i % 2 ? "" : rand() * 1e-9,
			int(rand() * 8), int(rand() * 3000) }' >x.tsv
	local args=(-g k -a 'a=median(v)' -a 'b=quantile(v, .99)' -a 'c=stddev(v)'
		-a 'd=variance(v)' -a 'e=approx_quantile(v, .9)' -a 'f=approx_distinct(t)'
		-a 'g=share(v > 100)' -a 'h=mean(v, weight=w)' -a 'i=share(v > 100, weight=w)'
		-a 'j=quantile(v, .3, weight=w)')
	expect 0 dfv-stats "${args[@]}" -a 'k1=first(t)' -a 'k2=last(t)' -a 'k3=mode(t)' \
		-a 'k4=list(t)' --totals -j 1 x.tsv
	local want=$output j
	for j in 2 5; do
		expect 0 dfv-stats "${args[@]}" -a 'k1=first(t)' -a 'k2=last(t)' \
			-a 'k3=mode(t)' -a 'k4=list(t)' --totals -j $j x.tsv
		is "$output" "$want"
	done
	expect 0 bash -c 'dfv-filter -k k:n x.tsv >a.tsv; dfv-filter -k -k:n,-v x.tsv >b.tsv'
	expect 0 bash -c "dfv-stats ${args[*]@Q} a.tsv | dfv-filter -k k:n"
	want=$output
	expect 0 bash -c "dfv-stats ${args[*]@Q} b.tsv | dfv-filter -k k:n"
	is "$output" "$want"
}

@test "aggregates: share is of the records that were asked" {
	printf 'x\tw\n1\t2\n5\t1\n\t4\n9\t\n' >x.tsv
	figure 0.5 'share(x > 2)' # a missing cell is no larger than 2
	figure 0.6666666666666666 'share(x > 2) where not missing(x)'
	figure 0.14285714285714285 'share(x > 2, weight=w)' # 1 / 7
	figure 1 'share(true)'
}

# statistics.fmean(x, weights=w)
@test "aggregates: a weight counts a value so many times" {
	printf 'x\tw\n10.5\t1\n2\t2\n7\t0\n0.5\t4\n3.25\t1\n-4\t1\n2\t3\n8\t\n\t5\n' >x.tsv
	figure 1.8125 'mean(x, weight=w)'
	figure 1.8125 'mean(x, weight=2 * w)'
	figure 1.8125 'mean(x, weight=w / 1000)'
	figure "$(dfv-stats -a 'm=mean(x) where not missing(w)' x.tsv | tail -1)" \
		'mean(x, weight=1) where not missing(w)'
	printf 'x\tw\n1\t0\n2\t0\n' >x.tsv
	figure '' 'mean(x, weight=w)'
	figure '' 'median(x, weight=w)'
	figure '' 'share(x > 1, weight=w)'
}

# numpy.quantile(x, p, method='inverted_cdf', weights=w)
@test "aggregates: a weighted quantile is where the weights reach the share" {
	printf 'x\tw\n5\t1\n1\t1\n3\t2\n' >x.tsv
	figure 1 'quantile(x, 0.25, weight=w)'
	figure 3 'quantile(x, 0.2500001, weight=w)'
	figure 3 'median(x, weight=w)'
	figure 3 'quantile(x, 0.75, weight=w)'
	figure 5 'quantile(x, 0.76, weight=w)'
	figure 1 'quantile(x, 0, weight=w)'
	figure 5 'quantile(x, 1, weight=w)'
	figure 3 'median(x, weight=w * 0.1)'
}

@test "aggregates: a weight below zero is told, a missing one leaves out" {
	printf 'x\tw\n5\t1\n1\t-1\n' >x.tsv
	expect 2 dfv-stats -a 'm=mean(x, weight=w)' x.tsv
	is "$output" ''
	has "$stderr" "x.tsv:3:3: error: a number out of range: '-1': a weight is not negative"
}

# The bound is of the value at that rank: |estimate - value| <= 0.01 * |value|.
@test "aggregates: approx_quantile keeps within one per cent, whatever the values" {
	local spread p
	for spread in 'rand() * 1000' 'exp(20 * rand())' 'rand() < .5 ? -rand() : 1e9 * rand()' \
		'exp(300 * (rand() - .5))' 'int(rand() * 5)' '7' '-exp(5 * rand())'; do
		awk "BEGIN { srand(11); print \"x\"
			for (i = 0; i < 20000; i++) printf \"%.17g\n\", $spread }" >x.tsv
		tail -n +2 x.tsv | sort -g >sorted
		for p in 0 0.001 0.01 0.1 0.25 0.5 0.75 0.9 0.99 0.999 1; do
			expect 0 dfv-stats -a "a=approx_quantile(x, $p)" x.tsv
			awk -v p=$p -v a="${output#*$'\n'}" '
				NR == int(p * 19999 + 1e-9) + 1 {
					e = a - $1; if (e < 0) e = -e
					v = $1 < 0 ? -$1 : $1
					exit !(e <= v * 0.01)
				}' sorted || { echo "$spread, $p: $output"; return 1; }
		done
	done
}

@test "aggregates: approx_distinct is exact up to 1,024 values and near beyond" {
	local n
	for n in 1 10 1000 1024; do
		{ echo x && seq $n && seq $n; } >x.tsv
		figure $n 'approx_distinct(x)'
	done
	for n in 1025 5000 40000 300000; do
		{ echo x && seq $n && seq $n; } >x.tsv
		expect 0 dfv-stats -a 'a=approx_distinct(x)' x.tsv
		awk -v n=$n -v a="${output#*$'\n'}" \
			'BEGIN { e = a / n - 1; exit !(e < .025 && e > -.025) }' ||
			{ echo "$n: $output"; return 1; }
	done
}

@test "aggregates: what a call lacks is told with what to write" {
	refused 'sum()' "'sum': sum takes a value, as in sum(depense)"
	refused 'share()' "'share': share takes a condition, as in share(depense > 1000)"
	refused 'sum(x, w)' "'w': sum takes one value"
	refused 'sum(x,)' "'': sum takes one value"
	refused 'share(x > 1, 2)' "'2': share takes one condition"
	refused 'quantile(x)' "'quantile': quantile takes a value and a share, as in quantile(depense, 0.9)"
	refused 'quantile(x, 2)' "'2': quantile's share is a number from 0 to 1"
	refused 'quantile(x, -0.1)' "'-0.1': quantile's share is a number from 0 to 1"
	refused 'quantile(x, 0.1, 0.2)' "'0.2': quantile takes a value and a share"
	refused 'quantile(x, w)' "'w': a quantile's share is the same for all records, as in quantile(depense, 0.9)"
	refused 'mean(x, weight=)' "'weight=': mean's weight is missing, as in weight=learners"
	refused 'mean(weight=w)' "'weight=w': mean takes a value first, and then its weight"
	refused 'mean(x, weight=w, weight=w)' "'weight=w': mean has two weights"
	refused 'sum(x, weight=w)' "'weight=w': sum takes no weight: mean, median, quantile and share do"
	refused 'share(x)' "--aggregate: a condition is wanted, this is a column: compare it with something"
	refused 'share("a")' "--aggregate: a condition is wanted, this is text: compare it with something"
	refused 'median(x > 1)' "--aggregate: a number is wanted here, this is a condition"
	refused 'median(sum(x))' "'sum': an aggregate within an aggregate: one is of records, not of groups"
	refused 'median(x) where sum(x) > 1' "'sum': an aggregate within an aggregate: one is of records, not of groups"
}

@test "aggregates: a name from elsewhere, or mistyped, is answered with ours" {
	refused 'avg(x)' "'avg': no such aggregate, did you mean 'mean'?"
	refused 'std(x)' "'std': no such aggregate, did you mean 'stddev'?"
	refused 'percentile(x, .9)' "'percentile': no such aggregate, did you mean 'quantile'?"
	refused 'nunique(t)' "'nunique': no such aggregate, did you mean 'distinct'?"
	refused 'medain(x)' "'medain': no such aggregate, did you mean 'median'?"
	refused 'Sum(x)' "'Sum': no such aggregate, did you mean 'sum'?"
}

@test "aggregates: --help lists every function of the manual page, and no other" {
	dfv-stats --help | sed -n '/^functions/,/^$/s/^  \([a-z_]*\)(.*/\1/p' | sort -u >in_help
	sed -n '/^\.Ss Figures/,/^\.El/s/^\.It Fn \([a-z_]*\).*/\1/p' "$TOP/man/dfv-stats.1" |
		sort -u >in_manual
	[ "$(wc -l <in_help)" -eq 17 ]
	diff in_help in_manual
}
