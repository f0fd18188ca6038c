#!/usr/bin/env bats
# The job of dfv-weekly(7), as the manual page has it.

load helper

REPORTS="$BATS_TEST_DIRNAME/reports.py"

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	awk '/^#!\/bin\/sh/ { on = 1 } /^\.Ed/ { on = 0 } on' \
		"$BATS_TEST_DIRNAME/../man/dfv-weekly.7" |
		sed 's/\\e/\\/g' >dfv-weekly
	chmod +x dfv-weekly
	mkdir in out
	python3 "$REPORTS" 2026-09-07 10 >all.tsv
	dfv-filter -w 'semaine < "2026-10-05"' all.tsv >in/a.tsv
	dfv-filter -w 'semaine >= "2026-10-05"' all.tsv >in/b.tsv
}

weekly() {
	DFV_DATA="$BATS_TEST_DIRNAME/../data" ./dfv-weekly in out 2026-11-16
}

# Nothing of a run that failed: no folder of its own, no link that leads nowhere.
no_remains() {
	is "$(find out -mindepth 1 -maxdepth 1 -name '.[nc]*')" ''
}

@test "weekly: the script is one that a shell reads" {
	sh -n dfv-weekly
	has "$(head -1 dfv-weekly)" '#!/bin/sh'
}

@test "weekly: figures, page, extracts and what is missing, behind one link" {
	expect 0 weekly
	is "$output" ''
	has "$stderr" 'no report of region 52 for 2026-W46'
	is "$(cd out/courant/ && ls)" \
		$'constats.tsv\nindicateurs.html\nindicateurs.tsv\nmanquants.tsv\nregions'
	is "$(cat out/courant/manquants.tsv)" $'periode\tregion\n2026-W46\t52'
	has "$(tail -1 out/courant/indicateurs.html)" '</html>'
	is "$(dfv-filter --count out/courant/regions/*.tsv)" \
		"$(dfv-filter --count all.tsv)"
	is "$(dfv-filter -w 'region == "76"' --count all.tsv)" \
		"$(dfv-filter --count out/courant/regions/76.tsv)"
	no_remains
}

@test "weekly: the figures are those that the indicators file asks for" {
	expect 0 weekly
	dfv-stats -i "$DATA/activite.yaml" --as-of 2026-11-16 in/*.tsv |
		cmp - out/courant/indicateurs.tsv
}

@test "weekly: a second run takes the place of the first, which stays" {
	expect 0 weekly
	first=$(readlink out/courant)
	expect 0 weekly
	[ "$first" != "$(readlink out/courant)" ]
	cmp "out/$first/indicateurs.tsv" out/courant/indicateurs.tsv
	cmp "out/$first/indicateurs.html" out/courant/indicateurs.html
	no_remains
}

@test "weekly: reports that are not valid exit 1, and the last figures stay" {
	expect 0 weekly
	cp -r out/courant/. before
	
	awk -F'\t' -v OFS='\t' 'NR == 5 { $9 = "douze" } 1' in/b.tsv >x
	mv x in/b.tsv
	expect 1 weekly
	has "$stderr" 'the reports are not valid: see out/constats.tsv'
	is "$(dfv-filter -c file,line,field,value -w 'value == "douze"' \
		out/constats.tsv)" \
		$'file\tline\tfield\tvalue\nin/b.tsv\t5\tapprenants\tdouze'
	diff -r before out/courant/
	no_remains
}

@test "weekly: a file that breaks its format exits 2, and the last figures stay" {
	expect 0 weekly
	cp -r out/courant/. before
	printf 'rapport\tsemaine\nx' >in/c.tsv
	expect 2 weekly
	has "$stderr" 'in/c.tsv'
	diff -r before out/courant/
	no_remains
}

@test "weekly: no reports at all exits 2" {
	rm in/*
	expect 2 weekly
	is "$stderr" 'dfv-weekly: no reports in in'
	no_remains
}

@test "weekly: a full disk exits 2, and the last figures stay" {
	expect 0 weekly
	cp -r out/courant/. before
	# No file of more than these blocks can be written, at any step.
	for blocks in 0 1 8 64; do
		expect 2 bash -c "trap '' XFSZ; ulimit -f $blocks
			DFV_DATA='$BATS_TEST_DIRNAME/../data' ./dfv-weekly in out 2026-11-16"
		diff -r before out/courant/
		no_remains
	done
}

@test "weekly: two runs at once: the second says so, and exits 2" {
	exec 8>out/.lock
	flock -n 8
	expect 2 weekly
	is "$stderr" 'dfv-weekly: another run is at work in out'
}

@test "weekly: a signal leaves nothing behind" {
	expect 0 weekly
	first=$(readlink out/courant)
	mkfifo in/z.tsv
	DFV_DATA="$BATS_TEST_DIRNAME/../data" ./dfv-weekly in out 2026-11-16 \
		8>&- 9>&- &
	job=$!
	# The run is at work when it opens the pipe.
	exec 7>in/z.tsv
	kill -TERM "$job"
	exec 7>&-
	status=0
	wait "$job" || status=$?
	is "$status" 2
	is "$(readlink out/courant)" "$first"
	no_remains
}
