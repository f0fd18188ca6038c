#!/usr/bin/env bats
# dfv-validate: records against those of an earlier time, and findings against
# those that are known or waived.
# shellcheck disable=SC2154 # run sets stderr

load helper

# now and then: a schema with a history, the old records, the new ones.
then_and_now() {
	cat >s.yaml <<-EOF
		fields:
		  - {name: projet}
		  - {name: statut}
		  - {name: apprenants, type: integer}
		  - {name: budget, type: number}
		primaryKey: projet
		history:
		  cumulative: [apprenants]
		  transitions:
		    statut: {ouvert: [complet, clos], complet: [clos], clos: []}
		  outliers: {budget: 6}
	EOF
	{
		printf 'projet\tstatut\tapprenants\tbudget\n'
		for i in 1 2 3 4 5 6 7 8 9; do
			printf 'p%s\tcomplet\t10\t%s\n' "$i" "10$i"
		done
	} >old.tsv
	cp old.tsv new.tsv
}

# put KEY STATUT APPRENANTS BUDGET: makes that the key's record.
put() {
	awk -F '\t' -v OFS='\t' -v k="$1" -v s="$2" -v a="$3" -v b="$4" \
		'$1 == k { $2 = s; $3 = a; $4 = b } { print }' new.tsv >next.tsv
	mv next.tsv new.tsv
}

@test "over time: the same records are no finding" {
	then_and_now
	expect 0 dfv-validate -s s.yaml --against old.tsv new.tsv
	is "$output" "$(cat old.tsv)"
	is "$stderr" ""
}

@test "over time: a key that is gone is found at its old place" {
	then_and_now
	sed -i '/^p3/d' new.tsv
	expect 1 dfv-validate -s s.yaml --check --against old.tsv new.tsv
	is "${stderr_lines[0]}" "old.tsv:4:1: error: a record is no longer there: 'p3' [vanished-key]"
	is "${#stderr_lines[@]}" 2
}

@test "over time: a cumulative counter does not fall" {
	then_and_now
	put p2 complet 9 102
	put p3 complet 11 103
	put p4 complet '' 104
	expect 1 dfv-validate -s s.yaml --check --against old.tsv new.tsv
	is "${stderr_lines[0]}" "new.tsv:3:12: error: less than the 10 of old.tsv:3: '9' [falling-counter]"
	is "${#stderr_lines[@]}" 2
	expect 1 dfv-validate -s s.yaml -d tsv --against old.tsv new.tsv
	is "$(cut -f 10,11 <<<"${lines[1]}")" "$(printf 'at least 10\t-1')"
}

@test "over time: a state changes as the schema allows" {
	then_and_now
	put p2 clos 10 102
	put p3 ouvert 10 103
	put p4 '' 10 104
	expect 1 dfv-validate -s s.yaml --check --against old.tsv new.tsv
	is "${stderr_lines[0]}" "new.tsv:4:4: error: may not follow 'complet', which it was in old.tsv:4: 'ouvert' [forbidden-change]"
	is "${#stderr_lines[@]}" 2
}

@test "over time: a value far from the median of its history is a warning" {
	then_and_now
	# of 101 to 109 the median is 105, the median deviation 2: 6 * 1.4826 * 2
	put p2 complet 10 122.79
	put p3 complet 10 122.80
	put p4 complet 10 87.20
	expect 0 dfv-validate -s s.yaml --check --against old.tsv new.tsv
	is "${stderr_lines[0]}" "new.tsv:4:15: warning: far from its history: median 105, at most 17.79 from it: '122.80' [unusual-value]"
	is "${stderr_lines[1]}" "new.tsv:5:15: warning: far from its history: median 105, at most 17.79 from it: '87.20' [unusual-value]"
	is "${#stderr_lines[@]}" 3
	expect 1 dfv-validate -s s.yaml --check --fail-on warning --against old.tsv new.tsv
}

@test "over time: values that are all the same say nothing of a new one" {
	then_and_now
	sed -i 's/\t[0-9.]*$/\t100/' old.tsv
	expect 0 dfv-validate -s s.yaml --check --against old.tsv new.tsv
}

@test "over time: a record with a history of its own is held against that" {
	then_and_now
	for i in 1 2 3 4 5 6 7 8; do
		printf 'p1\tcomplet\t10\t%s\n' "100$i" >>old.tsv
	done
	put p1 complet 10 1005
	put p2 complet 10 1005
	sed -i 's/primaryKey: projet/primaryKey: [projet]/; s/history:/history:\n  key: projet/' s.yaml
	expect 0 dfv-validate -s s.yaml --check --against old.tsv new.tsv
	is "${#stderr_lines[@]}" 2
	has "${stderr_lines[0]}" "new.tsv:3:15: warning: far from its history"
}

@test "over time: columns may have come since, and their order changed" {
	then_and_now
	cut -f 1,4 old.tsv >less.tsv
	expect 0 dfv-validate -s s.yaml --check --against less.tsv new.tsv
	cut -f 4 old.tsv >keyless.tsv
	expect 2 dfv-validate -s s.yaml --check --against keyless.tsv new.tsv
	has "$stderr" "unknown column: 'projet'"
}

@test "over time: mistakes in a history are told with their places" {
	then_and_now
	local part
	for part in 'cumulative: [nom]' 'cumulative: [statut]' 'cumulative: budget' \
		'transitions: [a]' 'transitions: {statut: [a]}' 'key: nom' \
		'transitions: {statut: {a: b}}' 'outliers: {budget: x}' \
		'outliers: {budget: 0}' 'outlier: [budget]'; do
		sed '/^history/,$d' s.yaml >bad.yaml
		printf 'history: {%s}\n' "$part" >>bad.yaml
		expect 2 dfv-validate -s bad.yaml --check --against old.tsv new.tsv
		has "$stderr" "bad.yaml:7:"
	done
	sed '/^primaryKey/,$d' s.yaml >bad.yaml
	expect 2 dfv-validate -s bad.yaml --check --against old.tsv new.tsv
	has "$stderr" "records of two times are matched by a key"
}

@test "over time: a package is held against an older one, table by table" {
	then_and_now
	mkdir old
	for where in . old; do
		cat >$where/package.yaml <<-EOF
			tables:
			  - {name: projets, path: projets.tsv, schema: $PWD/s.yaml}
			  - {name: notes, path: notes.tsv}
		EOF
		printf 'a\n1\n' >$where/notes.tsv
	done
	mv old.tsv old/projets.tsv
	mv new.tsv projets.tsv
	sed -i '/^p3/d; s/^p4/p33/' projets.tsv
	expect 1 dfv-validate -p . --against old
	is "${stderr_lines[0]}" "old/projets.tsv:4:1: error: a record is no longer there: 'p3' [vanished-key]"
	is "${stderr_lines[1]}" "old/projets.tsv:5:1: error: a record is no longer there: 'p4' [vanished-key]"
}

# --- reports that are owed ---------------------------------------------------

owed() {
	printf 'projet\tdebut\tfin\np1\t2025-10-29\t\np2\t2025-11-10\t2025-11-12\np3\t\t\n' >projets.tsv
	printf 'projet\tjour\np1\t2025-10-31\np1\t2025-W46\np2\t2025-11-16\n' >relevés.tsv
	cat >package.yaml <<-EOF
		tables:
		  - {name: projets, path: projets.tsv}
		  - {name: releves, path: relevés.tsv}
		reports:
		  - {id: hebdo, table: releves, of: projets, key: projet, date: jour,
		     period: week, from: debut, until: fin}
	EOF
}

@test "over time: a report that is owed and has not come is found" {
	owed
	expect 1 dfv-validate -p . --as-of 2025-11-24
	is "${stderr_lines[0]}" "./projets.tsv:2:1: error: p1: no report in releves for: '2025-W45' [missing-report hebdo]"
	is "${stderr_lines[1]}" "./projets.tsv:2:1: error: p1: no report in releves for: '2025-W47' [missing-report hebdo]"
	is "${#stderr_lines[@]}" 3
}

@test "over time: a report is owed once its period is over" {
	owed
	expect 1 dfv-validate -p . --as-of 2025-11-23 -d tsv
	is "${#lines[@]}" 2
	expect 0 dfv-validate -p . --as-of 2025-11-09
	sed -i 's/week/month/' package.yaml
	expect 0 dfv-validate -p . --as-of 2025-11-30 -d tsv
	expect 1 dfv-validate -p . --as-of 2025-12-01 -d tsv
	is "$(cut -f 9 <<<"${lines[1]}")" 2025-11
	expect 2 dfv-validate -p . --as-of demain
}

@test "over time: mistakes in reports are told before anything else" {
	owed
	sed -i 's/key: projet/key: nom/; s/week/lunch/; s/from: debut, //' package.yaml
	expect 2 dfv-validate -p .
	has "$stderr" "a table of these has no such column"
	has "$stderr" "a period is week"
	has "$stderr" "from says since when"
	sed -i 's/table: releves/table: rien/' package.yaml
	expect 2 dfv-validate -p .
	owed
	sed -i 's/until: fin/until: fin, jusqua: x/' package.yaml
	expect 2 dfv-validate -p .
	has "$stderr" "reports have no such property"
}

# --- what is known -----------------------------------------------------------

known() {
	printf 'fields:\n  - {name: k}\n  - {name: n, type: integer}\nprimaryKey: k\n' >s.yaml
	printf 'k\tn\na\t1\nb\tx\nc\ty\n' >in.tsv
}

@test "over time: a baseline lets known findings pass and fails on new ones" {
	known
	local format
	for format in tsv jsonl; do
		dfv-validate -s s.yaml -d "$format" in.tsv >"known.$format" || true
		expect 0 dfv-validate -s s.yaml --baseline "known.$format" in.tsv
		is "$output" "$(cat in.tsv)"
		is "$stderr" "0 findings: 0 errors, 0 warnings; 2 known"
		# lines move; another value is another finding
		printf 'k\tn\nz\t1\na\t1\nb\tx\nc\tz\n' >moved.tsv
		expect 1 dfv-validate -s s.yaml --baseline "known.$format" moved.tsv
		is "$output" "$(head -n 4 moved.tsv)"
		is "${stderr_lines[0]}" "moved.tsv:5:3: error: not an integer: 'z' [type-error]"
		is "${stderr_lines[1]}" "1 finding: 1 error, 0 warnings; 1 known"
	done
}

@test "over time: a known finding is let pass as often as it is known" {
	printf 'fields:\n  - {name: n, type: integer}\n' >s.yaml
	printf 'n\nx\nx\n' >in.tsv
	dfv-validate -s s.yaml -d tsv in.tsv >known.tsv || true
	expect 0 dfv-validate -s s.yaml --check --baseline known.tsv in.tsv
	echo x >>in.tsv
	expect 1 dfv-validate -s s.yaml --check --baseline known.tsv in.tsv
	has "$stderr" "in.tsv:4:1: error"
	printf 'nom\nx\n' >wrong.tsv
	expect 2 dfv-validate -s s.yaml --baseline wrong.tsv in.tsv
	has "$stderr" "unknown column: 'code'"
}

@test "over time: a waiver is honoured and reported until it expires" {
	known
	printf -- '- {code: type-error, key: b, owner: Marie, reason: "saisie en cours", expires: 2026-03-31}\n' >w.yaml
	expect 1 dfv-validate -s s.yaml --waivers w.yaml --as-of 2026-03-31 in.tsv
	is "$output" "$(printf 'k\tn\na\t1\nb\tx')"
	is "${stderr_lines[0]}" "in.tsv:3:3: waived: not an integer: 'x' (Marie, until 2026-03-31: saisie en cours) [type-error]"
	is "${stderr_lines[1]}" "in.tsv:4:3: error: not an integer: 'y' [type-error]"
	is "${stderr_lines[2]}" "1 finding: 1 error, 0 warnings; 1 waived"
	expect 1 dfv-validate -s s.yaml --waivers w.yaml --as-of 2026-04-01 in.tsv
	has "$stderr" "w.yaml:1:"
	has "$stderr" "warning: the waiver of Marie has expired: '2026-03-31' [expired-waiver]"
	has "$stderr" "3 findings: 2 errors, 1 warning"
	# one that nothing asks for any more is no trouble
	printf 'k\tn\na\t1\n' >good.tsv
	expect 0 dfv-validate -s s.yaml --waivers w.yaml --as-of 2026-04-01 good.tsv
	is "$stderr" ""
}

@test "over time: waivers may be TSV, and data says who answers" {
	known
	printf 'field\towner\treason\texpires\nn\tMarie\tessai\t2026-03-31\n' >w.tsv
	expect 0 dfv-validate -s s.yaml --waivers w.tsv --as-of 2026-01-01 -d tsv in.tsv
	is "$(cut -f 1,19 <<<"${lines[1]}")" "$(printf 'waived\tMarie, until 2026-03-31: essai')"
	expect 0 dfv-validate -s s.yaml --waivers w.tsv --as-of 2026-01-01 -d sarif in.tsv
	has "$output" '"suppressions": [{"kind": "external"'
}

@test "over time: a waiver without owner, reason, date or object is refused" {
	known
	printf 'code\towner\treason\texpires\n\t\t\tdemain\n' >w.tsv
	expect 2 dfv-validate -s s.yaml --waivers w.tsv in.tsv
	has "$stderr" "w.tsv:2:1: error: mistake in a waiver: it does not say of what it is"
	has "$stderr" "w.tsv:2:2: error: mistake in a waiver: it has no owner"
	has "$stderr" "w.tsv:2:3: error: mistake in a waiver: it has no reason"
	has "$stderr" "w.tsv:2:4: error: mistake in a waiver: 'demain': it expires on a date"
	printf 'code\towner\treason\texpire\nx\ta\tb\t2026-01-01\n' >w.tsv
	expect 2 dfv-validate -s s.yaml --waivers w.tsv in.tsv
	has "$stderr" "mistake in a waiver: 'expire': did you mean 'expires'?"
	expect 2 dfv-validate -s s.yaml --waivers none.tsv in.tsv
}
