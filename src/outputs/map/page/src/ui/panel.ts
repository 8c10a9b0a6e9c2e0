/** The panel of the chosen lot: its status in every zone, and why. */

import type { ColumnInfo, Criterion, Facts, Measure } from "../data/facts.ts";
import { criterion as criterionOf, NEEDS_RUN, runThresholds } from "../data/facts.ts";
import { el, refill } from "../dom.ts";
import { filled, inUnit, number, percent, percents, thresholdOf } from "../format.ts";
import { borderColour, NEEDS_RUN_COLOUR, statusPattern } from "../map/patterns.ts";
import type { Language } from "../state.ts";
import { type Say, sayIn, type TextKey } from "../text.ts";
import { ends, measuresOf, numberIn, type Row, type Standing, standing } from "./judged.ts";
import { areaSwatch } from "./swatch.ts";
import { why } from "./why.ts";

/** What the panel shows. */
export interface PanelContent {
  facts: Facts;
  columns: readonly ColumnInfo[];
  row: Row;
  zone: number;
  language: Language;
  /** The statuses under what is assumed, by zone; `null` where nothing is. */
  assumed: readonly number[] | null;
  close: () => void;
  chooseZone: (zone: number) => void;
}

/** Fills the panel. */
export function fillPanel(root: HTMLElement, content: PanelContent): void {
  const { facts, row, zone, language, close } = content;
  const say = sayIn(language);
  const id = String(row.get("kyoten_id") ?? "");
  const area = numberIn(row, "area_m2");
  const asked = facts.zones[zone]?.criteria ?? [];
  const others = facts.criteria.filter((one) => !asked.includes(one.id));
  root.setAttribute("aria-label", `${say("panel_lot")} ${id}`);
  refill(
    root,
    el(
      "header",
      {},
      el("div", {}, el("small", {}, say("lot")), el("h2", { tabindex: -1, "data-key": "panel title" }, id), el("p", {}, area === null ? "" : `${number(area, 1)} m²`)),
      el("button", { type: "button", class: "icon", "aria-label": say("close"), title: `${say("close")} (Esc)`, "data-key": "panel close", onclick: close }, "×"),
    ),
    area === null && el("p", { class: "notice" }, say("no_geometry")),
    statuses(content, say),
    content.assumed && el("p", { class: "hint assumed" }, say("assumed_marks")),
    area !== null && el("p", { class: "why" }, why(facts, row, zone, language)),
    el("h3", {}, `${say("asked")}: ${facts.zones[zone]?.[language] ?? ""}`),
    el("ol", { class: "criteria" }, ...asked.map((one) => criterionOf(facts, one)).flatMap((one) => (one ? [criterionItem(one, content, say)] : []))),
    el("details", { "data-key": "not asked" }, el("summary", {}, say("not_asked", { n: others.length })), el("ol", { class: "criteria" }, ...others.map((one) => criterionItem(one, content, say)))),
    allColumns(content, say),
  );
}

function statuses({ facts, row, zone, language, assumed, chooseZone }: PanelContent, say: Say): HTMLElement {
  const cells = facts.zones.map((one, place) => {
    const code = facts.statuses.findIndex(({ id }) => id === row.get(one.id));
    const now = assumed?.[place] ?? code;
    const { lo, hi } = ends(row, `${one.id}_lo`);
    const expected = numberIn(row, `${one.id}_expected`);
    // A zone that asks of the lot alone holds all of it.
    const ofPlace = one.criteria.some((id) => criterionOf(facts, id)?.column !== null);
    const share = lo === null || hi === null || !ofPlace ? null : percents(lo, hi);
    const more = expected !== null && lo !== null && expected > lo && ofPlace ? say("with_expectations", { x: percent(expected) }) : null;
    return el(
      "button",
      { type: "button", class: "status", "aria-pressed": String(place === zone), "data-key": `status ${one.id}`, onclick: () => chooseZone(place) },
      el("span", { class: "zone" }, one[language]),
      el("span", { class: "chip" }, chip(facts, code), el("b", {}, facts.statuses[code]?.[language] ?? "?")),
      now !== code && el("span", { class: "chip now" }, "→ ", chip(facts, now), el("b", {}, now === NEEDS_RUN ? say("needs_run") : (facts.statuses[now]?.[language] ?? "?"))),
      share && el("small", {}, `${say("in_zone")} ${share}`),
      more && el("small", {}, more),
    );
  });
  return el("div", { class: "statuses", role: "group", "aria-label": say("statuses") }, ...cells);
}

function chip(facts: Facts, code: number): HTMLCanvasElement {
  const colour = code === NEEDS_RUN ? NEEDS_RUN_COLOUR : (facts.statuses[code]?.colour ?? "#999999");
  return areaSwatch(statusPattern(code, colour), borderColour({ colour }, code));
}

/** Marks differ in shape, not in colour alone. */
const MARKS: Record<Standing, string> = { met: "✓", unmet: "✕", open: "?", waived: "–" };

function criterionItem(one: Criterion, content: PanelContent, say: Say): HTMLElement {
  const { facts, row, language } = content;
  const stands = standing(one, row, facts, runThresholds(facts));
  return el(
    "li",
    { class: `criterion ${stands}` },
    el("span", { class: "mark", role: "img", "aria-label": say(stands) }, MARKS[stands]),
    el(
      "div",
      {},
      el("h4", {}, one.name[language], el("span", { class: "stands" }, say(stands))),
      el("p", { class: "rule" }, filled(one.rule[language], facts, language)),
      one.waived !== null && el("p", { class: "reason" }, say("waived_because", { reason: one.waived })),
      ...measuresOf(one).map((measure) => measureLine(measure, one, content, say)),
      alsoLine(one, content, say),
      shareLine(one, content, say),
      stands === "open" && el("p", { class: "settled" }, say("settled", { by: one.settled_by[language].replaceAll("`", "") })),
      el("details", { class: "source", "data-key": `source ${one.id}` }, el("summary", {}, say("source")), el("p", {}, one.source)),
    ),
  );
}

/** The share of the lot where a criterion holds, with a bar. */
function shareLine(one: Criterion, { facts, row }: PanelContent, say: Say): HTMLElement | null {
  if (one.column === null) return null;
  const { lo, hi } = ends(row, `${one.column}_lo`);
  if (lo === null || hi === null) return null;
  const membership = runThresholds(facts)["membership"] ?? 0.5;
  const needed = membership > 0 ? say("share_needed", { m: percent(membership) }) : say("share_needed_any");
  const bar = el("span", { class: "bar", "aria-hidden": "true" }, el("i", { class: "hi" }), el("i", { class: "lo" }), el("i", { class: "needed" }));
  bar.style.setProperty("--lo", `${lo * 100}%`);
  bar.style.setProperty("--hi", `${hi * 100}%`);
  bar.style.setProperty("--needed", `${membership * 100}%`);
  return el("p", { class: "share" }, bar, el("span", {}, say(lo === hi ? "share" : "share_open", { share: percents(lo, hi) })), el("small", {}, needed));
}

/** What decides a criterion: `最寄り: 焼津 412 m ≤ 1,000 m(余裕 588 m)`. */
function measureLine(measure: Measure, one: Criterion, { facts, columns, row, language }: PanelContent, say: Say): HTMLElement | null {
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
    const known = threshold.unit === "m" && !one.layers.some(({ id }) => facts.missing.some((layer) => layer.id === id));
    return el("p", { class: "measure" }, `${word}: ${say(known ? "none_near" : "unknown")}`);
  }
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

/** What is told beside the measures without being compared: the nearest place of which not all count. */
const ALSO: Record<string, { column: string; name: string; text: TextKey }> = {
  "near-connected-stop": { column: "any_stop_m", name: "any_stop", text: "also_stop" },
  "clear-of-same-kind": { column: "facility_m", name: "facility", text: "also_facility" },
};

function alsoLine(one: Criterion, { row, language }: PanelContent, say: Say): HTMLElement | null {
  const also = ALSO[one.id];
  const metres = also && numberIn(row, also.column);
  if (!also || metres === null || metres === undefined) return null;
  return el("p", { class: "measure" }, say(also.text, { name: String(row.get(also.name) ?? say("no_name")), m: exact(metres, "m", language) }));
}

/** A measured value: like a threshold, with the digits that matter beside one. */
function exact(value: number, unit: string, language: Language): string {
  if (unit === "m") return `${number(value, value < 100 ? 1 : 0)} m`;
  if (unit === "share") return `${number(value * 100, 2)}%`;
  return inUnit(value, unit, language);
}

function allColumns({ columns, row, language }: PanelContent, say: Say): HTMLElement {
  const lines = columns.filter(({ kind }) => kind !== "json").map(({ name, title }) => {
    const value = row.get(name);
    const head = language === "ja" && title ? el("th", { scope: "row" }, title, el("code", {}, name)) : el("th", { scope: "row" }, el("code", {}, name));
    return el("tr", {}, head, el("td", {}, value === null || value === undefined ? "null" : String(value)));
  });
  return el("details", { "data-key": "all columns" }, el("summary", {}, say("all_columns")), el("table", { class: "columns" }, el("tbody", {}, ...lines)));
}
