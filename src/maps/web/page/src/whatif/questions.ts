/** The questions of a zone about the parcel alone, under thresholds that are not the run's. */

import { ELIGIBLE, PROSPECTIVE } from "../data/facts.ts";
import { type Changes, changed } from "./changes.ts";
import { kindOf } from "./kinds.ts";
import type { Known } from "./kinds/kind.ts";
import { allOf, type Answer } from "./rules.ts";
import type { Asked, AskedZone, Run, Tables } from "./run.ts";

/** The answer for a parcel. */
type Ask = (parcel: number) => Answer;

/** The columns that the questions read. */
export function questionColumns({ questions }: AskedZone): string[] {
  return questions.flatMap((one) => kindOf(one).columns ?? []);
}

/** The answer to all questions of a zone together. */
export function ask(run: Run, zone: AskedZone, changes: Changes, tables: Tables): Ask {
  const known: Known = {
    thresholds: changes.thresholds,
    facilitiesKnown: run.facilitiesKnown,
    unplacedSameKind: run.unplacedSameKind,
  };
  const asks = zone.questions.map((one) => byColumns(one, known, tables) ?? asInTheRun(changed(run, one, changes), tables(zone.id)));
  return (parcel) => allOf(asks.map((each) => each(parcel)));
}

/** One question, answered by columns; `null` where its kind tells no way to. */
function byColumns(one: Asked, known: Known, tables: Tables): Ask | null {
  const { answer, columns = [] } = kindOf(one);
  if (!answer) return null;
  const given = columns.flatMap((column) => tables(column) ?? []);
  if (given.length < columns.length) return () => "unsettled";
  const numbers = columns.map(() => NaN);
  return (parcel) => {
    given.forEach((column, index) => (numbers[index] = column[parcel] ?? NaN));
    return answer(one.asks, numbers, known);
  };
}

/** A question that only a run can answer: the run's own status tells where its answer was yes. */
function asInTheRun(changed: boolean, status: Float64Array | null): Ask {
  if (changed || !status) return () => "unsettled";
  return (parcel) => (status[parcel] === ELIGIBLE || status[parcel] === PROSPECTIVE ? "yes" : "unsettled");
}
