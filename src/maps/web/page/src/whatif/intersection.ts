/**
 * Bounds of a parcel's shares in a zone under thresholds that are not the run's.
 *
 * A zone is an intersection. Its shares are bounded by what follows exactly from the columns (criteria of units), by the
 * direction in which the other places move, and by the criteria's own shares: of several parts of a whole, the common part
 * is at most the least of them and at least what they must overlap by (Fréchet 1935).
 */

import { anything, lower, put, raise, tidy } from "./bounds.ts";
import { type Changes, changed, common, direction } from "./changes.ts";
import { kindOf } from "./kinds.ts";
import type { Parts } from "./parts.ts";
import { type AskedZone, type Clause, placesOf, type Run, type Tables } from "./run.ts";
import { EXACTLY, movedClause, NEARLY, OTHER, ROUNDING, shareColumns, stillClause, type Write } from "./shares.ts";
import { asksUnits, partsTell, unitColumns, unitShares } from "./units.ts";

/** The clauses of a zone by what is assumed: as in the run, compared with other numbers of units, at other places. */
interface Sorted {
  still: Clause[];
  units: Clause[];
  moving: Clause[];
}

function sorted(run: Run, zone: AskedZone, changes: Changes): Sorted {
  const { places } = zone;
  const moved = places.filter((clause) => clause.some((one) => changed(run, one, changes)));
  const byUnit = (clause: Clause): boolean => clause.some(asksUnits) && partsTell(run, zone);
  return {
    still: places.filter((clause) => !moved.includes(clause)),
    units: moved.filter(byUnit),
    moving: moved.filter((clause) => !byUnit(clause)),
  };
}

/** Whether the shares of a zone follow from the parts of parcels by unit. */
export function needsParts(run: Run, zone: AskedZone, changes: Changes): boolean {
  return sorted(run, zone, changes).units.length > 0;
}

/** The columns that `zoneShares` reads, beside `parts` where they are needed. */
export function zoneShareColumns(run: Run, zone: AskedZone, changes: Changes): string[] {
  const { moving } = sorted(run, zone, changes);
  const byUnit = needsParts(run, zone, changes);
  return [
    ...ownColumns(zone),
    ...(byUnit ? unitColumns(zone) : []),
    ...moving.flat().flatMap((one) => [...(kindOf(one).columns?.(one, run) ?? [])]),
    ...(moving.length > 0 || byUnit ? placesOf(zone).flatMap(shareColumns) : []),
  ];
}

function ownColumns({ id }: AskedZone): string[] {
  return ["lo", "hi", "expected"].map((end) => `${id}_${end}`);
}

/** Bounds of the zone's shares. */
export function zoneShares(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts | null): Write {
  const { units, moving } = sorted(run, zone, changes);
  const shares = partByPart(run, zone, changes, tables, parts);
  return zone.whole && units.length + moving.length > 0 ? ifTheWholeHolds(shares) : shares;
}

/** Where places have moved, nobody knows which pieces of the zone still hold as wholes: any may fail, and then it is not there. */
function ifTheWholeHolds(shares: Write): Write {
  return (parcel, out) => {
    shares(parcel, out);
    for (let which = 0; which < 6; which += 2) out[which] = 0;
  };
}

/** Whether a clause must hold for the same one of other zones as others do. */
function isBound({ belongsTo }: AskedZone, clause: Clause): boolean {
  return clause.some(({ kind, asks }) => belongsTo !== null && asks.zone === belongsTo && kind !== "inside-zone");
}

/** Bounds of the zone's shares as long as nothing is asked of it as a whole. */
function partByPart(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts | null): Write {
  const { still, units, moving } = sorted(run, zone, changes);
  const others = still.map((clause) => stillClause(run, clause, tables));
  const byUnit = units.length > 0;
  const base = byUnit ? unitShares(run, zone, changes, tables, parts) : ownShares(run, zone, tables);
  if (moving.length === 0) return byUnit && parts ? capped(base, others, parts) : base;

  const way = common(moving.flat().filter((one) => changed(run, one, changes)).map((one) => direction(run, one, changes)));
  const moved = moving.map((clause) => movedClause(run, clause, changes, tables));
  // What holds for one of several zones each need not hold for one and the same.
  const bound = moving.some((clause) => isBound(zone, clause));
  const narrow = commonShares([...moved.map(({ write }) => write), ...others], units.length === 0 && zone.belongsTo === null);
  const from = new Float64Array(6);
  return (parcel, out) => {
    base(parcel, from);
    let still = bound ? OTHER : EXACTLY;
    for (const one of moved) still = Math.min(still, one.still(parcel));
    if (still >= NEARLY) return asBefore(out, from, still === EXACTLY ? 0 : 2 * ROUNDING);
    anything(out);
    for (let which = 0; which < 6; which += 2) {
      if (way < 0) lower(out, which, from[which + 1] ?? 1);
      if (way > 0) raise(out, which, from[which] ?? 0);
    }
    narrow(parcel, out);
    tidy(out, run.mayLose);
  };
}

/** The shares of the run itself. */
function ownShares(run: Run, zone: AskedZone, tables: Tables): Write {
  if (zone.places.length === 0) {
    return (_, out) => {
      for (const which of [0, 2, 4] as const) put(out, which, 1, 1);
    };
  }
  const [lo, hi, expected] = ownColumns(zone).map(tables);
  return (parcel, out) => {
    anything(out);
    if (lo) put(out, 0, lo[parcel] ?? 0, lo[parcel] ?? 0);
    if (hi) put(out, 2, hi[parcel] ?? 1, hi[parcel] ?? 1);
    if (expected) put(out, 4, expected[parcel] ?? 0, expected[parcel] ?? 0);
    else tidy(out, run.mayLose);
  };
}

/** Where units lie over each other only the other criteria tell anything: the zone holds no more than each of them. */
function capped(base: Write, others: readonly Write[], parts: Parts): Write {
  const one = new Float64Array(6);
  return (parcel, out) => {
    base(parcel, out);
    if (parts.overlapping[parcel] !== 1) return;
    for (const write of others) {
      write(parcel, one);
      for (let which = 0; which < 6; which += 2) lower(out, which, one[which + 1] ?? 1);
    }
  };
}

/** Narrows bounds by those of the criteria: all of them where `complete`, else some. */
function commonShares(each: readonly Write[], complete: boolean): Write {
  const [one, lack] = [new Float64Array(6), new Float64Array(3)];
  return (parcel, out) => {
    lack.fill(0);
    for (const write of each) {
      write(parcel, one);
      for (let which = 0; which < 6; which += 2) {
        lower(out, which, one[which + 1] ?? 1);
        // A share that is given as 1 may lack half a millionth.
        lack[which / 2] = (lack[which / 2] ?? 0) + 1 - (one[which] ?? 0) + ROUNDING;
      }
    }
    for (let which = 0; which < 6 && complete; which += 2) {
      const least = Math.max(0, 1 - (lack[which / 2] ?? 1));
      raise(out, which, Math.min(least, out[which + 1] ?? 1));
    }
  };
}

/** Shares that are those of `from`, but for `doubt`. */
function asBefore(out: Float64Array, from: Float64Array, doubt: number): void {
  for (let at = 0; at < 6; at += 2) {
    out[at] = Math.max(0, (from[at] ?? 0) - doubt);
    out[at + 1] = Math.min(1, (from[at + 1] ?? 1) + doubt);
  }
}
