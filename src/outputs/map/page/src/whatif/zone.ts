/**
 * The status of a lot in a zone under thresholds that are not the run's: for certain, or `NEEDS_RUN`.
 *
 * A zone is an intersection. Its shares are bounded by what follows exactly from the columns (public land and seniors),
 * by the direction in which the other places move, and by the criteria's own shares: of several parts of a whole, the
 * common part is at most the least of them and at least what they must overlap by (Fréchet 1935).
 */

import { NEEDS_RUN, UNDETERMINED } from "../data/facts.ts";
import { anything, lower, put, raise, tidy } from "./bounds.ts";
import { BY_UNIT, type Changes, changed, direction, untouched } from "./changes.ts";
import { EXACTLY, movedShares, NEAREST, NEARLY, shareColumns, stillShares, type Write } from "./criterion.ts";
import { allOf, lotAnswer, type LotRules, settled } from "./rules.ts";
import type { AskedZone, Run, Tables } from "./run.ts";
import { type Parts, unitColumns, unitShares } from "./units.ts";

/** The status code of a lot. */
export type Judge = (lot: number) => number;

/** Shares are rounded to a millionth. */
const ROUNDING = 5e-7;

/** The columns that a zone's judge reads; `parts` beside them where it asks of units. */
export function zoneColumns(run: Run, zone: AskedZone, changes: Changes): string[] {
  if (untouched(run, zone, changes)) return [zone.id];
  const moving = zone.places.filter((id) => changed(run, id, changes) && !(id in BY_UNIT));
  return [
    zone.id,
    "area_m2",
    ...(["lo", "hi", "expected"] as const).map((end) => `${zone.id}_${end}`),
    ...(byUnit(run, zone, changes) ? unitColumns(zone.id as "central" | "senior") : []),
    ...(moving.length > 0 ? NEAREST : []),
    ...(moving.length > 0 || byUnit(run, zone, changes) ? zone.places.flatMap((id) => shareColumns(run, id)) : []),
    ...(zone.lot.length > 0 ? ["same_kind_m", "maybe_same_kind_m"] : []),
  ];
}

/** Whether a zone's judge needs the parts of lots by unit. */
export function byUnit(run: Run, zone: AskedZone, changes: Changes): boolean {
  return (zone.id === "central" || zone.id === "senior") && zone.places.some((id) => id in BY_UNIT && changed(run, id, changes));
}

/** The judge of a zone. */
export function zoneJudge(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts | null): Judge {
  const own = tables(zone.id);
  if (untouched(run, zone, changes)) return (lot) => own?.[lot] ?? NEEDS_RUN;
  const area = tables("area_m2");
  const shares = zoneShares(run, zone, changes, tables, parts);
  const answer = lotQuestions(run, zone, changes, tables);
  const membership = changes.thresholds["membership"] ?? 0.5;
  const bounds = new Float64Array(6);
  return (lot) => {
    // A lot without usable geometry stays as it is.
    if (Number.isNaN(area?.[lot] ?? NaN)) return own?.[lot] ?? UNDETERMINED;
    shares(lot, bounds);
    return settled(bounds, membership, answer(lot));
  };
}

function lotQuestions(run: Run, zone: AskedZone, changes: Changes, tables: Tables): (lot: number) => ReturnType<typeof allOf> {
  const [area, same, maybe] = [tables("area_m2"), tables("same_kind_m"), tables("maybe_same_kind_m")];
  const rules: LotRules = {
    thresholds: changes.thresholds,
    facilitiesKnown: run.facilitiesKnown,
    unplacedSameKind: run.unplacedSameKind,
    slack: run.slack,
  };
  if (zone.lot.length === 0) return () => "yes";
  if (zone.lot.includes("clear-of-same-kind") && run.facilitiesKnown && (!same || !maybe)) return () => "unsettled";
  const facts = { area: NaN, sameKind: NaN, maybeSameKind: NaN };
  return (lot) => {
    facts.area = area?.[lot] ?? NaN;
    facts.sameKind = same?.[lot] ?? NaN;
    facts.maybeSameKind = maybe?.[lot] ?? NaN;
    return allOf(zone.lot.map((id) => lotAnswer(id, facts, rules)));
  };
}

/** Bounds of the zone's shares. */
export function zoneShares(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts | null): Write {
  const base = baseShares(run, zone, changes, tables, parts);
  const moving = zone.places.filter((id) => changed(run, id, changes) && !(id in BY_UNIT));
  if (moving.length === 0) return parts === null || !byUnit(run, zone, changes) ? base : capped(run, zone, changes, tables, parts, base);
  const ways = new Set(moving.map((id) => direction(run, id, changes)));
  const way = ways.size === 1 ? ([...ways][0] ?? 0) : 0;
  const judged = zone.places.filter((id) => !(id in BY_UNIT && changed(run, id, changes)));
  const open = zone.places.length > judged.length;
  const moved = moving.map((id) => movedShares(run, id, changes, tables));
  const each = [...moved.map(({ write }) => write), ...judged.filter((id) => !moving.includes(id)).map((id) => stillShares(run, id, tables))];
  const [one, from, lack] = [new Float64Array(6), new Float64Array(6), new Float64Array(3)];
  return (lot, out) => {
    base(lot, from);
    let still = EXACTLY;
    for (const { still: of } of moved) still = Math.min(still, of(lot));
    if (still >= NEARLY) return asBefore(out, from, still === EXACTLY ? 0 : 2 * ROUNDING);
    anything(out);
    for (let which = 0; which < 6; which += 2) {
      if (way < 0) lower(out, which, from[which + 1] ?? 1);
      if (way > 0) raise(out, which, from[which] ?? 0);
    }
    lack.fill(0);
    for (const write of each) {
      write(lot, one);
      for (let which = 0; which < 6; which += 2) {
        lower(out, which, one[which + 1] ?? 1);
        const least = one[which] ?? 0;
        // A share that is given as 1 may lack half a millionth.
        lack[which / 2] = (lack[which / 2] ?? 0) + 1 - least + ROUNDING;
      }
    }
    for (let which = 0; which < 6 && !open; which += 2) {
      const least = Math.max(0, 1 - (lack[which / 2] ?? 1));
      raise(out, which, Math.min(least, out[which + 1] ?? 1));
    }
    tidy(out);
  };
}

/** Where units lie over each other only the other criteria tell anything: the zone holds no more than each of them. */
function capped(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts, base: Write): Write {
  const others = zone.places.filter((id) => !changed(run, id, changes)).map((id) => stillShares(run, id, tables));
  const one = new Float64Array(6);
  return (lot, out) => {
    base(lot, out);
    if (parts.overlapping[lot] !== 1) return;
    for (const write of others) {
      write(lot, one);
      for (let which = 0; which < 6; which += 2) lower(out, which, one[which + 1] ?? 1);
    }
  };
}

/** Shares that are those of `from`, but for `doubt`. */
function asBefore(out: Float64Array, from: Float64Array, doubt: number): void {
  for (let at = 0; at < 6; at += 2) {
    out[at] = Math.max(0, (from[at] ?? 0) - doubt);
    out[at + 1] = Math.min(1, (from[at + 1] ?? 1) + doubt);
  }
}

/** The shares with public land and seniors as they are assumed, and everything else as in the run. */
function baseShares(run: Run, zone: AskedZone, changes: Changes, tables: Tables, parts: Parts | null): Write {
  if (byUnit(run, zone, changes)) return unitShares(run, zone.id as "central" | "senior", zone.places, changes, tables, parts);
  if (zone.places.some((id) => id in BY_UNIT && changed(run, id, changes))) return (_, out) => anything(out);
  if (zone.places.length === 0) {
    return (_, out) => {
      for (const which of [0, 2, 4] as const) put(out, which, 1, 1);
    };
  }
  const [lo, hi, expected] = (["lo", "hi", "expected"] as const).map((end) => tables(`${zone.id}_${end}`));
  return (lot, out) => {
    anything(out);
    if (lo) put(out, 0, lo[lot] ?? 0, lo[lot] ?? 0);
    if (hi) put(out, 2, hi[lot] ?? 1, hi[lot] ?? 1);
    if (expected) put(out, 4, expected[lot] ?? 0, expected[lot] ?? 0);
    else tidy(out);
  };
}
