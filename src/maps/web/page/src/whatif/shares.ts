/** Bounds of a parcel's shares in the place of one criterion, under thresholds that are not the run's. */

import { anything, lower, put, raise } from "./bounds.ts";
import { type Changes, changed, type Direction, direction, looksElsewhere } from "./changes.ts";
import { isHeardOf, kindOf } from "./kinds.ts";
import { CUT, IN } from "./reach.ts";
import type { Asked, Clause, Run, Tables } from "./run.ts";

/** Shares are rounded to a millionth. */
export const ROUNDING = 5e-7;

/** Writes the bounds of one parcel. */
export type Write = (parcel: number, out: Float64Array) => void;

/** How a place that has moved stands to a parcel. */
export interface Moved {
  write: Write;
  /** Whether, within this parcel, the place is what it was: `EXACTLY`, or but for less than shares are rounded by. */
  still: (parcel: number) => number;
  /** Whether the place holds all of this parcel, now and in the run, in the same way. */
  holds: (parcel: number) => number;
}

/** See `Moved.still`. */
export const OTHER = 0;
export const NEARLY = 1;
export const EXACTLY = 2;

/** The columns of a criterion's shares. */
export function shareColumns({ column }: Asked): string[] {
  return column === null ? [] : [`${column}_lo`, `${column}_hi`];
}

/** The bounds of the shares of a criterion whose place is that of the run. */
function stillShares(run: Run, one: Asked, tables: Tables): Write {
  const [lo, hi] = sharesIn(one, tables);
  const hopes = mayExpect(run, one);
  const loses = hopes && run.mayLose;
  if (!lo || !hi) return (_, out) => anything(out);
  return (parcel, out) => {
    const [least, most] = [lo[parcel] ?? 0, hi[parcel] ?? 1];
    put(out, 0, least, least);
    put(out, 2, most, most);
    put(out, 4, loses ? 0 : least, hopes ? 1 : least);
  };
}

/** The bounds of the shares in a clause whose places are those of the run. */
export function stillClause(run: Run, clause: Clause, tables: Tables): Write {
  return united(clause.map((one) => stillShares(run, one, tables)));
}

/** The bounds of the shares in a clause of which some place has moved. */
export function movedClause(run: Run, clause: Clause, changes: Changes, tables: Tables): Moved {
  const each = clause.map((one): Moved => {
    if (changed(run, one, changes)) return movedShares(run, one, changes, tables);
    const [lo] = sharesIn(one, tables);
    const loses = mayExpect(run, one) && run.mayLose;
    return { write: stillShares(run, one, tables), still: () => EXACTLY, holds: (parcel) => (!loses && lo?.[parcel] === 1 ? NEARLY : OTHER) };
  });
  const [only] = each;
  if (only && each.length === 1) return only;
  const still = (parcel: number): number => Math.min(...each.map((one) => one.still(parcel)));
  // What one of them holds, all of them together hold.
  const holds = (parcel: number): number => Math.max(...each.map((one) => one.holds(parcel)));
  return { write: united(each.map(({ write }) => write)), still: (parcel) => Math.max(still(parcel), holds(parcel)), holds };
}

/** The bounds of the shares where any of some hold: no less than the most of them, no more than all of them side by side. */
function united(each: readonly Write[]): Write {
  const [only] = each;
  if (only && each.length === 1) return only;
  const one = new Float64Array(6);
  return (parcel, out) => {
    out.fill(0);
    for (const write of each) {
      write(parcel, one);
      for (let which = 0; which < 6; which += 2) {
        out[which] = Math.max(out[which] ?? 0, one[which] ?? 0);
        out[which + 1] = Math.min(1, (out[which + 1] ?? 0) + (one[which + 1] ?? 1) + ROUNDING);
      }
    }
  };
}

/** The bounds of the shares of a criterion whose place has moved. */
function movedShares(run: Run, one: Asked, changes: Changes, tables: Tables): Moved {
  const [lo, hi] = sharesIn(one, tables);
  const hopes = mayExpect(run, one);
  const loses = hopes && run.mayLose;
  const way = direction(run, one, changes);
  const elsewhere = looksElsewhere(one, changes);
  const [now, before] = [changes.thresholds, run.thresholds].map((thresholds) => kindOf(one).standing?.(one, { run, tables, thresholds, elsewhere }));
  const nearly = nearlyStill(lo, hi, hopes, loses, way);
  return {
    write: (parcel, out) => {
      anything(out);
      if (lo && hi) follow(out, way, loses, lo[parcel] ?? 0, hi[parcel] ?? 1);
      now?.(parcel, out);
      if (!hopes) put(out, 4, out[0] ?? 0, out[1] ?? 1);
    },
    still: (parcel) => {
      const is = now?.(parcel, null) ?? CUT;
      return is !== CUT && is === before?.(parcel, null) ? EXACTLY : nearly(parcel);
    },
    holds: (parcel) => {
      if (now?.(parcel, null) === IN && before?.(parcel, null) === IN) return EXACTLY;
      return way > 0 && !loses && lo?.[parcel] === 1 ? NEARLY : OTHER;
    },
  };
}

/** Whether what the planner expects may make another place of that of a criterion. */
export function mayExpect(run: Run, one: Asked): boolean {
  // Where another zone lies hangs on all that is expected, and what is not known of may hang on anything.
  if (one.asks.zone !== undefined || !isHeardOf(one)) return run.expects.size > 0;
  return one.layers.some(({ id }) => run.expects.has(id));
}

function sharesIn(one: Asked, tables: Tables): [Float64Array | null, Float64Array | null] {
  const [lo, hi] = shareColumns(one);
  return [tables(lo ?? ""), tables(hi ?? "")];
}

/** A place that has grown holds no less than it did, one that has shrunk no more. */
function follow(out: Float64Array, way: Direction, loses: boolean, least: number, most: number): void {
  if (way > 0) {
    raise(out, 0, least);
    raise(out, 2, most);
    if (!loses) raise(out, 4, least);
  } else if (way < 0) {
    lower(out, 0, least);
    lower(out, 2, most);
  }
}

/** A parcel that was wholly in a place that has grown still is; one that was out of a place that has shrunk, too. */
function nearlyStill(lo: Float64Array | null, hi: Float64Array | null, hopes: boolean, loses: boolean, way: Direction): (parcel: number) => number {
  if (way > 0 && !loses) return (parcel) => (lo?.[parcel] === 1 ? NEARLY : OTHER);
  if (way < 0 && !hopes) return (parcel) => (hi?.[parcel] === 0 ? NEARLY : OTHER);
  return () => OTHER;
}
