/** What the page has to know of a kind of criteria, so that something follows from thresholds that are not the run's. */

import type { Asks } from "../../data/facts.ts";
import type { Standing } from "../reach.ts";
import type { Answer } from "../rules.ts";
import type { Asked, Run, Tables } from "../run.ts";

/**
 * A kind. What it leaves out is not known of it: then the run's own shares tell as long as none of the criterion's
 * thresholds has moved, and nothing afterwards.
 */
export interface Kind {
  /** The columns that it reads, beside the criterion's shares. */
  columns?: readonly string[];
  /** Whether longer radii (`asks.within`) hold at least as much as shorter ones. */
  grows?: true;
  /** Where parcels stand to the place of a criterion; `null` where nothing follows. */
  standing?: (one: Asked, under: Under) => Standing | null;
  /** The units whose numbers decide: of these any threshold can be judged (see `units.ts`). */
  units?: "land" | "people";
  /** The answer for one parcel, of a question about the parcel alone. `numbers` are those of `columns`. */
  answer?: (asks: Asks, numbers: readonly number[], known: Known) => Answer;
  /** Whether a place may be smaller once the planner's expectations come true. */
  mayLose?: true;
}

/** Under what a criterion is looked at. */
export interface Under {
  run: Run;
  tables: Tables;
  thresholds: Readonly<Record<string, number>>;
  /** Whether the zone that the criterion looks at lies elsewhere than in the run. */
  elsewhere: boolean;
}

/** What questions about a parcel need to know beside its numbers. */
export interface Known {
  thresholds: Readonly<Record<string, number>>;
  facilitiesKnown: boolean;
  unplacedSameKind: boolean;
}

/** The thresholds of the longest distance, by the way to travel. */
export function withinOf({ within = "" }: Asks): { rail: string; tram: string; bus: string } {
  return typeof within === "string" ? { rail: within, tram: within, bus: within } : within;
}

/** The same, each once. */
export function radiiOf(asks: Asks): string[] {
  return [...new Set(Object.values(withinOf(asks)))];
}
