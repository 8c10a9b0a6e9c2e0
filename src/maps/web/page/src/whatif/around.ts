/** Whether parcels lie within or beyond a distance of many points, by a grid of them. For stops that have no column. */

import { STEP_M } from "./points.ts";
import type { Tables } from "./run.ts";

/** Metres in a degree of latitude, and of longitude at the equator: a little more than anywhere in Japan. */
const DEGREE_LAT_M = 111_300;
const DEGREE_LON_M = 111_900;

/** The same a little less than anywhere. */
const LEAST_DEGREE_LAT_M = 110_500;
const LEAST_DEGREE_LON_M = 111_200;

/** A parcel that is wider is not told of from its middle. */
const WIDEST_M = 1000;

/** The position of a parcel is given to a millionth of a degree. */
const POSITION_M = 0.2;

/** The side of a grid's cell for a radius, degrees: no circle reaches further than into the next cell. */
function cellSide(radius: number): number {
  return Math.max(radius, 50) / 70_000;
}

/** Points by the cells of a grid. */
class Grid {
  private readonly cells = new Map<number, number[]>();

  constructor(
    points: readonly number[],
    private readonly side: number,
  ) {
    for (let at = 0; at < points.length; at += 2) {
      const [x, y] = [points[at] ?? NaN, points[at + 1] ?? NaN];
      const held = this.cells.get(this.cell(x, y));
      if (held) held.push(x, y);
      else this.cells.set(this.cell(x, y), [x, y]);
    }
  }

  /** Whether any point of the cell of a place, or of those around it, is as `is` asks. */
  some(x: number, y: number, is: (x: number, y: number) => boolean): boolean {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const held = this.cells.get(this.cell(x + dx * this.side, y + dy * this.side));
        if (!held) continue;
        for (let at = 0; at < held.length; at += 2) {
          if (is(held[at] ?? NaN, held[at + 1] ?? NaN)) return true;
        }
      }
    }
    return false;
  }

  private cell(x: number, y: number): number {
    return Math.floor(x / this.side) * 2 ** 25 + Math.floor(y / this.side);
  }
}

/** Metres in a degree of longitude at a latitude, `beside` of it at most. */
function across(degree: number, latitude: number, beside: number): number {
  return degree * Math.cos(((Math.abs(latitude) + beside) * Math.PI) / 180);
}

/** A function that tells whether all of a parcel is certain to lie within `radius` of one of `points` (lon, lat in turn). */
export function whollyWithin(points: readonly number[], tables: Tables, radius: number): (parcel: number) => boolean {
  const [lon, lat, span] = [tables("lon"), tables("lat"), tables("span_m")];
  if (points.length === 0 || !lon || !lat || !span) return () => false;
  const side = cellSide(radius);
  const grid = new Grid(points, side);
  return (parcel) => {
    const [x, y] = [lon[parcel] ?? NaN, lat[parcel] ?? NaN];
    const most = radius - (span[parcel] ?? NaN) - POSITION_M;
    if (!(most > 0)) return false;
    const wide = across(DEGREE_LON_M, y, -Math.max(0.2, side));
    return grid.some(x, y, (px, py) => Math.hypot((px - x) * wide, (py - y) * DEGREE_LAT_M) <= most);
  };
}

/** A function that tells whether no part of a parcel can lie within `radius` of one of `points`, nor of lines between these. */
export function whollyBeyond(points: readonly number[], tables: Tables, radius: number): (parcel: number) => boolean {
  if (points.length === 0) return () => true;
  const [lon, lat, span] = [tables("lon"), tables("lat"), tables("span_m")];
  if (!lon || !lat || !span || !(radius >= 0)) return () => false;
  const side = cellSide(radius + WIDEST_M);
  const grid = new Grid(points, side);
  return (parcel) => {
    const [x, y] = [lon[parcel] ?? NaN, lat[parcel] ?? NaN];
    const beside = (span[parcel] ?? NaN) + STEP_M + POSITION_M;
    if (!(beside < WIDEST_M) || Number.isNaN(x + y)) return false;
    const wide = across(LEAST_DEGREE_LON_M, y, side);
    return !grid.some(x, y, (px, py) => !(Math.hypot((px - x) * wide, (py - y) * LEAST_DEGREE_LAT_M) > radius + beside));
  };
}
