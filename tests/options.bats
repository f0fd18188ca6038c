#!/usr/bin/env bats
# The command line, the same for every command (dfv(7)).
# shellcheck disable=SC2154,SC2086 # EVERY has verbs in words; run sets stderr

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	printf 'a\tb\n1\t2\n3\t4\n' >in.tsv
}

EVERY=(dfv-filter dfv-stats dfv-validate dfv-geo 'dfv-geo locate'
	'dfv-geo near' 'dfv-geo nearest' 'dfv-geo extract' 'dfv-geo coverage'
	'dfv-geo map')

# refused VALUE DETAIL COMMAND...: exit 2, one line, nothing on standard output.
refused() {
	local value=$1 detail=$2
	shift 2
	expect 2 "$@" </dev/null || return 1
	is "$output" '' || return 1
	is "$stderr" "$1: error: bad option: '$value': $detail; try --help [bad-option]"
}

@test "options: --help is on standard output, with status 0" {
	for tool in "${EVERY[@]}"; do
		for option in --help -h; do
			expect 0 $tool $option
			is "$stderr" ''
			has "${lines[0]}" "$tool: "
			has "$output" "usage: $tool "
			for word in from to output jobs encoding decimal-comma \
				progress color quiet help version; do
				has "$output" "--$word"
			done
		done
	done
}

@test "options: --help lists every option that there is, and no other" {
	for tool in "${EVERY[@]}"; do
		expect 0 $tool --dump-options
		is "$(grep -v '^verb' <<<"$output" | cut -f 2 | sort)" \
			"$($tool --help | sed -n 's/^  .\{4\}--\([a-z-]*\).*/\1/p' | sort)"
	done
}

@test "options: help fits a terminal of 80 columns" {
	for tool in "${EVERY[@]}"; do
		expect 0 $tool --help
		is "$(grep -E '^.{81}' <<<"$output" || :)" ''
	done
}

@test "options: --version is on standard output, with status 0" {
	for option in --version -V; do
		for tool in "${EVERY[@]}"; do
			expect 0 $tool $option
			is "$stderr" ''
			[[ $output =~ ^dfv\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
		done
	done
}

@test "options: --help and --version on a full disk are a failure" {
	for tool in dfv-filter dfv-stats; do
		for option in --help --version; do
			expect 2 bash -c "$tool $option >/dev/full"
			is "$stderr" "$tool: (stdout): error: cannot write: No space left on device [cannot-write]"
		done
	done
}

@test "options: --help wins over operands that are not there" {
	expect 0 dfv-filter none.tsv --help
	expect 0 dfv-filter -w 'nonsense(' --help
}

@test "options: long ones are never abbreviated" {
	detail='long options are not abbreviated'
	refused --outp=x "$detail" dfv-filter --outp=x in.tsv
	refused --inver "$detail" dfv-filter --inver in.tsv
	refused --vers "$detail" dfv-filter --vers
	refused --hel "$detail" dfv-stats --hel
	refused --tot "$detail" dfv-stats -a 'n=count()' --tot in.tsv
	[ ! -e x ]
}

@test "options: an abbreviation is named, not its argument" {
	refused --hea 'long options are not abbreviated' dfv-filter --hea 3 in.tsv
}

@test "options: what could be several options is refused too" {
	expect 2 dfv-filter --co a in.tsv
	has "$stderr" "bad option: '--co': "
	expect 2 dfv-filter --e in.tsv
	has "$stderr" "bad option: '--e': "
}

@test "options: the full name is no abbreviation, whatever its argument" {
	expect 0 dfv-filter --where 'a == "--wher"' in.tsv
	expect 0 dfv-filter --where='a == "3"' in.tsv
	is "$output" $'a\tb\n3\t4'
	expect 0 dfv-filter --head 1 --to tsv in.tsv
	is "$output" $'a\tb\n1\t2'
}

@test "options: unknown ones are refused by their name" {
	refused --nosuch 'no such option' dfv-filter --nosuch in.tsv
	refused Z 'no such option' dfv-filter -Z in.tsv
	refused Z 'no such option' dfv-filter -vZ in.tsv
	refused Z 'no such option' dfv-stats -Z in.tsv
}

@test "options: an unknown letter before others is refused by its name" {
	refused Z 'no such option' dfv-filter -Zv in.tsv
}

@test "options: a missing argument is refused by the option's name" {
	refused --where 'it needs an argument' dfv-filter --where
	refused w 'it needs an argument' dfv-filter in.tsv -w
	refused c 'it needs an argument' dfv-filter in.tsv -vc
	refused --group 'it needs an argument' dfv-stats --group
}

@test "options: an argument where none belongs is refused" {
	refused --count=3 'it takes no argument' dfv-filter --count=3 in.tsv
	refused --quiet= 'it takes no argument' dfv-stats --quiet= in.tsv
	refused --nosuch=3 'no such option' dfv-filter --nosuch=3 in.tsv
}

@test "options: they may stand before, behind and between operands" {
	cp in.tsv two.tsv
	want=$(dfv-filter -w 'a == "3"' -c b in.tsv two.tsv)
	is "$want" $'b\n4\n4'
	expect 0 dfv-filter in.tsv two.tsv -w 'a == "3"' -c b
	is "$output" "$want"
	expect 0 dfv-filter in.tsv -c b two.tsv -w 'a == "3"'
	is "$output" "$want"
	expect 0 dfv-filter -cb in.tsv '-wa == "3"' two.tsv
	is "$output" "$want"
}

@test "options: behind -- everything is an operand" {
	cp in.tsv ./-v
	expect 0 dfv-filter -- -v
	is "$output" $'a\tb\n1\t2\n3\t4'
	expect 2 dfv-filter -- --help
	has "$stderr" 'dfv-filter: --help: error: cannot open: '
	expect 0 dfv-filter -n 1 -- - <in.tsv
	is "$output" $'a\tb\n1\t2'
}

@test "options: single letters may share a hyphen" {
	expect 0 dfv-filter -vn1 -w 'a == "1"' in.tsv
	is "$output" $'a\tb\n3\t4'
}

@test "options: the last of several single ones counts" {
	expect 0 dfv-filter -n 1 -n 2 -t jsonl -t tsv in.tsv
	is "$output" $'a\tb\n1\t2\n3\t4'
}

@test "options: no operand is standard input" {
	expect 0 dfv-filter -c a <in.tsv
	is "$output" $'a\n1\n3'
	expect 0 dfv-stats -a 'n=count()' <in.tsv
	is "$output" $'n\n2'
}

@test "options: counts are whole numbers" {
	for n in x -1 +1 1.5 '' ' 1' 1x 0x10 99999999999999999999; do
		expect 2 dfv-filter -n "$n" in.tsv
		has "$stderr" "dfv-filter: error: bad argument: '$n': a whole number is wanted"
		is "$output" ''
		expect 2 dfv-filter --skip "$n" in.tsv
	done
	for n in 0 x -1 1.5 ''; do
		expect 2 dfv-filter -j "$n" in.tsv
		has "$stderr" "bad argument: '$n': a whole number, at least 1, is wanted [bad-argument]"
	done
}

@test "options: an argument that is not UTF-8 is refused, a file's name may be" {
	local word=$'caf\xe9'
	printf 'a\n1\n' >"$word.tsv"
	for option in "-wa==\"$word\"" "-sb='$word'" "-ra=$word" "-c$word"; do
		expect 2 dfv-filter "$option" "$word.tsv"
		is "$output" ''
		has "$stderr" "not UTF-8: use a terminal or a script in UTF-8 [bad-argument]"
	done
	expect 2 dfv-stats -a "$word=count()" "$word.tsv"
	has "$stderr" 'bad argument'
	expect 2 dfv-geo map --title "$word" "$word.tsv"
	has "$stderr" 'bad argument'
	expect 0 dfv-filter --in "a=$word.tsv" -o "$word.out" "$word.tsv"
	is "$(cat "$word.out")" $'a\n1'
}

@test "options: any number of threads is taken" {
	for j in 1 2 64 256 100000; do
		expect 0 dfv-filter -j $j in.tsv
		is "$output" $'a\tb\n1\t2\n3\t4'
	done
}

@test "options: --color and --progress take auto, always, never" {
	for o in --color --progress; do
		for when in auto always never; do
			expect 0 dfv-filter $o $when --count in.tsv
			is "$output" 2
		done
		expect 2 dfv-filter $o sometimes in.tsv
		has "$stderr" "bad argument: 'sometimes': "
	done
}

@test "options: --color always colours, and never and a pipe do not" {
	expect 2 dfv-filter --color always -c x in.tsv
	has "$stderr" $'\033[1;31merror:\033[0m'
	expect 2 dfv-filter --color never -c x in.tsv
	is "${stderr/$'\033'/}" "$stderr"
	expect 2 dfv-filter -c x in.tsv
	is "${stderr/$'\033'/}" "$stderr"
}

@test "options: --progress never and auto say nothing off a terminal" {
	for when in auto never; do
		expect 0 dfv-filter --progress $when in.tsv
		is "$stderr" ''
	done
}

@test "options: an encoding that is not known is refused" {
	expect 2 dfv-filter --encoding latin-9 in.tsv
	has "$stderr" "bad argument: 'latin-9': "
	has "$stderr" ' [bad-argument]'
}

@test "options: -q does not silence errors" {
	expect 2 dfv-filter -q none.tsv
	has "$stderr" ' [cannot-open]'
}

@test "options: the environment's locale changes nothing" {
	printf 'a\tb\n1.5\té\n2.5\tz\n' >x.tsv
	for l in C POSIX C.UTF-8 fr_FR.UTF-8 tr_TR.UTF-8; do
		expect 0 env LC_ALL=$l dfv-filter -s 'c=a * 2.5' -s 'd=upper(b)' -s 'e=len(b)' x.tsv
		is "$output" $'a\tb\tc\td\te\n1.5\té\t3.75\tÉ\t1\n2.5\tz\t6.25\tZ\t1'
	done
}

@test "options: dfv-stats without a figure is a usage error" {
	expect 2 dfv-stats in.tsv
	is "$output" ''
	is "$stderr" "dfv-stats: error: usage: ask for a figure, as in -a 'n=count()' [usage]"
}

@test "options: --progress always ends with all the bytes, on standard error" {
	expect 0 dfv-filter --progress always --count "$REFERENCE/communes.tsv"
	is "$output" 34969
	has "$stderr" "2.5 MB of 2.5 MB, 100 %"
	expect 0 bash -c "dfv-filter --progress always --count <'$DATA/projets.tsv' | cat"
	has "$stderr" ' 100 %'
	expect 0 dfv-filter --progress never --count "$REFERENCE/communes.tsv"
	is "$stderr" ''
	expect 0 dfv-filter --count "$REFERENCE/communes.tsv"
	is "$stderr" ''
}

@test "options: NO_COLOR counts when it is not empty" {
	# A terminal of its own, whose words come out on standard output.
	on_terminal() {
		env "$1" TERM=xterm python3 -c 'import pty, sys
sys.exit(pty.spawn(sys.argv[1:]) >> 8)' dfv-filter -c x in.tsv
	}
	expect 2 on_terminal NO_COLOR=
	has "$output" $'\033[1;31merror:'
	expect 2 on_terminal NO_COLOR=1
	has "$output" 'dfv-filter: error: unknown column'
}

@test "options: standard input is read once" {
	expect 2 dfv-filter - - <in.tsv
	is "$output" ''
	has "$stderr" 'standard input is read once'
	expect 2 dfv-stats -a 'n=count()' - - <in.tsv
	is "$stderr" "dfv-stats: error: usage: '-': standard input is read once [usage]"
	expect 2 dfv-filter --join - --on a <in.tsv
	has "$stderr" 'standard input is read once'
	expect 2 dfv-filter --in a=-:a - <in.tsv
	has "$stderr" 'standard input is read once'
	cp in.tsv same.tsv
	expect 0 dfv-filter --in a=-:a in.tsv <same.tsv
	is "$output" $'a\tb\n1\t2\n3\t4'
}

@test "options: what would be lost behind a second one is given only once" {
	refused --join 'it is given only once' dfv-filter --join in.tsv --on a --join in.tsv in.tsv
	refused --on 'it is given only once' dfv-filter --join in.tsv --on a --on b in.tsv
	refused --explode 'it is given only once' dfv-stats -a 'n=count()' --explode a --explode b in.tsv
	refused --schema 'it is given only once' dfv-validate -s in.tsv -s in.tsv in.tsv
}
