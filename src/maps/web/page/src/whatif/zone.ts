/** The status of a parcel in a zone under thresholds that are not the run's: for certain, or `NEEDS_RUN`. */

import { NEEDS_RUN, UNDETERMINED } from "../data/facts.ts";
import { type Changes, untouched } from "./changes.ts";
import { zoneShareColumns, zoneShares } from "./intersection.ts";
import type { Parts } from "./parts.ts";
import { ask, questionColumns } from "./questions.ts";
import { settled } from "./rules.ts";
import type { AskedZone, Run, Tables } from "./run.ts";

/** The status code of a parcel. */
export type Judge = (parcel: number) => number;

/** The columns that a zone's judge reads; `parts` beside them where `needsParts` says so. */
export function zoneColumns(run: Run, zone: AskedZone, changes: Changes): string[] {
  if (untouched(run, zone, changes)) return [zone.id];
  return [zone.id, "area_m2", ...zoneShareColumns(run, zone, changes), ...questionColumns(run, zone)];
}

/** The judge of a zone. */
export function zoneJudge(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts | null): Judge {
  const own = tables(zone.id);
  if (untouched(run, zone, changes)) return (parcel) => own?.[parcel] ?? NEEDS_RUN;
  const area = tables("area_m2");
  const shares = zoneShares(run, zone, changes, tables, parts);
  const answer = ask(run, zone, changes, tables);
  const membership = changes.thresholds["membership"] ?? 0.5;
  const bounds = new Float64Array(6);
  return (parcel) => {
    // A parcel without usable geometry stays as it is.
    if (Number.isNaN(area?.[parcel] ?? NaN)) return own?.[parcel] ?? UNDETERMINED;
    shares(parcel, bounds);
    return settled(bounds, membership, answer(parcel));
  };
}
