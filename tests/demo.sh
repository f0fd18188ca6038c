#!/bin/sh
# demo.sh BUILD: the main job on the real data, in a few seconds. What it
# makes is left in build/demo/.
set -eu
build=$1
top=$(cd "$(dirname "$0")/.." && pwd)
PATH=$top/$build/bin:$PATH
cd "$top"
out=build/demo
mkdir -p "$out"

say() {
	printf '\n== %s\n$ %s\n' "$1" "$2"
	sh -c "$2" || [ $? -eq 1 ]
}

say "The programme's data against its rules: what the sources contradict" \
	"dfv-validate -p data/deffinov/package.yaml"
say "Laureates by region" \
	"dfv-stats -g region -a 'laureats=count()' --totals data/deffinov/projets.tsv"
say "What is published, beside what the records say" \
	"dfv-stats -i data/deffinov/indicators.yaml | dfv-filter -w 'region == \"national\" and not missing(publie)' -c libelle,valeur,publie,ecart -t md"
say "Portraits by theme" \
	"dfv-stats --explode thematiques -g thematiques -a 'portraits=count()' -t md data/deffinov/portraits.tsv"
say "The portraits of Occitanie, as a table" \
	"dfv-filter -w 'region == \"76\"' -o $out/occitanie.tsv data/deffinov/portraits.tsv"
say "The portraits as GeoJSON, for QGIS or uMap" \
	"dfv-geo locate -t geojson -o $out/portraits.geojson data/deffinov/portraits.tsv"
say "The map: laureates by region" \
	"dfv-stats -g region -a 'laureats=count()' data/deffinov/projets.tsv | dfv-geo map --by region --value laureats --title 'Lauréats DEFFINOV par région' -o $out/laureats.svg"

printf 'Written: %s\n' "$out/occitanie.tsv" "$out/portraits.geojson" "$out/laureats.svg"
