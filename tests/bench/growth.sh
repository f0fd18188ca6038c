#!/bin/sh
# growth.sh BUILD: how time and memory grow with the size of a file, with its
# columns, with different keys and with threads. BUILD/bench/growth.tsv has
# the figures, BUILD/bench/growth.svg a plot of them, and what should be linear
# or constant is printed with what it was.
#
# GROWTH_MB is the size of the largest file (4096), BENCH_RUNS how often each
# command runs (3).
set -eu
export LC_ALL=C

build=$1
here=$(cd "$(dirname "$0")" && pwd)
bench=$(cd "$build/bench" && pwd)
PATH=$(cd "$build/bin" && pwd):$bench:$PATH
largest=${GROWTH_MB:-4096}
runs=${BENCH_RUNS:-3}
scratch=$bench/growth
mkdir -p "$scratch"
trap 'rm -rf "$scratch"' EXIT
trap 'exit 2' HUP INT TERM

# measure CHART X FILE <COMMANDS: rows of the figures; a line of the commands
# is `name TAB command`.
measure() {
	cat "$3" >/dev/null
	awk -F'\t' -v OFS='\t' -v file="$3" '{ print $1, file, $2 }' |
	run "$runs" |
	awk -F'\t' -v OFS='\t' -v chart="$1" -v x="$2" '{
		if ($8 != 0) exit 1
		print chart, $1, x, $3, $4, $5, sprintf("%.1f", $7 / 1024)
	}'
}

# commands NAME COMMAND...
commands() {
	while [ $# -gt 0 ]; do
		printf '%s\t%s\n' "$1" "$2"
		shift 2
	done
}

# shellcheck disable=SC2016 # it is run that sets F
by_size() {
	for mb in 1 4 16 64 256 1024 4096; do
		[ "$mb" -le "$largest" ] || break
		gen weekly -b "${mb}000000" >"$scratch/weekly.tsv"
		commands \
		    'filter' 'dfv-filter -j 1 -w "learners >= 10" "$F"' \
		    'group' 'dfv-stats -j 1 -g region,week -a "n=sum(learners)" "$F"' \
		    'sort' 'dfv-filter -j 1 -k spent_eur:n "$F"' \
		    'unique key' 'dfv-filter -j 1 -u report_id --count "$F"' |
		measure size "$mb" "$scratch/weekly.tsv"
	done
}

# A file of 64 MB in so many columns.
wide() {
	awk -v columns="$1" 'BEGIN {
		for (i = 1; i <= columns; i++) {
			names = names (i > 1 ? "\t" : "") "c" i
			row = row (i > 1 ? "\t" : "") 1000000 + i
		}
		print names
		for (n = 0; n < 64e6; n += length(row) + 1)
			print row
	}'
}

# shellcheck disable=SC2016
by_columns() {
	for columns in 2 10 100 1000 10000; do
		wide "$columns" >"$scratch/wide.tsv"
		commands \
		    'first of them' 'dfv-filter -j 1 -w "c1 < 0" "$F"' \
		    'last of them' 'dfv-filter -j 1 -c "c'"$columns"'" "$F"' |
		measure columns "$columns" "$scratch/wide.tsv"
	done
}

# Ten million records with so many different keys.
keyed() {
	awk -v keys="$1" 'BEGIN {
		print "key\tvalue"
		for (i = 0; i < 1e7; i++)
			printf "K%07d\t%d\n", i * 7919 % keys, i % 1000
	}'
}

# shellcheck disable=SC2016
by_keys() {
	for keys in 10 100 1000 10000 100000 1000000 10000000; do
		keyed "$keys" >"$scratch/keyed.tsv"
		commands \
		    'group' 'dfv-stats -j 1 -g key -a "n=sum(value)" "$F"' \
		    'distinct' 'dfv-stats -j 1 -a "n=distinct(key)" "$F"' \
		    'unique' 'dfv-filter -j 1 -u key --count "$F"' |
		measure keys "$keys" "$scratch/keyed.tsv"
	done
}

# shellcheck disable=SC2016
by_threads() {
	gen weekly -b 1024000000 >"$scratch/weekly.tsv"
	for threads in 1 2 4 8; do
		[ "$threads" -le "$(nproc)" ] || break
		commands \
		    'filter' "dfv-filter -j $threads"' -w "learners >= 10" "$F"' \
		    'group' "dfv-stats -j $threads"' -g region,week -a "n=sum(learners)" "$F"' \
		    'median' "dfv-stats -j $threads"' -g region -a "m=median(spent_eur)" "$F"' |
		measure threads "$threads" "$scratch/weekly.tsv"
	done
}

{
	printf '%s\t' chart line x median_ms min_ms max_ms
	printf 'peak_mb\n'
	by_size
	by_columns
	by_keys
	by_threads
} >"$bench/growth.tsv"
python3 "$here/growth.py" "$bench/growth.tsv" >"$bench/growth.svg"
echo "Written: $bench/growth.tsv and growth.svg" >&2

# What should hold of the figures, and does or does not: time a byte that stays
# within twice as much, since 64 MB may lie in the processor's cache (sorting goes
# to the disk beyond its memory, and may take three times as long), memory that
# stays.
awk -F'\t' -v OFS='\t' '
NR > 1 { ms[$1, $2, $3] = $4; mb[$1, $2, $3] = $7; last[$1] = $3 }
function told(chart, line, what, ratio, most) {
	print chart, line, what, sprintf("%.2f", ratio),
	    ratio <= most ? "holds" : "does not hold"
}
END {
	print "by", "job", "what", "ratio", "verdict"
	n = last["size"] / 64
	if (n > 1) {
		split("filter group sort", line, " ")
		for (i = 1; i <= 3; i++) {
			l = line[i]
			told("size", l, "time a byte, of the largest file and of 64 MB",
			    ms["size", l, 64 * n] / ms["size", l, 64] / n,
			    l == "sort" ? 3 : 2)
		}
		for (i = 1; i <= 2; i++) {
			l = line[i]
			told("size", l, "memory, of the largest file and of 64 MB",
			    mb["size", l, 64 * n] / mb["size", l, 64], 1.1)
		}
	}
	l = "last of them"
	told("columns", l, "time, of 10000 columns and of 10",
	    ms["columns", l, 10000] / ms["columns", l, 10], 1.5)
	l = "group"
	told("keys", l, "memory a group, of 10 million and of 1 million",
	    mb["keys", l, 10000000] / mb["keys", l, 1000000] / 10, 1.5)
	if (("threads", l, 2) in ms)
		told("threads", l, "time, of two threads and of one",
		    ms["threads", l, 2] / ms["threads", l, 1], 1 / 1.7)
}' "$bench/growth.tsv" | dfv-filter -f tsv -t md
