#!/bin/sh
# bench.sh BUILD [JOB]...: times the commands of the file `jobs`, or of some of
# its jobs, side by side, and prints a table; BUILD/bench/results.tsv has more.
#
# BENCH_MB is the size of the files (50), BENCH_RUNS how often each command
# runs (3; once what takes eight times as long as the fastest). A command is
# timed when its program is installed and its result on a small file is that of
# its job's first command. A job in the folder slow/ reads a tenth, in one/ a
# single record. In the table:
#   vs_peer   speed, against the fastest program that is not ours
#   vs_floor  speed, against finding the file's tabs and line feeds (floor.c)
set -eu
export LC_ALL=C

build=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
bench=$(cd "$build/bench" && pwd)
PATH=$(cd "$build/bin" && pwd):$bench:$PATH
mb=${BENCH_MB:-50}
runs=${BENCH_RUNS:-3}
tab=$(printf '\t')
mkdir -p "$bench/check"

# path_of FILE: where the file is, which is made unless a run before did.
path_of() {
	case $1 in
	one/*) bytes=200 ;;
	check/*) bytes=500000 ;;
	slow/*) bytes=$((mb * 100000)) ;;
	*) bytes=$((mb * 1000000)) ;;
	esac
	name=${1##*/}
	path=$bench/data/$bytes/$name
	if [ -z "$(find "$path" -newer "$bench/gen" 2>/dev/null)" ]; then
		mkdir -p "${path%/*}"
		gen "${name%.*}" -f "${name##*.}" -b "$bytes" >"$path.part"
		mv "$path.part" "$path"
	fi
	echo "$path"
}

# A result, such that equal ones have equal bytes: without its header, in one
# format, numbers written one way, in one order.
normalise() {
	case $1 in
	csvcut | csvgrep | csvformat | xan | qsv) dfv-filter -f csv -t tsv ;;
	*) cat ;;
	esac | awk -F'\t' -v OFS='\t' '{
		for (i = 1; i <= NF; i++)
			if ($i ~ /^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$/)
				$i = sprintf("%.9g", $i)
	}
	NR == 1 { header = $0 }
	NR > 1
	END { if (NR == 1) print header }' | sort
}

is_here() {
	case $1 in
	dfv* | floor*) ;;
	*) command -v "$1" >/dev/null || return 1 ;;
	esac
}

# verdict TOOL FILE COMMAND: whether the command may be timed. The first one of
# a job leaves the result that the others must have.
verdict() {
	case $1 in floor*) echo timed && return ;; esac
	if ! F=$(path_of "check/${2##*/}") sh -c "$3" \
	    >"$bench/check/raw" 2>"$bench/check/errors"; then
		echo fails
		return
	fi
	normalise "$1" <"$bench/check/raw" >"$bench/check/result"
	[ -e "$bench/check/wanted" ] ||
		cp "$bench/check/result" "$bench/check/wanted"
	if cmp -s "$bench/check/result" "$bench/check/wanted"; then
		echo timed
	else
		echo differs
	fi
}

# floor_of FILE, timed TOOL FILE COMMAND: a line for `run`.
floor_of() {
	# shellcheck disable=SC2016 # it is run that sets F
	timed floor "$1" 'floor "$F"'
}

timed() {
	path=$(path_of "$2")
	cat "$path" >/dev/null
	printf '%s\t%s\t%s\n' "$1" "$path" "$3"
}

# plan JOB: writes check/timed, lines for `run`, and check/untimed.
plan() {
	rm -f "$bench/check/wanted"
	: >"$bench/check/untimed"
	awk -F'\t' -v job="$1" '$1 == job' "$here/jobs" >"$bench/check/rows"
	[ -s "$bench/check/rows" ] || { echo "no job is '$1'" >&2 && exit 2; }
	floor_of "$(cut -f 2 "$bench/check/rows" | head -n 1)" \
	    >"$bench/check/timed"
	while IFS=$tab read -r _ file tool text; do
		is_here "$tool" || continue
		verdict=$(verdict "$tool" "$file" "$text")
		if [ "$verdict" = timed ]; then
			timed "$tool" "$file" "$text" >>"$bench/check/timed"
		else
			echo "$1: $tool $verdict" >&2
			printf '%s\t%s\n' "$tool" "$verdict" \
			    >>"$bench/check/untimed"
		fi
	done <"$bench/check/rows"
}

# measure JOB: the job's lines of the results.
measure() {
	rounds=$runs
	if grep -q "${tab}one/" "$bench/check/rows"; then rounds=200; fi
	run "$rounds" <"$bench/check/timed" |
	awk -F'\t' -v OFS='\t' -v job="$1" '
	$8 != 0 {
		print job, $1, "", "", "", "", "", "", "", "", "", "", "fails"
		next
	}
	{
		tool[++n] = $1
		speed[n] = $2 / 1000 / $3
		rest[n] = $3 OFS $4 OFS $5 OFS $6 OFS \
		    sprintf("%.1f", $7 / 1024) OFS $2 OFS $9
		if ($1 == "floor")
			floor = speed[n]
		else if ($1 !~ /^(dfv|floor)/ && speed[n] > best)
			best = speed[n]
	}
	END {
		for (i = 1; i <= n; i++)
			print job, tool[i], sprintf("%.4g", speed[i]),
			    best && tool[i] !~ /^floor/ ? \
			    sprintf("%.2f", speed[i] / best) : "",
			    floor ? sprintf("%.3f", speed[i] / floor) : "",
			    rest[i], "timed"
	}'
	awk -F'\t' -v OFS='\t' -v job="$1" '{
		print job, $1, "", "", "", "", "", "", "", "", "", "", $2
	}' "$bench/check/untimed"
}

absent=$(awk -F'\t' 'NR > 1 && !seen[$3]++ { print $3 }' "$here/jobs" |
	while read -r tool; do is_here "$tool" || printf ' %s' "$tool"; done)
[ -z "$absent" ] || echo "not installed:$absent" >&2

[ $# -gt 0 ] || {
	IFS='
'
	# shellcheck disable=SC2046 # a job's name has spaces
	set -- $(awk -F'\t' 'NR > 1 && !seen[$1]++ { print $1 }' "$here/jobs")
	unset IFS
}
results=$bench/results.tsv
{
	printf '%s\t' job tool mb_s vs_peer vs_floor median_ms min_ms max_ms \
	    cpu_ms peak_mb bytes runs
	printf 'state\n'
	for job; do
		plan "$job"
		measure "$job"
	done
} >"$results.part"
mv "$results.part" "$results"
dfv-filter -t md -w 'state == "timed"' \
    -c job,tool,mb_s,vs_peer,vs_floor,median_ms,min_ms,max_ms,cpu_ms,peak_mb \
    "$results"
awk -F'\t' '$2 == "floor" { wall += $6; cpu += $9 }
END { if (wall > 1.3 * cpu) print "others use this machine: trust cpu_ms" }' \
    "$results" >&2
