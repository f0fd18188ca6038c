// Points are {lat, lon} in degrees, WGS84.

const EARTH_RADIUS_KM = 6371.0088
const RADIANS = Math.PI / 180

/** Great-circle distance on the mean Earth radius (haversine). */
export function distanceKm(a, b) {
	const dLat = (b.lat - a.lat) * RADIANS
	const dLon = (b.lon - a.lon) * RADIANS
	const h = Math.sin(dLat / 2) ** 2
		+ Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin(dLon / 2) ** 2
	return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)))
}

/**
 * Mean of latitudes and of longitudes. Enough for points of one postal code
 * or one EPCI: none lies near a pole or the antimeridian.
 */
export function meanPoint(points) {
	const sum = (total, value) => total + value
	return {
		lat: points.map(p => p.lat).reduce(sum) / points.length,
		lon: points.map(p => p.lon).reduce(sum) / points.length
	}
}
