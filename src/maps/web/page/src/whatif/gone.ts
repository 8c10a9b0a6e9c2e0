/** What the run has drawn and measured that need not hold any more under what is assumed. */

import { type Facts, spacing } from "../data/facts.ts";
import { changed, changesOf } from "./changes.ts";
import type { Run } from "./run.ts";

/** What is no longer shown: where it lies now only a run can tell. */
export interface Gone {
  /** Candidate zones of these kinds: their outlines, and their hectares. */
  zones: ReadonlySet<string>;
  /** The places of these criteria. */
  criteria: ReadonlySet<string>;
  /** The circles around facilities. */
  circles: boolean;
}

/** What is gone under some thresholds; nothing where none has moved. */
export function goneUnder(facts: Facts, run: Run, assumed: Readonly<Record<string, number>>): Gone {
  const changes = changesOf(run, assumed);
  const elsewhere = facts.criteria.filter((one) => one.column !== null && changed(run, one, changes));
  const apart = spacing(facts)?.threshold.key;
  return { zones: changes.elsewhere, criteria: new Set(elsewhere.map(({ id }) => id)), circles: apart !== undefined && changes.moved(apart) };
}
