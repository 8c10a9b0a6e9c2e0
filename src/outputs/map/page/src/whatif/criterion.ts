/** Bounds of a lot's shares in the place of one criterion, under thresholds that are not the run's. */

import { anything, lower, put, raise } from "./bounds.ts";
import { type Changes, changed, direction, ON_CENTRAL } from "./changes.ts";
import type { Run, Tables } from "./run.ts";

/** Writes the bounds of one lot. */
export type Write = (lot: number, out: Float64Array) => void;

/** A lot and the nearest place of a set: `IN` wholly within reach, `OUT` wholly out of it, else cut or not known. */
const OUT = -1;
const CUT = 0;
const IN = 1;

type Reach = (lot: number) => number;

/** The columns that a criterion's bounds are read from. */
export function criterionColumns(run: Run, criterion: string): string[] {
  const stem = run.columnOf.get(criterion);
  return [...(stem ? [`${stem}_lo`, `${stem}_hi`] : []), "station_m", "stop_m", "any_stop_m", "hub_m", "span_m"];
}

/** The bounds of a criterion's shares, as functions of the lot. */
export function criterionShares(run: Run, criterion: string, changes: Changes, tables: Tables): Write {
  const stem = run.columnOf.get(criterion) ?? "";
  const [lo, hi] = [tables(`${stem}_lo`), tables(`${stem}_hi`)];
  const hopes = mayExpect(run, criterion);
  if (!lo || !hi) return (_, out) => anything(out);
  if (!changed(run, criterion, changes)) {
    return (lot, out) => {
      const [least, most] = [lo[lot] ?? 0, hi[lot] ?? 1];
      put(out, 0, least, least);
      put(out, 2, most, most);
      put(out, 4, least, hopes ? 1 : least);
    };
  }
  const way = direction(run, criterion, changes);
  const narrow = moved(run, criterion, changes, tables);
  return (lot, out) => {
    anything(out);
    const [least, most] = [lo[lot] ?? 0, hi[lot] ?? 1];
    if (way > 0) {
      raise(out, 0, least);
      raise(out, 2, most);
      raise(out, 4, least);
    } else if (way < 0) {
      lower(out, 0, least);
      lower(out, 2, most);
    }
    narrow(lot, out);
    if (!hopes) put(out, 4, out[0] ?? 0, out[1] ?? 1);
  };
}

/** Whether what the planner expects may add to the place of a criterion. */
function mayExpect(run: Run, criterion: string): boolean {
  if (ON_CENTRAL.has(criterion)) return run.expects.size > 0;
  return (run.layersOf.get(criterion) ?? []).some((layer) => run.expects.has(layer));
}

/** What distances tell of a criterion whose place has moved. */
function moved(run: Run, criterion: string, changes: Changes, tables: Tables): Write {
  const within = (column: string, radius: string): Reach => reach(run, tables, column, changes.thresholds[radius] ?? 0);
  const anywhere = run.stopsAnywhere;
  switch (criterion) {
    case "near-frequent-transit": {
      const station = within("station_m", "station_radius_m");
      const stop = within("stop_m", "stop_radius_m");
      const longer = Math.max(changes.thresholds["station_radius_m"] ?? 0, changes.thresholds["stop_radius_m"] ?? 0);
      const any = reach(run, tables, "any_stop_m", longer);
      // Where the service of every stop is known, what is possible is what is sure.
      const certain = !run.openStops && anywhere === false;
      return (lot, out) => {
        settle(out, Math.max(station(lot), stop(lot)));
        if (certain) put(out, 2, out[0] ?? 0, out[1] ?? 1);
        else possible(out, any(lot), anywhere);
      };
    }
    case "near-stop": {
      const any = within("any_stop_m", "near_stop_radius_m");
      return (lot, out) => {
        settle(out, any(lot));
        if (anywhere === false) put(out, 2, out[0] ?? 0, out[1] ?? 1);
        else possible(out, any(lot), anywhere);
      };
    }
    case "near-connected-stop": {
      const any = within("any_stop_m", "near_stop_radius_m");
      return (lot, out) => {
        if (any(lot) === OUT) {
          settle(out, OUT);
          if (anywhere === false) put(out, 2, 0, 0);
        }
      };
    }
    case "near-central-hub": {
      if (changes.central) return () => undefined;
      const hub = within("hub_m", "hub_radius_m");
      return (lot, out) => {
        settle(out, hub(lot));
      };
    }
    default:
      return () => undefined;
  }
}

/** What the reach of the surest places tells of what is sure. */
function settle(out: Float64Array, where: number): void {
  if (where === IN) {
    put(out, 0, 1, 1);
    put(out, 2, 1, 1);
    put(out, 4, 1, 1);
  } else if (where === OUT) put(out, 0, 0, 0);
}

/** What the nearest stop of any service tells of what is possible. */
function possible(out: Float64Array, where: number, anywhere: boolean | null): void {
  if (anywhere === true) put(out, 2, 1, 1);
  else if (where === OUT && anywhere === false) put(out, 2, 0, 0);
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
