#!/usr/bin/env bats
# How many instructions the benchmark's jobs take, against what is recorded:
# tests/bench/instructions.sh. They are counted of a build of their own, with
# the usual flags, whatever flags the suite's commands were built with.

load helper

INSTRUCTIONS=$TOP/tests/bench/instructions.sh
RECORDED=$TOP/tests/bench/instructions.tsv

@test "instructions: no job takes more than is recorded" {
	expect 0 "$INSTRUCTIONS" count "$TOP/build/counted"
	printf '%s\n' "$output" >counted
	is "$(cut -f 1 counted)" "$(cut -f 1 "$RECORDED")"
	expect 0 "$INSTRUCTIONS" compare "$RECORDED" <counted
}

# slower PERCENT MACHINE COMPILER: the record with more instructions each.
slower() {
	awk -F'\t' -v OFS='\t' -v percent="$1" -v machine="$2" -v compiler="$3" '
	NR > 1 {
		$2 = int($2 * (1 + percent / 100))
		if (machine != "") $3 = machine
		if (compiler != "") $4 = compiler
	}
	{ print }' "$RECORDED"
}

@test "instructions: a job that takes more is named, with how much" {
	slower 4 '' '' >counted
	expect 0 "$INSTRUCTIONS" compare "$RECORDED" <counted
	slower 6 '' '' >counted
	expect 1 "$INSTRUCTIONS" compare "$RECORDED" <counted
	is "${lines[0]%%:*}" 'filter three conditions'
	has "${lines[0]}" '6.0 % more'
	is "${#lines[@]}" "$(($(wc -l <"$RECORDED") - 1))"
}

@test "instructions: another compiler and another machine have wider margins" {
	slower 30 '' 'cc 99' >counted
	expect 0 "$INSTRUCTIONS" compare "$RECORDED" <counted
	slower 40 '' 'cc 99' >counted
	expect 1 "$INSTRUCTIONS" compare "$RECORDED" <counted
	slower 200 'riscv64' '' >counted
	expect 0 "$INSTRUCTIONS" compare "$RECORDED" <counted
	slower 400 'riscv64' '' >counted
	expect 1 "$INSTRUCTIONS" compare "$RECORDED" <counted
}

@test "instructions: a job that is not recorded, or was not counted, is told" {
	printf 'job\tn\tm\tc\nunheard of\t5\tm\tc\ncount\t\tm\tc\n' >counted
	expect 1 "$INSTRUCTIONS" compare "$RECORDED" <counted
	is "$output" $'unheard of: not recorded: make instructions\ncount: it was not counted'
}
