#!/usr/bin/env bats
# dfv-stats -i, dfv-indicators(5): indicators files, and those that ship.
# shellcheck disable=SC2154,SC2030,SC2031 # run sets output and stderr

load helper

ACTIVITY=(rapports projets-actifs apprenants heures depense cout-heure
	achevement-part)

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	cat >in.tsv <<-'T'
	semaine	region	projet	places	note
	2025-11-03	76	76-01	10	2.5
	2025-11-04	76	76-02	5	
	2025-11-03	11	11-01	0.25	4
	2025-11-10	76	76-01	7	1
	2025-11-17	76	76-01	3	1
	2025-11-17	94	94-01	1	9
	T
}

# indicators_file LINE...: an indicators file, ind.yaml.
indicators_file() {
	printf '%s\n' "$@" >ind.yaml
}

# computed AS_OF [OPTION]...: the rows of in.tsv without labels and units.
computed() {
	dfv-stats -i ind.yaml --as-of "$@" in.tsv | dfv-filter -x libelle,unite
}

# among WORD...: a condition on the column indicateur.
among() {
	local list
	list=$(printf ', "%s"' "$@")
	printf 'indicateur in (%s)' "${list#, }"
}

# --- rows ----------------------------------------------------------------------

@test "indicators: a row a period, indicator and group, with its change" {
	indicators_file 'period: week' 'date: semaine' 'group: region' \
		'indicators:' \
		'- {id: places, label: Places, unit: u, aggregate: sum(places)}' \
		'- {id: n, aggregate: count()}'
	expect 0 dfv-stats -i ind.yaml --as-of 2025-11-16 in.tsv
	is "$output" "$(printf '%s\n' \
		$'periode\tregion\tindicateur\tlibelle\tunite\tvaleur\tprecedent\tevolution\tcible\tstatut' \
		$'2025-W45\t76\tplaces\tPlaces\tu\t15\t\t\t\t' \
		$'2025-W45\t11\tplaces\tPlaces\tu\t0.25\t\t\t\t' \
		$'2025-W45\t76\tn\t\t\t2\t\t\t\t' \
		$'2025-W45\t11\tn\t\t\t1\t\t\t\t' \
		$'2025-W46\t76\tplaces\tPlaces\tu\t7\t15\t-8\t\t' \
		$'2025-W46\t11\tplaces\tPlaces\tu\t\t0.25\t\t\tsans-rapport' \
		$'2025-W46\t76\tn\t\t\t1\t2\t-1\t\t' \
		$'2025-W46\t11\tn\t\t\t\t1\t\t\tsans-rapport')"
	is "$stderr" ""
}

@test "indicators: a period that is not over, and what is dated later, is left out" {
	indicators_file 'period: week' 'date: semaine' \
		'indicators: [{id: n, aggregate: count()}]'
	expect 0 computed 2025-11-22
	is "$output" $'periode\tindicateur\tvaleur\tprecedent\tevolution\tcible\tstatut\n2025-W45\tn\t3\t\t\t\t\n2025-W46\tn\t1\t3\t-2\t\t'
	expect 0 computed 2025-11-23
	is "${lines[3]}" $'2025-W47\tn\t2\t1\t1\t\t'
}

@test "indicators: without any report the last period is said to lack one" {
	head -1 in.tsv >empty.tsv
	indicators_file 'period: week' 'date: semaine' \
		'indicators: [{id: n, aggregate: count()}]'
	expect 0 dfv-stats -i ind.yaml --as-of 2025-11-16 empty.tsv
	is "${lines[1]}" $'2025-W46\tn\t\t\t\t\t\t\tsans-rapport'
	[ "${#lines[@]}" -eq 2 ]
}

@test "indicators: periods go from the first record, or from start" {
	indicators_file 'period: week' 'date: semaine' 'start: 2025-10-27' \
		'indicators: [{id: n, aggregate: count()}]'
	expect 0 computed 2025-11-09
	is "$output" $'periode\tindicateur\tvaleur\tprecedent\tevolution\tcible\tstatut\n2025-W44\tn\t\t\t\t\tsans-rapport\n2025-W45\tn\t3\t\t\t\t'
	sed -i 's/2025-10-27/2025-11-10/' ind.yaml
	expect 0 computed 2025-11-16
	is "$output" $'periode\tindicateur\tvaleur\tprecedent\tevolution\tcible\tstatut\n2025-W46\tn\t1\t3\t-2\t\t'
}

@test "indicators: without a date there are no periods" {
	indicators_file 'indicators:' '- {id: s, aggregate: sum(places)}' \
		'- {id: r, group: region, aggregate: count()}'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$output" "$(printf '%s\n' \
		$'region\tindicateur\tlibelle\tunite\tvaleur\tcible\tstatut' \
		$'\ts\t\t\t26.25\t\t' $'76\tr\t\t\t4\t\t' $'11\tr\t\t\t1\t\t' \
		$'94\tr\t\t\t1\t\t')"
}

@test "indicators: total makes a row over all groups, of the records" {
	indicators_file 'group: region' 'total: tout' \
		'indicators: [{id: m, numerator: sum(places), denominator: count(), decimals: 2}]'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -c region,valeur)" \
		$'region\tvaleur\n76\t6.25\n11\t0.25\n94\t1\ntout\t4.38'
}

@test "indicators: explode counts a record in each of its values, and once in all" {
	printf 'k\tl\tv\nx\ta|b\t1\ny\tb\t2\nz\t\t4\n' >l.tsv
	indicators_file 'total: tout' \
		'indicators: [{id: s, group: l, explode: l, aggregate: sum(v)}]'
	expect 0 dfv-stats -i ind.yaml l.tsv
	is "$(printf '%s' "$output" | dfv-filter -c l,valeur)" \
		$'l\tvaleur\na\t1\nb\t3\n\t4\ntout\t7'
}

@test "indicators: where is a condition on top of the figure's own" {
	indicators_file 'indicators:' \
		'- id: a' '  where: region == "76" or region == "11"' \
		'  aggregate: count() where places > 5'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -c valeur)" $'valeur\n2'
}

@test "indicators: a quotient is missing when it is by zero or of nothing" {
	indicators_file 'indicators:' \
		'- {id: zero, numerator: sum(places), denominator: sum(places) - sum(places)}' \
		'- {id: none, numerator: sum(places) where region == "xx", denominator: count()}'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -c indicateur,valeur,statut)" \
		$'indicateur\tvaleur\tstatut\nzero\t\tsans-valeur\nnone\t\tsans-valeur'
}

@test "indicators: a sum keeps all its digits" {
	printf 'v\n999999999999999999\n999999999999999999\n0.1\n' >w.tsv
	indicators_file 'indicators: [{id: s, aggregate: sum(v)}]'
	expect 0 dfv-stats -i ind.yaml w.tsv
	is "${lines[1]}" $'s\t\t\t1999999999999999998.1\t\t'
}

# --- verdicts --------------------------------------------------------------------

@test "indicators: a target is reached from above or from below" {
	indicators_file 'group: region' 'indicators:' \
		'- {id: haut, aggregate: sum(places), target: 25, thresholds: {near: 4}}' \
		'- {id: bas, better: lower, aggregate: sum(places), target: 0.25, thresholds: {near: 400}}'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -c indicateur,region,cible,statut)" \
		"$(printf '%s\n' $'indicateur\tregion\tcible\tstatut' \
			$'haut\t76\t25\tatteint' $'haut\t11\t25\tnon-atteint' \
			$'haut\t94\t25\tproche' $'bas\t76\t0.25\tnon-atteint' \
			$'bas\t11\t0.25\tatteint' $'bas\t94\t0.25\tproche')"
}

@test "indicators: the row over all groups has a target of its own, or none" {
	indicators_file 'group: region' 'total: tout' 'indicators:' \
		'- {id: a, aggregate: sum(places), target: 25}' \
		'- {id: b, aggregate: sum(places), target: 25, total_target: 30, thresholds: {near: 87.5}}'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -w 'region == "tout"' \
		-c indicateur,valeur,cible,statut)" \
		$'indicateur\tvaleur\tcible\tstatut\na\t26.25\t\t\nb\t26.25\t30\tproche'
}

@test "indicators: a target is of the file's period, unless it says which" {
	indicators_file 'period: week' 'date: semaine' 'indicators:' \
		'- {id: a, aggregate: count(), target: 3}' \
		'- {id: b, aggregate: count(), target: {week: 3, month: 6}}'
	expect 0 computed 2025-11-09
	is "$(printf '%s' "$output" | dfv-filter -c indicateur,cible,statut)" \
		$'indicateur\tcible\tstatut\na\t3\tatteint\nb\t3\tatteint'
	expect 0 computed 2025-11-30 --period month
	is "$(printf '%s' "$output" | dfv-filter -c periode,indicateur,cible,statut)" \
		$'periode\tindicateur\tcible\tstatut\n2025-11\ta\t\t\n2025-11\tb\t6\tatteint'
}

@test "indicators: a region that owes a report and sent none is told, each week" {
	printf 'region\n76\n11\n2A\n' >owe.tsv
	indicators_file 'period: week' 'date: semaine' 'group: region' \
		'total: tout' 'owed: {table: owe.tsv, by: region}' \
		'indicators: [{id: s, aggregate: sum(places), target: 1, total_target: 2}]'
	expect 0 computed 2025-11-23
	is "$output" "$(printf '%s\n' \
		$'periode\tregion\tindicateur\tvaleur\tprecedent\tevolution\tcible\tstatut' \
		$'2025-W45\t76\ts\t15\t\t\t1\tatteint' \
		$'2025-W45\t11\ts\t0.25\t\t\t1\tnon-atteint' \
		$'2025-W45\t2A\ts\t\t\t\t1\tsans-rapport' \
		$'2025-W45\ttout\ts\t15.25\t\t\t2\tincomplet' \
		$'2025-W46\t76\ts\t7\t15\t-8\t1\tatteint' \
		$'2025-W46\t11\ts\t\t0.25\t\t1\tsans-rapport' \
		$'2025-W46\t2A\ts\t\t\t\t1\tsans-rapport' \
		$'2025-W46\ttout\ts\t7\t15.25\t\t2\tincomplet' \
		$'2025-W47\t76\ts\t3\t7\t-4\t1\tatteint' \
		$'2025-W47\t11\ts\t\t\t\t1\tsans-rapport' \
		$'2025-W47\t2A\ts\t\t\t\t1\tsans-rapport' \
		$'2025-W47\t94\ts\t1\t\t\t1\tatteint' \
		$'2025-W47\ttout\ts\t4\t7\t\t2\tincomplet')"
}

@test "indicators: who owes has a row though it never had a group of several columns" {
	printf 'region\n76\n2A\n' >owe.tsv
	indicators_file 'period: week' 'date: semaine' 'group: [projet, region]' \
		'owed: {table: owe.tsv, by: region}' \
		'indicators: [{id: s, aggregate: sum(places)}]'
	expect 0 computed 2025-11-16
	is "$(printf '%s' "$output" | dfv-filter -w 'periode == "2025-W46"' \
		-c projet,region,valeur,statut)" "$(printf '%s\n' \
		$'projet\tregion\tvaleur\tstatut' $'76-01\t76\t7\t' \
		$'76-02\t76\t\tsans-valeur' $'11-01\t11\t\tsans-rapport' \
		$'\t2A\t\tsans-rapport')"
}

@test "indicators: who owes has its place and what is joined by it from the first period on" {
	printf 'region\tnom\n2A\tCorse-du-Sud\n76\tOccitanie\n' >owe.tsv
	indicators_file 'period: week' 'date: semaine' 'group: [region, nom]' \
		'join: {table: owe.tsv, on: region, columns: nom}' \
		'owed: {table: owe.tsv, by: region}' \
		'indicators: [{id: s, aggregate: sum(places)}]'
	expect 0 computed 2025-11-16
	is "$(printf '%s' "$output" | dfv-filter -w 'periode == "2025-W46"' \
		-c region,nom,valeur,statut)" "$(printf '%s\n' \
		$'region\tnom\tvaleur\tstatut' $'2A\tCorse-du-Sud\t\tsans-rapport' \
		$'76\tOccitanie\t7\t' $'11\t\t\tsans-rapport')"
}

@test "indicators: only those who owe by the condition are waited for" {
	printf 'region\touvert\n76\toui\n11\tnon\n' >owe.tsv
	indicators_file 'period: week' 'date: semaine' \
		'owed: {table: owe.tsv, by: region, where: ouvert == "oui"}' \
		'indicators: [{id: s, aggregate: sum(places)}]'
	expect 0 computed 2025-11-16
	is "${lines[2]}" $'2025-W46\ts\t7\t15.25\t-8.25\t\t'
}

@test "indicators: one whose needed column is not there is said not to be computed" {
	indicators_file 'group: region' 'indicators:' \
		'- {id: a, needs: [region, frr], aggregate: count(frr)}' \
		'- {id: b, aggregate: count()}'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "${lines[1]}" $'\ta\t\t\t\t\tnon-calcule'
	is "${lines[2]}" $'76\tb\t\t\t4\t\t'
	dfv-filter -s 'frr=if(region == "76", "FRR", "")' in.tsv >frr.tsv
	expect 0 dfv-stats -i ind.yaml frr.tsv
	is "${lines[1]}" $'76\ta\t\t\t4\t\t'
}

# --- time ------------------------------------------------------------------------

@test "indicators: week 1 comes after week 53, which has one a year ago only in such years" {
	printf 'd\tv\n2019-12-23\t1\n2019-12-30\t2\n2020-12-21\t3\n2020-12-28\t5\n2021-01-04\t8\n2026-12-28\t13\n' >d.tsv
	indicators_file 'period: week' 'date: d' \
		'indicators: [{id: s, aggregate: sum(v)}]'
	expect 0 dfv-stats -i ind.yaml --as-of 2027-01-03 d.tsv
	rows=$(printf '%s' "$output" | dfv-filter -c periode,valeur,precedent,evolution)
	has "$rows" $'2020-W53\t5\t3\t2\n2021-W01\t8\t5\t3\n'
	expect 0 dfv-stats -i ind.yaml --as-of 2027-01-03 --compare year-ago d.tsv
	rows=$(printf '%s' "$output" | dfv-filter -c periode,valeur,precedent,evolution)
	has "$rows" $'2020-W52\t3\t1\t2\n2020-W53\t5\t\t\n2021-W01\t8\t2\t6\n'
	has "$rows" $'2026-W53\t13\t\t'
}

@test "indicators: year-ago compares months, quarters and years of the same name" {
	printf 'd\tv\n2023-11-01\t1\n2024-11-30\t3\n' >d.tsv
	indicators_file 'date: d' 'indicators: [{id: s, aggregate: sum(v)}]'
	for want in $'month 2024-11\t3\t1\t2' $'quarter 2024-Q4\t3\t1\t2' \
		$'year 2024\t3\t1\t2'; do
		expect 0 dfv-stats -i ind.yaml --period "${want%% *}" \
			--as-of 2024-12-31 --compare year-ago d.tsv
		has "$(printf '%s' "$output" |
			dfv-filter -c periode,valeur,precedent,evolution)" "${want#* }"
	done
}

@test "indicators: reports that come in after --as-of change nothing" {
	indicators_file 'period: month' 'date: semaine' 'group: region' \
		'indicators: [{id: s, aggregate: sum(places)}]'
	printf 'semaine\tregion\tprojet\tplaces\tnote\n2025-12-01\t93\tx\t5\t1\n' >late.tsv
	expect 0 dfv-stats -i ind.yaml --as-of 2025-11-30 in.tsv
	want=$output
	expect 0 dfv-stats -i ind.yaml --as-of 2025-11-30 in.tsv late.tsv
	is "$output" "$want"
}

@test "indicators: records without a date are an error, not left out" {
	printf 'semaine\tv\n2025-11-03\t1\n\t2\n' >d.tsv
	indicators_file 'period: week' 'date: semaine' \
		'indicators: [{id: s, aggregate: sum(v)}]'
	expect 2 dfv-stats -i ind.yaml --as-of 2025-11-30 d.tsv
	is "$output" ""
	has "$stderr" "d.tsv: error: not a date: '': records without a date in column 'semaine'"
	printf 'semaine\tv\n2025-11-03\t1\n03/11/2025\t2\n' >d.tsv
	expect 2 dfv-stats -i ind.yaml --as-of 2025-11-30 d.tsv
	has "$stderr" "d.tsv:3:1: error: not a date: '03/11/2025'"
}

# --- other tables ------------------------------------------------------------------

@test "indicators: the published figure and the difference stand beside" {
	printf 'id\tou\tv\nn\ttout\t7\nn\t76\t4\nn\t76\t5\nn\t76\t4\n' >pub.tsv
	indicators_file 'group: region' 'total: tout' \
		'published: {table: pub.tsv, id: id, by: ou, value: v}' \
		'indicators: [{id: n, aggregate: count()}]'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -c region,valeur,publie,ecart)" \
		$'region\tvaleur\tpublie\tecart\n76\t4\t4|5\t0|-1\n11\t1\t\t\n94\t1\t\t\ntout\t6\t7\t-1'
}

@test "indicators: columns of a joined table group, and what it lacks is missing" {
	printf 'projet\tpays\n76-01\tOc\n11-01\tIdF\n' >proj.tsv
	indicators_file 'join: {table: proj.tsv, on: projet, columns: pays}' \
		'indicators: [{id: s, group: pays, aggregate: sum(places)}]'
	expect 0 dfv-stats -i ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -c pays,valeur)" \
		$'pays\tvaleur\nOc\t20\n\t6\nIdF\t0.25'
	printf 'projet\tpays\n76-01\tOc\n76-01\tIdF\n' >proj.tsv
	expect 2 dfv-stats -i ind.yaml in.tsv
	has "$stderr" "proj.tsv:3:1: error: mistake in an indicators file: '76-01': two records"
}

@test "indicators: a table is found beside the file; operands are the others' input" {
	mkdir -p d
	printf 'x\n1\n2\n' >d/own.tsv
	printf '%s\n' 'indicators:' '- {id: own, table: own.tsv, aggregate: sum(x)}' \
		'- {id: input, aggregate: sum(places)}' >d/ind.yaml
	expect 0 dfv-stats -i d/ind.yaml in.tsv
	is "$(printf '%s' "$output" | dfv-filter -c indicateur,valeur)" \
		$'indicateur\tvaleur\nown\t3\ninput\t26.25'
	expect 0 dfv-stats -i d/ind.yaml <in.tsv
	has "$output" $'input\t\t\t26.25'
	printf '%s\n' 'indicators: [{id: own, table: own.tsv, aggregate: sum(x)}]' \
		>d/ind.yaml
	expect 2 dfv-stats -i d/ind.yaml in.tsv
	has "$stderr" "usage: 'in.tsv': every indicator of d/ind.yaml names its own table"
}

@test "indicators: the result does not depend on -j, nor on the input's format" {
	python3 "$TOP/tests/reports.py" 2025-01-06 40 3 >r.tsv
	expect 0 dfv-stats -i "$DATA/activite.yaml" --as-of 2025-11-16 -j 1 r.tsv
	want=$output
	expect 0 dfv-stats -i "$DATA/activite.yaml" --as-of 2025-11-16 -j 4 r.tsv
	is "$output" "$want"
	for format in csv yaml jsonl; do
		dfv-filter -t "$format" r.tsv >"r.$format"
		expect 0 dfv-stats -i "$DATA/activite.yaml" --as-of 2025-11-16 \
			-f "$format" - <"r.$format"
		is "$output" "$want"
	done
	python3 -c 'import json, sys; lines = open("r.tsv").read().splitlines()
print("\n".join([lines[0]] + lines[:0:-1]))' >back.tsv
	expect 0 dfv-stats -i "$DATA/activite.yaml" --as-of 2025-11-16 back.tsv
	is "$(sort <<<"$output")" "$(sort <<<"$want")"
}

@test "indicators: JSON is an indicators file too" {
	printf '{"indicators": [{"id": "n", "aggregate": "count()", "target": 6}]}' >ind.json
	expect 0 dfv-stats -i ind.json -t jsonl in.tsv
	is "$output" '{"indicateur":"n","libelle":null,"unite":null,"valeur":"6","cible":"6","statut":"atteint"}'
}

@test "indicators: a page of them bears the file's title and their values" {
	indicators_file 'title: Les places' 'group: region' \
		'indicators: [{id: n, label: Rapports, aggregate: count()}]'
	expect 0 dfv-stats -i ind.yaml -t html in.tsv
	has "$output" '<title>Les places</title>'
	has "$output" 'Rapports'
}

# --- mistakes ----------------------------------------------------------------------

# refused MESSAGE LINE...: the file of these lines is refused with the message.
refused() {
	local message=$1
	shift
	indicators_file "$@"
	expect 2 dfv-stats -i ind.yaml in.tsv
	is "$output" ""
	has "$stderr" "$message"
}

@test "indicators: a key that there is not is told with its place and the nearest" {
	refused "ind.yaml:3:3: error: mistake in an indicators file: 'labell': there is no such key, did you mean 'label'?" \
		'indicators:' '- id: a' '  labell: x' '  aggregate: count()'
	refused "ind.yaml:1:1: error: mistake in an indicators file: 'perod': there is no such key, did you mean 'period'?" \
		'perod: week' 'indicators: [{id: a, aggregate: count()}]'
}

@test "indicators: what is not of the type wanted is told with its place" {
	refused "ind.yaml:1:9: error: mistake in an indicators file: 'weeks': a period is" \
		'period: weeks' 'indicators: [{id: a, aggregate: count()}]'
	refused "ind.yaml:1:8: error: mistake in an indicators file: '2025-02-30': a date" \
		'start: 2025-02-30' 'indicators: [{id: a, aggregate: count()}]'
	refused "ind.yaml:3:11: error: mistake in an indicators file: 'ten': a number" \
		'indicators:' '- id: a' '  target: ten' '  aggregate: count()'
	refused "ind.yaml:3:10: error: mistake in an indicators file: a text is wanted" \
		'indicators:' '- id: a' '  label: [x]' '  aggregate: count()'
	refused "ind.yaml:3:13: error: mistake in an indicators file: '19': decimals are 0 to 18" \
		'indicators:' '- id: a' '  decimals: 19' '  aggregate: count()'
	refused "ind.yaml:3:11: error: mistake in an indicators file: 'more': better is" \
		'indicators:' '- id: a' '  better: more' '  aggregate: count()'
	refused "ind.yaml:3:15: error: mistake in an indicators file: thresholds go with a target" \
		'indicators:' '- id: a' '  thresholds: {near: 1}' '  aggregate: count()'
	refused "ind.yaml:3:17: error: mistake in an indicators file: '5': it goes with group and total" \
		'indicators:' '- id: a' '  total_target: 5' '  aggregate: count()'
	refused "ind.yaml:3:12: error: mistake in an indicators file: 'note': it is a column of group" \
		'indicators:' '- id: a' '  explode: note' '  aggregate: count()'
	refused "ind.yaml:2:3: error: mistake in an indicators file: an indicator is either" \
		'indicators:' '- id: a' '  numerator: count()'
	refused "ind.yaml:2:3: error: mistake in an indicators file: an indicator has an id" \
		'indicators:' '- aggregate: count()'
	refused "ind.yaml:3:7: error: mistake in an indicators file: 'a': an earlier" \
		'indicators:' '- {id: a, aggregate: count()}' '- id: a' '  aggregate: count()'
	refused "ind.yaml:1:1: error: mistake in an indicators file: a list of indicators" \
		'title: x'
	refused "error: not valid YAML" 'a: [b'
}

@test "indicators: all mistakes of a file are told at once" {
	refused "'lable'" 'indicators:' '- {id: a, lable: x, aggregate: count()}' \
		'- {id: b, agregate: count()}'
	has "$stderr" "'agregate'"
}

@test "indicators: a mistake in an expression is told with its place and a caret" {
	refused "ind.yaml:3:14: error: mistake in an expression: a: unknown column 'place', did you mean 'places'? [expression]" \
		'indicators:' '- id: a' '  aggregate: sum(place)'
	has "$stderr" $'\n    place\n    ^~~~~'
	refused "ind.yaml:3:10: error: mistake in an expression: a: " \
		'indicators:' '- id: a' '  where: places >' '  aggregate: count()'
	refused "ind.yaml:3:14: error: mistake in an expression: 'places': a column here needs an aggregate, as in sum(places)" \
		'indicators:' '- id: a' '  aggregate: places'
	refused "ind.yaml:3:14: error: mistake in an expression: 'summ': no such aggregate, did you mean 'sum'?" \
		'indicators:' '- id: a' '  aggregate: summ(places)'
}

@test "indicators: an unknown column of group, date, owed or join is told with its place" {
	refused "ind.yaml:3:10: error: unknown column: 'regoin': in.tsv has none of this name: did you mean 'region'?" \
		'indicators:' '- id: a' '  group: regoin' '  aggregate: count()'
	refused "ind.yaml:2:7: error: unknown column: 'semaines'" \
		'period: week' 'date: semaines' 'indicators: [{id: a, aggregate: count()}]'
	printf 'r\n76\n' >owe.tsv
	refused "ind.yaml:1:28: error: unknown column: 'r'" \
		'owed: {table: owe.tsv, by: r}' 'indicators: [{id: a, aggregate: count()}]'
	refused "ind.yaml:1:28: error: mistake in an expression: owe.tsv: unknown column 'region'" \
		'owed: {table: owe.tsv, by: region}' 'indicators: [{id: a, aggregate: count()}]'
}

@test "indicators: a column of the result that would be there twice is refused" {
	dfv-filter -r places=valeur in.tsv >v.tsv
	indicators_file 'indicators: [{id: a, group: valeur, aggregate: count()}]'
	expect 2 dfv-stats -i ind.yaml v.tsv
	has "$stderr" "duplicate column name: 'valeur'"
}

@test "indicators: a period without a date, and a date without a period, are refused" {
	indicators_file 'indicators: [{id: a, aggregate: count()}]'
	expect 2 dfv-stats -i ind.yaml --period week in.tsv
	has "$stderr" "bad argument: 'week': no indicator of the file has a date"
	indicators_file 'date: semaine' 'indicators: [{id: a, aggregate: count()}]'
	expect 2 dfv-stats -i ind.yaml in.tsv
	has "$stderr" "ind.yaml:1:7: error: mistake in an indicators file: 'semaine': by which period?"
}

@test "indicators: options that mean nothing together are refused" {
	indicators_file 'indicators: [{id: a, aggregate: count()}]'
	for other in "-a n=count()" "-g region" "-w places>0" "--explode region" --totals \
		--subtotals "--sort region" "--top 3"; do
		# shellcheck disable=SC2086 # an option and its argument
		expect 2 dfv-stats -i ind.yaml $other in.tsv
		has "$stderr" "usage: -i goes without -a and its options"
	done
	for other in "--period week" "--as-of 2025-01-01" "--compare previous"; do
		# shellcheck disable=SC2086 # an option and its argument
		expect 2 dfv-stats $other -a 'n=count()' in.tsv
		has "$stderr" "usage: --period, --as-of and --compare go with -i"
	done
	expect 2 dfv-stats -i ind.yaml --as-of 10/11/2025 in.tsv
	has "$stderr" "bad argument: '10/11/2025': --as-of takes a date"
	expect 2 dfv-stats -i ind.yaml --compare last in.tsv
	has "$stderr" "bad argument: 'last': --compare takes previous or year-ago"
	expect 2 dfv-stats -i ind.yaml --period day in.tsv
	has "$stderr" "bad argument: 'day': --period takes week"
	expect 2 dfv-stats -i none.yaml in.tsv
	has "$stderr" "none.yaml: error: cannot open"
}

@test "indicators: a cell that is no number stops it at its place, with no rows" {
	printf 'region\tplaces\n76\tdix\n' >bad.tsv
	indicators_file 'indicators: [{id: a, aggregate: sum(places)}]'
	expect 2 dfv-stats -i ind.yaml -o out.tsv bad.tsv
	has "$stderr" "bad.tsv:2:4: error: not a number: 'dix'"
	[ ! -e out.tsv ]
}

@test "indicators: a figure out of range is told at its indicator" {
	printf 'v\n1e308\n1e308\n' >v.tsv
	indicators_file 'indicators:' '- {id: a, aggregate: sum(v)}'
	expect 2 dfv-stats -i ind.yaml v.tsv
	has "$stderr" "ind.yaml:2:3: error: a number out of range"
}

# --- the files that ship ------------------------------------------------------------

@test "indicators: the published ones are what Python counts in the records" {
	python3 "$TOP/tests/indicators.py" published "$DATA" | sort >want
	[ "$(wc -l <want)" -gt 200 ]
	dfv-stats -i "$DATA/indicators.yaml" >got.tsv
	mapfile -t ids < <(cut -f5 want | sort -u)
	dfv-filter -c region,reseau,thematiques,publics,indicateur,valeur,publie \
		-w "$(among "${ids[@]}")" got.tsv |
		tail -n +2 | sort >got
	expect 0 diff want got
}

@test "indicators: each published one has its published figure and difference" {
	expect 0 dfv-stats -i "$DATA/indicators.yaml"
	for row in $'projets-laureats\t202\t204\t-2' \
		$'tiers-lieux-consortiums\t242\t208\t34' \
		$'organismes-formation-consortiums\t358\t353\t5' \
		$'membres-consortium-moyenne\t3.2\t5\t-1.8' \
		$'regions-participantes\t16\t16|17\t0|-1' \
		$'tiers-lieux-projet\t1\t3\t-2' \
		$'portraits-numerique-part\t56.1\t55\t1.1'; do
		has "$(printf '%s' "$output" |
			dfv-filter -c indicateur,valeur,publie,ecart)" "$row"
	done
}

@test "indicators: the synthetic reports fit their schema, and are the same each time" {
	python3 "$TOP/tests/reports.py" 2025-09-01 8 >r.tsv
	python3 "$TOP/tests/reports.py" 2025-09-01 8 1 | cmp - r.tsv
	expect 0 dfv-validate -q --check \
		-s "$DATA/schemas/rapports-hebdomadaires.yaml" r.tsv
	is "$stderr" ""
	printf '%s\n' 'tables:' \
		"- {name: projets, path: $DATA/projets.tsv}" \
		"- {name: appels, path: $DATA/appels.tsv}" \
		"- {name: rapports, path: r.tsv, schema: $DATA/schemas/rapports-hebdomadaires.yaml}" \
		>package.yaml
	expect 0 dfv-validate -p .
	is "$stderr" ""
	sed -i '2s/2025-09-01/1-9-2025/' r.tsv
	expect 1 dfv-validate -q --check \
		-s "$DATA/schemas/rapports-hebdomadaires.yaml" r.tsv
}

@test "indicators: those of activity are what Python counts, by any period and comparison" {
	python3 "$TOP/tests/reports.py" 2019-09-02 90 7 >r.tsv
	for period in week month quarter year; do
		for compare in previous year-ago; do
			python3 "$TOP/tests/indicators.py" activity r.tsv \
				2021-05-10 "$period" "$compare" >want
			dfv-stats -i "$DATA/activite.yaml" --as-of 2021-05-10 \
				--period "$period" --compare "$compare" r.tsv |
				dfv-filter -w "$(among "${ACTIVITY[@]}")" -c \
					periode,region,indicateur,valeur,precedent,evolution,statut >got
			expect 0 cmp want got
		done
	done
	[ "$(wc -l <want)" -gt 100 ]
}

@test "indicators: learners by theme are those of -a with --explode" {
	python3 "$TOP/tests/reports.py" 2025-09-01 10 >r.tsv
	dfv-stats -i "$DATA/activite.yaml" --as-of 2025-11-09 r.tsv |
		dfv-filter -w 'indicateur == "apprenants-thematique" and thematiques != "national" and not missing(valeur)' \
			-c periode,thematiques,valeur | tail -n +2 | sort >got
	dfv-stats --explode thematiques -g semaine:week,thematiques -w 'statut != "annule"' \
		-a 'v=sum(apprenants)' r.tsv | tail -n +2 | sort >want
	[ -s want ]
	expect 0 diff want got
}

@test "indicators: the share of communes in a layer, where the reports have its column" {
	python3 "$TOP/tests/reports.py" 2025-09-01 2 >r.tsv
	expect 0 dfv-stats -i "$DATA/activite.yaml" --as-of 2025-09-07 r.tsv
	has "$output" $'communes-frr-part\tCommunes de formation en zone France ruralités revitalisation\t%\t\t\t\t\tnon-calcule'
	dfv-filter -s 'frr_classement=if(departement == "48", "FRR+", "")' -w 'region == "94" or departement in ("48", "34")' r.tsv >f.tsv
	expect 0 dfv-stats -i "$DATA/activite.yaml" --as-of 2025-09-07 f.tsv
	want=$(python3 - <<-'P'
	rows = [l.rstrip("\n").split("\t") for l in open("f.tsv")][1:]
	rows = [r for r in rows if r[1] == "2025-09-01" and r[13] != "annule"
	        and r[3] == "76"]
	places = {r[5] for r in rows}
	inside = {r[5] for r in rows if r[-1]}
	print(f"{100 * len(inside) / len(places):.1f}".removesuffix(".0"))
	P
	)
	is "$(printf '%s' "$output" | dfv-filter -c valeur \
		-w 'indicateur == "communes-frr-part" and region == "76"')" \
		$'valeur\n'"$want"
}

@test "indicators: the columns of the layers FRR and QPV are those that locate adds" {
	need_shared
	python3 "$TOP/tests/reports.py" 2025-09-01 2 >r.tsv
	dfv-geo locate -q --geography "$SHARED/reference" --layer frr --layer qpv r.tsv >l.tsv
	expect 0 dfv-stats -i "$DATA/activite.yaml" --as-of 2025-09-07 l.tsv
	for id in communes-frr-part communes-qpv-part; do
		is "$(printf '%s' "$output" | dfv-filter --count -w "indicateur == '$id'")" 17
		is "$(printf '%s' "$output" | dfv-filter --count \
			-w "indicateur == '$id' and statut == 'non-calcule'")" 0
	done
}
