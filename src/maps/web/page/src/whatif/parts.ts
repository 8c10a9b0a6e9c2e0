/** The parts of parcels by unit, unpacked from the column `parts`. */

import type { Cell } from "../data/columns.ts";

/** Outside all units: what is known not to reach any threshold, and what is not known. */
export const NOBODY = -1;
export const NO_UNIT = -2;

/** Parts of parcels that lie in several units; part k of parcel i is at `starts[i] + k`. */
export interface Parts {
  starts: Int32Array;
  /** Parcels whose units lie over each other, so that their parts cannot be added up. */
  overlapping: Uint8Array;
  /** Units by index, `NOBODY` or `NO_UNIT`. */
  land: Int32Array;
  people: Int32Array;
  /** By zone, shares of the parcel where all else of the zone holds: sure, possible, expected. */
  rest: ReadonlyMap<string, Float64Array>;
}

/** One part: its unit of land, its unit of people, and what is left of each zone. */
type PartCell = [number | null, number | null, ...[number, number, number][]];

/** Unpacks the column; `zones` are those whose shares it tells, in its order. */
export function partsOf(cells: readonly Cell[], zones: readonly string[]): Parts {
  const lists = cells.map((cell) => (Array.isArray(cell) ? (cell as PartCell[]) : []));
  const total = lists.reduce((sum, { length }) => sum + length, 0);
  const rest = zones.map(() => new Float64Array(3 * total));
  const parts: Parts = {
    starts: new Int32Array(cells.length + 1),
    overlapping: Uint8Array.from(cells, (cell) => (Array.isArray(cell) && cell.length === 0 ? 1 : 0)),
    land: new Int32Array(total),
    people: new Int32Array(total),
    rest: new Map(zones.map((zone, index) => [zone, rest[index] ?? new Float64Array()])),
  };
  let at = 0;
  lists.forEach((list, parcel) => {
    for (const [land, people, ...shares] of list) {
      parts.land[at] = land ?? NO_UNIT;
      parts.people[at] = people ?? NO_UNIT;
      rest.forEach((one, index) => one.set(shares[index] ?? [NaN, NaN, NaN], 3 * at));
      at++;
    }
    parts.starts[parcel + 1] = at;
  });
  return parts;
}
