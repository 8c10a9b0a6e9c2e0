/** Whether a parcel lies wholly within a distance of one of many points, by a grid of them. For stops that have no column. */

import type { Tables } from "./run.ts";

/** Metres in a degree of latitude, and of longitude at the equator: a little more than anywhere in Japan. */
const DEGREE_LAT_M = 111_300;
const DEGREE_LON_M = 111_900;

/** The position of a parcel is given to a millionth of a degree. */
const POSITION_M = 0.2;

/** The side of a grid's cell for a radius, degrees: no circle reaches further than into the next cell. */
function cellSide(radius: number): number {
  return Math.max(radius, 50) / 70_000;
}

/** A function that tells whether all of a parcel is certain to lie within `radius` of one of `points` (lon, lat in turn). */
export function whollyWithin(points: readonly number[], tables: Tables, radius: number): (parcel: number) => boolean {
  const [lon, lat, span] = [tables("lon"), tables("lat"), tables("span_m")];
  if (points.length === 0 || !lon || !lat || !span) return () => false;
  const side = cellSide(radius);
  const cells = new Map<number, number[]>();
  const cell = (x: number, y: number): number => Math.floor(x / side) * 2 ** 25 + Math.floor(y / side);
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = [points[at] ?? NaN, points[at + 1] ?? NaN];
    const held = cells.get(cell(x, y));
    if (held) held.push(x, y);
    else cells.set(cell(x, y), [x, y]);
  }
  return (parcel) => {
    const x = lon[parcel] ?? NaN;
    const y = lat[parcel] ?? NaN;
    const most = radius - (span[parcel] ?? NaN) - POSITION_M;
    if (!(most > 0)) return false;
    const across = DEGREE_LON_M * Math.cos(((Math.abs(y) - 0.2) * Math.PI) / 180);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const held = cells.get(cell(x + dx * side, y + dy * side));
        if (!held) continue;
        for (let at = 0; at < held.length; at += 2) {
          if (Math.hypot(((held[at] ?? NaN) - x) * across, ((held[at + 1] ?? NaN) - y) * DEGREE_LAT_M) <= most) return true;
        }
      }
    }
    return false;
  };
}
