/** The drawer that tells what the map was made from: rules, thresholds, inputs, expectations, waivers, notices. */

import type { Facts } from "../data/facts.ts";
import { el, part, refill } from "../dom.ts";
import { inUnit, number } from "../format.ts";
import { inputName, layerName, noticeWords, said } from "../said.ts";
import type { Language, Store } from "../state.ts";
import { type Say, sayIn } from "../text.ts";

/** How much of a SHA-256 is shown; the whole of it is in the title. */
const SHORT = 12;

/** Makes the drawer open and close. */
export function useAbout(facts: Facts, store: Store): void {
  const drawer = part("about") as HTMLDialogElement;
  const fill = (): void => fillAbout(drawer, facts, store.view.language, () => drawer.close());
  part("open-about").addEventListener("click", () => {
    fill();
    drawer.showModal();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
  store.watch(["language"], () => {
    if (drawer.open) fill();
  });
}

/** Fills the drawer. */
function fillAbout(root: HTMLElement, facts: Facts, language: Language, close: () => void): void {
  const say = sayIn(language);
  const waived = facts.criteria.filter(({ waived: reason }) => reason !== null);
  const licences = document.getElementById("kyoten-licences")?.textContent ?? "";
  refill(
    root,
    el("header", {}, el("h2", {}, say("about")), el("button", { type: "button", class: "icon", "aria-label": say("close"), "data-key": "about close", onclick: close }, "×")),
    list([
      [say("rules"), `${facts.rules.id} — ${facts.rules.title[language]}`],
      [say("source"), facts.rules.source?.[language] ?? null],
      [say("scenario"), facts.scenario],
      [say("plane"), said(language, facts.plane, facts.plane_ja)],
      [say("parcels"), `${number(facts.parcels)} (${say("without_geometry", { n: number(facts.without_geometry) })})`],
    ]),
    ...[facts.rules, ...facts.criteria].flatMap(({ unread }) => (unread ? [el("p", { class: "hint" }, say("unread", { what: unread[language] }))] : [])),
    el("p", {}, say("made_by", { version: facts.version })),
    el("h3", {}, say("thresholds")),
    thresholds(facts, language, say),
    el("h3", {}, say("waivers")),
    items(waived.map((one) => `${one.name[language]}: ${one.waived ?? ""}`), say),
    el("h3", {}, say("expectations")),
    items(facts.expectations.map(({ layer, note }) => `${layerName(facts, layer, language)}${note ? `: ${note}` : ""}`), say),
    el("h3", {}, say("missing")),
    items(facts.missing.map(({ id, ja, en }) => (language === "ja" ? ja : (en ?? id))), say),
    facts.missing.length > 0 && el("p", { class: "hint" }, say("missing_note")),
    el("h3", {}, say("inputs")),
    inputs(facts, language, say),
    el("h3", {}, say("notices")),
    notices(facts, language, say),
    el("h3", {}, say("error_bounds")),
    errorBounds(facts, say),
    licences.trim() !== "" && el("details", { "data-key": "licences" }, el("summary", {}, say("licences")), el("pre", {}, licences.trim())),
  );
}

function list(pairs: [string, string | null][]): HTMLElement {
  const told = pairs.filter(([, text]) => text !== null && text !== "");
  return el("dl", {}, ...told.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)]));
}

function items(texts: string[], say: Say): HTMLElement {
  return texts.length === 0 ? el("p", { class: "hint" }, say("nothing")) : el("ul", {}, ...texts.map((text) => el("li", {}, text)));
}

function thresholds(facts: Facts, language: Language, say: Say): HTMLElement {
  const lines = facts.thresholds.map((one) => {
    const other = one.value === one.default ? "" : say("default_value", { x: inUnit(one.default, one.unit, language) });
    return el("tr", { class: other ? "changed" : "" }, el("th", { scope: "row" }, one[language]), el("td", {}, inUnit(one.value, one.unit, language)), el("td", {}, other), el("td", {}, el("code", {}, one.key)));
  });
  return el("table", {}, el("tbody", {}, ...lines));
}

function inputs(facts: Facts, language: Language, say: Say): HTMLElement {
  const rows = facts.inputs.flatMap((input) =>
    input.files.map(({ name, sha256, features, crs, crs_ja, source, source_ja }, index) => {
      const { note, files } = input;
      const head = index === 0 && el("th", { scope: "rowgroup", rowspan: files.length }, inputName(input, language), note && el("small", {}, note));
      return el("tr", {}, head, el("td", {}, name, el("code", { title: `SHA-256 ${sha256}` }, sha256.slice(0, SHORT)), source !== undefined && el("small", {}, said(language, source, source_ja))), el("td", { class: "number" }, features === null ? "" : number(features)), el("td", {}, said(language, crs, crs_ja) ?? ""));
    }),
  );
  const heads = [say("inputs"), `${say("file")} / SHA-256`, say("features"), say("crs")];
  return el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, ...rows)));
}

function notices(facts: Facts, language: Language, say: Say): HTMLElement {
  if (facts.notices.length === 0) return items([], say);
  const lines = facts.notices.map((notice) => {
    const { severity, what, advice, examples } = noticeWords(notice, facts, language);
    return el("li", {}, el("b", {}, `${layerName(facts, notice.layer, language)} `), el("span", { class: `severity ${notice.severity}` }, severity), ` ${what}`,
      advice !== "" && el("p", {}, advice), examples !== "" && el("p", { class: "hint" }, examples));
  });
  return el("ul", { class: "notices" }, ...lines);
}

function errorBounds(facts: Facts, say: Say): HTMLElement {
  const words: Record<string, string> = { circle_m: say("error_circle"), share: say("error_share"), overlay_grid_m: say("error_grid") };
  return list(Object.entries(facts.error_bounds).map(([key, value]) => [words[key] ?? key, key.endsWith("_m") ? `${value} m` : String(value)]));
}
