#!/usr/bin/env bats
# Known places, with the geography that ships and with a full one.

# shellcheck disable=SC2154 # $stderr and $output are set by expect
load helper

# each_geography COMMAND...: runs it with $G the one folder, then the other,
# where that is there.
each_geography() {
	G=$REFERENCE "$@" || return 1
	[ ! -d "$SHARED/reference" ] || G=$SHARED/reference "$@"
}

# located FILE [OPTION]...: the file's records located, as TSV.
located() {
	local file=$1
	shift
	dfv-geo locate -q -t tsv --geography "$G" "$@" "$file"
}

# all_right N: of the records on standard input, N, each has in `code_commune`
# what its column `vrai` has.
all_right() {
	dfv-filter -w 'code_commune == vrai' --count >right
	is "$(cat right)" "$1"
}

portraits() {
	located "$DATA/portraits.tsv" --column code= |
		dfv-filter -w 'code_commune == code_insee' --count >right
	is "$(cat right)" 41
}

@test "geography: the 41 portraits are where they are, by their names" {
	each_geography portraits
}

prefectures() {
	dfv-filter -w 'not missing(chef_lieu_code)' -s 'vrai=chef_lieu_code' \
		-s 'departement=code' -s 'commune=upper(chef_lieu_nom)' \
		-c vrai,commune,departement "$G/departements.tsv" >in.tsv
	located in.tsv | all_right 107
}

@test "geography: the prefectures are where they are" {
	# Of 109 departments and collectivities two have none.
	each_geography prefectures
}

homonyms() {
	dfv-filter -s 'vrai=code' -s 'commune=nom' -s \
		'departement=departement_code' -w 'nom in ("Saint-Denis",
		"Sainte-Colombe", "Saint-Louis", "Le Bourg", "Castillon")' \
		-c vrai,commune,departement "$G/communes.tsv" >in.tsv
	n=$(($(wc -l <in.tsv) - 1))
	[ "$n" -gt 15 ]
	located in.tsv | all_right "$n"
	located in.tsv --column departement= |
		dfv-filter -w 'not missing(code_commune)' -c commune >sure
	! grep -e Saint-Denis -e Sainte-Colombe -e Saint-Louis sure
}

@test "geography: homonyms are told apart by department, and by nothing else" {
	each_geography homonyms
}

# Towns at borders, on islands, overseas, in enclaves; abroad. Coordinates are
# those of the towns.
places() {
	cat <<'FIN'
commune	vrai	departement	latitude	longitude
Menton	06083	06	43.7765	7.5048
Hendaye	64260	64	43.3587	-1.7747
Saint-Louis	68297	68	47.589	7.5595
Annemasse	74012	74	46.1934	6.2341
Ferney-Voltaire	01160	01	46.2558	6.1081
Forbach	57227	57	49.1887	6.8990
Wissembourg	67544	67	49.0370	7.9450
Givet	08190	08	50.1380	4.8240
Maubeuge	59392	59	50.2780	3.9730
Tourcoing	59599	59	50.7240	3.1610
Longwy	54323	54	49.5200	5.7600
Modane	73157	73	45.2010	6.6590
Cerbère	66048	66	42.4420	3.1660
Bourg-Madame	66025	66	42.4350	1.9420
Lauterbourg	67261	67	48.9750	8.1770
Saint-Julien-en-Genevois	74243	74	46.1440	6.0830
Divonne-les-Bains	01143	01	46.3560	6.1430
Morteau	25411	25	47.0570	6.6070
Delle	90033	90	47.5080	6.9990
Bray-Dunes	59107	59	51.0720	2.5260
Valréas	84138	84	44.3850	4.9910
Saint-Denis	97411	974	-20.8789	55.4481
Cayenne	97302	973	4.9372	-52.3260
Le Palais	56152	56	47.3470	-3.1550
Ouessant	29155	29	48.4570	-5.0960
L'Île-d'Yeu	85113	85	46.7270	-2.3480
Île-de-Bréhat	22016	22	48.8460	-3.0000
FIN
}

by_name() {
	places | dfv-filter -c commune,vrai,departement >in.tsv
	located in.tsv | all_right 27
}

@test "geography: border towns, islands and enclaves are found by name" {
	each_geography by_name
}

by_point() {
	places | dfv-filter -s 'vrai=departement' -c vrai,latitude,longitude \
		>in.tsv
	located in.tsv >out.tsv
	# Those that are placed are placed rightly; how many depends on G.
	dfv-filter -w 'departement != vrai' out.tsv >wrong
	is "$(wc -l <wrong)" 1
	dfv-filter -w 'departement == vrai' --count out.tsv >right
	[ "$(cat right)" -ge 19 ]
	[ "$G" = "$REFERENCE" ] || is "$(cat right)" 27
}

@test "geography: border towns, islands and enclaves are found by coordinates" {
	each_geography by_point
}

abroad() {
	cat >in.tsv <<'FIN'
lieu	latitude	longitude
Genève	46.2044	6.1432
Monaco	43.7384	7.4246
Bâle	47.5596	7.5886
Sarrebruck	49.2340	6.9960
Kehl	48.5730	7.8090
Llívia	42.4640	1.9810
Irun	43.3390	-1.7890
Londres	51.5	-0.12
nulle part	0	0
FIN
	located in.tsv | dfv-filter -w 'not missing(departement)' --count >wrong
	is "$(cat wrong)" 0
}

@test "geography: towns across the border are not in France" {
	need_shared
	G=$SHARED/reference abroad
}

merged() {
	# Where a commune has been joined to others, its code and its name lead
	# to the new one; of a split one they lead to none.
	dfv-filter -w 'type == "deleguee" and count(code_actuel) == 1' \
		-s 'vrai=code_actuel' -s 'insee=code' -c vrai,insee \
		"$G/communes_anciennes.tsv" >in.tsv
	located in.tsv >out.tsv
	# 52427 was also the code of what has since been split.
	dfv-filter -w 'missing(code_commune) and insee != "52427"' --count \
		out.tsv >lost
	is "$(cat lost)" 0
	dfv-filter -w 'code_commune != vrai' --count out.tsv >wrong
	is "$(cat wrong)" 0
	dfv-filter -w 'type == "ancienne" and count(code_actuel) == 1' \
		-s 'vrai=code_actuel' -s 'insee=code' -s 'commune=nom' \
		-c vrai,insee,commune "$G/communes_anciennes.tsv" >in.tsv
	located in.tsv | dfv-filter -w 'not missing(code_commune) and
		code_commune != vrai' --count >wrong
	is "$(cat wrong)" 0
}

@test "geography: merged communes lead to those of today" {
	each_geography merged
}

# Every commune as people write it, with its postal code or department.
spellings() {
	python3 - "$G/communes.tsv" >in.tsv <<'PY'
import re, sys, unicodedata

def plain(s):
    s = unicodedata.normalize("NFD", s.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(c for c in s if not unicodedata.combining(c))

head, *rows = [l.rstrip("\n").split("\t") for l in open(sys.argv[1])]
print("vrai\tcommune\tcp\tdep\tadresse")
for row in rows:
    d = dict(zip(head, row))
    name, code = d["nom"], d["codes_postaux"].split("|")[0]
    upper = plain(name).upper()
    short = re.sub(r"\bSAINT(E?)\b", r"ST\1", upper)
    ways = [upper, short.replace("-", " ").replace("'", " ")]
    ways.append(name.replace("-sur-", " s/ ").replace("-sous-", " s/s "))
    moved = re.match(r"(Le |La |Les |L')(.*)", name)
    if moved:
        ways.append(f"{moved[2]} ({moved[1].strip()})")
    for way in ways:
        print(d["code"], way, "", d["departement_code"], "", sep="\t")
        print(d["code"], f"{way} ({d['departement_code']})", "", "", "",
              sep="\t")
        print(d["code"], f"{way} - {d['departement_code']}", "", "", "",
              sep="\t")
        if code:
            print(d["code"], way, code, "", "", sep="\t")
            print(d["code"], f"{code} {way}", "", "", "", sep="\t")
            print(d["code"], f"{way} {code}", "", "", "", sep="\t")
            print(d["code"], "", "", "", f"1 rue X, {code} {way}", sep="\t")
            print(d["code"], "", "", "", f"{code} {way} FRANCE", sep="\t")
PY
	located in.tsv >out.tsv
	dfv-filter -w 'not missing(code_commune) and code_commune != vrai' \
		--count out.tsv >wrong
	is "$(cat wrong)" 0
	dfv-filter -w 'missing(code_commune)' --count out.tsv >lost
	[ "$(cat lost)" -lt 20 ]
	[ "$(wc -l <in.tsv)" -gt 800000 ]
}

@test "geography: every commune is found as people write it, none wrongly" {
	each_geography spellings
}

# The files of others, by codes, by names, by coordinates.
samples() {
	local file=$SHARED/samples/anct-manufactures-de-proximite-2023.csv
	dfv-filter -t tsv -s 'vrai=id_geo' -c vrai,id_geo,latitude,longitude \
		"$file" >in.tsv
	located in.tsv | all_right 98
	dfv-filter -t tsv -s 'vrai=id_geo' -c vrai,liste_geo "$file" >in.tsv
	located in.tsv --column commune=liste_geo | all_right 98
	dfv-filter -t tsv -s 'vrai=id_geo' -s 'dep=substr(id_geo, 1, 2)' \
		-w 'not (id_geo =~ "^97")' -c vrai,lib_geo,dep "$file" >in.tsv
	located in.tsv | all_right $(($(wc -l <in.tsv) - 1))
}

@test "geography: a published file's places are all found, none wrongly" {
	need_shared
	each_geography samples
}

@test "geography: from a published CSV to a map in one pipe" {
	need_shared
	dfv-geo locate "$SHARED"/samples/*.csv |
		dfv-geo map --points --title 'Manufactures' -o map.svg
	[ "$(grep -c '</title></circle>' map.svg)" -gt 80 ]
}

# What dfv-geography(5) says of coordinates.
towns_by_point() {
	dfv-filter -w 'precision == "commune" and len(departement_code) == 2' \
		-s 'vrai=code' -s 'dep_vrai=departement_code' \
		-c vrai,dep_vrai,latitude,longitude "$REFERENCE/communes.tsv" \
		>in.tsv
	G=$SHARED/reference located in.tsv |
		dfv-stats -a 'n=count()' -a 'places=count() where
			not missing(departement)' -a 'faux=count() where
			departement != dep_vrai' -a 'communes=count() where
			code_commune == vrai' | tail -n 1
}

@test "geography: towns of GeoNames are in their department and mostly commune" {
	need_shared
	is "$(towns_by_point)" "8513	8479	0	7972"
}

@test "geography: a full folder has a layer of each of its files" {
	need_shared
	printf 'insee\n01053\n' >in.tsv
	run -0 dfv-geo locate --geography "$SHARED/reference" --layer frr \
		--layer zrr --layer qpv --layer typologie -t jsonl in.tsv
	has "$output" '"frr_classement":null'
	has "$output" '"qpv_code_qpv":["QN00101M","QN00102M"'
	has "$output" '"typologie_densite7":'
}

@test "geography: what is no geography is told" {
	mkdir g
	cp "$REFERENCE"/*.tsv g
	printf 'insee\n36018\n' >in.tsv
	sed -i '2s/code-postal$/environ/' g/communes.tsv
	expect 2 dfv-geo locate --geography g in.tsv
	has "$stderr" "g/communes.tsv:2:"
	has "$stderr" "a precision is commune, code-postal or epci"
	sed -i '2s/environ$/epci/; 3s/^01002/01001/' g/communes.tsv
	expect 2 dfv-geo locate --geography g in.tsv
	has "$stderr" "g/communes.tsv:3:1: error"
	has "$stderr" "this code was there before"
	sed -i '3s/^01001/1002/' g/communes.tsv
	expect 2 dfv-geo locate --geography g in.tsv
	has "$stderr" "an INSEE code, of five characters, is wanted"
	cp "$REFERENCE/communes.tsv" g
	printf '{"type":"Point","coordinates":[1,2]}' >g/departements.geojson
	printf 'lat\tlon\n46\t2\n' >in.tsv
	expect 2 dfv-geo locate --geography g in.tsv
	has "$stderr" "g/departements.geojson:1:1: error: not a geography"
}

@test "geography: an outline of no department is told" {
	mkdir g
	cp "$REFERENCE"/*.tsv g
	printf 'lat\tlon\n48.8566\t2.3522\n' >in.tsv
	for code in '"code":"7X"' '"nom":"Paris"'; do
		sed "s/\"code\":\"75\"/$code/" \
			"$REFERENCE/departements.geojson" \
			>g/departements.geojson
		expect 2 dfv-geo locate --geography g in.tsv
		has "$stderr" "g/departements.geojson: error: not a geography"
	done
}

@test "geography: without outlines the nearest commune says the department" {
	mkdir g
	cp "$REFERENCE"/*.tsv g
	printf 'lat\tlon\n48.8566\t2.3522\n0\t0\n' >in.tsv
	run -0 --separate-stderr dfv-geo locate -q --geography g -t jsonl in.tsv
	has "${lines[0]}" '"departement":"75"'
	has "${lines[1]}" '"hors-territoire"'
}

@test "geography: coordinates alone ask nothing of what communes once were" {
	mkdir g
	cp "$REFERENCE"/{communes,departements,regions}.tsv \
		"$REFERENCE"/departements.geojson g
	printf 'lat\tlon\n48.8566\t2.3522\n' >in.tsv
	run -0 --separate-stderr dfv-geo locate --geography g -t jsonl in.tsv
	has "$output" '"commune":"Paris"'
	is "$stderr" ""
	printf 'code_commune\n75056\n' >in.tsv
	expect 2 dfv-geo locate --geography g in.tsv
	has "$stderr" "g/communes_anciennes.tsv"
	printf 'code_commune\tplus\n75056\t1\n' >layer.tsv
	printf 'lat\tlon\n48.8566\t2.3522\n' >in.tsv
	expect 2 dfv-geo locate --geography g --layer l=layer.tsv in.tsv
	has "$stderr" "g/communes_anciennes.tsv"
}
