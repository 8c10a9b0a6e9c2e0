/** Which criteria hold elsewhere when thresholds move, and which way their places move. */

import { kindOf } from "./kinds.ts";
import { type Asked, type AskedZone, placesOf, questionsOf, type Run } from "./run.ts";

/** A radius must move by more than the circles' error for the larger circle to hold the smaller. */
const LEAST_STEP_M = 0.05;

/** −1: a subset of the run's place. 1: it holds the run's place. 0: neither is certain. */
export type Direction = -1 | 0 | 1;

/** What moves. */
export interface Changes {
  thresholds: Readonly<Record<string, number>>;
  moved: (threshold: string) => boolean;
  /** The zones that may lie elsewhere than in the run. */
  elsewhere: ReadonlySet<string>;
}

/** The thresholds that are assumed, and what follows at once. */
export function changesOf(run: Run, assumed: Readonly<Record<string, number>>): Changes {
  const thresholds = { ...run.thresholds, ...assumed };
  const elsewhere = new Set<string>();
  const changes = { thresholds, elsewhere, moved: (key: string) => thresholds[key] !== run.thresholds[key] };
  // A zone takes along those that look at it: round by round, which ends although zones may look at each other.
  const next = (): AskedZone[] => run.zones.filter((zone) => !elsewhere.has(zone.id) && placesOf(zone).some((one) => changed(run, one, changes)));
  for (let zones = next(); zones.length > 0; zones = next()) zones.forEach(({ id }) => elsewhere.add(id));
  return changes;
}

/** Whether the zone that a criterion looks at lies elsewhere. */
export function looksElsewhere({ asks }: Asked, changes: Changes): boolean {
  return asks.zone !== undefined && changes.elsewhere.has(asks.zone);
}

/** Whether a criterion may have another place, or another answer, under what is assumed. */
export function changed(run: Run, one: Asked, changes: Changes): boolean {
  if (looksElsewhere(one, changes)) return true;
  const { units } = kindOf(one);
  // Without units the answer is the same everywhere and for every threshold.
  return one.thresholds.some(changes.moved) && (units === undefined || run.units[units] !== null);
}

/** Which way the place of a changed criterion moves. */
export function direction(run: Run, one: Asked, changes: Changes): Direction {
  if (looksElsewhere(one, changes)) return 0;
  const { radii = [], demands = [] } = kindOf(one).ways?.(one.asks) ?? {};
  const step = (key: string): number => {
    const by = (changes.thresholds[key] ?? NaN) - (run.thresholds[key] ?? NaN);
    if (radii.includes(key) === demands.includes(key)) return 0;
    if (demands.includes(key)) return -Math.sign(by);
    return Math.abs(by) > LEAST_STEP_M ? Math.sign(by) : 0;
  };
  return common(one.thresholds.filter(changes.moved).map(step));
}

/** The way that all go; 0 where they do not go the same. */
export function common(ways: readonly number[]): Direction {
  if (ways.every((way) => way > 0)) return 1;
  return ways.every((way) => way < 0) ? -1 : 0;
}

/** Whether nothing that a zone asks has moved. */
export function untouched(run: Run, zone: AskedZone, changes: Changes): boolean {
  if (changes.moved("membership") && zone.places.length > 0) return false;
  return ![...placesOf(zone), ...questionsOf(zone)].some((one) => changed(run, one, changes));
}
