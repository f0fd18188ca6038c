#!/usr/bin/env bats
# -o: complete or not at all.
# shellcheck disable=SC2154,SC2012 # run sets stderr; names are known

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	printf 'a\tb\n1\t2\n3\t4\n' >in.tsv
	printf 'a\tb\n1\t2\n3\n' >bad.tsv
	mkdir out
	printf 'old\n' >out/x.tsv
}

# What a failure must leave: the old file, and nothing beside it.
untouched() {
	is "$(cat out/x.tsv)" old && is "$(ls -A out)" x.tsv
}

@test "output: -o writes the same bytes as standard output" {
	for t in tsv csv yaml jsonl md; do
		expect 0 dfv-filter -t $t -o out/x.tsv in.tsv
		is "$output" ''
		dfv-filter -t $t in.tsv | cmp - out/x.tsv
	done
	is "$(ls -A out)" x.tsv
}

@test "output: -o of a name that is not there makes it, as the umask says" {
	umask 027
	expect 0 dfv-filter -o out/new.tsv in.tsv
	cmp out/new.tsv in.tsv
	is "$(stat -c %a out/new.tsv)" 640
}

@test "output: -o - is standard output" {
	expect 0 dfv-filter -o - in.tsv
	is "$output" $'a\tb\n1\t2\n3\t4'
	[ ! -e ./- ]
}

@test "output: -o may be the input" {
	expect 0 dfv-filter -w 'a == "3"' -o in.tsv in.tsv
	is "$(cat in.tsv)" $'a\tb\n3\t4'
}

@test "output: --count and dfv-stats take -o" {
	expect 0 dfv-filter --count -o out/x.tsv in.tsv
	is "$output" ''
	is "$(cat out/x.tsv)" 2
	expect 0 dfv-stats -a 'n=count()' -o out/x.tsv in.tsv
	is "$output" ''
	is "$(cat out/x.tsv)" $'n\n2'
	is "$(ls -A out)" x.tsv
}

@test "output: broken input leaves the old file and nothing else" {
	expect 2 dfv-filter -o out/x.tsv bad.tsv
	untouched
	expect 2 dfv-filter --count -o out/x.tsv bad.tsv
	untouched
	expect 2 dfv-stats -a 'n=count()' -o out/x.tsv bad.tsv
	untouched
}

@test "output: broken input does not make a file that was not there" {
	expect 2 dfv-filter -o out/new.tsv bad.tsv
	untouched
}

@test "output: a mistake in an expression leaves the old file" {
	expect 2 dfv-filter -w 'nosuch == 1' -o out/x.tsv in.tsv
	untouched
	expect 2 dfv-filter -c nosuch -o out/x.tsv in.tsv
	untouched
	expect 2 dfv-stats -a 'n=nosuch()' -o out/x.tsv in.tsv
	untouched
}

@test "output: a missing input leaves the old file" {
	expect 2 dfv-filter -o out/x.tsv none.tsv
	untouched
}

@test "output: a bad number in a late record leaves the old file" {
	seq 100000 | sed '1i n' >n.tsv
	echo x >>n.tsv
	for j in 1 7; do
		expect 2 dfv-filter -j $j -w 'n >= 0' -o out/x.tsv n.tsv
		untouched
		has "$stderr" 'n.tsv:100002:1: error: not a number'
	done
}

@test "output: permissions are kept" {
	chmod 600 out/x.tsv
	expect 0 dfv-filter -o out/x.tsv in.tsv
	is "$(stat -c %a out/x.tsv)" 600
	chmod 664 out/x.tsv
	expect 0 dfv-filter -o out/x.tsv in.tsv
	is "$(stat -c %a out/x.tsv)" 664
}

@test "output: a symbolic link stays, what it points to is replaced" {
	ln -s out/x.tsv link.tsv
	expect 0 dfv-filter -o link.tsv in.tsv
	[ -L link.tsv ]
	is "$(readlink link.tsv)" out/x.tsv
	cmp out/x.tsv in.tsv
	[ ! -L out/x.tsv ]
	is "$(ls -A out)" x.tsv
}

@test "output: a symbolic link to nothing yet stays, and its target is made" {
	ln -s out/new.tsv link.tsv
	expect 0 dfv-filter -o link.tsv in.tsv
	[ -L link.tsv ]
	cmp out/new.tsv in.tsv
}

@test "output: a device is written in place" {
	expect 0 dfv-filter -o /dev/null in.tsv
	[ -c /dev/null ]
	expect 0 bash -c 'dfv-filter -o /dev/stdout in.tsv | cat'
	is "$output" $'a\tb\n1\t2\n3\t4'
}

@test "output: a named pipe is written in place" {
	mkfifo pipe
	cat pipe >got &
	expect 0 dfv-filter -o pipe in.tsv
	wait $!
	[ -p pipe ]
	cmp got in.tsv
}

@test "output: a directory, or a name in none, is refused by its name" {
	expect 2 dfv-filter -o out in.tsv
	has "$stderr" 'dfv-filter: out: error: cannot write: Is a directory'
	is "$output" ''
	expect 2 dfv-filter -o none/x.tsv in.tsv
	has "$stderr" 'dfv-filter: none/x.tsv: error: cannot write: No such file'
	[ ! -e none ]
}

@test "output: a full device leaves no file behind" {
	ln -s /dev/full out/full
	expect 2 dfv-filter -o out/full in.tsv
	has "$stderr" 'dfv-filter: out/full: error: cannot write: '
	is "$(ls -A out | sort | tr '\n' ' ')" 'full x.tsv '
}

@test "output: a file too large for its limit leaves the old one" {
	seq 300000 | sed '1i n' >n.tsv
	expect 2 bash -c 'ulimit -f 500; dfv-filter -o out/x.tsv n.tsv'
	has "$stderr" 'out/x.tsv: error: cannot write: File too large'
	untouched
}

# interrupted SIGNAL: a run that is writing out/x.tsv, ended by the signal.
interrupted() {
	local pid status=0
	mkfifo feed
	# The suite may itself be deaf to it, as nohup makes it.
	env --default-signal="$1" dfv-filter -o out/x.tsv <feed 2>err &
	pid=$!
	exec 7>feed
	# More than a pipe holds: once this is written, most of it was read, and
	# the output is open.
	{ echo a; yes 'some text of a line' | head -100000; } >&7
	is "$(ls -A out | wc -l)" 2 || return 1
	kill -s "$1" "$pid"
	wait "$pid" || status=$?
	exec 7>&-
	rm feed
	untouched || return 1
	is "$status" "$((128 + $(kill -l "$1")))"
}

@test "output: SIGTERM leaves the old file and nothing else" {
	interrupted TERM
	is "$(cat err)" ''
}

@test "output: SIGHUP leaves the old file and nothing else" {
	interrupted HUP
}

@test "output: a limit of processor time leaves the old file and nothing else" {
	interrupted XCPU
}

@test "output: the last line ends with a newline, whatever the input did" {
	printf 'a\tb\n1\t2' >cut.tsv
	expect 0 dfv-filter -o out/x.tsv cut.tsv
	is "$(cat out/x.tsv)" $'a\tb\n1\t2'
	is "$(tail -c 1 out/x.tsv | od -An -c | tr -d ' ')" '\n'
}
