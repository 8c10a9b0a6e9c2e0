/** How one criterion stands for one lot: met, not met, open or waived, by the run's own numbers. */

import type { Cell } from "../data/columns.ts";
import type { Criterion, Facts, Measure } from "../data/facts.ts";
import { lotAnswer, reaches } from "../whatif/rules.ts";

/** How a criterion stands. */
export type Standing = "met" | "unmet" | "open" | "waived";

/** All that is known of a lot, by column. */
export type Row = ReadonlyMap<string, Cell>;

/** A number of a lot, or `null`. */
export function numberIn(row: Row, column: string): number | null {
  const value = row.get(column);
  return typeof value === "number" ? value : null;
}

/** The two ends of a measure; one number where it is known. `null` where it cannot be had. */
export function ends(row: Row, column: string): { lo: number | null; hi: number | null } {
  const stem = column.replace(/_(lo|hi)$/, "");
  if (row.has(`${stem}_lo`)) return { lo: numberIn(row, `${stem}_lo`), hi: numberIn(row, `${stem}_hi`) };
  const value = numberIn(row, column);
  return { lo: value, hi: value };
}

/** How a criterion stands for a lot. */
export function standing(criterion: Criterion, row: Row, facts: Facts, thresholds: Record<string, number>): Standing {
  if (criterion.waived !== null) return "waived";
  if (criterion.column === null) {
    const answer = lotAnswer(criterion.id, {
      area: numberIn(row, "area_m2") ?? NaN,
      sameKind: numberIn(row, "same_kind_m") ?? NaN,
      maybeSameKind: numberIn(row, "maybe_same_kind_m") ?? NaN,
    }, { thresholds, facilitiesKnown: facts.facilities_known ?? false, unplacedSameKind: facts.unplaced_same_kind ?? true, slack: 0 });
    return answer === "yes" ? "met" : answer === "no" ? "unmet" : "open";
  }
  const { lo, hi } = ends(row, `${criterion.column}_lo`);
  const membership = thresholds["membership"] ?? 0.5;
  if (lo === null || hi === null) return "open";
  if (reaches(lo, membership)) return "met";
  return reaches(hi, membership) ? "open" : "unmet";
}

/** The measures of a criterion, a pair of ends only once. */
export function measuresOf(criterion: Criterion): Measure[] {
  const seen = new Set<string>();
  // Not the nearest facility decides, but the nearest that is or may be of the planned kind.
  const measures = criterion.measures.flatMap((one) =>
    one.column === "facility_m" ? ["same_kind_m", "maybe_same_kind_m"].map((column) => ({ ...one, column, name: null })) : [one]);
  return measures.filter(({ column }) => {
    const stem = column.replace(/_(lo|hi)$/, "");
    return !seen.has(stem) && seen.add(stem);
  });
}
