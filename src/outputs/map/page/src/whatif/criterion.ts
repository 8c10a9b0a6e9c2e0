/** Bounds of a lot's shares in the place of one criterion, under thresholds that are not the run's. */

import { anything, lower, put, raise } from "./bounds.ts";
import { type Changes, type Direction, direction, ON_CENTRAL } from "./changes.ts";
import { whollyWithin } from "./around.ts";
import { beyondPlanned } from "./planned.ts";
import type { Run, Tables } from "./run.ts";

/** Writes the bounds of one lot. */
export type Write = (lot: number, out: Float64Array) => void;

/** How a place that has moved stands to a lot. */
export interface Moved {
  write: Write;
  /** Whether, within this lot, the place is what it was: `EXACTLY`, or but for less than shares are rounded by. */
  still: (lot: number) => number;
}

/** See `Moved.still`. */
export const OTHER = 0;
export const NEARLY = 1;
export const EXACTLY = 2;

/** Where a lot stands to circles: wholly out, cut or not known, wholly in. */
const OUT = -1;
const CUT = 0;
const IN = 1;

/** Wholly in what is possible, and wholly out of what is sure and what is expected. */
const OPEN = 2;

type Reach = (lot: number) => number;

/** The columns that tell how far a lot is from what a place is made of. */
export const NEAREST: readonly string[] = ["station_m", "stop_m", "any_stop_m", "hub_m", "span_m", "lon", "lat"];

/** The columns of a criterion's shares. */
export function shareColumns(run: Run, criterion: string): string[] {
  const stem = run.columnOf.get(criterion);
  return stem === undefined ? [] : [`${stem}_lo`, `${stem}_hi`];
}

/** The bounds of the shares of a criterion whose place is that of the run. */
export function stillShares(run: Run, criterion: string, tables: Tables): Write {
  const [lo, hi] = sharesIn(run, criterion, tables);
  const hopes = mayExpect(run, criterion);
  if (!lo || !hi) return (_, out) => anything(out);
  return (lot, out) => {
    const [least, most] = [lo[lot] ?? 0, hi[lot] ?? 1];
    put(out, 0, least, least);
    put(out, 2, most, most);
    put(out, 4, least, hopes ? 1 : least);
  };
}

/** The bounds of the shares of a criterion whose place has moved. */
export function movedShares(run: Run, criterion: string, changes: Changes, tables: Tables): Moved {
  const [lo, hi] = sharesIn(run, criterion, tables);
  const hopes = mayExpect(run, criterion);
  const way = direction(run, criterion, changes);
  const [now, before] = [changes.thresholds, run.thresholds].map((thresholds) => standing(run, criterion, thresholds, changes.central, tables));
  const nearly = nearlyStill(lo, hi, hopes, way);
  return {
    write: (lot, out) => {
      anything(out);
      if (lo && hi) follow(out, way, lo[lot] ?? 0, hi[lot] ?? 1);
      now?.(lot, out);
      if (!hopes) put(out, 4, out[0] ?? 0, out[1] ?? 1);
    },
    still: (lot) => {
      const is = now?.(lot, null) ?? CUT;
      return is !== CUT && is === before?.(lot, null) ? EXACTLY : nearly(lot);
    },
  };
}

function sharesIn(run: Run, criterion: string, tables: Tables): [Float64Array | null, Float64Array | null] {
  const [lo, hi] = shareColumns(run, criterion);
  return [tables(lo ?? ""), tables(hi ?? "")];
}

/** Whether what the planner expects may add to the place of a criterion. */
function mayExpect(run: Run, criterion: string): boolean {
  if (ON_CENTRAL.has(criterion)) return run.expects.size > 0;
  return (run.layersOf.get(criterion) ?? []).some((layer) => run.expects.has(layer));
}

/** A place that has grown holds no less than it did, one that has shrunk no more. */
function follow(out: Float64Array, way: Direction, least: number, most: number): void {
  if (way > 0) {
    raise(out, 0, least);
    raise(out, 2, most);
    raise(out, 4, least);
  } else if (way < 0) {
    lower(out, 0, least);
    lower(out, 2, most);
  }
}

/** A lot that was wholly in a place that has grown still is; one that was out of a place that has shrunk, too. */
function nearlyStill(lo: Float64Array | null, hi: Float64Array | null, hopes: boolean, way: Direction): (lot: number) => number {
  if (way > 0) return (lot) => (lo?.[lot] === 1 ? NEARLY : OTHER);
  if (way < 0 && !hopes) return (lot) => (hi?.[lot] === 0 ? NEARLY : OTHER);
  return () => OTHER;
}

/**
 * How a lot stands to the place of a criterion under some thresholds: wholly `IN` what is sure, wholly `OUT` of what is
 * possible and of what is expected, `OPEN`, else `CUT`. What follows for its shares is written to `out` where it is given.
 */
type Standing = (lot: number, out: Float64Array | null) => number;

function standing(run: Run, criterion: string, thresholds: Readonly<Record<string, number>>, centralMoved: boolean, tables: Tables): Standing | null {
  const of = (key: string): number => thresholds[key] ?? 0;
  const near = (column: string, radius: number): Reach => reach(run, tables, column, radius);
  const bounded = run.stopsAnywhere === false;
  switch (criterion) {
    case "near-frequent-transit": {
      const longer = Math.max(of("station_radius_m"), of("stop_radius_m"));
      const [station, stop, any] = [near("station_m", of("station_radius_m")), near("stop_m", of("stop_radius_m")), near("any_stop_m", longer)];
      const beyond = beyondPlanned(run.planned, tables, longer);
      // Where the service of every stop is known, what is possible is what is sure.
      const certain = !run.openStops && bounded;
      const openStation = whollyWithin(run.open.stations, tables, of("station_radius_m") - run.slack);
      const openStop = whollyWithin(run.open.stops, tables, of("stop_radius_m") - run.slack);
      return (lot, out) => {
        const sure = Math.max(station(lot), stop(lot));
        const possible = certain || sure === IN ? sure : any(lot) === OUT && bounded ? OUT : openStation(lot) || openStop(lot) ? IN : CUT;
        return tell(run, out, sure, possible, certain, lot, beyond);
      };
    }
    case "near-stop": {
      const any = near("any_stop_m", of("near_stop_radius_m"));
      const beyond = beyondPlanned(run.planned, tables, of("near_stop_radius_m"));
      return (lot, out) => {
        const sure = any(lot);
        return tell(run, out, sure, bounded ? sure : CUT, bounded, lot, beyond);
      };
    }
    case "near-connected-stop": {
      // The nearest stop need not be one that connects: only that there is none tells anything.
      const any = near("any_stop_m", of("near_stop_radius_m"));
      const beyond = beyondPlanned(run.planned, tables, of("near_stop_radius_m"));
      return (lot, out) => (any(lot) === OUT && bounded ? tell(run, out, OUT, OUT, false, lot, beyond, false) : CUT);
    }
    case "near-central-hub": {
      const hub = near("hub_m", of("hub_radius_m"));
      if (centralMoved) return null;
      return (lot, out) => tell(run, out, hub(lot), CUT, false, lot, never, false);
    }
    default:
      return null;
  }
}

function never(): boolean {
  return false;
}

/** Writes what follows from a lot's standing to what is sure, possible and expected, and sums it up. */
function tell(run: Run, out: Float64Array | null, sure: number, possible: number, same: boolean, lot: number, beyond: (lot: number) => boolean, ofStops = true): number {
  if (sure === IN) {
    out?.fill(1);
    return IN;
  }
  const nothing = sure === OUT && possible === OUT;
  const all = possible === IN || (ofStops && run.stopsAnywhere === true);
  const hopeless = sure === OUT && beyond(lot);
  if (out) {
    if (sure === OUT) put(out, 0, 0, 0);
    if (same) put(out, 2, out[0] ?? 0, out[1] ?? 1);
    else if (all) put(out, 2, 1, 1);
    else if (possible === OUT) put(out, 2, 0, 0);
    if (hopeless) put(out, 4, 0, 0);
  }
  if (!hopeless) return CUT;
  return nothing ? OUT : all && !same ? OPEN : CUT;
}

/** Where a lot stands to the circle of a radius around the nearest place of a set; no place at all is out of reach. */
function reach(run: Run, tables: Tables, column: string, radius: number): Reach {
  const [distance, span] = [tables(column), tables("span_m")];
  if (!distance) return () => CUT;
  const [inner, outer] = [radius - run.slack, radius + run.slack];
  return (lot) => {
    const near = distance[lot] ?? NaN;
    if (Number.isNaN(near) || near > outer) return OUT;
    return span && near + (span[lot] ?? NaN) <= inner ? IN : CUT;
  };
}

