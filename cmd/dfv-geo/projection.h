#ifndef DFV_GEO_PROJECTION_H
#define DFV_GEO_PROJECTION_H

/* Metres east and north. */
struct plane {
	double x_m;
	double y_m;
};

/*
 * Lambert-93, the legal projection of metropolitan France (EPSG:2154): conic
 * conformal with two standard parallels on the GRS 80 ellipsoid, with IGN's
 * constants. IGN, Notes techniques NTG_71, "Projection cartographique conique
 * conforme de Lambert", algorithms ALG0001 (isometric latitude) and ALG0003.
 */
struct plane lambert93(double lon_deg, double lat_deg);

/*
 * Equirectangular, true to scale along the parallel lat0_deg, on the mean
 * Earth radius: for an island, whose extent is small. (J. P. Snyder, Map
 * Projections: A Working Manual, USGS Professional Paper 1395, p. 90.)
 */
struct plane equirectangular(double lon_deg, double lat_deg, double lat0_deg);

#endif
