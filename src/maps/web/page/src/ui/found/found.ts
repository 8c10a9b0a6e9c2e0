/** The tab of what was worked out after the run and added to it: chosen sites, what to find out first, zones that were assessed. */

import type { Additions } from "../../data/added.ts";
import type { Facts } from "../../data/facts.ts";
import { el, refill } from "../../dom.ts";
import type { Store } from "../../state.ts";
import { type Say, sayIn } from "../../text.ts";
import { assessedPart } from "./assessed.ts";
import { sitesPart } from "./sites.ts";
import { surveyPart } from "./survey.ts";

/** What can be gone to. */
export type Found = "sites" | "survey" | "assessed";

/** What the tab asks of the page. */
export interface FoundUse {
  facts: Facts;
  store: Store;
  added: Additions;
  /** Goes to one of them, by its index. */
  show: (what: Found, index: number) => void;
}

/** The same with the words of the reader. */
export interface FoundContent extends FoundUse {
  say: Say;
  language: "ja" | "en";
}

/** Fills the tab. */
export function fillFound(root: HTMLElement, use: FoundUse): void {
  const { language } = use.store.view;
  const content = { ...use, language, say: sayIn(language) };
  const { sites, survey, assessed } = use.added;
  refill(root, sites && sitesPart(sites.document, content), survey && surveyPart(survey.document, content), assessed && assessedPart(assessed.document, content));
}

/** A part of the tab with its heading. */
export function section(title: string, say: Say, ...children: (Node | false | null)[]): HTMLElement {
  return el("section", {}, el("h3", {}, title, " ", ofRun(say)), ...children);
}

/** Says that what follows was worked out with the run's own numbers: seen as long as others are assumed (`body.assuming`). */
export function ofRun(say: Say): HTMLElement {
  return el("small", { class: "of-run" }, say("of_run"));
}

/** One entry: a sign, what it is called, lines of what is told; a button that goes there, where it is anywhere. */
export function entry({ show }: FoundUse, of: { what: Found; index: number; there: boolean; sign: Node; title: string; end?: string }, ...lines: (Node | string | null)[]): HTMLElement {
  const { what, index, there, sign, title, end } = of;
  const head = [sign, el("span", { class: "words" }, title), end ? el("span", { class: "amount" }, end) : null];
  const told = lines.filter((line) => line !== null).map((line) => (typeof line === "string" ? el("p", {}, line) : line));
  return el("li", {},
    there ? el("button", { type: "button", class: "plain entry", "data-key": `${what} ${index}`, onclick: () => show(what, index) }, ...head) : el("p", { class: "entry" }, ...head),
    ...told);
}

/** The sign of an entry with its number, as on the map. */
export function numbered(number: number, kind: "site" | "survey"): HTMLElement {
  return el("span", { class: `number ${kind}`, "aria-hidden": "true" }, String(number));
}
