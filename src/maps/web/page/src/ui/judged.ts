/** How one criterion stands for one parcel: met, not met, open or waived, by the run's own numbers. */

import type { Cell } from "../data/columns.ts";
import type { Criterion, Facts, Measure } from "../data/facts.ts";
import { kindOf } from "../whatif/kinds.ts";
import { SAME_KIND } from "../whatif/kinds/clear-of.ts";
import { reaches } from "../whatif/rules.ts";

/** How a criterion stands. */
export type Standing = "met" | "unmet" | "open" | "waived";

/** All that is known of a parcel, by column. */
export type Row = ReadonlyMap<string, Cell>;

/** A number of a parcel, or `null`. */
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

/** How a criterion stands for a parcel. */
export function standing(criterion: Criterion, row: Row, facts: Facts, thresholds: Record<string, number>): Standing {
  if (criterion.waived !== null) return "waived";
  if (criterion.column === null) return answered(criterion, row, facts, thresholds);
  const { lo, hi } = ends(row, `${criterion.column}_lo`);
  const membership = thresholds["membership"] ?? 0.5;
  if (lo === null || hi === null) return "open";
  if (reaches(lo, membership)) return "met";
  return reaches(hi, membership) ? "open" : "unmet";
}

/**
 * How a clause stands, of which any criterion serves: met by any that is met, not met where all together cannot hold for enough
 * of the parcel. `null` where several of them may be enough only together, which their shares do not tell.
 */
export function clauseStanding(clause: readonly Criterion[], row: Row, facts: Facts, thresholds: Record<string, number>): Standing | null {
  const each = clause.map((one) => standing(one, row, facts, thresholds));
  if (each.length === 1) return each[0] ?? null;
  if (each.includes("waived")) return "waived";
  if (each.includes("met")) return "met";
  if (each.includes("open")) return "open";
  const most = clause.map(({ column }) => (column === null ? 0 : (ends(row, `${column}_lo`).hi ?? 1)));
  return reaches(most.reduce((sum, share) => sum + share, 0), thresholds["membership"] ?? 0.5) ? null : "unmet";
}

/** How a question about the parcel alone stands. */
function answered(criterion: Criterion, row: Row, facts: Facts, thresholds: Record<string, number>): Standing {
  const { answer, columns } = kindOf(criterion);
  const numbers = (columns?.(criterion, { anyStops: [] }) ?? []).map((column) => numberIn(row, column) ?? NaN);
  const known = { thresholds, facilitiesKnown: facts.facilities_known ?? false, unplacedSameKind: facts.unplaced_same_kind ?? true };
  const found = answer?.(criterion.asks, numbers, known);
  return found === "yes" ? "met" : found === "no" ? "unmet" : "open";
}

/** Columns that decide a kind beside its measures: how near a facility is that may be of the planned kind. */
const DECIDED_BY_TOO: Readonly<Record<string, readonly string[]>> = { "clear-of": SAME_KIND };

/** The measures of a criterion, a pair of ends only once. */
export function measuresOf({ kind, measures }: Criterion): Measure[] {
  const seen = new Set<string>();
  const told = measures.flatMap((one) => [one, ...(DECIDED_BY_TOO[kind] ?? []).map((column) => ({ ...one, column, name: null }))]);
  return told.filter(({ column }) => {
    const stem = column.replace(/_(lo|hi)$/, "");
    return !seen.has(stem) && seen.add(stem);
  });
}
