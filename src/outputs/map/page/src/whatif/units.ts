/**
 * Public land and older residents are asked of units; for each lot the columns tell its units, and the share of the
 * lot in each part where everything else holds. So any threshold of the two gives the zone's shares again.
 */

import type { Cell } from "../data/columns.ts";
import { anything, put } from "./bounds.ts";
import type { Changes } from "./changes.ts";
import type { Run, Tables } from "./run.ts";

/** Parts of lots that lie in several units; part k of lot i is at `starts[i] + k`. */
export interface Parts {
  starts: Int32Array;
  /** Units by position, −1 outside all. */
  land: Int32Array;
  people: Int32Array;
  /** Shares of the lot where all else of the zone holds: sure, possible, expected. */
  central: Float64Array;
  senior: Float64Array;
}

type PartCell = [number | null, number | null, [number, number, number], [number, number, number]];

/** Unpacks the column `parts`. */
export function partsOf(cells: readonly Cell[]): Parts {
  const counts = cells.map((cell) => (Array.isArray(cell) ? cell.length : 0));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const parts: Parts = {
    starts: new Int32Array(cells.length + 1),
    land: new Int32Array(total),
    people: new Int32Array(total),
    central: new Float64Array(3 * total),
    senior: new Float64Array(3 * total),
  };
  let at = 0;
  cells.forEach((cell, lot) => {
    for (const [land, people, central, senior] of Array.isArray(cell) ? (cell as PartCell[]) : []) {
      parts.land[at] = land ?? -1;
      parts.people[at] = people ?? -1;
      parts.central.set(central, 3 * at);
      parts.senior.set(senior, 3 * at);
      at++;
    }
    parts.starts[lot + 1] = at;
  });
  return parts;
}

/** Answers of a unit. `DOUBT`: whether it may hold is itself not known to the page. */
const FAILS = 0;
const DOUBT = 1;
const MAY = 2;
const HOLDS = 3;

/** The answer of every unit to a threshold. */
function answers(units: readonly (readonly [number, number | null])[], threshold: number): Uint8Array {
  return Uint8Array.from(units, ([lo, hi]) => (lo >= threshold ? HOLDS : hi === null || hi >= threshold ? MAY : FAILS));
}

/** Parts are added up in another order than the run does; the last digit may differ. */
const LAST_DIGIT = 1e-6;

/** The columns that `unitShares` reads for a zone. */
export function unitColumns(zone: "central" | "senior"): string[] {
  return ["land_unit", "people_unit", "enough_seniors_hi", `${zone}_rest_lo`, `${zone}_rest_hi`, `${zone}_rest_expected`];
}

/**
 * A function that writes the bounds of a zone's shares under the thresholds of public land and seniors that are
 * assumed, with everything else as in the run.
 */
export function unitShares(run: Run, zone: "central" | "senior", asked: readonly string[], changes: Changes, tables: Tables, parts: Parts | null): (lot: number, out: Float64Array) => void {
  const asksLand = asked.includes("enough-public-land");
  const asksPeople = asked.includes("enough-seniors");
  const land = answers(run.units.land ?? [], changes.thresholds["min_public_land"] ?? 0);
  const people = answers(run.units.people ?? [], changes.thresholds["min_seniors_per_ha"] ?? 0);
  const landUnit = tables("land_unit");
  const peopleUnit = tables("people_unit");
  const seniorsMay = tables("enough_seniors_hi");
  const rest = (["lo", "hi", "expected"] as const).map((end) => tables(`${zone}_rest_${end}`));
  const hopes = (asksLand && run.expects.has("public_land")) || (asksPeople && run.expects.has("census"));
  const [lo, hi, expected] = rest;

  const landAnswer = (unit: number): number => (asksLand ? (unit >= 0 ? (land[unit] ?? DOUBT) : MAY) : HOLDS);
  const peopleAnswer = (unit: number, may: number): number => {
    if (!asksPeople) return HOLDS;
    if (unit >= 0) return people[unit] ?? DOUBT;
    // Outside all units nothing is known, but where the census is known to have nobody; the run's own answer tells.
    return may === 0 ? FAILS : may === 1 ? MAY : DOUBT;
  };

  return (lot, out) => {
    if (!lo || !hi || !expected || !landUnit) return anything(out);
    const [restLo, restHi, restExpected] = [lo[lot] ?? 0, hi[lot] ?? 1, expected[lot] ?? 0];
    const first = parts?.starts[lot] ?? 0;
    const last = parts?.starts[lot + 1] ?? 0;
    if (!parts || first === last) {
      const unitOf = (column: Float64Array | null): number => (column && !Number.isNaN(column[lot] ?? NaN) ? (column[lot] ?? -1) : -1);
      const answer = Math.min(landAnswer(unitOf(landUnit)), peopleAnswer(unitOf(peopleUnit), seniorsMay?.[lot] ?? NaN));
      const sure = answer === HOLDS;
      put(out, 0, sure ? restLo : 0, sure ? restLo : 0);
      put(out, 2, answer >= MAY ? restHi : 0, answer >= DOUBT ? restHi : 0);
      put(out, 4, sure ? restExpected : 0, sure || hopes ? restExpected : 0);
      return;
    }
    const shares = parts[zone];
    const sums = [0, 0, 0, 0];
    let [allLo, allHi, allExpected] = [0, 0, 0];
    for (let part = first; part < last; part++) {
      const answer = Math.min(landAnswer(parts.land[part] ?? -1), peopleAnswer(parts.people[part] ?? -1, NaN));
      const [a, b, c] = [shares[3 * part] ?? 0, shares[3 * part + 1] ?? 0, shares[3 * part + 2] ?? 0];
      allLo += a;
      allHi += b;
      allExpected += c;
      if (answer === HOLDS) {
        sums[0] = (sums[0] ?? 0) + a;
        sums[3] = (sums[3] ?? 0) + c;
      }
      if (answer >= MAY) sums[1] = (sums[1] ?? 0) + b;
      if (answer >= DOUBT) sums[2] = (sums[2] ?? 0) + b;
    }
    added(out, 0, sums[0] ?? 0, sums[0] ?? 0, allLo, restLo);
    added(out, 2, sums[1] ?? 0, sums[2] ?? 0, allHi, restHi);
    added(out, 4, sums[3] ?? 0, sums[3] ?? 0, allExpected, restExpected);
    if (hopes) out[5] = restExpected;
  };
}

/**
 * Bounds of a share that is the sum of some parts. `all` is the sum of all parts and `rest` the same by the run: what
 * they differ by may be anywhere.
 */
function added(out: Float64Array, which: 0 | 2 | 4, least: number, most: number, all: number, rest: number): void {
  const gap = Math.abs(all - rest);
  const loose = gap > 2 * LAST_DIGIT ? gap : 0;
  const bound = (sum: number, sign: 1 | -1): number => {
    if (loose === 0 && sum === all) return rest;
    if (loose === 0 && sum === 0) return 0;
    return Math.min(rest, Math.max(0, Math.round(sum / LAST_DIGIT) * LAST_DIGIT + sign * (LAST_DIGIT + loose)));
  };
  put(out, which, bound(least, -1), bound(most, 1));
}
