/**
 * Public land and older residents are asked of units; for each lot the columns tell its units, and the share of the
 * lot in each part where everything else holds. So any threshold of the two gives the zone's shares again.
 */

import type { Cell } from "../data/columns.ts";
import { anything, put } from "./bounds.ts";
import type { Changes } from "./changes.ts";
import type { Run, Tables } from "./run.ts";

/** Outside all units: what is known not to reach any threshold, and what is not known. */
const NOBODY = -1;
const NO_UNIT = -2;

/** Parts of lots that lie in several units; part k of lot i is at `starts[i] + k`. */
export interface Parts {
  starts: Int32Array;
  /** Lots whose units lie over each other, so that their parts cannot be added up. */
  overlapping: Uint8Array;
  /** Units by position, `NOBODY` or `NO_UNIT`. */
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
    overlapping: Uint8Array.from(cells, (cell) => (Array.isArray(cell) && cell.length === 0 ? 1 : 0)),
    land: new Int32Array(total),
    people: new Int32Array(total),
    central: new Float64Array(3 * total),
    senior: new Float64Array(3 * total),
  };
  let at = 0;
  cells.forEach((cell, lot) => {
    for (const [land, people, central, senior] of Array.isArray(cell) ? (cell as PartCell[]) : []) {
      parts.land[at] = land ?? NO_UNIT;
      parts.people[at] = people ?? NO_UNIT;
      parts.central.set(central, 3 * at);
      parts.senior.set(senior, 3 * at);
      at++;
    }
    parts.starts[lot + 1] = at;
  });
  return parts;
}

/** Answers of a unit. */
const FAILS = 0;
const MAY = 1;
const HOLDS = 2;

/** The answer of every unit to a threshold. */
function answers(units: readonly (readonly [number, number | null])[], threshold: number): Uint8Array {
  return Uint8Array.from(units, ([lo, hi]) => (lo >= threshold ? HOLDS : hi === null || hi >= threshold ? MAY : FAILS));
}

/** Parts are added up in another order than the run does; the last digit may differ. */
const LAST_DIGIT = 1e-6;

/** The columns that `unitShares` reads for a zone. */
export function unitColumns(zone: "central" | "senior"): string[] {
  return ["land_unit", "people_unit", "enough_public_land_hi", `${zone}_rest_lo`, `${zone}_rest_hi`, `${zone}_rest_expected`];
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
  const rest = (["lo", "hi", "expected"] as const).map((end) => tables(`${zone}_rest_${end}`));
  const hopes = (asksLand && run.expects.has("public_land")) || (asksPeople && run.expects.has("census"));
  const [lo, hi, expected] = rest;

  const answer = (landOf: number, peopleOf: number): number =>
    Math.min(asksLand ? of(land, landOf) : HOLDS, asksPeople ? of(people, peopleOf) : HOLDS);
  // A city that is known to have no public land has no unit either.
  const landMay = run.units.land === null && asksLand ? tables("enough_public_land_hi") : null;

  return (lot, out) => {
    if (!lo || !hi || !expected || !landUnit || !peopleUnit) return anything(out);
    const restLo = lo[lot] ?? 0;
    const restHi = hi[lot] ?? 1;
    const restExpected = expected[lot] ?? 0;
    if (landMay?.[lot] === 0) {
      put(out, 0, 0, 0);
      put(out, 2, 0, 0);
      put(out, 4, 0, hopes ? restExpected : 0);
      return;
    }
    const first = parts?.starts[lot] ?? 0;
    const last = parts?.starts[lot + 1] ?? 0;
    if (!parts || parts.overlapping[lot] === 1) return anything(out);
    if (first === last) {
      const whole = answer(unitOf(landUnit[lot]), unitOf(peopleUnit[lot]));
      const sure = whole === HOLDS;
      put(out, 0, sure ? restLo : 0, sure ? restLo : 0);
      put(out, 2, whole >= MAY ? restHi : 0, whole >= MAY ? restHi : 0);
      put(out, 4, sure ? restExpected : 0, sure || hopes ? restExpected : 0);
      return;
    }
    const shares = parts[zone];
    let [sure, may, hoped, allLo, allHi, allExpected] = [0, 0, 0, 0, 0, 0];
    for (let part = first; part < last; part++) {
      const found = answer(parts.land[part] ?? NO_UNIT, parts.people[part] ?? NO_UNIT);
      const [a, b, c] = [shares[3 * part] ?? 0, shares[3 * part + 1] ?? 0, shares[3 * part + 2] ?? 0];
      allLo += a;
      allHi += b;
      allExpected += c;
      if (found === HOLDS) {
        sure += a;
        hoped += c;
      }
      if (found >= MAY) may += b;
    }
    added(out, 0, sure, allLo, restLo);
    added(out, 2, may, allHi, restHi);
    added(out, 4, hoped, allExpected, restExpected);
    if (hopes) out[5] = restExpected;
  };
}

/** A unit as the columns give it. */
function unitOf(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? NO_UNIT : value;
}

/** The answer of a unit, or of what lies outside all. */
function of(answers: Uint8Array, unit: number): number {
  if (unit === NOBODY) return FAILS;
  return unit === NO_UNIT ? MAY : (answers[unit] ?? MAY);
}

/**
 * Bounds of a share that is the sum of some parts. `all` is the sum of all parts and `rest` the same by the run: what
 * they differ by may be anywhere.
 */
function added(out: Float64Array, which: 0 | 2 | 4, sum: number, all: number, rest: number): void {
  const gap = Math.abs(all - rest);
  const loose = gap > 2 * LAST_DIGIT ? gap : 0;
  if (loose === 0 && sum === all) return put(out, which, rest, rest);
  if (loose === 0 && sum === 0) return put(out, which, 0, 0);
  const rounded = Math.round(sum / LAST_DIGIT) * LAST_DIGIT;
  put(out, which, Math.max(0, rounded - LAST_DIGIT - loose), Math.min(rest, rounded + LAST_DIGIT + loose));
}
