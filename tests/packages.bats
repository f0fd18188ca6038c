#!/usr/bin/env bats
# dfv-validate -p: rules over groups, what is at stake, tables read once.
# shellcheck disable=SC2154 # run sets stderr

load helper

# package: regions, projets and membres, and the rules that stdin adds.
package() {
	printf 'code\tbudget\nA\t100\nB\t50\n' >regions.tsv
	printf 'id\tregion\tannee\tcout\n1\tA\t2024\t60\n2\tA\t2025\t40\n3\tB\t2024\t20\n4\tB\t2024\t20\n5\t\t2024\t9\n' >projets.tsv
	printf 'projet\trole\n1\ttiers-lieu\n2\tpartenaire\n3\ttiers-lieu\n3\ttiers-lieu\n5\ttiers-lieu\n' >membres.tsv
	cat >package.yaml <<-EOF
		tables:
		  - {name: regions, path: regions.tsv}
		  - {name: projets, path: projets.tsv}
		  - {name: membres, path: membres.tsv}
		rules:
	EOF
	cat >>package.yaml
}

@test "packages: a rule about groups is looked at once for each" {
	package <<-EOF
		  - {id: r, table: projets, group: region, check: 'count(group) > 2', message: "{region} : {count(group)} projets"}
	EOF
	expect 1 dfv-validate -p package.yaml
	is "${stderr_lines[0]}" "projets.tsv:2: error: A : 2 projets [row-constraint r]"
	is "${stderr_lines[1]}" "projets.tsv:4: error: B : 2 projets [row-constraint r]"
	is "${#stderr_lines[@]}" 3 # the record without a region is in no group
	expect 1 dfv-validate -p package.yaml -d tsv
	is "$(cut -f 15 <<<"${lines[2]}")" B
}

@test "packages: a group may be of several columns, and have a condition" {
	package <<-EOF
		  - id: r
		    table: projets
		    group: [region, annee]
		    where: annee == 2024
		    compare: {left: 'sum(group, cout where id < 4)', op: "<=", right: "20", unit: €}
	EOF
	expect 1 dfv-validate -p package.yaml
	is "${stderr_lines[0]}" "projets.tsv:2: error: against a rule: 60, expected at most 20: difference 40 € [row-constraint r]"
	is "${#stderr_lines[@]}" 2
	expect 1 dfv-validate -p package.yaml -d tsv
	is "$(cut -f 15 <<<"${lines[1]}")" A,2024
}

@test "packages: a group is held against other tables" {
	package <<-EOF
		  - id: r
		    table: projets
		    group: region
		    compare: {left: "sum(group, cout)", right: "sum(regions, budget where code == this.region)", tolerance: 0.01}
	EOF
	expect 1 dfv-validate -p package.yaml
	is "${stderr_lines[0]}" "projets.tsv:4: error: against a rule: 40, expected 50: difference -10 [row-constraint r]"
	is "${#stderr_lines[@]}" 2
}

@test "packages: what differs within a group is refused" {
	package <<<'  - {id: r, table: projets, group: region, check: cout > 1}'
	expect 2 dfv-validate -p package.yaml
	has "$stderr" "package.yaml:6:5: error: mistake in a package: 'cout': the records of a group may differ in it"
	package <<<'  - {id: r, table: projets, group: pays, check: "true"}'
	expect 2 dfv-validate -p package.yaml
	has "$stderr" "the table has no such column"
	package <<<'  - {id: r, group: region, check: count(projets) > 1}'
	expect 2 dfv-validate -p package.yaml
	has "$stderr" "groups are those of a table"
	package <<<'  - {id: r, table: projets, check: count(group) > 1}'
	expect 2 dfv-validate -p package.yaml
}

@test "packages: a finding tells what is at stake" {
	package <<-EOF
		  - id: tl
		    table: projets
		    severity: warning
		    check: count(membres where role == "tiers-lieu" and projet == this.id) >= 1
		    stake: {amount: cout, unit: €}
		    message: pas de tiers-lieu
		  - {id: n, compare: {left: count(projets), right: "6"}, stake: 6 - count(projets)}
	EOF
	expect 1 dfv-validate -p package.yaml
	is "${stderr_lines[0]}" "projets.tsv:3: warning: pas de tiers-lieu; at stake: 40 € [row-constraint tl]"
	is "${stderr_lines[1]}" "projets.tsv:5: warning: pas de tiers-lieu; at stake: 20 € [row-constraint tl]"
	has "${stderr_lines[2]}" "5, expected 6: difference -1; at stake: 1 [package-constraint n]"
	dfv-validate -p package.yaml -d tsv >found.tsv || true
	is "$(dfv-stats -w 'rule == "tl"' -g stake_unit -a 'somme=sum(stake)' found.tsv | tail -n 1)" "$(printf '€\t60')"
	package <<<'  - {id: r, check: "true", stake: {unit: €}}'
	expect 2 dfv-validate -p package.yaml
	has "$stderr" "a stake has an amount"
}

@test "packages: totals are equal to sums, within a tolerance" {
	package <<-EOF
		  - {id: a, table: regions, compare: {left: budget, right: 'sum(projets, cout where region == this.code)', tolerance: 9.9}}
		  - {id: b, compare: {left: 'sum(regions, budget)', right: 'sum(projets, cout)', tolerance: 1}}
	EOF
	expect 1 dfv-validate -p package.yaml
	is "${stderr_lines[0]}" "regions.tsv:3:3: error: against a rule: 50, expected 40: difference 10 [row-constraint a]"
	is "${#stderr_lines[@]}" 2
}

@test "packages: every table is read once, however many rules ask for it" {
	package <<-EOF
		  - {id: a, table: projets, group: region, check: count(group) >= 1}
		  - {id: b, table: projets, check: count(membres where projet == this.id) >= 0}
		  - {id: c, check: count(membres) == count(membres where projet == projet)}
	EOF
	local table
	for table in regions projets membres; do
		mv $table.tsv $table.once
		mkfifo $table.tsv
		cat $table.once >$table.tsv & # a second reading would wait for ever
	done
	expect 0 timeout 20 dfv-validate -p package.yaml
	is "$stderr" ""
}
