#!/usr/bin/env bats
# Distances: near, nearest, coverage; territories by coordinates: extract.

# shellcheck disable=SC2154 # $stderr and $output are set by expect
load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	# Towns, and places at the ends of the Earth.
	cat >towns.tsv <<'FIN'
id	latitude	longitude
paris	48.8566	2.3522
lyon	45.764	4.8357
brest	48.3904	-4.4861
fiji-east	-17	179.9
fiji-west	-17	-179.9
pole-a	89.9	0
pole-b	89.9	180
FIN
}

# Great-circle distance in km by the haversine, from the formula's own terms.
haversine() {
	python3 -c '
from math import *
a, b, c, d = map(radians, map(float, ("'"$1"'", "'"$2"'", "'"$3"'", "'"$4"'")))
h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
print(round(2 * 6371.0088 * asin(sqrt(h)), 3))'
}

# --- near -------------------------------------------------------------------

@test "near: keeps what is within the distance, and says how far it is" {
	expect 0 dfv-geo near --at 48.8566,2.3522 --radius 400 towns.tsv
	is "${lines[0]}" $'id\tlatitude\tlongitude\tdistance_km\tdistance_precision'
	is "${lines[1]}" $'paris\t48.8566\t2.3522\t0\tpoint'
	is "${lines[2]}" $'lyon\t45.764\t4.8357\t'"$(haversine 48.8566 2.3522 45.764 4.8357)"$'\tpoint'
	is "${#lines[@]}" 3
	is "$stderr" ""
}

@test "near: what is just as far is within, a metre further is not" {
	expect 0 dfv-geo near --at 0,0 --radius 111.196 <<<$'lat\tlon\n0\t1\n1\t0'
	is "${#lines[@]}" 3
	expect 0 dfv-geo near --at 0,0 --radius 111.195 <<<$'lat\tlon\n0\t1\n1\t0'
	is "${#lines[@]}" 1
}

@test "near: the antimeridian and the poles are no borders" {
	run -0 dfv-geo near --at -17,180 --radius 11 towns.tsv
	is "$(cut -f 1,4 <<<"$output" | tail -n +2)" \
		$'fiji-east\t10.634\nfiji-west\t10.634'
	run -0 dfv-geo near --at 90,77 --radius 12 towns.tsv
	is "$(cut -f 1,4 <<<"$output" | tail -n +2)" \
		$'pole-a\t11.12\npole-b\t11.12'
	run -0 dfv-geo near --at 90,0 --radius 20016 towns.tsv
	is "${#lines[@]}" 8
}

@test "near: --sort puts the nearest first, equals in the input's order" {
	printf 'id\tlat\tlon\na\t2\t0\nb\t1\t0\nc\t0\t1\nd\t-1\t0\ne\t0\t0\n' >in.tsv
	run -0 dfv-geo near --at 0,0 --radius 1000 --sort in.tsv
	is "$(cut -f 1 <<<"$output" | tr '\n' ' ')" "id e b c d a "
	run -0 dfv-geo near --at 0,0 --radius 1000 --sort -j 7 -t csv in.tsv
	is "$(cut -d , -f 1 <<<"$output" | tr '\n' ' ')" "id e b c d a "
}

@test "near: a place is coordinates, a code or a name" {
	printf 'code_insee\n36018\n75056\n' >in.tsv
	for at in 36018 'Le Blanc (36)' 'blanc (le)' 46.6337,1.0627; do
		run -0 dfv-geo near --at "$at" --radius 1 in.tsv
		has "${lines[1]}" $'36018\t0'
		is "${#lines[@]}" 2
	done
	expect 2 dfv-geo near --at Saint-Denis --radius 1 in.tsv
	has "$stderr" "several places of that name: 'Saint-Denis'"
	has "$stderr" "Saint-Denis (974)"
	expect 2 dfv-geo near --at Chatelrault --radius 1 in.tsv
	has "$stderr" "did you mean 'Châtellerault' (86066)?"
	expect 2 dfv-geo near --at 96,1 --radius 1 in.tsv
	has "$stderr" "[unknown-place]"
}

@test "near: a distance between estimates says so" {
	printf 'code_insee\n01001\n01002\n' >in.tsv
	run -0 dfv-geo near --at 01001 --radius 0 in.tsv
	is "${lines[1]}" $'01001\t0\tcode-postal'
	printf 'lat\tlon\tprecision\n46.1\t5\tepci\n46.1\t5\t\n' >in.tsv
	run -0 dfv-geo near --at 46.1,5 --radius 1 in.tsv
	is "$(cut -f 5 <<<"$output" | tail -n +2)" $'epci\npoint'
}

@test "near: of a record in several places the nearest counts" {
	printf 'code_insee\n36018|75056\n' >in.tsv
	run -0 dfv-geo near --at 75056 --radius 10 in.tsv
	is "${lines[1]}" $'36018|75056\t0\tcommune'
	run -0 bash -c 'dfv-geo locate in.tsv | dfv-geo near --at 36018 --radius 1'
	has "${lines[1]}" $'\t0\tcommune'
}

@test "near: half a pair of a list is reported, whichever half it is" {
	printf 'lat\tlon\n46\t2|3\n46|47\t2\n|46\t1|2\n' >in.tsv
	expect 0 dfv-geo near --at 46,2 --radius 10 in.tsv
	is "${#lines[@]}" 4
	has "$stderr" "in.tsv:2:1: warning: cannot be located: '3'"
	has "$stderr" "in.tsv:3:1: warning: cannot be located: '47'"
	has "$stderr" "in.tsv:4:1: warning: cannot be located: '1'"
}

@test "near: what has no place is reported, and left out" {
	printf 'id\tlat\tlon\na\t\t\nb\tx\t1\nc\t1\t\nd\t0\t0\n' >in.tsv
	expect 0 dfv-geo near --at 0,0 --radius 1 in.tsv
	is "${#lines[@]}" 2
	has "$stderr" "in.tsv:2:3: warning: cannot be located: nothing in it"
	has "$stderr" "in.tsv:3:3: warning: cannot be located: 'x': a latitude"
	has "$stderr" "in.tsv:4:3: warning: cannot be located: '1': a latitude"
}

@test "near: options that make no sense are refused" {
	expect 2 dfv-geo near --at 0,0 towns.tsv
	has "$stderr" "give --at PLACE and --radius KM"
	expect 2 dfv-geo near --at 0,0 --radius -1 towns.tsv
	has "$stderr" "[bad-argument]"
	expect 2 dfv-geo near --at 0,0 --radius ten towns.tsv
	has "$stderr" "give kilometres"
}

@test "near: agrees with distance_km of expressions on many records" {
	run -0 --separate-stderr bash -c "
		dfv-filter -w 'not missing(latitude)' -c code,latitude,longitude \
			'$REFERENCE/communes.tsv' >in.tsv
		dfv-geo near --at 46.5,2.5 --radius 80 in.tsv | cut -f 1,4 >near
		dfv-filter -s 'd=distance_km(latitude, longitude, 46.5, 2.5)' \
			-w 'distance_km(latitude, longitude, 46.5, 2.5) <= 80' \
			-c code,d in.tsv >filter"
	[ "$(wc -l <near)" -gt 500 ]
	cmp <(tail -n +2 near) <(tail -n +2 filter)
}

# --- nearest ----------------------------------------------------------------

@test "nearest: adds the nearest place, its columns and the distance" {
	printf 'site\tlat\tlon\nA\t48.8\t2.3\nB\t45.7\t4.8\n' >sites.tsv
	expect 0 dfv-geo nearest --to sites.tsv towns.tsv
	is "${lines[0]}" $'id\tlatitude\tlongitude\tsite\tlat\tlon\tdistance_km\tdistance_precision'
	is "${lines[1]}" $'paris\t48.8566\t2.3522\tA\t48.8\t2.3\t'"$(haversine 48.8566 2.3522 48.8 2.3)"$'\tpoint'
	is "$(cut -f 4 <<<"$output" | tr '\n' ' ')" "site A B A A A A A "
}

@test "nearest: -k gives the nearest ones in order, with their rank" {
	printf 'site\tlat\tlon\nA\t48.8\t2.3\nB\t45.7\t4.8\n' >sites.tsv
	run -0 dfv-geo nearest -k 3 --to sites.tsv --max 500 towns.tsv
	is "$(awk -F '\t' '{ print $1 ":" $4 ":" $9 }' <<<"$output" |
		tr '\n' ' ')" "id:site:rang paris:A:1 paris:B:2 lyon:B:1 lyon:A:2 brest:: fiji-east:: fiji-west:: pole-a:: pole-b:: "
}

@test "nearest: -k beyond all places gives all of them" {
	printf 'site\tlat\tlon\nA\t48.8\t2.3\n' >sites.tsv
	run -0 dfv-geo nearest -k 1000000000000 --to sites.tsv \
		<<<$'lat\tlon\n48.8\t2.3'
	is "$output" $'lat\tlon\tsite\tgeo_lat\tgeo_lon\tdistance_km\tdistance_precision\trang
48.8\t2.3\tA\t48.8\t2.3\t0\tpoint\t1'
}

@test "nearest: of places that are as near the first in the file counts" {
	printf 'site\tlat\tlon\nA\t0\t1\nB\t0\t1\nC\t0\t-1\n' >sites.tsv
	run -0 dfv-geo nearest -k 3 --to sites.tsv <<<$'lat\tlon\n0\t0'
	is "$(cut -f 3 <<<"$output" | tr '\n' ' ')" "site A B C "
}

@test "nearest: a place with several positions is met once" {
	printf 'site\tcode_insee\nA\t75056|93066|94028\nB\t36018\n' >sites.tsv
	run -0 dfv-geo nearest -k 2 --to sites.tsv <<<$'lat\tlon\n48.85\t2.35'
	is "$(cut -f 3,7 <<<"$output" | tr '\n' ' ')" \
		$'site\trang A\t1 B\t2 '
}

@test "nearest: a record without a place is kept and reported, as is a place" {
	printf 'site\tlat\tlon\nA\t48.8\t2.3\nB\t\t\n' >sites.tsv
	printf 'id\tlat\tlon\na\t\t\nb\t48\t2\n' >in.tsv
	expect 0 dfv-geo nearest --to sites.tsv in.tsv
	is "${lines[1]}" $'a\t\t\t\t\t\t\t'
	has "$stderr" "sites.tsv:3:3: warning: cannot be located"
	has "$stderr" "in.tsv:2:3: warning: cannot be located"
}

@test "nearest: no place at all is no neighbour" {
	printf 'site\tlat\tlon\n' >sites.tsv
	run -0 dfv-geo nearest --to sites.tsv towns.tsv
	is "${#lines[@]}" 8
	is "${lines[1]}" $'paris\t48.8566\t2.3522\t\t\t\t\t'
}

@test "nearest: the input's columns keep their names" {
	printf 'id\tlatitude\tlongitude\ns\t48\t2\n' >sites.tsv
	run -0 dfv-geo nearest --to sites.tsv towns.tsv
	is "${lines[0]}" $'id\tlatitude\tlongitude\tgeo_id\tgeo_latitude\tgeo_longitude\tdistance_km\tdistance_precision'
}

@test "nearest: any number of threads and any format gives the same" {
	awk -F '\t' 'BEGIN { print "latitude\tlongitude" }
		NR > 1 && $8 != "" { print $8 "\t" $9 }' \
		"$REFERENCE/communes.tsv" >in.tsv
	for k in 1 3; do
		dfv-geo nearest -k $k -j 1 --to towns.tsv in.tsv >one.tsv
		dfv-geo nearest -k $k -j 7 --to towns.tsv in.tsv >seven.tsv
		cmp one.tsv seven.tsv
		dfv-geo nearest -k $k -t csv --to towns.tsv in.tsv |
			dfv-filter -f csv -t tsv >csv.tsv
		cmp one.tsv csv.tsv
	done
}

@test "nearest: a file of places that says nothing of places is an error" {
	printf 'a\n1\n' >sites.tsv
	expect 2 dfv-geo nearest --to sites.tsv towns.tsv
	has "$stderr" "sites.tsv:1: error: unknown column"
	expect 2 dfv-geo nearest --to nowhere.tsv towns.tsv
	has "$stderr" "[cannot-open]"
	expect 2 dfv-geo nearest towns.tsv
	has "$stderr" "give --to FILE"
}

# --- coverage ---------------------------------------------------------------

# A country of four communes on a meridian, 11.12 km apart, in $1.
make_geography() {
	mkdir -p "$1"
	printf 'code\tnom\n84\tAlpha\n93\tBeta\n' >"$1/regions.tsv"
	printf 'code\tnom\tregion_code\n01\tUn\t84\n04\tQuatre\t93\n' \
		>"$1/departements.tsv"
	printf 'siren\tnom\n200\tCC Un\n' >"$1/epci.tsv"
	tr ' ' '\t' >"$1/communes.tsv" <<'FIN'
code nom departement_code region_code epci_siren population codes_postaux latitude longitude precision
01001 A 01 84 200 100 01000 46.0 5 commune
01002 B 01 84 200 200 01000 46.1 5 code-postal
04001 C 04 93  300 04000 46.2 5 commune
04002 D 04 93  50 04000   
FIN
	printf 'code\tnom\ttype\tcode_actuel\n' >"$1/communes_anciennes.tsv"
	printf 'code_commune\tclasse\n01001\tx\n04001\tx\n' >"$1/zone.tsv"
}

@test "coverage: communes and inhabitants within reach, and what is not known" {
	make_geography g
	printf 'lat\tlon\n46\t5\n' >in.tsv
	expect 0 dfv-geo coverage --geography g --radius 12 in.tsv
	is "$output" "communes	communes_couvertes	habitants	habitants_couverts	part_couverte	part_estimee	communes_sans_position	plus_loin_code	plus_loin	plus_loin_km
4	2	650	300	46.2	66.7	1	04001	C	22.239"
}

@test "coverage: --by region, and by what a layer adds" {
	make_geography g
	printf 'lat\tlon\n46\t5\n' >in.tsv
	run -0 dfv-geo coverage --geography g --radius 12 --by region in.tsv
	is "$(cut -f 1-7 <<<"$output")" "region	region_nom	communes	communes_couvertes	habitants	habitants_couverts	part_couverte
84	Alpha	2	2	300	300	100
93	Beta	2	0	350	0	0"
	run -0 dfv-geo coverage --geography g --radius 12 --layer zone \
		--by zone in.tsv
	is "$(cut -f 1-5 <<<"$output")" "zone	communes	communes_couvertes	habitants	habitants_couverts
non	2	1	250	200
oui	2	1	400	100"
	run -0 dfv-geo coverage --geography g --radius 12 --layer zone \
		--by departement,zone_classe in.tsv
	is "$(cut -f 1-5 <<<"$output")" "departement	departement_nom	zone_classe	communes	communes_couvertes
01	Un		1	1
01	Un	x	1	1
04	Quatre		1	0
04	Quatre	x	1	0"
	expect 2 dfv-geo coverage --geography g --radius 1 --by zone in.tsv
	has "$stderr" "--by takes region"
}

@test "coverage: the white zones are the communes out of reach" {
	make_geography g
	printf 'lat\tlon\n46\t5\n' >in.tsv
	expect 0 dfv-geo coverage --geography g --radius 12 --white-zones \
		--layer zone in.tsv
	is "$output" "code_commune	commune	departement	region	epci	habitants	latitude	longitude	precision	zone_classe	distance_km	distance_precision
04001	C	04	93		300	46.2	5	commune	x	22.239	commune"
	has "$stderr" "1 communes have no place"
}

@test "coverage: of no record is none" {
	make_geography g
	printf 'lat\tlon\n' >in.tsv
	run -0 dfv-geo coverage --geography g --radius 12 in.tsv
	is "${lines[1]}" "4	0	650	0	0		1			"
	run -0 --separate-stderr dfv-geo coverage --geography g --radius 12 \
		--white-zones in.tsv
	is "${#lines[@]}" 4
}

@test "coverage: covered and white together are all that have a place" {
	run -0 bash -c "dfv-geo coverage -q --radius 25 '$DATA/portraits.tsv' |
		dfv-filter -c communes_couvertes,communes_sans_position |
		tail -n 1 | awk '{ print \$1 + \$2 }'"
	covered=$output
	run -0 bash -c "dfv-geo coverage -q --radius 25 --white-zones \
		'$DATA/portraits.tsv' | dfv-filter --count"
	is $((covered + output)) "$(($(wc -l <"$REFERENCE/communes.tsv") - 1))"
}

@test "coverage: is within the reach that near has" {
	printf 'code_insee\n36018\n' >in.tsv
	dfv-geo coverage --radius 30 in.tsv | cut -f 2 | tail -n 1 >covered
	dfv-filter -w 'not missing(latitude)' -c code,latitude,longitude \
		"$REFERENCE/communes.tsv" |
		dfv-geo near --at 36018 --radius 30 | dfv-filter --count >within
	cmp covered within
}

@test "coverage: options that make no sense are refused" {
	expect 2 dfv-geo coverage towns.tsv
	has "$stderr" "give --radius KM"
	expect 2 dfv-geo coverage --radius 1 --by region --white-zones towns.tsv
	has "$stderr" "exclude each other"
	expect 2 dfv-geo coverage --radius 1 -t geojson towns.tsv
	has "$stderr" "[unknown-format]"
}

# --- extract ----------------------------------------------------------------

@test "extract: a box, its sides included" {
	run -0 dfv-geo extract --bbox 2.3522,45,5,48.8566 towns.tsv
	is "$(cut -f 1 <<<"$output" | tr '\n' ' ')" "id paris lyon "
	run -0 dfv-geo extract --bbox 2.3523,45,5,48.8566 towns.tsv
	is "$(cut -f 1 <<<"$output" | tr '\n' ' ')" "id lyon "
}

@test "extract: a box whose west is east of its east crosses the antimeridian" {
	run -0 dfv-geo extract --bbox 179,-20,-179,0 towns.tsv
	is "$(cut -f 1 <<<"$output" | tr '\n' ' ')" "id fiji-east fiji-west "
}

@test "extract: a box that is none is refused" {
	for box in 1,2,3 1,2,3,4,5 1,4,3,2 a,b,c,d 181,0,0,0; do
		expect 2 dfv-geo extract --bbox $box towns.tsv
		has "$stderr" "give west,south,east,north"
	done
}

@test "extract: a polygon with a hole, its edges inside" {
	cat >p.geojson <<'FIN'
{"type":"Feature","properties":{},"geometry":{"type":"MultiPolygon","coordinates":[
[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,3],[3,3],[3,1],[1,1]]],
[[[10,0],[11,0],[11,1],[10,0]]]]}}
FIN
	cat >in.tsv <<'FIN'
id	lat	lon
in	0.5	0.5
hole	2	2
edge	2	1
corner	4	4
out	2	4.0000001
second	0.5	10.9
FIN
	run -0 dfv-geo extract --polygon p.geojson in.tsv
	is "$(cut -f 1 <<<"$output" | tr '\n' ' ')" "id in edge corner second "
}

@test "extract: a polygon may come packed, or through a pipe" {
	printf '{"type":"Polygon",\n"coordinates":[[[0,0],[4,0],[4,4],[0,0]]]}' \
		>p.geojson
	printf 'id\tlat\tlon\nin\t1\t2\nout\t2\t1\n' >in.tsv
	gzip -k p.geojson
	run -0 dfv-geo extract --polygon p.geojson.gz in.tsv
	is "$output" $'id\tlat\tlon\nin\t1\t2'
	run -0 dfv-geo extract --polygon - in.tsv <p.geojson
	is "$output" $'id\tlat\tlon\nin\t1\t2'
	run -0 dfv-geo extract --polygon <(cat p.geojson) in.tsv
	is "$output" $'id\tlat\tlon\nin\t1\t2'
	gzip -dc p.geojson.gz | head -c 20 >cut.geojson
	expect 2 dfv-geo extract --polygon cut.geojson in.tsv
	has "$stderr" "[bad-polygon]"
	: >empty.geojson
	expect 2 dfv-geo extract --polygon empty.geojson in.tsv
	has "$stderr" "empty.geojson:1:1: error: not a polygon"
}

@test "extract: a polygon that is none is told with its place" {
	printf '{"type":"Point",\n "coordinates":[1,2]}\n' >p.geojson
	expect 2 dfv-geo extract --polygon p.geojson towns.tsv
	has "$stderr" "p.geojson:1:1: error: not a polygon"
	printf '{"type":"Polygon",\n"coordinates":[[[0,0],[1,0],[1,91],[0,0]]]}' \
		>p.geojson
	expect 2 dfv-geo extract --polygon p.geojson towns.tsv
	has "$stderr" "p.geojson:2:32: error: not a polygon: '91'"
	printf '{"type":"FeatureCollection","features":[]}' >p.geojson
	expect 2 dfv-geo extract --polygon p.geojson towns.tsv
	has "$stderr" "there is no Polygon in it"
	python3 -c 'print("[" * 100000)' >p.geojson
	expect 2 dfv-geo extract --polygon p.geojson towns.tsv
	has "$stderr" "[bad-polygon]"
	expect 2 dfv-geo extract --polygon nowhere towns.tsv
	has "$stderr" "[cannot-open]"
}

@test "extract: communes are in a polygon by their place" {
	printf '{"type":"Polygon","coordinates":[[[0,46],[2,46],[2,47],[0,47],[0,46]]]}' \
		>p.geojson
	printf 'commune\nLe Blanc\nParis\nLe Blanc|Paris\n' >in.tsv
	run -0 dfv-geo extract --polygon p.geojson in.tsv
	is "$output" $'commune\nLe Blanc\nLe Blanc|Paris'
	run -0 dfv-geo extract --bbox 0,46,2,47 in.tsv
	is "$output" $'commune\nLe Blanc\nLe Blanc|Paris'
}

@test "extract: by coordinates a department is what its outline has" {
	printf 'lat\tlon\n46.8\t1.6\n43.6\t1.44\n' >in.tsv
	run -0 dfv-geo extract --departement 36 in.tsv
	is "$output" $'lat\tlon\n46.8\t1.6'
	run -0 dfv-geo extract --region 76 in.tsv
	is "$output" $'lat\tlon\n43.6\t1.44'
}

# files DIR: their names in order, a space behind each.
files() {
	find "$1" -type f -printf '%f\n' | LC_ALL=C sort | tr '\n' ' '
}

# --- a file a value ---------------------------------------------------------

@test "split: a file a value, together the whole" {
	expect 0 dfv-geo extract --split-by region -d out "$DATA/projets.tsv"
	is "$output" ""
	is "$(files out | wc -w)" "$(tail -n +2 "$DATA/projets.tsv" | cut -f 2 |
		sort -u | wc -l)"
	cmp <(dfv-geo extract --region 76 "$DATA/projets.tsv") out/76.tsv
	cmp <(tail -qn +2 out/*.tsv | sort) \
		<(tail -n +2 "$DATA/projets.tsv" | sort)
}

@test "split: the department of communes where no column says it" {
	printf 'commune\nLe Blanc\nParis\nLe Blanc|Paris\nSaint-Denis\n' >in.tsv
	expect 0 dfv-geo extract --split-by departement -d out in.tsv
	has "$stderr" "in.tsv:5:1: warning: cannot be located: 'Saint-Denis'"
	is "$(files out)" "36.tsv 75.tsv inconnu.tsv "
	is "$(cat out/36.tsv)" $'commune\nLe Blanc\nLe Blanc|Paris'
	is "$(cat out/inconnu.tsv)" $'commune\nSaint-Denis'
}

@test "split: with a territory, in any format" {
	printf 'id;lat;lon\na;46.8;1.6\nb;43.6;1.44\nc;48.85;2.35\n' >in.csv
	expect 0 dfv-geo extract --bbox 1,43,2,47 --split-by id -d out \
		-t geojson in.csv
	is "$(files out)" "a.geojson b.geojson "
	has "$(cat out/b.geojson)" '"coordinates":[1.44,43.6]'
	python3 -c 'import json; json.load(open("out/a.geojson"))'
}

@test "split: a value that a list has twice gets the record once" {
	printf 'id\tthemes\nx\tA|B|A|A|\ny\tB\n' >in.tsv
	expect 0 dfv-geo extract --split-by themes -d out in.tsv
	is "$(cat out/A.tsv)" $'id\tthemes\nx\tA|B|A|A|'
	is "$(cut -f 1 out/B.tsv | tr '\n' ' ')" "id x y "
	is "$(cut -f 1 out/inconnu.tsv | tr '\n' ' ')" "id x "
}

@test "split: a value is no path" {
	printf 'id\nx/y\n..\n%%2F\na b\n\n' >in.tsv
	expect 0 dfv-geo extract --split-by id -d out in.tsv
	is "$(files out)" \
		"%252F.tsv %2E..tsv a b.tsv inconnu.tsv x%2Fy.tsv "
}

@test "split: a mistake in the input leaves the old files" {
	mkdir out
	echo old >out/a.tsv
	printf 'id\tn\na\t1\nb\t2\nc\n' >in.tsv
	expect 2 dfv-geo extract --split-by id -d out in.tsv
	has "$stderr" "in.tsv:4:"
	is "$(cat out/a.tsv)" old
	is "$(files out)" "a.tsv "
}

@test "split: more files than a process may have open by default" {
	(ulimit -Sn 64 && printf 'id\n' && seq 300) >in.tsv
	(ulimit -Sn 64 && dfv-geo extract --split-by id -d out in.tsv)
	is "$(files out | wc -w)" 300
}

@test "split: what goes together and what does not" {
	expect 2 dfv-geo extract --split-by id towns.tsv
	has "$stderr" "--split-by COL and -d DIR go together"
	expect 2 dfv-geo extract --region 24 -d out towns.tsv
	has "$stderr" "--split-by COL and -d DIR go together"
	expect 2 dfv-geo extract --split-by id -d out -o x towns.tsv
	has "$stderr" "not to --output"
	expect 2 dfv-geo extract --split-by ide -d out towns.tsv
	has "$stderr" "did you mean 'id'?"
	touch file
	expect 2 dfv-geo extract --split-by id -d file/out towns.tsv
	has "$stderr" "[cannot-write]"
}

@test "geo: standard input is read once, by the operands or by an option" {
	for verb in 'nearest --to -' 'nearest --to - -' 'extract --polygon -' \
	    'locate --layer frr=-'; do
		# shellcheck disable=SC2086 # words
		expect 2 dfv-geo $verb <towns.tsv
		[ "$output" = "" ]
		[[ $stderr == *"standard input is read already: --"*" needs a file"* ]]
	done
	expect 2 dfv-geo locate --layer a=- --layer b=- towns.tsv </dev/null
	[[ $stderr == *"standard input is read already: --layer"* ]]
	cp towns.tsv places.tsv
	expect 0 dfv-geo nearest --to - towns.tsv <places.tsv
	[ "$(cut -f7 <<<"$output" | tail -n 1)" = 0 ]
}

@test "extract: a territory by the beginning of its name is suggested" {
	expect 2 dfv-geo extract --region Centre towns.tsv
	[[ $stderr == *"'Centre': did you mean 'Centre-Val de Loire' (24)?"* ]]
	expect 2 dfv-geo extract --departement Haute towns.tsv
	[[ $stderr == *"no such place: 'Haute'"* ]]
}
