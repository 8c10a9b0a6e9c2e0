/** Which parcels touch one: by the outlines of the map, which are true to 12 cm. */

import type { Spot } from "../drawn/ground.ts";
import { degrees, outlines } from "../drawn/outlines.ts";
import { clipped } from "../drawn/overlap.ts";
import { type ReadTile, tileOf } from "../drawn/within.ts";
import type { Place } from "../drawn/zone.ts";

/** From this zoom on tiles have every corner, in steps of some 12 cm. */
export const EXACT_ZOOM = 15;

/** Borders that are the same run so near one another, metres: both are rounded to steps. */
const SAME_BORDER_M = 0.2;

/** So long a border two parcels must have in common, metres: a corner makes no site of them. As `kyoten site --merge` has it. */
const SHARED_M = 1;

/** Two corners, in metres from a place near by. */
export type Edge = readonly [Spot, Spot];

/** Metres of a degree of latitude, about. */
const DEGREE = 111_000;

/** The way to metres around a place: lengths are true to a part in a hundred. */
function metresAround([lon0, lat0]: Place): (place: Place) => Spot {
  const across = DEGREE * Math.cos((lat0 * Math.PI) / 180);
  return ([lon, lat]) => [(lon - lon0) * across, (lat - lat0) * DEGREE];
}

/** The parcels that have a border in common with the one at a place, by their index. It is not larger than a tile. */
export async function touching(parcel: number, at: Place, zoom: number, read: ReadTile): Promise<number[]> {
  const onto = metresAround(at);
  const [x, y] = tileOf(at, zoom);
  const corner = (across: number, down: number): Spot => onto(degrees(across / 2 ** zoom, down / 2 ** zoom));
  const edges = new Map<number, Edge[]>();
  for (const across of [x - 1, x, x + 1]) {
    for (const down of [y - 1, y, y + 1]) {
      const tile = await read(zoom, across, down);
      const [low, high] = [corner(across, down + 1), corner(across + 1, down)];
      for (const outline of tile ? outlines(tile, [zoom, across, down]) : []) {
        // Each tile tells what lies on it: where two do, a border would count twice.
        const here = clipped(outline.rings.map((ring) => ring.map(onto)), low, high);
        // What runs along the side of a tile was cut there.
        const isSide = ([p, q]: Edge): boolean => [0, 1].some((axis) => [low, high].some((end) => [p, q].every((spot) => Math.abs((spot[axis] ?? 0) - (end[axis] ?? 0)) < 1e-6)));
        edges.set(outline.parcel, [...(edges.get(outline.parcel) ?? []), ...here.flatMap(edgesOf).filter((edge) => !isSide(edge))]);
      }
    }
  }
  const mine = edges.get(parcel) ?? [];
  const others = [...edges].filter(([other, theirs]) => other !== parcel && sharedBorder(mine, theirs) >= SHARED_M);
  return others.map(([other]) => other).sort((a, b) => a - b);
}

/** The edges of a ring. */
export function edgesOf(ring: readonly Spot[]): Edge[] {
  return ring.map((spot, index) => [spot, ring[(index + 1) % ring.length] ?? spot]);
}

/** How long a border two outlines have in common, metres. */
export function sharedBorder(mine: readonly Edge[], others: readonly Edge[]): number {
  let sum = 0;
  for (const edge of mine) {
    const along = others.map((other) => stretch(edge, other)).filter((one) => one !== null).sort(([a], [b]) => a - b);
    let reached = 0;
    for (const [from, to] of along) {
      sum += Math.max(0, to - Math.max(from, reached));
      reached = Math.max(reached, to);
    }
  }
  return sum;
}

/** From where to where along an edge another one runs beside it, metres. */
function stretch([p, q]: Edge, [r, s]: Edge): [number, number] | null {
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return null;
  const place = ([x, y]: Spot): Spot => [((x - p[0]) * dx + (y - p[1]) * dy) / length, ((y - p[1]) * dx - (x - p[0]) * dy) / length];
  const [one, other] = [place(r), place(s)];
  const [low, high] = one[0] <= other[0] ? [one, other] : [other, one];
  const [from, to] = [Math.max(0, low[0]), Math.min(length, high[0])];
  if (to <= from) return null;
  const off = (at: number): number => low[1] + ((high[1] - low[1]) * (at - low[0])) / (high[0] - low[0]);
  return Math.abs(off(from)) <= SAME_BORDER_M && Math.abs(off(to)) <= SAME_BORDER_M ? [from, to] : null;
}
