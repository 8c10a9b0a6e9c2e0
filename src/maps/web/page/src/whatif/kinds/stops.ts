/** Stations and stops, by mode: which count under some thresholds, and where parcels stand to them. */

import { MODES, type Mode, type OfMode } from "../../data/facts.ts";
import { whollyBeyond, whollyWithin } from "../around.ts";
import type { StopPlace } from "../points.ts";
import { OUT, reach } from "../reach.ts";
import type { Asked, Run } from "../run.ts";
import type { Under } from "./kind.ts";

/** Whether something is certain of a parcel. */
export type Test = (parcel: number) => boolean;

const NEVER: Test = () => false;

/** The modes that count. */
export function modesOf({ asks: { stops } }: Pick<Asked, "asks">): Mode[] {
  return MODES.filter((mode) => stops?.[mode]);
}

/** Columns of the nearest of any service, for some modes. */
export function anyColumns(modes: readonly Mode[], { anyStops }: Pick<Run, "anyStops">): string[] {
  return anyStops.filter((one) => one.modes.some((mode) => modes.includes(mode))).map(({ column }) => column);
}

/** Of the stops of a mode, those that count for certain and those that may. */
export function counting(mode: Mode, { at_least, service }: OfMode, { run, thresholds }: Under): { sure: StopPlace[]; possible: StopPlace[] } {
  const all = run.stops.filter((stop) => stop.mode === mode);
  if (at_least === undefined || service === undefined) return { sure: all, possible: all };
  const enough = thresholds[at_least] ?? NaN;
  return { sure: all.filter((stop) => stop.service[service].lo >= enough), possible: all.filter((stop) => stop.service[service].hi >= enough) };
}

/** Whether a product that leaves out far stops tells of all within a radius. */
export function tellsAll({ run }: Under, radius: number): boolean {
  return run.stopsWithin === null || radius <= run.stopsWithin;
}

/** Whether a parcel lies wholly near one of some stops. */
export function within(stops: readonly StopPlace[], radius: number, { run, tables }: Under): Test {
  return stops.length === 0 ? NEVER : whollyWithin(stops.flatMap(({ points }) => points), tables, radius - run.slack);
}

/** Whether a parcel lies wholly out of reach of all of some stops, those that are not told among them. */
export function beyond(stops: readonly StopPlace[], radius: number, under: Under): Test {
  if (!tellsAll(under, radius) || stops.some(({ isArea }) => isArea)) return NEVER;
  return whollyBeyond(stops.flatMap(({ points }) => points), under.tables, radius + under.run.slack);
}

/** Whether there is no stop of a mode near a parcel, whatever its service. */
export function noneNear(mode: Mode, radius: string, under: Under): Test {
  const columns = anyColumns([mode], under.run).map((column) => reach(column, [radius], under));
  const far = beyond(under.run.stops.filter((stop) => stop.mode === mode), under.thresholds[radius] ?? NaN, under);
  return (parcel) => columns.some((nearest) => nearest(parcel) === OUT) || far(parcel);
}
