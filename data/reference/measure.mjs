// Measures the geography of one folder against that of a better one.
//
//	node measure.mjs OURS THEIRS
//
// OURS is data/reference, THEIRS a folder of the same files with exact
// coordinates. Prints Markdown: the tables compared row by row, the error of
// each precision class in kilometres, the worst errors of located communes,
// and how many of THEIR points fall into OUR polygon of their department.

import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {argv, exit, stderr, stdout} from 'node:process'

import {isInside} from './lib/boundaries.mjs'
import {distanceKm} from './lib/sphere.mjs'
import {groupBy} from './lib/text.mjs'

const TABLES = ['regions.tsv', 'departements.tsv', 'epci.tsv', 'communes.tsv',
	'communes_anciennes.tsv']
const CLASSES = ['commune', 'code-postal', 'epci', '']
const WORST = 15

function main(ours, theirs) {
	const ourCommunes = readTable(join(ours, 'communes.tsv'))
	const theirCommunes = readTable(join(theirs, 'communes.tsv'))
	section('Tables', TABLES.flatMap(name =>
		compare(name, readTable(join(ours, name)), readTable(join(theirs, name)))))

	const errors = errorsOf(ourCommunes, theirCommunes)
	section('Error of each precision class, km', classTable(errors, ourCommunes))
	section('Worst of the located', worst(errors))

	const shapes = join(ours, 'departements.geojson')
	if (existsSync(shapes)) {
		const {features} = JSON.parse(readFileSync(shapes, 'utf8'))
		section('Department polygons', polygonTable(features, theirCommunes))
	}
}

function section(title, lines) {
	stdout.write(`## ${title}\n\n${lines.join('\n')}\n\n`)
}

function row(...cells) {
	return `| ${cells.join(' | ')} |`
}

/** Records of a TSV file as objects; no cell of these files has an escape. */
function readTable(path) {
	const [header, ...lines] = readFileSync(path, 'utf8').replace(/\n$/, '').split('\n')
		.map(line => line.split('\t'))
	return lines.map(cells => Object.fromEntries(header.map((name, i) => [name, cells[i]])))
}

/** Rows are paired by their first column and the columns both tables have. */
function compare(name, ours, theirs) {
	const shared = Object.keys(ours[0])
		.filter(column => column in theirs[0] && !/^(latitude|longitude)$/.test(column))
	const text = record => shared.map(column => record[column]).join(' ')
	const ourRows = new Set(ours.map(text))
	const theirRows = new Set(theirs.map(text))
	const ourOwn = [...ourRows].filter(r => !theirRows.has(r))
	const theirOwn = [...theirRows].filter(r => !ourRows.has(r))
	return [
		`- ${name}: ${ours.length} rows, ${theirs.length} theirs; `
			+ `only here ${ourOwn.length}, only there ${theirOwn.length} (${shared.join(' ')})`,
		...ourOwn.length + theirOwn.length <= 10
			? [...ourOwn.map(r => `  - here: ${r}`), ...theirOwn.map(r => `  - there: ${r}`)]
			: []
	]
}

function point({latitude, longitude}) {
	return latitude === '' ? undefined : {lat: Number(latitude), lon: Number(longitude)}
}

function errorsOf(ours, theirs) {
	const truth = new Map(theirs.map(commune => [commune.code, point(commune)]))
	return ours
		.filter(commune => point(commune) && truth.get(commune.code))
		.map(commune => ({commune, km: distanceKm(point(commune), truth.get(commune.code))}))
		.sort((a, b) => a.km - b.km)
}

function classTable(errors, communes) {
	const inhabitants = list => list.reduce((sum, c) => sum + Number(c.population), 0)
	const everybody = inhabitants(communes)
	const share = list => `${(100 * inhabitants(list) / everybody).toFixed(2)} %`
	const isGuyane = ({commune}) => commune.departement_code === '973'
	const lines = CLASSES.flatMap(name => {
		const members = communes.filter(c => c.precision === name)
		const measured = errors.filter(e => e.commune.precision === name)
		const rows = [[name === '' ? '(no coordinates)' : name, members, measured]]
		if (measured.some(isGuyane)) {
			rows.push([`${name}, without Guyane`,
				members.filter(c => c.departement_code !== '973'),
				measured.filter(e => !isGuyane(e))])
		}
		return rows
	})
	return [
		row('precision', 'communes', 'inhabitants', 'measured', 'median', '90 %', '99 %', 'maximum'),
		row('---', '---:', '---:', '---:', '---:', '---:', '---:', '---:'),
		...lines.map(([name, members, measured]) => row(name, members.length, share(members),
			measured.length, ...[0.5, 0.9, 0.99, 1].map(p => quantile(measured, p))))
	]
}

/** Nearest-rank quantile of errors sorted by distance. */
function quantile(errors, p) {
	return errors.length === 0
		? ''
		: errors[Math.ceil(p * errors.length) - 1].km.toFixed(1)
}

function worst(errors) {
	return errors
		.filter(({commune}) => commune.precision === 'commune')
		.slice(-WORST)
		.reverse()
		.map(({commune, km}) => `- ${commune.code} ${commune.nom}: ${km.toFixed(1)}`)
}

function polygonTable(features, communes) {
	const shapes = new Map(features.map(f => [f.properties.code, f.geometry.type === 'Polygon'
		? [f.geometry.coordinates]
		: f.geometry.coordinates]))
	const placed = communes.filter(commune => point(commune))
	const known = placed.filter(c => shapes.has(c.departement_code))
	const out = known.filter(c => !contains(shapes.get(c.departement_code), point(c)))
	const kms = out
		.map(c => ({km: borderKm(shapes.get(c.departement_code), point(c))}))
		.sort((a, b) => a.km - b.km)
	const nowhere = out.filter(c => ![...shapes.values()].some(s => contains(s, point(c))))
	const worst = [...groupBy(out, c => c.departement_code)]
		.map(([code, list]) => [code, list.length,
			known.filter(c => c.departement_code === code).length])
		.sort((a, b) => b[1] / b[2] - a[1] / a[2])
		.slice(0, 8)
	const missing = [...new Set(placed.map(c => c.departement_code))].filter(c => !shapes.has(c))
	return [
		`- points in the polygon of their department: ${known.length - out.length} of ${known.length}`
			+ ` (${(100 * (1 - out.length / known.length)).toFixed(2)} %)`,
		`- of the ${out.length} others ${nowhere.length} are in no polygon; distance to their own:`
			+ ` median ${quantile(kms, 0.5)} km, 99 % ${quantile(kms, 0.99)},`
			+ ` maximum ${quantile(kms, 1)}`,
		`- highest shares: ${worst.map(([code, n, all]) =>
			`${code} ${n} of ${all}`).join(', ')}`,
		`- departments with points and no polygon: ${missing.join(' ') || 'none'}`
	]
}

function contains(polygons, {lat, lon}) {
	return polygons.some(([outer, ...holes]) => isInside([lon, lat], outer)
		&& !holes.some(hole => isInside([lon, lat], hole)))
}

/** Distance to the nearest border, on a plane tangent at the point. */
function borderKm(polygons, at) {
	const eastKm = distanceKm(at, {lat: at.lat, lon: at.lon + 1})
	const northKm = distanceKm(at, {lat: at.lat + 1, lon: at.lon})
	const toKm = ([lon, lat]) => [(lon - at.lon) * eastKm, (lat - at.lat) * northKm]
	return Math.min(...polygons.flat().flatMap(ring => {
		const corners = ring.map(toKm)
		return corners.slice(1).map((corner, i) => originToSegment(corners[i], corner))
	}))
}

function originToSegment([x1, y1], [x2, y2]) {
	const [dx, dy] = [x2 - x1, y2 - y1]
	const along = -(x1 * dx + y1 * dy) / (dx * dx + dy * dy || 1)
	const t = Math.min(1, Math.max(0, along))
	return Math.hypot(x1 + t * dx, y1 + t * dy)
}

if (argv.length !== 4) {
	stderr.write('usage: node measure.mjs OURS THEIRS\n')
	exit(2)
}
main(argv[2], argv[3])
