#!/usr/bin/env bats
# dfv-geo map, beyond geo.bats: how figures become classes, circles, hatching
# and labels; pages and GeoJSON. tests/map.py says what each file has to be.

load helper

# map_ok FORMAT FILE
map_ok() {
	expect 0 python3 "$TOP/tests/map.py" "$1" "$2"
	is "$output" ""
}

# draw OPTION... FILE: the map as out.svg, which is held to be a good one.
draw() {
	dfv-geo map -o out.svg "$@" 2>err.txt || { cat err.txt; return 1; }
	map_ok svg out.svg
}

# shows TEXT [FILE]: whether it is in out.svg, or FILE.
shows() {
	grep -qF -- "$1" "${2:-out.svg}" || { echo "without: $1"; return 1; }
}

# How many lines of out.svg have the text.
count() {
	grep -c -- "$1" out.svg || true
}

# A figure for each department: regions of $1 figures, one after the other.
figures() {
	printf 'departement\tn\n'
	tail -n +2 "$REFERENCE/departements.tsv" | cut -f 1 |
		awk -v f="$1" '{ split(f, v, " "); n = length(f) ? split(f, v, " ") : 1
			print $1 "\t" v[(NR - 1) % n + 1] }'
}

# --- classes and colours ------------------------------------------------------

@test "map: equal classes say where they begin and where the next does" {
	printf 'region\tn\n11\t0\n24\t10\n27\t20\n28\t40\n' >in.tsv
	draw --by region --value n --classes equal:4 in.tsv
	shows '>de 30 à 40</text>'
	shows '>de 20 à moins de 30</text>'
	shows '>de 0 à moins de 10</text>'
}

@test "map: given bounds leave nothing out" {
	printf 'region\tn\n11\t-3\n24\t10\n27\t99\n' >in.tsv
	draw --by region --value n --classes 10,50 in.tsv
	shows '>50 ou plus</text>'
	shows '>de 10 à moins de 50</text>'
	shows '>moins de 10</text>'
}

@test "map: a bound belongs to the class it begins" {
	printf 'region\tn\n11\t9.9\n24\t10\n' >in.tsv
	draw --by region --value n --classes 10 in.tsv
	is "$(count 'class="k0".*Île-de-France (11)')" 1
	is "$(count 'class="k1".*Centre-Val de Loire (24)')" 1
}

@test "map: figures on both sides of 0 have a scale about 0" {
	printf 'region\tn\n11\t-3\n24\t0\n27\t5\n' >in.tsv
	draw --by region --value n in.tsv
	shows '.k0{fill:#ef8a62}'
	shows '.k1{fill:#f7f7f7}'
	shows '.k2{fill:#67a9cf}'
}

@test "map: on a dark ground a sequential scale is turned round" {
	printf 'region\tn\n11\t1\n24\t2\n27\t3\n' >in.tsv
	draw --by region --value n --colors Blues in.tsv
	has "$(sed '/@media/,$d' out.svg)" '.k0{fill:#deebf7}'
	has "$(grep '^@media' out.svg)" '.k2{fill:#deebf7}'
}

@test "map: texts have a colour each, in the order they were met" {
	printf 'region\tetat\n11\tfermé\n24\touvert\n27\tA & B\n28\ta|b\n32\tfermé\n' \
		>in.tsv
	draw --by region --category etat in.tsv
	is "$(count 'class="k0"><title>\|class="k0" d=')" 2
	is "$(count 'Hauts-de-France (32).*fermé</title>')" 1
	shows 'A &amp; B</text>'
	is "$(count 'amp;amp;')" 0
	shows '#a6cee3'
}

@test "map: the fifth to eighth texts are dotted, a ninth is an error" {
	figures "a b c d e f g h" >in.tsv
	draw --by departement --category n in.tsv
	shows '<pattern id="points7"'
	figures "a b c d e f g h i" >in.tsv
	expect 2 dfv-geo map --by departement --category n in.tsv
	has "$stderr" "in.tsv:10:4: error: a number out of range: 'i': a ninth text"
}

@test "map: classes and colours that are none are refused" {
	for classes in '' 0 equal:1 equal:8 1,x 2,1 1,2,3,4,5,6,7; do
		[ "$classes" = 0 ] && continue
		expect 2 dfv-geo map --by region --classes "$classes" /dev/null
		has "$stderr" '[bad-argument]'
	done
	expect 2 dfv-geo map --by region --colors Jet /dev/null
	has "$stderr" "'Jet': YlGnBu, Blues"
	expect 2 dfv-geo map --labels nom /dev/null
	has "$stderr" '[bad-argument]'
	expect 2 dfv-geo map --title $'\xff' /dev/null
	has "$stderr" 'not UTF-8'
}

# --- figures, units, words -----------------------------------------------------

@test "map: large figures are in millions, exact ones in the tooltip" {
	printf 'region\tn\n11\t6100000\n24\t2900000\n' >in.tsv
	draw --by region --value n --unit € in.tsv
	shows '>n (€, en millions)</text>'
	shows '>6,1</text>'
	shows $'6\u202f100\u202f000\u00a0€</title>'
}

@test "map: figures have as many digits as their range calls for" {
	printf 'region\tn\n11\t12.34567\n24\t2.98765\n' >in.tsv
	draw --by region --value n in.tsv
	shows '>12,3</text>'
	shows '>3,0</text>'
	shows '12,34567</title>'
}

@test "map: classes that would look the same get one digit more" {
	printf 'region\tn\n11\t100.001\n24\t100.002\n' >in.tsv
	draw --by region --value n in.tsv
	shows '>100,001</text>'
	shows '>100,002</text>'
}

@test "map: a long title takes lines, a longer one is cut" {
	local long
	printf 'region\n11\n' >in.tsv
	long=$(printf 'une carte %.0s' $(seq 14))
	draw --by region --title "$long" in.tsv
	is "$(count '^<text .*>une carte\|^<text .*>carte')" 2
	draw --by region --title "$(printf 'mot%.0s' $(seq 30000))" in.tsv
	has "$(grep '…</text>' out.svg)" motmot
	draw --by region --title "$(printf '\n\t')" in.tsv
}

@test "map: texts are escaped wherever they stand" {
	printf 'region\t<n>\n11\t1\n' >in.tsv
	draw --by region --value '<n>' --title '<t>&"' --legend '<l>' \
		--unit '<u>' --source '<s>' in.tsv
	shows '&lt;l&gt; (&lt;u&gt;)'
	dfv-geo map -t html --by region --value '<n>' --title '<t>&"' \
		--legend '<l>' --unit '<u>' --source '<s>' -o out.html in.tsv
	map_ok html out.html
}

# --- labels ----------------------------------------------------------------------

# The boxes of out.svg's labels, from their font's size, and whether two meet.
labels_apart() {
	python3 - <<'PY'
import xml.etree.ElementTree as ET
ns = "{http://www.w3.org/2000/svg}"
group = [g for g in ET.parse("out.svg").iter(ns + "g") if g.get("class") == "l"]
box = []
for t in group[0]:
    x, y, size = (float(t.get(k)) for k in ("x", "y", "font-size"))
    w = 0.3 * size * len(t.text)
    box.append((x - w, y - 0.7 * size, x + w, y, t.text))
for i, a in enumerate(box):
    for b in box[:i]:
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
            print(a, b)
print(len(box))
PY
}

@test "map: a label for each department, and none over another" {
	figures "12 345 6" >in.tsv
	draw --by departement --value n --labels value in.tsv
	is "$(labels_apart)" 101
}

@test "map: names too long for their department are parted or left out" {
	figures 1 >in.tsv
	draw --by departement --value n --labels name,value in.tsv
	run -0 labels_apart
	is "${#lines[@]}" 1
	[ "$output" -gt 180 ]
}

@test "map: labels are what is asked for" {
	printf 'region\tn\n44\t5\n' >in.tsv
	draw --by region --value n --labels none in.tsv
	is "$(count 'class="i0"')" 0
	draw --by region --value n --labels name,code in.tsv
	shows 'class="i0">Grand Est (44)</text>'
	draw --by region --value n --labels code in.tsv
	shows 'class="i0">44</text>'
}

@test "map: communes are labelled beside their circles" {
	printf 'code_insee\n36018\n36018\n31555\n' >in.tsv
	draw --labels name,value in.tsv
	shows $'>Le Blanc\u00a0: 2</text>'
	shows $'>Toulouse\u00a0: 1</text>'
}

@test "map: a label beside a circle keeps off it, whatever the font" {
	printf 'code_insee\n36018\n' >in.tsv
	draw --labels name in.tsv
	shows 'text-anchor="start">Le Blanc</text>'
	shows '.l{text-anchor:middle}'
	# Another circle is on the right.
	printf 'code_insee\n59350\n59512\n' >in.tsv
	draw --labels name in.tsv
	shows 'text-anchor="end">Lille</text>'
}

@test "map: a figure is of the territory that its own column names" {
	# Counts of communes that are codes of communes, without their zeros.
	printf 'region\tcommunes\tn\n44\t5115\t7\n76\t1053\t8\n' >in.tsv
	dfv-geo map --by region --value n -t geojson in.tsv >out.geojson
	python3 -c 'import json
f = json.load(open("out.geojson"))["features"]
print(sorted((p["code"], p["valeur"]) for p in (x["properties"] for x in f)
    if p["valeur"] is not None))' >figures
	is "$(cat figures)" "[('44', 7), ('76', 8)]"
}

@test "map: what is to be hatched may be CSV as the input may" {
	printf 'commune;x\nCh\xe2teauroux;1\n' >in.csv
	expect 0 dfv-geo map --hatch in.csv --encoding windows-1252 \
		-t geojson in.csv
	has "$output" '"nom":"Châteauroux","departement":"36","hachures"'
	printf 'lat;lon\n48,8566;2,3522\n' >in.csv
	expect 0 dfv-geo map --hatch in.csv --decimal-comma -t geojson in.csv
	has "$output" '"nom":"Paris","departement":"75","hachures"'
}

@test "map: characters that XML has no place for are replaced" {
	printf 'region\tt\n11\ta\xef\xbf\xbfb\xef\xbf\xbe\xef\xbc\x81\n' >in.tsv
	draw --by region --category t --labels value in.tsv
	shows $'>a\xef\xbf\xbdb\xef\xbf\xbd\xef\xbc\x81<'
}

@test "map: what coverage counts by region is drawn by region" {
	dfv-geo coverage -q --radius 30 --by region \
		"$TOP/data/deffinov/portraits.tsv" >coverage.tsv
	draw --by region --value part_couverte coverage.tsv
	dfv-filter -w 'region == "32"' coverage.tsv >one.tsv
	dfv-geo map --by region --hatch one.tsv -t geojson coverage.tsv \
		>out.geojson 2>err.txt
	python3 -c 'import json
f = json.load(open("out.geojson"))["features"]
print([x["properties"]["code"] for x in f
    if x["properties"].get("hachures")])' >hatched
	is "$(cat hatched)" "['32']"
}

# --- circles ----------------------------------------------------------------------

# The radius of the circle of a commune.
radius() {
	sed -n "s/.*r=\"\([0-9.]*\)\"><title>$1 .*/\1/p" out.svg
}

@test "map: circles have the sum of a column as their area" {
	printf 'code_insee\tplaces\n36018\t1.5\n36018\t98.5\n31555\t25\n44109\t0\n69123\t\n' \
		>in.tsv
	draw --size places --unit places in.tsv
	is "$(radius 'Le Blanc')" 18
	is "$(radius Toulouse)" 9
	is "$(count '</title></circle>')" 2
	shows $'Le Blanc (36)\u00a0: 100\u00a0places</title>'
}

@test "map: a size below 0 is an error with its place" {
	printf 'code_insee\tplaces\n36018\t-1\n' >in.tsv
	expect 2 dfv-geo map --size places in.tsv
	has "$stderr" "in.tsv:2:7: error: a number out of range: '-1'"
	printf 'code_insee\tplaces\n36018\tdouze\n' >in.tsv
	expect 2 dfv-geo map --size places in.tsv
	has "$stderr" '[not-a-number]'
	printf 'code_insee\tplaces\n36018\t1e308\n36018\t1e308\n' >in.tsv
	expect 2 dfv-geo map --size places in.tsv
	has "$stderr" "in.tsv:3:7: error: a number out of range: '1e308': the sum"
	expect 2 dfv-geo map --size place in.tsv
	has "$stderr" "did you mean 'places'"
}

@test "map: many circles are smaller, so that the map stays to be seen" {
	awk -F '\t' 'NR == 1 { print "code_insee" }
		NR > 1 && NR % 30 == 0 { print $1 }' \
		"$REFERENCE/communes.tsv" >in.tsv
	draw --points in.tsv
	python3 - <<'PY'
import re
r = [float(v) for v in re.findall(r'r="([\d.]+)"><title>', open("out.svg").read())]
assert len(r) > 1000 and sum(3.1416 * v * v for v in r) < 60000
PY
}

@test "map: two thousand circles and their tooltips are below 400 kB" {
	awk -F '\t' 'NR == 1 { print "code_insee" }
		NR > 1 && $9 != "" && n < 2000 && NR % 17 == 0 { print $1; n++ }' \
		"$REFERENCE/communes.tsv" >in.tsv
	draw --by departement --points in.tsv
	is "$(count '</title></circle>')" "$(grep -c '</title></circle>' out.svg)"
}

# --- hatching ---------------------------------------------------------------------

@test "map: communes of another file are hatched, and named in the legend" {
	printf 'code_insee\n36018\n' >in.tsv
	printf 'code_commune\n48095\n48080\n973%02d\n' 2 >blanches.tsv
	draw --points --hatch blanches.tsv in.tsv
	is "$(count '<path class="h" clip-path')" 2
	shows '>zones blanches</text>'
	draw --points --hatch 'Sans tiers-lieu=blanches.tsv' in.tsv
	shows '>Sans tiers-lieu</text>'
}

@test "map: what is hatched lies about the communes that are" {
	# All of Lozère: the hatched squares cover it, and little else.
	printf 'region\n76\n' >in.tsv
	awk -F '\t' '$3 == 48 || NR == 1' "$REFERENCE/communes.tsv" |
		dfv-filter -c code -r code=code_commune >hatched.tsv
	draw --by departement --column region= --column departement=region \
		--hatch hatched.tsv /dev/fd/3 3<<<$'region\n48'
	python3 - <<'PY'
import re
svg = open("out.svg").read()
area = re.search(r'd="(M[^"]*)"><title>Lozère', svg)[1]
step = re.findall(r"-?\d*\.?\d+", area)
x, y = float(step[0]), float(step[1])
xs, ys = [x], [y]
for dx, dy in zip(step[2::2], step[3::2]):
    x, y = x + float(dx), y + float(dy)
    xs.append(x)
    ys.append(y)
path = re.search(r'class="h" clip-path="[^"]*" d="([^"]*)"', svg)[1]
runs = [[int(v) for v in r]
        for r in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", path)]
hatched = sum(w * h for _, _, w, h in runs)
left, right = min(r[0] for r in runs), max(r[0] + r[2] for r in runs)
assert abs(left - min(xs)) < 12 and abs(right - max(xs)) < 12, (left, right)
lozere = abs(sum(a * d - b * c for a, b, c, d in
                 zip(xs, ys, xs[1:] + xs[:1], ys[1:] + ys[:1]))) / 2
assert 0.8 < hatched / lozere < 1.25, hatched / lozere
PY
}

@test "map: what is hatched without being seen is told" {
	printf 'code_insee\n36018\n' >in.tsv
	printf 'code_commune\n97801\n29083\n48095\n' >hatched.tsv
	expect 0 dfv-geo map --hatch hatched.tsv -o out.svg in.tsv
	has "$stderr" "'Île-de-Sein': the geography does not know its place (29083)"
	has "$stderr" "'Saint-Martin': it is not on this map (978)"
	shows 'Hachures'$'\u00a0'': zones blanches (3 communes).</desc>'
	expect 2 dfv-geo map --hatch - -o out.svg <in.tsv
	has "$stderr" "standard input is read already"
}

@test "map: territories of another file are hatched as they are" {
	printf 'region\n76\n' >in.tsv
	printf 'departement\n48\nGuyane\n' >hatched.tsv
	draw --by region --hatch hatched.tsv in.tsv
	is "$(count '<path class="h" d=')" 2
	printf 'region\nCorse\n' >hatched.tsv
	draw --by departement --column departement=region --hatch hatched.tsv \
		/dev/fd/3 3<<<$'region\n48'
	is "$(count '<path class="h" d=')" 1
}

@test "map: what is to be hatched and cannot be located is reported" {
	printf 'code_insee\n36018\n' >in.tsv
	printf 'commune\nZzyzx\nLe Blanc\n' >hatched.tsv
	expect 0 dfv-geo map --hatch hatched.tsv -o out.svg in.tsv
	has "$stderr" "hatched.tsv:2:1: warning: cannot be located: 'Zzyzx'"
	printf 'nom\nZzyzx\n' >hatched.tsv
	expect 2 dfv-geo map --hatch hatched.tsv -o out2.svg in.tsv
	has "$stderr" "hatched.tsv:1: error: unknown column"
	[ ! -e out2.svg ]
	expect 2 dfv-geo map --hatch nowhere.tsv in.tsv
	has "$stderr" '[cannot-open]'
}

# --- pages and GeoJSON --------------------------------------------------------------

@test "map: a page stands alone, with a table and tooltips" {
	printf 'region\tn\n11\t9\n76\t1234.5\n' >in.tsv
	expect 0 dfv-geo map -t html --by region --value n --title 'A & B' \
		--unit € -o out.html in.tsv
	is "$stderr" ""
	map_ok html out.html
	shows '<h1>A &amp; B</h1>' out.html
	shows '<th scope="row">Occitanie</th><td class="t">76</td><td><data value="1234.5">1'$'\u202f''234,5</data>' out.html
	shows '<td class="none">pas de donnée</td>' out.html
	is "$(grep -c '^<tr><th scope="row">' out.html)" 18
}

@test "map: a page has a table of communes for circles" {
	dfv-geo map -q -t html --by departement --points -o out.html \
		"$DATA/portraits.tsv"
	map_ok html out.html
	shows '<h2 id="communes">Communes</h2>' out.html
	shows '<th scope="row">Vico</th><td class="t">2A348</td>' out.html
	# What is on no map has its row all the same.
	shows '<th scope="row">Saint-Martin</th>' out.html
}

@test "map: a page of text has texts in its table" {
	figures "ouvert fermé" >in.tsv
	dfv-geo map -q -t html --by departement --category n -o out.html in.tsv
	map_ok html out.html
	shows '<td class="t">fermé</td>' out.html
}

@test "map: GeoJSON is as RFC 7946 wants it" {
	printf 'region\tn\n11\t9\n76\t1234.50\n' >in.tsv
	expect 0 dfv-geo map -t geojson --by region --value n -o out.geojson in.tsv
	map_ok geojson out.geojson
	run -0 python3 -c '
import json
d = json.load(open("out.geojson"))
p = {f["properties"]["code"]: f["properties"] for f in d["features"]}
print(len(p), p["76"]["nom"], p["76"]["valeur"], p["76"]["fill"], p["24"])'
	is "$output" "18 Occitanie 1234.5 #2c7fb8 {'code': '24', 'nom': 'Centre-Val de Loire', 'valeur': None}"
}

@test "map: GeoJSON keeps what is on no map" {
	printf 'code_insee\n97801\n36018\n' >in.tsv
	expect 0 dfv-geo map -t geojson --by departement --points \
		-o out.geojson in.tsv
	is "$stderr" ""
	map_ok geojson out.geojson
	run -0 python3 -c '
import json
for f in json.load(open("out.geojson"))["features"]:
    if f["properties"]["valeur"]:
        print(f["properties"]["nom"], f["geometry"] and f["geometry"]["type"])'
	is "$output" $'Indre MultiPolygon\nSaint-Martin None\nLe Blanc Point\nSaint-Martin Point' ||
		is "$output" $'Indre Polygon\nSaint-Martin None\nLe Blanc Point\nSaint-Martin Point'
}

@test "map: GeoJSON of hatched communes says as what" {
	printf 'code_insee\n36018\n' >in.tsv
	printf 'code_commune\n48095\n' >hatched.tsv
	dfv-geo map -t geojson --hatch 'Sans=hatched.tsv' -o out.geojson in.tsv
	map_ok geojson out.geojson
	shows '"code":"48095","nom":"Mende","departement":"48","hachures":"Sans"' out.geojson
}

@test "map: GeoJSON of nothing is a collection of none" {
	printf 'code_insee\n' >in.tsv
	run -0 dfv-geo map -t geojson in.tsv
	is "$(python3 -c 'import json, sys
print(json.loads(sys.argv[1])["features"])' "$output")" "[]"
}

# A country with a hole, an island across the antimeridian, rings that are
# turned the wrong way, not closed, or too short.
make_islands() {
	mkdir -p g
	printf 'code\tnom\n84\tAlpha\n' >g/regions.tsv
	printf 'code\tnom\tregion_code\n01\tUn\t84\n' >g/departements.tsv
	printf 'code\tnom\tdepartement_code\tregion_code\tepci_siren\tcodes_postaux\tlatitude\tlongitude\n' \
		>g/communes.tsv
	printf 'code\tnom\ttype\tcode_actuel\n' >g/communes_anciennes.tsv
	printf '%s\n' '{"type":"FeatureCollection","features":[{"type":"Feature",
		"properties":{"code":"84"},"geometry":{"type":"MultiPolygon","coordinates":[
		[[[170,0],[170,5],[180,5],[180,0],[170,0]],
		[[172,1],[174,1],[174,2],[172,2]]],
		[[[-180,0],[-175,0],[-175,5],[-180,5],[-180,0]]],
		[[[-170,1],[-171,1],[-170,1]]]]}}]}' >g/regions.geojson
}

@test "map: GeoJSON turns and closes rings, and crosses the antimeridian" {
	make_islands
	printf 'region\n84\n' >in.tsv
	expect 0 dfv-geo map --geography g -t geojson --by region \
		-o out.geojson in.tsv
	map_ok geojson out.geojson
	shows '"bbox":[170,0,-175,5]' out.geojson
	is "$(grep -o '\[\[\[' out.geojson | wc -l)" 2
	shows '[[172,1],[172,2],[174,2],[174,1],[172,1]]' out.geojson
}

# --- threads --------------------------------------------------------------------------

@test "map: every format is the same for any number of threads" {
	awk -F '\t' 'NR == 1 { print "code_insee\tn" }
		NR > 1 { print $1 "\t" NR % 7; if (NR % 900 == 0) print "x\t1" }' \
		"$REFERENCE/communes.tsv" >part
	(cat part && for _ in 1 2 3; do tail -n +2 part; done) >in.tsv
	for to in svg html geojson; do
		dfv-geo map -j 1 -t $to --by departement --size n in.tsv \
			>one.$to 2>one.err
		dfv-geo map -j 7 -t $to --by departement --size n in.tsv \
			>seven.$to 2>seven.err
		cmp one.$to seven.$to
		cmp one.err seven.err
	done
	shows 'more records' one.err
}

@test "map: the first mistake is told for any number of threads" {
	(printf 'departement\tn\n' && for d in 36 18 36; do
		printf '%s\t1\n' $d
	done && yes 'x' | head -n 30000 | sed 's/$/\t2/') >in.tsv
	for jobs in 1 7; do
		expect 2 dfv-geo map -j $jobs --by departement --value n in.tsv
		has "$stderr" "in.tsv:4:4: error: duplicate key: 'Indre'"
	done
}
