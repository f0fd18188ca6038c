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
 * Universal Transverse Mercator on the GRS 80 ellipsoid, the legal projections
 * overseas: zone 20 for the Antilles (RGAF09, EPSG:5490), 22 for Guyane (2972),
 * 40 for La Réunion (2975), 38 for Mayotte (4471). Krüger's series to the
 * fourth order in the third flattening: C. F. F. Karney, "Transverse Mercator
 * with an accuracy of a few nanometers", Journal of Geodesy 85 (2011),
 * equations 7 to 11 and 35; within a millimetre in the zone.
 */
struct plane utm(double lon_deg, double lat_deg, int zone);

#endif
