#!/bin/sh
# table.sh RESULTS README: writes the table of a benchmark's results between
# the two marks in README: of each job our speed with one thread and with two,
# that of the fastest other program, and by how much ours is faster.
set -eu
export LC_ALL=C

results=$1
readme=$2

table() {
	awk -F'\t' '
	NR == 1 || $13 != "timed" { next }
	!($1 in seen) { seen[$1] = 1; job[++n] = $1 }
	$2 == "dfv" { own[$1] = $3 }
	$2 == "dfv-j2" { two[$1] = $3 }
	$2 !~ /^(dfv|floor)/ && $3 > best[$1] { best[$1] = $3; peer[$1] = $2 }
	END {
		print "| MB/s | one thread | two | fastest other | times |"
		print "| --- | ---: | ---: | --- | ---: |"
		for (i = 1; i <= n; i++) {
			j = job[i]
			if (!(j in own) || !(j in peer) || j ~ /^start-up/)
				continue
			printf "| %s | %d | %s | %s %d | %.1f |\n", j, own[j],
			    j in two ? int(two[j]) : "", peer[j], best[j],
			    own[j] / best[j]
		}
	}' "$results"
}

table >"$readme.table"
awk -v table="$readme.table" '
/^<!-- bench -->$/ {
	print
	print ""
	while ((getline line <table) > 0)
		print line
	print ""
	within = 1
	next
}
/^<!-- end of bench -->$/ { within = 0 }
!within { print }' "$readme" >"$readme.part"
mv "$readme.part" "$readme"
rm "$readme.table"
