/** What decides a criterion, in a line: what was measured, how it stands to the threshold, and by how much. */

import type { Criterion, Measure } from "../data/facts.ts";
import { el } from "../dom.ts";
import { inUnit, noneNear, number, thresholdOf } from "../format.ts";
import type { Language } from "../state.ts";
import type { Say } from "../text.ts";
import { ends } from "./judged.ts";
import type { PanelContent } from "./panel.ts";

/** The line of a measure: `最寄り: 焼津 412 m ≤ 1,000 m(余裕 588 m)`. */
export function measureLine(measure: Measure, one: Criterion, { facts, columns, row, language }: PanelContent, say: Say): HTMLElement | null {
  const threshold = thresholdOf(facts, measure.threshold);
  const stem = measure.column.replace(/_(lo|hi)$/, "");
  const info = columns.find(({ name }) => name === measure.column || name === `${stem}_lo`);
  if (!threshold || !info) return null;
  const title = info.title.replace(/\s*(下限|上限)$/, "").replace(/\s*(距離 m|m²|人\/ha)$/, "");
  const word = language === "ja" ? title : measure.column.replace(/_(lo|hi|m|m2)$/, "").replaceAll("_", " ");
  const { lo, hi } = ends(row, measure.column);
  const name = measure.name === null ? null : row.get(measure.name);
  if (lo === null && hi === null) {
    // Of a layer that is missing nobody knows; of one that is there, there is none.
    const known = threshold.unit === "m" && !one.anywhere && !one.layers.some(({ id }) => facts.missing.some((layer) => layer.id === id));
    return el("p", { class: "measure" }, `${word}: ${say(known ? "none_near" : "unknown")}`);
  }
  const none = threshold.unit === "m" && lo !== null ? noneNear(lo, facts, say) : null;
  if (none !== null) return el("p", { class: "measure" }, `${word}: ${none}`);
  const { sign, end } = compared(lo, hi, measure.at, threshold.value);
  const limit = inUnit(threshold.value, threshold.unit, language);
  const value = interval(lo, hi, (number) => exact(number, threshold.unit, language), say);
  const away = end === null ? null : Math.abs(threshold.value - end);
  const gap = away === null ? null : threshold.unit === "share" ? say("points", { n: number(away * 100, 2) }) : exact(away, threshold.unit, language);
  const margin = gap === null ? say("straddles", { limit }) : say(sign === "≤" || sign === "≥" ? "margin" : sign === ">" ? "over" : "short", { x: gap });
  return el(
    "p",
    { class: "measure" },
    `${word}: `,
    typeof name === "string" && el("b", {}, `${name} `),
    el("span", { class: "number" }, sign === null ? value : `${value} ${sign} ${limit}`),
    language === "ja" ? `（${margin}）` : ` (${margin})`,
  );
}

/** How a measure stands to its threshold, and the end of it that has the margin; `null` where that is open. */
function compared(lo: number | null, hi: number | null, at: "most" | "least", limit: number): { sign: "≤" | "≥" | ">" | "<" | null; end: number | null } {
  // An upper end that is not there has no bound.
  const most = hi ?? Infinity;
  const least = lo ?? 0;
  if (at === "most") {
    if (most <= limit) return { sign: "≤", end: most };
    return least > limit ? { sign: ">", end: least } : { sign: null, end: null };
  }
  if (least >= limit) return { sign: "≥", end: least };
  return most < limit ? { sign: "<", end: most } : { sign: null, end: null };
}

/** One value, or both ends with the unit once. */
function interval(lo: number | null, hi: number | null, write: (value: number) => string, say: Say): string {
  if (lo === null || hi === null) return say("at_least", { n: write(lo ?? 0) });
  return lo === hi ? write(lo) : `${write(lo).replace(/[^\d.,].*$/, "")}–${write(hi)}`;
}

/** A measured value: like a threshold, with the digits that matter beside one. */
export function exact(value: number, unit: string, language: Language): string {
  if (unit === "m") return `${number(value, value < 100 ? 1 : 0)} m`;
  if (unit === "share") return `${number(value * 100, 2)}%`;
  return inUnit(value, unit, language);
}
