/**
 * With which neighbours would a parcel be large enough 敷地の集約, where its area is all that it lacks? With those that touch it and lack
 * nothing else either, one or two of them.
 */

import type { Columns } from "../data/columns.ts";
import { type Facts, runThresholds } from "../data/facts.ts";
import type { ReadTile } from "../drawn/within.ts";
import { clauseStanding, numberIn, type Row } from "../ui/judged.ts";
import { clausesOf } from "../whatif/run.ts";
import { EXACT_ZOOM, touching } from "./touching.ts";

/** A parcel that could be a part of the site. */
export interface Part {
  id: string;
  area: number;
}

/** What could be joined. */
export interface Joinable {
  /** The parcel's own area and the least of a site, square metres. */
  area: number;
  least: number;
  /** How many parcels touch it. */
  touching: number;
  /** Sets of neighbours with which it is enough and of which none can be left out, the smallest first. */
  sets: Part[][];
}

/** The parcel of a row; `null` where its area is not all that it lacks in a zone, or where outlines are not exact. */
export async function joinable(parcel: number, row: Row, zone: number, facts: Facts, columns: Columns, tile: ReadTile): Promise<Joinable | null> {
  const least = lacksOnlyArea(row, zone, facts);
  const [area, lon, lat] = ["area_m2", "lon", "lat"].map((column) => numberIn(row, column));
  if (least === null || area == null || lon == null || lat == null || facts.tiles.max_zoom < EXACT_ZOOM) return null;
  const neighbours = await touching(parcel, [lon, lat], facts.tiles.max_zoom, tile);
  const rows = await Promise.all(neighbours.map((other) => columns.row(other)));
  const parts = rows.filter((other) => lacksAtMostArea(other, zone, facts)).map((other): Part => ({ id: String(other.get("kyoten_id") ?? ""), area: numberIn(other, "area_m2") ?? 0 }));
  return { area, least, touching: neighbours.length, sets: setsOf(parts, least - area) };
}

/** Ones and twos that are enough together, and of which none can be left out. */
export function setsOf(parts: readonly Part[], wanted: number): Part[][] {
  const ones = parts.filter(({ area }) => area >= wanted).map((one) => [one]);
  const few = parts.filter(({ area }) => area < wanted);
  const twos = few.flatMap((one, index) => few.slice(index + 1).filter(({ area }) => area + one.area >= wanted).map((other) => [one, other]));
  const sum = (set: readonly Part[]): number => set.reduce((all, { area }) => all + area, 0);
  const smallest = (sets: Part[][]): Part[][] => sets.sort((a, b) => sum(a) - sum(b));
  return [...smallest(ones), ...smallest(twos)];
}

/** The clauses of a zone, and whether each is about the area of the site alone. */
function clauses(zone: number, facts: Facts): { clause: ReturnType<typeof clausesOf>[number]; ofArea: boolean }[] {
  return clausesOf(facts, zone).map((clause) => ({ clause, ofArea: clause.length === 1 && clause[0]?.kind === "parcel-area" }));
}

function lacksAtMostArea(row: Row, zone: number, facts: Facts): boolean {
  const thresholds = runThresholds(facts);
  return clauses(zone, facts).every(({ clause, ofArea }) => ofArea || clauseStanding(clause, row, facts, thresholds) === "met");
}

/** The least area that a parcel does not reach, where all else is met; `null` where it is, or where something else is not. */
function lacksOnlyArea(row: Row, zone: number, facts: Facts): number | null {
  const thresholds = runThresholds(facts);
  const lacking = clauses(zone, facts).filter(({ clause, ofArea }) => ofArea && clauseStanding(clause, row, facts, thresholds) === "unmet");
  const least = thresholds[lacking[0]?.clause[0]?.asks.at_least ?? ""];
  return lacking.length === 1 && least !== undefined && lacksAtMostArea(row, zone, facts) ? least : null;
}
