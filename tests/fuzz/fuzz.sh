#!/bin/sh
# fuzz.sh FOLDER SECONDS: runs each target of the folder for so long, from what
# it found the last time on. What breaks one is left in FOLDER, and fails.
set -eu
folder=$1
seconds=$2

for target in "$folder"/fuzz_*; do
	case $target in *.*) continue ;; esac
	echo "== ${target##*/}, $seconds s"
	mkdir -p "$target.corpus"
	# Reports of the code under test go to standard error by the million.
	"$target" "$target.corpus" -max_total_time="$seconds" -max_len=4096 \
	    -close_fd_mask=2 -artifact_prefix="$target." -print_final_stats=1 \
	    2>&1 | grep -E '^(stat::number_of|stat::new_units|==|SUMMARY|Test unit)' ||
	    true
	for found in "$target".crash-* "$target".leak-* "$target".timeout-* "$target".oom-*; do
		[ ! -e "$found" ] || { echo "broken by $found" && exit 1; }
	done
done
