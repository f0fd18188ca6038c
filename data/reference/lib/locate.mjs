// Coordinates of communes, from the places of a gazetteer that knows names and
// departments but no commune codes.
//
// A commune is *located* when a place can be said to be it; every other one is
// estimated from the communes around it. The gazetteer also holds hamlets,
// quarters and beaches, and gives some places a wrong department: a name alone
// proves nothing, so a match must also be plausible (see below).

import {fold, groupBy} from './text.mjs'
import {distanceKm, meanPoint} from './sphere.mjs'

// Names the gazetteer uses that no rule below finds in the official one: English,
// Catalan, and those of communes that merged without leaving a delegated one.
const ALIASES = {
	'01426': ['Treffort-Cuisiat'],
	'04205': ['Seyne-les-Alpes'],
	'09207': ['Montgaillard'],
	'16230': ['Montmoreau-Saint-Cybard'],
	'24225': ['Lamonzie'],
	'25529': ['Sancey-le-Grand'],
	'27090': ['Le Bosc-Roger-en-Roumois'],
	'27105': ['Bourgtheroulde-Infreville'],
	'27198': ['Damville'],
	'27554': ['Saint-Just'],
	'27638': ['Le Thuit-Signol'],
	'28012': ['Arrou'],
	'28103': ['Cloyes-sur-le-Loir'],
	'30339': ['Valleraugue'],
	'37021': ['Beaumont-la-Ronce'],
	'40197': ['Morcenx'],
	'44077': ['Bourg de Joué-sur-Erdre'],
	'45051': ['Bray-en-Val'],
	'49092': ['Chemillé-Melay'],
	'49160': ['Ingrandes'],
	'50592': ['Tessy-sur-Vire'],
	'52353': ['Nogent-le-Bas'],
	'56078': ['Guidel-Plage'],
	'56182': ['Priziac ( Priziac )'],
	'56262': ['Bono'],
	'59183': ['Dunkirk'],
	'61008': ['Aube-sur-Rîle'],
	'61341': ['Radon'],
	'66003': ["els Banys d'Arles"],
	'66016': ['Banyuls de la Marenda'],
	'66025': ["la Guingueta d'Ix"],
	'66048': ['Cervera de la Marenda'],
	'66115': ["Montesquiu d'Albera"],
	'66148': ['Portvendres'],
	'66150': ['Prats de Molló'],
	'66168': ['Sant Andreu de Sureda'],
	'66171': ['Saint-Cyprien-Plage'],
	'66179': ['Sant Llorenç de Cerdans'],
	'66182': ['Sainte-Marie-Plage'],
	'66225': ['Vilallonga dels Monts'],
	'67372': ['Pfaffenhoffen'],
	'68355': ['Waldighofen'],
	'72155': ['Laigné-en-Belin', 'Saint-Gervais-en-Belin'],
	'77142': ['La Chapelle-sur-Crécy'],
	'79066': ['Champdeniers-Saint-Denis'],
	'84086': ['Oppède le Vieux'],
	'85152': ['La Mothe-Achard', 'La Chapelle-Achard'],
	'85158': ['Saint-Martin sous Mouzeuil'],
	'85288': ['Saint-Hilaire de Talmont'],
	'97212': ['Le Gros-Morne']
}

// A commune's kin are the located communes of its EPCI and postal codes. A place
// is refused when it is further than farKm from all of them and more than so
// many strangers are nearer: the distance keeps communes on the edge of their
// EPCI, the count the vast ones of Guyane. Fewer than two kin are no witnesses:
// the other one may be the wrong place.
const WHOLE_NAME = {farKm: 20, strangers: 12, needsKin: false, needsUnique: false}

// Half a name proves less.
const HALF_NAME = {farKm: 0, strangers: 4, needsKin: true, needsUnique: true}

// Words that are no name by themselves.
const COMMON_WORDS = new Set(['saint', 'sainte', 'val', 'bourg', 'ville', 'la', 'le', 'les', 'l'])

/**
 * The point of each commune that can be given one: a Map from code to
 * {lat, lon, precision}, precision being "commune", "code-postal" or "epci".
 *
 * communes: current ones, with `epci` (SIREN) added.
 * parts: delegated and associated communes, `chefLieu` being the current one.
 * cities: the gazetteer, {name, lat, lng, country, admin1, admin2}.
 */
export function locate(communes, parts, cities) {
	const places = cities.flatMap(placeOf)
	const located = new Map([
		...locateByName(communes.filter(c => c.zone !== 'com'), parts, places),
		...locateByCode(communes.filter(c => c.zone === 'com'), places)
	])
	return new Map([...estimates(communes, located), ...withPrecision(located, 'commune')])
}

// In which field of the gazetteer an overseas place's department or commune is.
const OVERSEAS = {
	GP: () => ({departement: '971'}),
	MQ: () => ({departement: '972'}),
	GF: () => ({departement: '973'}),
	RE: () => ({departement: '974'}),
	YT: () => ({departement: '976'}),
	PM: city => ({commune: city.admin1}),
	BL: () => ({commune: '97701'}),
	MF: () => ({commune: '97801'}),
	WF: city => ({commune: city.admin1}),
	PF: city => ({commune: city.admin2}),
	NC: city => ({commune: city.admin2})
}

function placeOf(city) {
	const territory = city.country === 'FR'
		? {departement: city.admin2}
		: OVERSEAS[city.country]?.(city)
	return territory === undefined
		? []
		: [{name: fold(city.name), lat: Number(city.lat), lon: Number(city.lng), ...territory}]
}

function withPrecision(points, precision) {
	return [...points].map(([code, {lat, lon}]) => [code, {lat, lon, precision}])
}

/**
 * Where the gazetteer gives the commune's code: the place of that name, else
 * the middle of the places in the commune.
 */
function locateByCode(communes, places) {
	const byCommune = groupBy(places, place => place.commune)
	const located = new Map()
	for (const {code, nom} of communes) {
		const inside = byCommune.get(code)
		if (inside !== undefined) {
			located.set(code, inside.find(p => p.name === fold(nom)) ?? meanPoint(inside))
		}
	}
	return located
}

/**
 * Rounds from the surest name to the least sure. What one round located helps
 * to judge the next, and its places are taken.
 */
function locateByName(communes, parts, places) {
	const partsOf = groupBy(parts, part => part.chefLieu)
	const partNames = (commune, isMeant) =>
		(partsOf.get(commune.code) ?? []).filter(isMeant).map(part => part.nom)
	const official = new Set(communes.map(c => key(c.departement, fold(c.nom))))

	const rounds = [
		// Its own name.
		{
			trust: WHOLE_NAME,
			names: commune => [commune.nom, ...ALIASES[commune.code] ?? []]
		},
		// The former commune that a new one has its code, thus its seat, from.
		{
			trust: WHOLE_NAME,
			names: commune => partNames(commune, part => part.code === commune.code)
		},
		// Half of a double name, unless another commune is called so.
		{
			trust: HALF_NAME,
			names: commune => halves(commune.nom)
				.filter(half => !official.has(key(commune.departement, fold(half))))
		},
		// The other former communes it is made of.
		{
			trust: WHOLE_NAME,
			names: commune => partNames(commune, () => true)
		}
	]

	const located = new Map()
	const taken = new Set()
	for (const {names, trust} of rounds) {
		const free = groupBy(places.filter(place => !taken.has(place)),
			place => key(place.departement, place.name))
		const pairs = communes
			.filter(commune => !located.has(commune.code))
			.flatMap(commune => [...new Set(names(commune).map(fold))]
				.map(name => free.get(key(commune.departement, name)) ?? [])
				.filter(found => found.length === 1 || !trust.needsUnique)
				.flatMap(found => found.map(place => ({commune, place}))))
		for (const [commune, matched] of accepted(pairs, trust, communes, located)) {
			located.set(commune.code, meanPoint(matched))
			matched.forEach(place => taken.add(place))
		}
	}
	return located
}

function key(departement, name) {
	return `${departement} ${name}`
}

/**
 * What may be a place's name in "Évry-Courcouronnes" or "Carentan-les-Marais".
 * Before "sur", "en", "les" only: what follows is a river or a country. Not in
 * "Octeville-l'Avenel" or "Roche-lès-Clerval", which are single names.
 */
function halves(nom) {
	const joints = [...nom.matchAll(
		/(?<=(?:^|[- ])\p{Lu}[\p{L}']*)[- ](?:(et|en|sur|les)[- ])?(?=\p{Lu})/gu)]
	const heads = joints.map(joint => nom.slice(0, joint.index))
	const tails = joints
		.filter(joint => joint[1] === undefined || joint[1] === 'et')
		.map(joint => nom.slice(joint.index + joint[0].length))
	return [...heads, ...tails]
		.filter(half => fold(half).split(' ').some(word => !COMMON_WORDS.has(word)))
}

/**
 * Communes with their plausible places; a place that two communes could claim
 * is nobody's.
 */
function accepted(pairs, trust, communes, located) {
	const judges = located.size > 0
		? communes
			.filter(commune => located.has(commune.code))
			.map(commune => ({commune, place: located.get(commune.code)}))
		// The first round has no others to judge by than its own pairs.
		: pairs
	const judgesOf = groupBy(judges, judge => circles(judge.commune))
	const plausible = pairs.filter(pair => isPlausible(pair, trust, judges, judgesOf))

	const claims = groupBy(plausible, pair => pair.place)
	const placesOf = groupBy(plausible.filter(pair => claims.get(pair.place).length === 1),
		pair => pair.commune)
	return [...placesOf].map(([commune, matched]) => [commune, matched.map(pair => pair.place)])
}

/** What makes two communes kin when they share it. */
function circles(commune) {
	return [...epciOf(commune), ...commune.codesPostaux]
}

function isPlausible({commune, place}, trust, judges, judgesOf) {
	const isOther = judge => judge.commune !== commune
	const kin = circles(commune).flatMap(circle => judgesOf.get(circle) ?? []).filter(isOther)
	if (kin.length < 2) {
		return !trust.needsKin
	}
	const kinKm = Math.min(...kin.map(judge => distanceKm(place, judge.place)))
	if (kinKm <= trust.farKm) {
		return true
	}
	const strangers = judges.filter(judge =>
		isOther(judge) && distanceKm(place, judge.place) < kinKm)
	return strangers.length <= trust.strangers
}

/**
 * Points of the communes that were not located: the mean of the located ones
 * which share a postal code, else of those of the EPCI, else, where the EPCI
 * has none, of the estimates by postal code in it. Not for the overseas
 * collectivities, where one postal code serves atolls far apart.
 */
function estimates(communes, located) {
	const wanted = communes.filter(c => !located.has(c.code) && c.zone !== 'com')
	const known = communes.filter(commune => located.has(commune.code))
	const byPostcode = meansOf(wanted, known, located, commune => commune.codesPostaux ?? [])

	const others = wanted.filter(commune => !byPostcode.has(commune.code))
	const byEpci = meansOf(others, known, located, epciOf)

	const rest = others.filter(commune => !byEpci.has(commune.code))
	const guessed = wanted.filter(commune => byPostcode.has(commune.code))
	const byGuess = meansOf(rest, guessed, byPostcode, epciOf)

	return [
		...withPrecision(byPostcode, 'code-postal'),
		...withPrecision(byEpci, 'epci'),
		...withPrecision(byGuess, 'epci')
	]
}

function epciOf({epci}) {
	return epci === undefined ? [] : [epci]
}

/**
 * For each of `communes` that shares a circle with some of `kin`, the mean of
 * the points of those.
 */
function meansOf(communes, kin, points, circlesOf) {
	const kinOf = groupBy(kin, circlesOf)
	const means = new Map()
	for (const commune of communes) {
		const found = new Set(circlesOf(commune).flatMap(circle => kinOf.get(circle) ?? []))
		if (found.size > 0) {
			means.set(commune.code, meanPoint([...found].map(({code}) => points.get(code))))
		}
	}
	return means
}
