#!/bin/sh
# make.sh SHELL PROGRAM: the completion of a program for bash, zsh or fish, from
# its own option table (--dump-options).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
shell=$1 program=$2

# The lines of the table, each behind its verb: empty where there are none.
table() {
	verbs=$("$program" --dump-options | sed -n 's/^verb	//p')
	for verb in ${verbs:-''}; do
		"$program" ${verbs:+"$verb"} --dump-options | sed "s/^/$verb	/"
	done
}

table | awk -F '	' -v name="${program##*/}" -v template="$here/template.bash" \
	 -f "$here/$shell.awk"
