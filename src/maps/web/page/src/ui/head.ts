/** The words of the header, the choice of zone, and the page's buttons, in the chosen language. */

import type { Facts } from "../data/facts.ts";
import { el, part, refill } from "../dom.ts";
import { PAPERS, type Store } from "../state.ts";
import { sayIn } from "../text.ts";

/** The run's name. */
export function runName(facts: Facts, language: "ja" | "en"): string {
  return facts.name ?? sayIn(language)("unnamed");
}

/** Fills all that stands in the header. */
export function fillHead(facts: Facts, store: Store): void {
  const { language, zone } = store.view;
  const say = sayIn(language);
  document.documentElement.lang = language;
  document.title = say("title", { name: runName(facts, language) });
  part("name").textContent = runName(facts, language);
  const rules = facts.rules.title[language];
  part("rules").title = rules;
  part("rules").textContent = `${rules} · kyoten ${facts.version}`;
  const choice = facts.zones.map((one, index) =>
    el("label", {},
      el("input", { type: "radio", name: "zone", value: one.id, checked: index === zone, "data-key": `zone ${one.id}`, onchange: () => store.set({ zone: index }) }),
      el("span", {}, one[language])));
  refill(part("zones"), el("legend", { class: "hidden" }, say("zone")), ...choice);
  part("zones").querySelector("input:checked + span")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  const search = part("search") as HTMLInputElement;
  search.placeholder = say("search");
  search.setAttribute("aria-label", say("search"));
  search.title = `${say("search")} ( / )`;
  const papers = PAPERS.map((one) => el("option", { value: one, selected: one === store.view.paper }, one));
  refill(part("paper"), ...papers);
  part("paper").setAttribute("aria-label", say("paper"));
  part("paper").title = say("paper");
  for (const [id, key] of [["open-about", "about"], ["print", "print"], ["language", "language"], ["skip", "skip"], ["whole", "whole"], ["tab-legend", "legend"], ["tab-whatif", "whatif"], ["tab-drawn", "drawn"], ["tab-found", "found"]] as const) {
    part(id).textContent = say(key);
  }
  part("language").lang = language === "ja" ? "en" : "ja";
  part("map").setAttribute("aria-label", say("map"));
}
