/** One criterion in the panel of a parcel: how it stands, and why. */

import type { Criterion } from "../data/facts.ts";
import { runThresholds } from "../data/facts.ts";
import { el } from "../dom.ts";
import { filled, noneNear, percent, percents } from "../format.ts";
import { type Say, type TextKey } from "../text.ts";
import { ends, measuresOf, numberIn, type Standing, standing } from "./judged.ts";
import { joinedPart } from "./joined.ts";
import { exact, measureLine } from "./measure.ts";
import type { PanelContent } from "./panel.ts";

/** Marks differ in shape, not in colour alone. */
const MARKS: Record<Standing, string> = { met: "✓", unmet: "✕", open: "?", waived: "–" };

/** The item of a criterion. */
export function criterionItem(one: Criterion, content: PanelContent, say: Say): HTMLElement {
  const { facts, row, language } = content;
  const stands = standing(one, row, facts, runThresholds(facts));
  const source = one.source?.[language] ?? facts.rules.source?.[language] ?? "";
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
      ...nearLines(one, content, say),
      alsoLine(one, content, say),
      shareLine(one, content, say),
      stands === "unmet" && one.remedy && el("p", { class: "settled" }, one.remedy[language]),
      stands === "unmet" && one.kind === "parcel-area" && joinedPart(content, say),
      stands === "open" && el("p", { class: "settled" }, say("settled", { by: one.settled_by[language].replaceAll("`", "") })),
      one.unread && el("p", { class: "hint unread" }, say("unread", { what: one.unread[language] })),
      source !== "" && el("details", { class: "source", "data-key": `source ${one.id}` }, el("summary", {}, say("source")), el("p", {}, source)),
    ),
  );
}

/** The share of the parcel where a criterion holds, with a bar. */
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

/** Distances that no one threshold decides, as where each mode is asked for another. */
function nearLines({ kind, near, measures }: Criterion, { facts, row, columns, language }: PanelContent, say: Say): HTMLElement[] {
  if (kind !== "near-stops") return [];
  return near.flatMap(({ column }) => {
    const metres = numberIn(row, column);
    if (metres === null || measures.some((one) => one.column === column)) return [];
    const stem = column.replace(/_m$/, "");
    const info = columns.find(({ name }) => name === stem);
    const what = (language === "ja" ? info?.title : info?.title_en) ?? stem;
    const none = noneNear(metres, facts, say);
    if (none !== null) return [el("p", { class: "measure" }, `${what}: ${none}`)];
    return [el("p", { class: "measure" }, say("also_near", { what, name: String(row.get(stem) ?? say("no_name")), m: exact(metres, "m", language) }))];
  });
}

/** What a distance that is told beside the measures is to, by the kind of criterion. */
const ALSO: Readonly<Record<string, TextKey>> = { "connected-stops": "also_stop", "clear-of": "also_facility" };

function alsoLine({ also, kind }: Criterion, { facts, row, language }: PanelContent, say: Say): HTMLElement | null {
  const metres = also && numberIn(row, also.column);
  if (metres === null) return null;
  const none = noneNear(metres, facts, say);
  const name = none ?? String(row.get(also?.name ?? "") ?? say("no_name"));
  return el("p", { class: "measure" }, say(ALSO[kind] ?? "also", { name, m: none === null ? exact(metres, "m", language) : "" }).trimEnd());
}
