#!/bin/sh
# How many instructions the commands take for the jobs of the file `jobs`, on
# files of half a megabyte: a figure that does not depend on what else the
# machine does, so that a slow-down is seen without a timed test.
#
# instructions.sh count BUILD       a row a job, counted by callgrind
# instructions.sh compare RECORDED <COUNTED
#                                   the jobs that take more than is recorded,
#                                   beyond a margin; fails when there are any
#
# The margin is 5 % where compiler and machine are those of the record, for the
# processor's model does not matter to valgrind. Another compiler or C library
# may need a third more, a machine without AVX2 four times as many.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
tab=$(printf '\t')

# compiler, machine: what a count depends on besides the program.
compiler() {
	"${CC:-cc}" --version | head -n 1
}

machine() {
	if grep -qw avx2 /proc/cpuinfo; then
		echo "$(uname -m) avx2"
	else
		uname -m
	fi
}

# A folder for PATH in which each command of the build runs under callgrind.
make_counters() {
	for tool in filter stats validate geo; do
		cat >"$scratch/bin/dfv-$tool" <<-END
		#!/bin/sh
		exec valgrind --tool=callgrind --callgrind-out-file=/dev/null \\
		    --log-file="\$LOG" "$bin/dfv-$tool" "\$@"
		END
		chmod +x "$scratch/bin/dfv-$tool"
	done
}

# count_job FILE COMMAND
count_job() {
	name=${1##*/}
	input=$scratch/$name
	case $1 in
	one/*) bytes=200 input=$scratch/one-$name ;;
	*) bytes=500000 ;;
	esac
	[ -e "$input" ] ||
		"$gen" "${name%.*}" -f "${name##*.}" -b "$bytes" >"$input"
	# An environment of its own: a program's start reads all of it.
	(cd "$here/../.." &&
		env -i F="$input" LOG="$scratch/log" PATH="$scratch/bin:$PATH" \
		    sh -c "$2" >/dev/null)
	sed -n 's/.*Collected : //p' "$scratch/log"
}

count() {
	bin=$(cd "$1/bin" && pwd)
	gen=$(cd "$1/bench" && pwd)/gen
	scratch=$(mktemp -d)
	trap 'rm -rf "$scratch"' EXIT
	trap 'exit 2' HUP INT TERM
	mkdir "$scratch/bin"
	make_counters
	about=$(machine)$tab$(compiler)
	printf 'job\tinstructions\tmachine\tcompiler\n'
	awk -F'\t' '$3 == "dfv"' "$here/jobs" |
	while IFS=$tab read -r job file _ command; do
		printf '%s\t%s\t%s\n' "$job" "$(count_job "$file" "$command")" \
		    "$about"
	done
}

compare() {
	awk -F'\t' '
	FNR == 1 { next }
	NR == FNR { count[$1] = $2; machine[$1] = $3; compiler[$1] = $4; next }
	{
		margin = $3 != machine[$1] ? 4 : $4 != compiler[$1] ? 1.33 : 1.05
		if (!($1 in count)) {
			print $1 ": not recorded: make instructions"
			bad = 1
		} else if ($2 !~ /^[0-9]+$/) {
			print $1 ": it was not counted"
			bad = 1
		} else if ($2 > margin * count[$1]) {
			printf "%s: %d instructions, recorded %d: %.1f %% more\n",
			    $1, $2, count[$1], 100 * ($2 / count[$1] - 1)
			bad = 1
		}
	}
	END { exit bad }' "$1" -
}

case ${1-} in
count) count "$2" ;;
compare) compare "$2" ;;
*)
	echo 'usage: instructions.sh count BUILD | compare RECORDED' >&2
	exit 2
	;;
esac
