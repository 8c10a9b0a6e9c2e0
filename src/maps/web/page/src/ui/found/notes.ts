/** The notes that a click on something opens that was added to the run. */

import type { Additions } from "../../data/added.ts";
import type { Facts } from "../../data/facts.ts";
import { el } from "../../dom.ts";
import { number } from "../../format.ts";
import type { Language } from "../../state.ts";
import { sayIn } from "../../text.ts";
import { criteriaOf, stands } from "./assessed.ts";
import { type Found, ofRun } from "./found.ts";
import { near, nameOf, servedLine } from "./sites.ts";
import { answersOf, said } from "./survey.ts";

/** The note on one of them, by its index. */
export function foundNote(what: Found, index: number, added: Additions, facts: Facts, language: Language): HTMLElement | null {
  const say = sayIn(language);
  const words = { say, language };
  const note = (kind: string, title: string, ...lines: (Node | string | null)[]): HTMLElement =>
    el("div", { class: "note" }, el("small", {}, kind), ofRun(say), el("h3", {}, title), ...lines.filter((line) => line !== null).map((line) => (typeof line === "string" ? el("p", {}, line) : line)));
  if (what === "sites") {
    const [sites, site] = [added.sites?.document, added.sites?.document.sites[index]];
    if (!sites || !site) return null;
    return note(say("sites"), `${index + 1}. ${nameOf(site)}`,
      `${number(site.area_m2, 1)} m²`,
      servedLine(site, sites, words),
      say("site_next", { next: site.next_site_m === null ? say("none_near") : `${number(site.next_site_m, 0)} m`, n: number(site.rules_out) }),
      say("site_same_kind", { what: near(site.same_kind_facility, words) }),
      say("site_facility", { what: near(site.facility, words) }));
  }
  if (what === "survey") {
    const item = added.survey?.document.items[index];
    return item ? note(say("survey"), `${item.rank}. ${item.title[language]}`, say("survey_sure", { n: said(item.settles_for_sure, say) }), answersOf(item, words)) : null;
  }
  const zone = added.assessed?.document.zones[index];
  if (!zone) return null;
  const kind = facts.zones.find(({ id }) => id === zone.zone)?.[language] ?? zone.zone;
  return note(`${say("assessed")}: ${kind}`, `${zone.name ?? say("assessed_feature", { n: zone.feature })}: ${stands(zone.status, words)}`, criteriaOf(zone, words));
}

/** What of the additions a layer of the map shows, and which of them a feature is; `null` of other layers. */
export function foundOf(layer: string, index: number, added: Additions): { what: Found; index: number } | null {
  if (layer.startsWith("sites-")) return { what: "sites", index };
  if (layer.startsWith("survey-")) return { what: "survey", index };
  if (!layer.startsWith("assessed-")) return null;
  // Its features are the zones and their parts, each with the number of its zone.
  return { what: "assessed", index: Number(added.assessed?.shapes.features[index]?.properties?.["id"] ?? 1) - 1 };
}
