/**
 * Square metres on the ground. Places go onto a plane on which every area is true: the cylindrical equal-area projection of the
 * ellipsoid GRS80. Web Mercator, on which the map is drawn, has areas half as large again in Japan.
 *
 * Source: Snyder, Map Projections: A Working Manual, 1987, equations 10-13 and 3-12.
 */

import type { DrawnZone, Place, Ring } from "./zone.ts";

/** GRS80: the longer half axis in metres, and the first eccentricity. */
const A = 6_378_137;
const E = Math.sqrt(0.006_694_380_022_9);

/** A place in metres from an origin, true to area and not to shape. */
export type Spot = readonly [number, number];

function upward(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  const q = (1 - E * E) * (sine / (1 - (E * sine) ** 2) - Math.log((1 - E * sine) / (1 + E * sine)) / (2 * E));
  return (A * q) / 2;
}

/** The way onto the plane, from an origin near by so that no digits are lost. */
export function plane([lon0, lat0]: Place): (place: Place) => Spot {
  const y0 = upward(lat0);
  return ([lon, lat]) => [((lon - lon0) * Math.PI * A) / 180, upward(lat) - y0];
}

/** The signed area of rings on the plane: shells and holes turn in opposite ways. */
export function signedArea(rings: readonly (readonly Spot[])[]): number {
  let twice = 0;
  for (const ring of rings) {
    ring.forEach(([x, y], index) => {
      const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [0, 0];
      twice += x * nextY - nextX * y;
    });
  }
  return twice / 2;
}

/** The hectares of a zone. */
export function hectaresOf({ polygons }: DrawnZone): number {
  const onto = plane(polygons[0]?.[0]?.[0] ?? [0, 0]);
  const rings = polygons.flat().map((ring: Ring) => ring.map(onto));
  return signedArea(rings) / 1e4;
}
