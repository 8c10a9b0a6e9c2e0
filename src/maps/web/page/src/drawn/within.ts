/** Which share of each parcel lies in a drawn zone: by the outlines of the map, which are true to 12 cm. */

import { pause } from "../pause.ts";
import { plane, signedArea, type Spot } from "./ground.ts";
import { outlines, degrees } from "./outlines.ts";
import { clipped, edgesOf, overlap } from "./overlap.ts";
import { boxAround, type DrawnZone, type Place } from "./zone.ts";

/** Tiles that are read before the browser may do something else. */
const TILES_AT_ONCE = 8;

/** Gives a tile, or `null` where there is none. */
export type ReadTile = (z: number, x: number, y: number) => Promise<Uint8Array | null>;

/** What of a parcel was seen. */
interface Seen {
  /** Square metres in the zone, and on the tiles. */
  inside: number;
  all: number;
  /** Whether it goes beyond the tiles. */
  cut: boolean;
}

/**
 * The share of each parcel of which something lies in the zone, by its index. `area` gives the square metres of a parcel, which are
 * asked for where it goes beyond the tiles around the zone. `null` once `stop` says so.
 */
export async function sharesWithin(zone: DrawnZone, zoom: number, read: ReadTile, area: (parcel: number) => number, stop: () => boolean): Promise<Map<number, number> | null> {
  const [west, south, east, north] = boxAround(zone);
  const onto = plane([west, south]);
  const rings = zone.polygons.flat().map((ring) => ring.map(onto));
  const [[x0, y0], [x1, y1]] = [tileOf([west, north], zoom), tileOf([east, south], zoom)];
  const corner = (x: number, y: number): Spot => onto(degrees(x / 2 ** zoom, y / 2 ** zoom));
  const [first, last] = [corner(x0, y1 + 1), corner(x1 + 1, y0)];
  const seen = new Map<number, Seen>();
  let turn = 0;
  for (let x = x0; x <= x1; x++) {
    for (let y = y0; y <= y1; y++) {
      if (stop()) return null;
      if (turn++ % TILES_AT_ONCE === TILES_AT_ONCE - 1) await pause();
      const tile = await read(zoom, x, y);
      if (!tile) continue;
      const [low, high] = [corner(x, y + 1), corner(x + 1, y)];
      const mine = edgesOf(clipped(rings, low, high));
      for (const outline of outlines(tile, [zoom, x, y])) {
        const shape = outline.rings.map((ring) => ring.map(onto));
        const here = clipped(shape, low, high);
        const one = seen.get(outline.parcel) ?? { inside: 0, all: 0, cut: false };
        one.all += Math.abs(signedArea(here));
        one.inside += Math.abs(overlap(edgesOf(here), mine));
        one.cut ||= shape.flat().some(([across, up]) => across < first[0] || up < first[1] || across > last[0] || up > last[1]);
        seen.set(outline.parcel, one);
      }
    }
  }
  const shares = new Map<number, number>();
  for (const [parcel, { inside, all, cut }] of seen) {
    const share = Math.min(1, inside / (cut ? Math.max(all, area(parcel) || 0) : all));
    // Less than a millionth is what numbers are rounded by.
    if (share > 1e-6) shares.set(parcel, share > 1 - 1e-6 ? 1 : share);
  }
  return shares;
}

/** The tile of a place. */
export function tileOf([lon, lat]: Place, zoom: number): [number, number] {
  const tiles = 2 ** zoom;
  const down = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  return [Math.floor(((lon + 180) / 360) * tiles), Math.floor(down * tiles)];
}
