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
  columns?: (one: Pick<Asked, "asks" | "near">, run: Pick<Run, "anyStops">) => readonly string[];
  /** Which way its place goes with its thresholds. */
  ways?: (asks: Asks) => Ways;
  /** Where parcels stand to the place of a criterion; `null` where nothing follows. */
  standing?: (one: Asked, under: Under) => Standing | null;
  /** The units whose numbers decide: of these any threshold can be judged (see `units.ts`). */
  units?: "land" | "people";
  /** The answer for one parcel, of a question about the parcel alone. `numbers` are those of `columns`. */
  answer?: (asks: Asks, numbers: readonly number[], known: Known) => Answer;
  /** Whether a place may be smaller once the planner's expectations come true. */
  mayLose?: true;
}

/** Thresholds by what a higher one does. */
export interface Ways {
  /** Longer distances: circles around the same things, which hold at least as much. */
  radii?: readonly string[];
  /** More that is asked for: the place holds at most as much. */
  demands?: readonly string[];
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

/** The keys that are there. */
export function keys(...all: (string | undefined)[]): string[] {
  return [...new Set(all.filter((key) => key !== undefined))];
}
