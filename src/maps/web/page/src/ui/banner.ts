/** The banner that stands over the map while anything is assumed: what, what changes, how to make it a real run. */

import { type Count, ELIGIBLE, type Facts, NEEDS_RUN } from "../data/facts.ts";
import { el, refill } from "../dom.ts";
import { hectares, inUnit, number } from "../format.ts";
import { borderColour, NEEDS_RUN_COLOUR, statusPattern } from "../map/patterns.ts";
import type { Products } from "../map/places.ts";
import { isOn, placeSwitch } from "../map/switches.ts";
import type { Store, View } from "../state.ts";
import { sayIn } from "../text.ts";
import type { Gone } from "../whatif/gone.ts";
import { CODES, type Outcome } from "../whatif/whatif.ts";
import { copied } from "./command.ts";
import { areaSwatch } from "./swatch.ts";

/** The lines of `kyoten.toml` that make the assumptions a run. */
export function toml(assumed: Readonly<Record<string, number>>): string {
  return ["[thresholds]", ...Object.keys(assumed).sort().map((key) => `${key} = ${assumed[key]}`), ""].join("\n");
}

/** What is on the map as long as nothing is assumed, and is not now, in words. */
export function goneFrom({ facts, products, view, gone }: { facts: Facts; products: Products; view: View; gone: Gone }): string[] {
  const say = sayIn(view.language);
  const zone = facts.zones[view.zone];
  const isOnMap = zone?.is_region && isOn("zones", view, facts) && products.zones?.features.some(({ properties }) => properties?.["zone"] === zone.id);
  return [
    ...(zone && isOnMap && gone.zones.has(zone.id) ? [say("gone_zones", { zone: zone[view.language] })] : []),
    ...facts.criteria.filter(({ id }) => gone.criteria.has(id) && isOn(placeSwitch(id), view, facts)).map(({ name }) => say("gone_criterion", { name: name[view.language] })),
    ...(gone.circles && products.circles.given && isOn("circles", view, facts) ? [say("gone_circles")] : []),
  ];
}

/** Fills the banner, and hides it where nothing is assumed. `gone` is what is not on the map any more. */
export function fillBanner(root: HTMLElement, facts: Facts, store: Store, outcome: Outcome | null, gone: readonly string[]): void {
  const { assumed, language, zone } = store.view;
  const say = sayIn(language);
  const keys = Object.keys(assumed);
  root.hidden = keys.length === 0;
  if (keys.length === 0) return root.replaceChildren();
  const what = facts.thresholds.filter(({ key }) => key in assumed).map((one) =>
    `${one[language]} ${inUnit(one.value, one.unit, language)} → ${inUnit(assumed[one.key] ?? 0, one.unit, language)}`);
  refill(
    root,
    el("div", { class: "line" },
      el("strong", {}, say("assumed")),
      el("span", { class: "what" }, what.join(language === "ja" ? "、" : "; ")),
      el("button", { type: "button", "data-key": "reset", onclick: () => store.set({ assumed: {} }) }, say("reset"))),
    gone.length > 0 && el("p", { class: "gone", role: "status" }, say("gone", { list: gone.join(language === "ja" ? "、" : "; ") })),
    outcome ? summary(facts, store, outcome, zone) : el("p", { class: "sum", role: "status" }, say("computing")),
    outcome && details(facts, store, outcome, zone, assumed),
  );
}

/** The sum of some cells of the table of changes. */
function sum(outcome: Outcome, zone: number, wanted: (from: number, to: number) => boolean): Count {
  let [parcels, square] = [0, 0];
  for (let cell = 0; cell < CODES * CODES; cell++) {
    if (!wanted(Math.floor(cell / CODES), cell % CODES)) continue;
    parcels += outcome.parcels[zone]?.[cell] ?? 0;
    square += outcome.areas[zone]?.[cell] ?? 0;
  }
  return { parcels, hectares: square / 1e4 };
}

function summary(facts: Facts, store: Store, outcome: Outcome, zone: number): HTMLElement {
  const say = sayIn(store.view.language);
  const gained = sum(outcome, zone, (from, to) => from !== ELIGIBLE && to === ELIGIBLE);
  const lost = sum(outcome, zone, (from, to) => from === ELIGIBLE && to !== ELIGIBLE && to !== NEEDS_RUN);
  const open = sum(outcome, zone, (_, to) => to === NEEDS_RUN);
  const tell = (kind: string, word: string, { parcels, hectares: area }: Count): HTMLElement =>
    el("span", { class: kind }, `${word} `, el("b", {}, say("parcels_n", { n: number(parcels) })), ` ${hectares(area)}`);
  return el("p", { class: "sum", role: "status" },
    el("span", { class: "of" }, facts.zones[zone]?.[store.view.language] ?? ""),
    tell("gained", `＋ ${say("gained")}`, gained), tell("lost", `− ${say("lost")}`, lost),
    el("span", { class: "open" }, areaSwatch(statusPattern(NEEDS_RUN, NEEDS_RUN_COLOUR), borderColour({ colour: NEEDS_RUN_COLOUR }, NEEDS_RUN)), tell("", say("needs_run"), open)));
}

function details(facts: Facts, store: Store, outcome: Outcome, zone: number, assumed: Readonly<Record<string, number>>): HTMLElement {
  const { language } = store.view;
  const say = sayIn(language);
  const name = (code: number): string => (code === NEEDS_RUN ? say("needs_run") : (facts.statuses[code]?.[language] ?? ""));
  const rows: HTMLElement[] = [];
  for (let cell = 0; cell < CODES * CODES; cell++) {
    const [from, to] = [Math.floor(cell / CODES), cell % CODES];
    const parcels = outcome.parcels[zone]?.[cell] ?? 0;
    if (from === to || parcels === 0) continue;
    rows.push(el("tr", {}, el("th", { scope: "row" }, `${name(from)} → ${name(to)}`), el("td", {}, number(parcels)), el("td", {}, hectares((outcome.areas[zone]?.[cell] ?? 0) / 1e4))));
  }
  const text = toml(assumed);
  return el("details", { "data-key": "banner details" },
    el("summary", {}, say("changes")),
    el("div", { class: "cols" },
      rows.length === 0
        ? el("p", {}, say("unchanged"))
        : el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("from_to")), el("th", { scope: "col" }, say("parcels")), el("th", { scope: "col" }, say("area")))), el("tbody", {}, ...rows)),
      copied(say("toml"), text, say, "copy")));
}
