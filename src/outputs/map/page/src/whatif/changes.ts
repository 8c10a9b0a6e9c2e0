/** Which places move when thresholds do, and which way. */

import type { AskedZone, Run } from "./run.ts";

/** Criteria whose answer by unit stands in the columns, so that any threshold can be judged. */
export const BY_UNIT: Readonly<Record<string, string>> = {
  "enough-public-land": "min_public_land",
  "enough-seniors": "min_seniors_per_ha",
};

/** Criteria that hold within a distance, with the thresholds of that distance. */
const BY_DISTANCE: Readonly<Record<string, readonly string[]>> = {
  "near-frequent-transit": ["station_radius_m", "stop_radius_m"],
  "near-stop": ["near_stop_radius_m"],
  "near-connected-stop": ["near_stop_radius_m"],
  "near-central-hub": ["hub_radius_m"],
};

/** Criteria that depend on where central zones lie. */
export const ON_CENTRAL: ReadonlySet<string> = new Set(["near-connected-stop", "near-central-hub"]);

/** A radius must move by more than the circles' error for the larger circle to hold the smaller. */
const LEAST_STEP_M = 0.05;

/** −1: a subset of the run's place. 1: it holds the run's place. 0: neither is certain. */
export type Direction = -1 | 0 | 1;

/** What moves. */
export interface Changes {
  thresholds: Readonly<Record<string, number>>;
  /** Whether central zones are others. */
  central: boolean;
  moved: (threshold: string) => boolean;
}

/** The thresholds that are assumed, and what follows at once. */
export function changesOf(run: Run, assumed: Readonly<Record<string, number>>): Changes {
  const thresholds = { ...run.thresholds, ...assumed };
  const moved = (key: string): boolean => thresholds[key] !== run.thresholds[key];
  const central = run.zones.find(({ id }) => id === "central");
  const changes = { thresholds, moved, central: false };
  return { ...changes, central: central?.places.some((id) => !ON_CENTRAL.has(id) && changed(run, id, changes)) ?? false };
}

/** Whether the place of a criterion is another one under what is assumed. */
export function changed(run: Run, criterion: string, changes: Changes): boolean {
  if (ON_CENTRAL.has(criterion) && changes.central) return true;
  const unit = BY_UNIT[criterion];
  // Without units the answer is the same everywhere and for every threshold.
  if (unit !== undefined) return changes.moved(unit) && (criterion === "enough-seniors" ? run.units.people : run.units.land) !== null;
  return (BY_DISTANCE[criterion] ?? []).some(changes.moved);
}

/** Which way the place of a changed criterion moves. */
export function direction(run: Run, criterion: string, changes: Changes): Direction {
  if (ON_CENTRAL.has(criterion) && changes.central) return 0;
  const steps = (BY_DISTANCE[criterion] ?? []).filter(changes.moved).map((key) => (changes.thresholds[key] ?? 0) - (run.thresholds[key] ?? 0));
  if (steps.length > 0 && steps.every((step) => step > LEAST_STEP_M)) return 1;
  return steps.length > 0 && steps.every((step) => step < -LEAST_STEP_M) ? -1 : 0;
}

/** Whether nothing that a zone asks has moved. */
export function untouched(run: Run, zone: AskedZone, changes: Changes): boolean {
  if (changes.moved("membership") && (zone.places.length > 0)) return false;
  const lot: Record<string, string> = { "large-enough-site": "min_site_m2", "clear-of-same-kind": "facility_spacing_m" };
  return !zone.places.some((id) => changed(run, id, changes)) && !zone.lot.some((id) => changes.moved(lot[id] ?? ""));
}
