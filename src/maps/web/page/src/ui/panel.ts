/** The panel of the chosen parcel: its status in every zone, and why. */

import type { ColumnInfo, Facts } from "../data/facts.ts";
import { criterion as criterionOf, NEEDS_RUN } from "../data/facts.ts";
import { el, refill } from "../dom.ts";
import { number, percent, percents } from "../format.ts";
import type { Joinable } from "../joined/joinable.ts";
import { borderColour, NEEDS_RUN_COLOUR, statusPattern } from "../map/patterns.ts";
import type { Language } from "../state.ts";
import { type Say, sayIn } from "../text.ts";
import { criterionItem } from "./criterion.ts";
import { ends, numberIn, type Row } from "./judged.ts";
import { marginOf } from "./margin.ts";
import { areaSwatch } from "./swatch.ts";
import { why } from "./why.ts";

/** What the panel shows. */
export interface PanelContent {
  facts: Facts;
  columns: readonly ColumnInfo[];
  row: Row;
  zone: number;
  language: Language;
  /** Its place in the input, from 1, where others have its number. */
  place: number | null;
  /** The statuses under what is assumed, by zone; `null` where nothing is. */
  assumed: readonly number[] | null;
  /** With whom it would be large enough; `null` where that is not all that it lacks. */
  joinable: Joinable | null;
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
  root.setAttribute("aria-label", `${say("panel_parcel")} ${id}`);
  refill(
    root,
    el(
      "header",
      {},
      el("div", {}, el("small", {}, say("parcel")), el("h2", { tabindex: -1, "data-key": "panel title" }, id), el("p", {}, area === null ? "" : `${number(area, 1)} m²`)),
      el("button", { type: "button", class: "icon", "aria-label": say("close"), title: `${say("close")} (Esc)`, "data-key": "panel close", onclick: close }, "×"),
    ),
    area === null && el("p", { class: "notice" }, say("no_geometry")),
    statuses(content, say),
    content.assumed && el("p", { class: "hint assumed" }, say("assumed_marks")),
    area !== null && el("p", { class: "why" }, why(facts, row, zone, language)),
    marginOf(content, say),
    el("h3", {}, `${say("asked")}: ${facts.zones[zone]?.[language] ?? ""}`),
    el("ol", { class: "criteria" }, ...(facts.zones[zone]?.all_of ?? []).map((clause) => clauseItem(clause, content, say))),
    el("details", { "data-key": "not asked" }, el("summary", {}, say("not_asked", { n: others.length })), el("ol", { class: "criteria" }, ...others.map((one) => criterionItem(one, content, say)))),
    allColumns(content, say),
  );
}

/** The item of a criterion, or of several any of which serves. */
function clauseItem(ids: readonly string[], content: PanelContent, say: Say): HTMLElement | null {
  const clause = ids.flatMap((id) => criterionOf(content.facts, id) ?? []);
  const [only] = clause;
  if (only && clause.length === 1) return criterionItem(only, content, say);
  const isWaived = clause.some(({ waived }) => waived !== null);
  const items = clause.map((one) => criterionItem(one, content, say));
  return el("li", { class: "any" }, el("p", {}, say(isWaived ? "any_waived" : "any_of")), el("ol", { class: "criteria" }, ...items));
}

function statuses({ facts, row, zone, language, assumed, chooseZone }: PanelContent, say: Say): HTMLElement {
  const cells = facts.zones.map((one, index) => {
    const code = facts.statuses.findIndex(({ id }) => id === row.get(one.id));
    const now = assumed?.[index] ?? code;
    const { lo, hi } = ends(row, `${one.id}_lo`);
    const expected = numberIn(row, `${one.id}_expected`);
    // A zone that asks of the parcel alone holds all of it.
    const ofPlace = one.criteria.some((id) => criterionOf(facts, id)?.column != null);
    const share = lo === null || hi === null || !ofPlace ? null : percents(lo, hi);
    const more = expected !== null && lo !== null && expected > lo && ofPlace ? say("with_expectations", { x: percent(expected) }) : null;
    return el(
      "button",
      { type: "button", class: "status", "aria-pressed": String(index === zone), "data-key": `status ${one.id}`, onclick: () => chooseZone(index) },
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

function allColumns({ columns, row, language }: PanelContent, say: Say): HTMLElement {
  const lines = columns.filter(({ kind }) => kind !== "json").map(({ name, title: title_ja, title_en = "" }) => {
    const value = row.get(name);
    const title = language === "ja" ? title_ja : title_en;
    const head = title ? el("th", { scope: "row" }, title, el("code", {}, name)) : el("th", { scope: "row" }, el("code", {}, name));
    return el("tr", {}, head, el("td", {}, value === null || value === undefined ? "null" : String(value)));
  });
  return el("details", { "data-key": "all columns" }, el("summary", {}, say("all_columns")), el("table", { class: "columns" }, el("tbody", {}, ...lines)));
}
