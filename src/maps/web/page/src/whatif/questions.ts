/** The questions of a zone about the parcel alone, under thresholds that are not the run's. */

import { ELIGIBLE, PROSPECTIVE } from "../data/facts.ts";
import { type Changes, changed } from "./changes.ts";
import { kindOf } from "./kinds.ts";
import type { Known } from "./kinds/kind.ts";
import { allOf, type Answer, anyOf } from "./rules.ts";
import { type Asked, type AskedZone, questionsOf, type Run, type Tables } from "./run.ts";

/** The answer for a parcel. */
type Ask = (parcel: number) => Answer;

/** The columns that the questions read. */
export function questionColumns(run: Run, zone: AskedZone): string[] {
  return questionsOf(zone).flatMap((one) => [...(kindOf(one).columns?.(one, run) ?? [])]);
}

/** The answer to all questions of a zone together. */
export function ask(run: Run, zone: AskedZone, changes: Changes, tables: Tables): Ask {
  const known: Known = {
    thresholds: changes.thresholds,
    facilitiesKnown: run.facilitiesKnown,
    unplacedSameKind: run.unplacedSameKind,
  };
  const clauses = zone.questions.map((clause): Ask => {
    const asks = clause.map((one) => byColumns(one, run, known, tables));
    const told = asks.flatMap((one) => one ?? []);
    if (told.length === asks.length) return (parcel) => anyOf(told.map((each) => each(parcel)));
    // Where some can be answered by a run only.
    const before = asInTheRun(clause.some((one) => changed(run, one, changes)), tables(zone.id));
    return (parcel) => anyOf([...told.map((each) => each(parcel)), before(parcel)]);
  });
  return (parcel) => allOf(clauses.map((each) => each(parcel)));
}

/** One question, answered by columns; `null` where its kind tells no way to. */
function byColumns(one: Asked, run: Run, known: Known, tables: Tables): Ask | null {
  const { answer, columns } = kindOf(one);
  if (!answer) return null;
  const wanted = columns?.(one, run) ?? [];
  const given = wanted.flatMap((column) => tables(column) ?? []);
  if (given.length < wanted.length) return () => "unsettled";
  const numbers = wanted.map(() => NaN);
  return (parcel) => {
    given.forEach((column, index) => (numbers[index] = column[parcel] ?? NaN));
    return answer(one.asks, numbers, known);
  };
}

/** Questions that only a run can answer: the run's own status tells where its answer was yes. */
function asInTheRun(changed: boolean, status: Float64Array | null): Ask {
  if (changed || !status) return () => "unsettled";
  return (parcel) => (status[parcel] === ELIGIBLE || status[parcel] === PROSPECTIVE ? "yes" : "unsettled");
}
