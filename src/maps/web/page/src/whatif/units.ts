/**
 * Some criteria compare a number of the unit of land or of people that a place lies in. For each parcel the columns tell
 * its units, and the share of the parcel in each part where all else of the zone holds. So any threshold of these numbers
 * gives the zone's shares again.
 */

import { anything, put } from "./bounds.ts";
import type { Changes } from "./changes.ts";
import { kindOf } from "./kinds.ts";
import { NO_UNIT, NOBODY, type Parts } from "./parts.ts";
import { type Asked, type AskedZone, placesOf, type Run, type Tables } from "./run.ts";
import { mayExpect, type Write } from "./shares.ts";

/** Answers of a unit. */
const FAILS = 0;
const MAY = 1;
const HOLDS = 2;

/** Parts are added up in another order than the run does; the last digit may differ. */
const LAST_DIGIT = 1e-6;

/** Whether a criterion compares a number of units. */
export function asksUnits(one: Asked): boolean {
  return kindOf(one).units !== undefined;
}

/** Whether the parts of parcels tell the shares of a zone under any such number. */
export function partsTell(run: Run, { id, places }: AskedZone): boolean {
  return run.partsByZone.includes(id) && places.every((clause) => clause.length === 1 || !clause.some(asksUnits));
}

/** The columns that `unitShares` reads for a zone, beside `parts`. */
export function unitColumns(zone: AskedZone): string[] {
  return ["land_unit", "people_unit", ...restColumns(zone), ...placesOf(zone).filter(asksUnits).map(possibleColumn)];
}

function restColumns({ id }: AskedZone): string[] {
  return ["lo", "hi", "expected"].map((end) => `${id}_rest_${end}`);
}

function possibleColumn({ column }: Asked): string {
  return `${column}_hi`;
}

/**
 * Writes the bounds of a zone's shares under the thresholds of units that are assumed, with everything else as in the run.
 */
export function unitShares(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts | null): Write {
  const asked = placesOf(zone).filter(asksUnits);
  const hopes = asked.some((one) => mayExpect(run, one));
  const answer = answerOf(asked, run, changes);
  const never = neverHolds(asked, run, tables);
  const [landUnit, peopleUnit] = [tables("land_unit"), tables("people_unit")];
  const [lo, hi, expected] = restColumns(zone).map(tables);
  const shares = parts?.rest.get(zone.id);

  return (parcel, out) => {
    if (!lo || !hi || !expected || !landUnit || !peopleUnit) return anything(out);
    const [restLo, restHi, restExpected] = [lo[parcel] ?? 0, hi[parcel] ?? 1, expected[parcel] ?? 0];
    if (never(parcel)) {
      put(out, 0, 0, 0);
      put(out, 2, 0, 0);
      put(out, 4, 0, hopes ? restExpected : 0);
      return;
    }
    if (!parts || !shares || parts.overlapping[parcel] === 1) return anything(out);
    const [first, last] = [parts.starts[parcel] ?? 0, parts.starts[parcel + 1] ?? 0];
    if (first === last) {
      const whole = answer(unitOf(landUnit[parcel]), unitOf(peopleUnit[parcel]));
      const sure = whole === HOLDS;
      put(out, 0, sure ? restLo : 0, sure ? restLo : 0);
      put(out, 2, whole >= MAY ? restHi : 0, whole >= MAY ? restHi : 0);
      put(out, 4, sure ? restExpected : 0, sure || hopes ? restExpected : 0);
      return;
    }
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

/** The answer of a unit of land and one of people to all that is asked of them. */
function answerOf(asked: readonly Asked[], run: Run, changes: Changes): (land: number, people: number) => number {
  const each = asked.map((one) => {
    const units = kindOf(one).units ?? "land";
    const least = changes.thresholds[one.asks.at_least ?? ""] ?? 0;
    return { ofLand: units === "land", answers: answers(run.units[units] ?? [], least) };
  });
  return (land, people) => {
    let all = HOLDS;
    for (const { ofLand, answers } of each) all = Math.min(all, at(answers, ofLand ? land : people));
    return all;
  };
}

/** The answer of every unit to a threshold. */
function answers(units: readonly (readonly [number, number | null])[], threshold: number): Uint8Array {
  return Uint8Array.from(units, ([lo, hi]) => (lo >= threshold ? HOLDS : hi === null || hi >= threshold ? MAY : FAILS));
}

/** The answer of a unit, or of what lies outside all. */
function at(answers: Uint8Array, unit: number): number {
  if (unit === NOBODY) return FAILS;
  return unit === NO_UNIT ? MAY : (answers[unit] ?? MAY);
}

/** Whether something holds nowhere whatever the threshold, as where a city is known to have no public land: it has no unit either. */
function neverHolds(asked: readonly Asked[], run: Run, tables: Tables): (parcel: number) => boolean {
  const withoutUnits = asked.filter((one) => run.units[kindOf(one).units ?? "land"] === null);
  const most = withoutUnits.flatMap((one) => tables(possibleColumn(one)) ?? []);
  return (parcel) => most.some((share) => share[parcel] === 0);
}

/** A unit as the columns give it. */
function unitOf(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? NO_UNIT : value;
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
