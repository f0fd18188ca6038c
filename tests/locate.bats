#!/usr/bin/env bats
# What leads to a place: codes among names, addresses, coordinates, layers.

# shellcheck disable=SC2154 # $stderr and $output are set by expect
load helper

# What locate says of one record of the input with this header and row.
placed() {
	printf '%b\n%b\n' "$1" "$2" | dfv-geo locate -q -t jsonl |
		python3 -c '
import json, sys
r = json.load(sys.stdin)
print(r["localisation"], r["code_commune"] or "-", r.get("geo_departement", r.get("departement")) or "-")'
}

# Why a record is not located.
why() {
	printf '%b\n%b\n' "$1" "$2" |
		dfv-geo locate -o /dev/null 2>&1
}

# --- names ------------------------------------------------------------------

@test "locate: names as people write them" {
	is "$(placed commune 'Kani Kéli')" "nom 97609 976"
	is "$(placed commune 'KANI-KELI')" "nom 97609 976"
	is "$(placed 'commune\tdep' 'St-Benoit\t974')" "nom 97410 974"
	is "$(placed 'commune\tdep' 'STE COLOMBE\t05')" "nom 05135 05"
	is "$(placed commune 'Havre')" "nom 76351 76"
	is "$(placed 'commune\tdep' 'Rochelle (La)\t17')" "nom 17300 17"
	# shellcheck disable=SC1112 # the apostrophe of word processors
	is "$(placed commune 'Hay-les-Roses (L’)')" "nom 94038 94"
	is "$(placed commune 'CHALONS/SAONE')" "inconnu - -"
	is "$(placed commune 'CHALON S/SAONE')" "nom 71076 71"
	is "$(placed commune 'Boulogne/Mer')" "nom 62160 62"
	is "$(placed 'commune\tdep' 'Athies-s/s-Laon\t02')" "nom 02028 02"
}

@test "locate: a commune with its department behind a dash, or before it" {
	is "$(placed commune 'Saint-Denis - 93')" "nom 93066 93"
	is "$(placed commune '93 - Saint-Denis')" "nom 93066 93"
	is "$(placed commune 'Saint-Denis / La Réunion')" "nom 97411 974"
	is "$(placed commune 'Saint-Denis [93]')" "nom 93066 93"
	is "$(placed commune 'Le Blanc - 93')" "contradiction - -"
	is "$(placed commune 'Blanc (Le) (36)')" "nom 36018 36"
	is "$(placed commune 'Autrans - Méaudre en Vercors')" "nom 38225 38"
}

@test "locate: a commune with its postal code, on either side" {
	is "$(placed commune '93200 Saint-Denis')" "adresse 93066 93"
	is "$(placed commune 'ST DENIS 97400')" "adresse 97411 974"
	is "$(placed commune '75012 Paris')" "adresse 75056 75"
	is "$(placed commune '75012 Le Blanc')" "contradiction - -"
}

@test "locate: an arrondissement by its number, in any writing" {
	local name
	for name in 'Paris XIIe' 'Paris 12e' 'PARIS 12 EME ARRONDISSEMENT' \
	    'Paris (XII)' 'Paris XIIème arr.' '75012 Paris 12 ème'; do
		[[ $(placed commune "$name") == *" 75056 75" ]]
	done
	is "$(placed commune 'Lyon 3ème')" "nom 69123 69"
	is "$(placed commune 'Lyon 3 EME')" "nom 69123 69"
	is "$(placed commune 'MARSEILLE Ier')" "nom 13055 13"
	is "$(placed commune 'Paris XXI')" "inconnu - -"
	is "$(placed commune 'Vierzon XII')" "inconnu - -"
}

@test "locate: a department's code behind a name" {
	is "$(placed commune 'Le Blanc 36')" "nom 36018 36"
	is "$(placed commune 'BLANC 36')" "nom 36018 36"
	is "$(placed commune 'Saint-Denis 974')" "nom 97411 974"
	is "$(placed commune 'Nice 6')" "nom 06088 06"
	is "$(placed commune 'Le Blanc 37')" "contradiction - -"
	is "$(placed commune 'Le Blanc 99')" "inconnu - -"
}

@test "locate: a commune by its town hall" {
	is "$(placed commune 'Mairie de Vierzon')" "nom 18279 18"
	is "$(placed commune 'MAIRIE DU BLANC')" "nom 36018 36"
	is "$(placed commune 'Ville des Lilas')" "nom 93045 93"
	is "$(placed commune 'Commune de La Ciotat')" "nom 13028 13"
	is "$(placed commune "Commune de l'Haÿ-les-Roses")" "nom 94038 94"
	is "$(placed commune "Ville d'Orléans (45)")" "nom 45234 45"
	is "$(placed commune 'Mairie de Paris 12e')" "nom 75056 75"
	is "$(placed commune 'Mairie de Saint-Denis')" "ambigu - -"
	is "$(placed commune "Ville-d'Avray")" "nom 92077 92"
	is "$(placed commune 'Mairie de')" "inconnu - -"
	is "$(placed commune 'Mairie')" "inconnu - -"
}

@test "locate: an apostrophe that was lost, where one commune fits" {
	is "$(placed commune 'LHAY LES ROSES')" "nom 94038 94"
	is "$(placed commune 'LILE D YEU')" "nom 85113 85"
	is "$(placed commune 'LILE DYEU')" "nom 85113 85"
	is "$(placed commune 'VILLENEUVE DASCQ')" "nom 59009 59"
	is "$(placed commune 'ST JEAN DANGELY (17)')" "nom 17347 17"
	is "$(placed commune 'PONT LEVEQUE')" "ambigu - -"
	is "$(placed commune 'PONT LEVEQUE 60')" "nom 60506 60"
	is "$(placed commune Lhuis)" "nom 01216 01"
}

@test "locate: a name that a larger commune had or has needs its department" {
	# Boisse (24) is smaller than La Boisse (01).
	is "$(placed commune Boisse)" "ambigu - -"
	is "$(placed 'commune\tdep' 'Saint-Étienne\t42')" "nom 42218 42"
	is "$(placed commune Saint-Étienne)" "nom 42218 42"
}

@test "locate: a code where a name is expected is a code" {
	is "$(placed commune 36018)" "code 36018 36"
	is "$(placed commune 2a004)" "code 2A004 2A"
	is "$(placed commune 75112)" "code 75056 75"
	is "$(placed commune 99999)" "inconnu - -"
}

@test "locate: a name with its code in brackets" {
	is "$(placed commune 'Saint-Denis (93066)')" "nom 93066 93"
	is "$(placed commune 'Saint-Denis (97400)')" "nom 97411 974"
	is "$(placed commune 'Le Blanc (93066)')" "contradiction - -"
}

@test "locate: Sainte-Colombe needs its department, and has it" {
	is "$(placed commune Sainte-Colombe)" "ambigu - -"
	awk -F '\t' '$2 == "Sainte-Colombe" { print $1 }' \
		"$REFERENCE/communes.tsv" >codes
	[ "$(wc -l <codes)" -gt 5 ]
	while read -r code; do
		is "$(placed 'ville\tdepartement' \
			"ste colombe\t${code%???}")" "nom $code ${code%???}"
	done <codes
}

@test "locate: a CEDEX code tells homonyms apart by its department" {
	is "$(placed 'ville\tcp' 'Saint-Denis CEDEX\t93205')" "nom 93066 93"
	is "$(placed 'ville\tcp' 'ST DENIS CEDEX 9\t97490')" "nom 97411 974"
}

# --- addresses --------------------------------------------------------------

@test "locate: an address ends in postal code and town" {
	is "$(placed adresse '12 rue de la Paix, 36300 Le Blanc')" \
		"adresse 36018 36"
	is "$(placed adresse '3 pl. du Marché 36300 LE BLANC, France')" \
		"adresse 36018 36"
	is "$(placed adresse 'BP 12\\n93205 SAINT-DENIS CEDEX\\nFRANCE')" \
		"adresse 93066 93"
	is "$(placed adresse 'F-75012 Paris')" "adresse 75056 75"
	is "$(placed adresse '10000 route de Lyon - 69003 LYON 3EME')" \
		"adresse 69123 69"
}

@test "locate: a place that is no commune leaves the address its postal code" {
	is "$(placed adresse 'Marigot, 97150 Grand-Case')" \
		"code-postal 97801 978"
	is "$(placed adresse '1 rue X, 36300 Les Ménigouttes')" "inconnu - -"
}

@test "locate: the country behind an address is none of the town's name" {
	is "$(placed adresse '1 rue X 36300 Le Blanc FRANCE')" \
		"adresse 36018 36"
	is "$(placed adresse '95700 ROISSY EN FRANCE')" "adresse 95527 95"
	is "$(placed adresse '66720 Latour de France')" "adresse 66096 66"
	is "$(placed adresse '19110 Sarroux - Saint Julien')" \
		"adresse 19252 19"
}

@test "locate: an address without postal code leads nowhere" {
	is "$(placed 'adresse\tcp' '12 rue de la Paix\t97150')" \
		"code-postal 97801 978"
	is "$(placed adresse '12 rue de la Paix')" "absent - -"
	is "$(placed adresse '12 rue de la Paix, 123456 Le Blanc')" "absent - -"
}

@test "locate: an address that contradicts itself, or a code, is a finding" {
	is "$(placed adresse '1 rue X, 75012 Marseille')" "contradiction - -"
	is "$(placed 'insee\tadresse' '36018\t1 rue X, 75012 Paris')" \
		"contradiction - -"
	is "$(placed 'insee\tadresse' '36018\t1 rue X, 36300 Le Blanc')" \
		"code 36018 36"
	has "$(why 'insee\tadresse' '36018\t1 rue X, 75012 Paris')" \
		"that is Le Blanc (36), but the address is '1 rue X, 75012 Paris'"
}

# --- coordinates ------------------------------------------------------------

@test "locate: coordinates give the department, and no commune of estimates" {
	is "$(placed 'latitude\tlongitude' '46.8\t1.6')" "departement - 36"
	is "$(placed 'lat\tlng' '-20.8789\t55.4481')" "commune-proche 97411 974"
	printf 'lat\tlon\n46.8\t1.6\n' >in.tsv
	run -0 dfv-geo locate in.tsv
	is "${lines[1]}" $'46.8\t1.6\t\t\t36\tIndre\t24\tCentre-Val de Loire\t\t46.8\t1.6\tpoint\tdepartement'
}

@test "locate: coordinates of no department are not placed" {
	local at
	for at in '0\t0' '51.5\t-0.12' '46.2044\t6.1432' '43.7384\t7.4246' \
		'49.234\t6.996' '-90\t180'; do
		is "$(placed 'latitude\tlongitude' "$at")" "hors-territoire - -"
	done
	has "$(why 'lat\tlon' '46.2044\t6.1432')" "the nearest commune, "
}

@test "locate: latitude and longitude the wrong way round are told" {
	has "$(why 'latitude\tlongitude' '1.6\t46.8')" \
		"are latitude and longitude swapped?"
}

@test "locate: what is no pair of coordinates is told" {
	is "$(placed 'latitude\tlongitude' '96\t1.6')" "illisible - -"
	is "$(placed 'latitude\tlongitude' '46,8\t1,6')" "illisible - -"
	is "$(placed 'latitude\tlongitude' '46.8\t')" "absent - -"
	printf 'lat;lon\n46,8;1,6\n' >in.csv
	run -0 dfv-geo locate --decimal-comma -t tsv in.csv
	has "$output" $'\t36\tIndre\t'
}

@test "locate: coordinates with a decimal comma are told what reads them" {
	printf 'lat\tlon\n48,85\t2,35\n' >in.tsv
	expect 0 dfv-geo locate in.tsv
	has "$stderr" "--decimal-comma"
	run -0 dfv-geo locate --decimal-comma in.tsv
	has "$output" $'\t75\tParis\t11\t'
}

@test "locate: coordinates that are far from the commune contradict it" {
	is "$(placed 'insee\tlatitude\tlongitude' '36018\t46.63\t1.06')" \
		"code 36018 36"
	is "$(placed 'insee\tlatitude\tlongitude' '36018\t48.85\t2.35')" \
		"contradiction - -"
	has "$(why 'insee\tlatitude\tlongitude' '36018\t48.85\t2.35')" \
		"but the coordinates are 265 km from there"
	is "$(placed 'commune\tlatitude\tlongitude' \
		'Saint-Denis\t-20.88\t55.45')" "nom 97411 974"
}

@test "locate: coordinates that are a list say nothing of each commune" {
	is "$(placed 'insee\tlatitude\tlongitude' \
		'36018|75056\t46.6|48.8\t1.1|2.3')" \
		"code ['36018', '75056'] ['36', '75']"
}

@test "locate: GeoJSON has a record's own coordinates" {
	printf 'lat\tlon\n46.8\t1.6\n' >in.tsv
	run -0 dfv-geo locate -t geojson in.tsv
	has "$output" '"geometry":{"type":"Point","coordinates":[1.6,46.8]}'
}

# --- layers -----------------------------------------------------------------

@test "locate: a list of coordinates is several places" {
	printf 'lat\tlon\n48.8566|44.02\t2.3522|1.39\n' >in.tsv
	run -0 dfv-geo locate --geography "$REFERENCE" -t jsonl in.tsv
	has "$output" '"commune":"Paris","departement":["75","82"],"departement_nom":["Paris","Tarn-et-Garonne"],"region":["11","76"]'
	has "$output" '"latitude":["48.8566","44.02"],"longitude":["2.3522","1.39"],"precision":["point","point"]'
	run -0 dfv-geo extract --region 11 in.tsv
	is "${#lines[@]}" 2
	run -0 dfv-geo extract --region 76 in.tsv
	is "${#lines[@]}" 2
	need_shared
	run -0 dfv-geo locate --geography "$SHARED/reference" in.tsv
	is "${lines[1]}" $'48.8566|44.02\t2.3522|1.39\t75056|82121\tParis|Montauban\t75|82\tParis|Tarn-et-Garonne\t11|76\tÎle-de-France|Occitanie\t200054781|248200099\t48.8566|44.02\t2.3522|1.39\tpoint|point\tcommune-proche'
}

@test "locate: a latitude goes with the longitude of its rank, or with none" {
	printf 'lat\tlon\n48.8566|44\t2.3522\n48.8566|x\t2.3522|1\n' >in.tsv
	expect 0 dfv-geo locate -t jsonl in.tsv
	has "${lines[0]}" '"latitude":"48.8566"'
	has "${lines[0]}" '"localisation":["commune-proche","illisible"]'
	has "${lines[1]}" '"code_commune":"75056","commune":"Paris"'
	has "$stderr" "in.tsv:2:1: warning: cannot be located: '44'"
	has "$stderr" "in.tsv:3:1: warning: cannot be located: 'x'"
}

@test "locate: a layer adds its columns" {
	printf 'code_commune\tclasse\tnote\n36018\tFRR\ta\n36044\tX\t\n' >frr.tsv
	printf 'insee\n36018\n36044\n31555\n36018|36044\n' >in.tsv
	run -0 dfv-geo locate --layer zone=frr.tsv -t jsonl in.tsv
	has "${lines[0]}" '"zone_classe":"FRR","zone_note":"a","localisation"'
	has "${lines[1]}" '"zone_classe":"X","zone_note":null'
	has "${lines[2]}" '"zone_classe":null'
	has "${lines[3]}" '"zone_classe":["FRR","X"]'
}

@test "locate: several rows of a layer are a list, former codes count" {
	printf 'code_commune;qpv\n01144;A\n01025;B\n01025;B\n' >qpv.csv
	printf 'insee\n01025\n' >in.tsv
	run -0 dfv-geo locate --layer q=qpv.csv in.tsv
	has "${lines[1]}" $'\tA|B\tcode'
}

@test "locate: a layer's list has each value once, in the order of the rows" {
	printf 'code_commune\tc\td\n' >l.tsv
	printf '36018\tA\t1\n36018\tB|A\t1\n36018\tA|C\t\n36018\tC\t2\n' \
		>>l.tsv
	run -0 dfv-geo locate --layer l=l.tsv -t jsonl <<<$'code_insee\n36018'
	has "$output" '"l_c":["A","B","C"],"l_d":["1","2"]'
}

@test "locate: a layer may be CSV of windows-1252, as the input may" {
	printf 'code_commune;nom\n36018;Vall\xe9e\n' >l.csv
	run -0 dfv-geo locate --encoding windows-1252 --layer l=l.csv \
		-t tsv <<<$'code_insee\n36018'
	has "$output" $'\tVallée\tcode'
}

@test "locate: a layer's mistakes are told" {
	printf 'insee\n36018\n' >in.tsv
	printf 'code_commune\tx\n99999\t1\n' >wrong.tsv
	expect 0 dfv-geo locate --layer w=wrong.tsv in.tsv
	has "$stderr" "wrong.tsv:2:1: warning: cannot be located: '99999'"
	printf 'code\tx\n36018\t1\n' >wrong.tsv
	expect 2 dfv-geo locate --layer w=wrong.tsv in.tsv
	has "$stderr" "unknown column: 'code_commune'"
	expect 2 dfv-geo locate --layer w=nowhere.tsv in.tsv
	has "$stderr" "[cannot-open]"
	expect 2 dfv-geo locate --layer nowhere in.tsv
	has "$stderr" "nowhere.tsv"
	expect 2 dfv-geo locate --layer =x in.tsv
	has "$stderr" "[bad-argument]"
}

# --- hard input -------------------------------------------------------------

@test "locate: hostile cells are located nowhere, and end nothing" {
	python3 - >in.tsv <<'PY'
print("adresse\tlatitude\tlongitude")
print("1" * 1000000 + "\t\t")
print("12345 " * 100000 + "\t\t")
print("(" * 1000 + ")" * 1000 + "36300\t\t")
print("\t" + "9" * 1000000 + "\t1e400")
print("36300 " + "\\n" * 1000 + "\t\t")
print("|" * 10000 + "\t|||\t||")
PY
	expect 0 with_memory 400000 dfv-geo locate in.tsv
	is "${#lines[@]}" 7
}

@test "locate: any number of threads gives the same, coordinates too" {
	awk -F '\t' 'BEGIN { print "latitude\tlongitude\tadresse" }
		NR > 1 { print $8 "\t" $9 "\t" }
		NR % 7 == 0 { print "\t\t" $7 " " $2 }' \
		"$REFERENCE/communes.tsv" >in.tsv
	dfv-geo locate -j 1 in.tsv >one.tsv 2>one.err
	dfv-geo locate -j 5 in.tsv >five.tsv 2>five.err
	cmp one.tsv five.tsv
	cmp one.err five.err
}
