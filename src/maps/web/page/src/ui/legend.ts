/** The legend, which is also the switch of every layer, with counts and hectares of the chosen zone. */

import { type Additions, anyAdded } from "../data/added.ts";
import type { Count, Criterion, Facts } from "../data/facts.ts";
import { NEEDS_RUN, spacing } from "../data/facts.ts";
import { servicesShown } from "../data/service.ts";
import { type Attributes, el, refill } from "../dom.ts";
import { hectares, inUnit, number } from "../format.ts";
import { ASSESSED_COLOUR, BREAKING, SITE_COLOUR, SURVEY_COLOUR } from "../map/added.ts";
import { BACKGROUNDS } from "../map/backgrounds.ts";
import { DRAWN_COLOUR } from "../map/drawn.ts";
import { borderColour, CONFLICT_COLOUR, NEEDS_RUN_COLOUR, placeColour, placePattern, statusPattern } from "../map/patterns.ts";
import type { Products } from "../map/places.ts";
import { SET_COLOUR, SET_DASHES } from "../map/set.ts";
import { inConflict } from "../map/standing.ts";
import { zoneColour } from "../map/surroundings.ts";
import { isOn, parcelSwitch, placeSwitch, turned } from "../map/switches.ts";
import { groundsOf } from "../map/under.ts";
import { layerTitle } from "../said.ts";
import type { Store } from "../state.ts";
import { sayIn, type TextKey } from "../text.ts";
import type { Gone } from "../whatif/gone.ts";
import { areaSwatch, dotsSwatch, lineSwatch, markSwatch, numberSwatch } from "./swatch.ts";

/** What the legend asks of the page. */
export interface LegendUse {
  facts: Facts;
  products: Products;
  /** What was added to the run. */
  added: Additions;
  store: Store;
  /** Parcels and hectares by status code of the zone, under what is assumed. */
  counts: (zone: number) => Count[];
  /** What of the run need not hold any more. */
  gone: Gone;
  /** Shows a candidate zone, by its index among all. */
  showZone: (index: number) => void;
}

/** Fills the legend. */
export function fillLegend(root: HTMLElement, use: LegendUse): void {
  refill(root, byStatus(use), candidates(use), found(use), ofPlanner(use), places(use), surroundings(use), background(use));
}

function section(title: string, ...children: (Node | false | null)[]): HTMLElement {
  return el("section", {}, el("h3", {}, title), ...children);
}

/** One switch: checkbox, picture, words, and what stands at the end of the line. */
function row(use: LegendUse, key: string, picture: Node, words: string, end: Node | null = null, more: string | null = null): HTMLElement {
  const { store, facts } = use;
  const box: Attributes = {
    type: "checkbox",
    "data-key": key,
    checked: isOn(key, store.view, facts),
    onchange: () => store.set({ switched: turned(store.view, key) }),
  };
  return el("label", { class: "row" }, el("input", box), picture, el("span", { class: "words" }, words, more && el("small", {}, more)), end);
}

function byStatus(use: LegendUse): HTMLElement {
  const { facts, store } = use;
  const { language, zone } = store.view;
  const say = sayIn(language);
  const counts = use.counts(zone);
  const rows = facts.statuses.map((status, code) => {
    const picture = areaSwatch(statusPattern(code, status.colour), borderColour(status, code));
    return row(use, parcelSwitch(code), picture, status[language], amount(counts[code], use), language === "ja" ? status.en : status.ja);
  });
  const open = counts[NEEDS_RUN];
  if (open && open.parcels > 0) {
    const colour = NEEDS_RUN_COLOUR;
    const picture = areaSwatch(statusPattern(NEEDS_RUN, colour), borderColour({ colour }, NEEDS_RUN));
    const other = sayIn(language === "ja" ? "en" : "ja")("needs_run");
    rows.push(row(use, parcelSwitch(NEEDS_RUN), picture, say("needs_run"), amount(open, use), other), el("p", { class: "hint kept" }, say("needs_run_long")));
  }
  return section(say("by_status"), ...rows);
}

function amount(count: Count | undefined, use: LegendUse): HTMLElement {
  const say = sayIn(use.store.view.language);
  const { parcels, hectares: area } = count ?? { parcels: 0, hectares: 0 };
  return el("span", { class: "amount" }, el("b", {}, number(parcels)), ` ${say("parcels")}`, el("small", {}, hectares(area)));
}

function candidates(use: LegendUse): HTMLElement {
  const { facts, products, store } = use;
  const { language, zone } = store.view;
  const say = sayIn(language);
  const id = facts.zones[zone]?.id;
  if (facts.zones[zone]?.is_region === false) return section(say("candidates"), el("p", { class: "hint" }, say("candidates_no_place")));
  if (use.gone.zones.has(id ?? "")) {
    return section(say("candidates"), row(use, "zones", lineSwatch(zoneColour(facts, "eligible")), say("candidates"), null, say("needs_run")), el("p", { class: "hint kept" }, say("candidates_gone")));
  }
  const mine = (products.zones?.features ?? []).map((feature, index) => ({ feature, index })).filter(({ feature }) => feature.properties?.["zone"] === id);
  const picture = lineSwatch(zoneColour(facts, "eligible"));
  const list = mine.map(({ feature, index }) => {
    const status = facts.statuses.find((one) => one.id === feature.properties?.["status"]);
    const dashes = status?.id === "eligible" ? [] : status?.id === "prospective" ? [7, 3] : [3, 3];
    const words = `${status?.[language] ?? ""} ${hectares(Number(feature.properties?.["area_ha"]))}`;
    // How many parcels lie in it hangs on the share that is asked of them.
    const parcels = "membership" in store.view.assumed ? "" : say("parcels_n", { n: number(Number(feature.properties?.["parcels"])) });
    const button = el("button", { type: "button", class: "plain", "data-key": `zone ${index}`, onclick: () => use.showZone(index) },
      lineSwatch(zoneColour(facts, status?.id ?? ""), dashes), el("span", { class: "words" }, words), el("span", { class: "amount" }, parcels));
    return el("li", {}, button);
  });
  const assumed = Object.keys(store.view.assumed).length > 0;
  return section(
    say("candidates"),
    row(use, "zones", picture, say("candidates"), el("span", { class: "amount" }, number(mine.length))),
    assumed && el("p", { class: "hint kept" }, say("candidates_hold")),
    mine.length === 0 ? el("p", { class: "hint" }, say("candidates_none")) : el("details", { "data-key": "zones list" }, el("summary", {}, say("details")), el("ul", { class: "zones" }, ...list)),
  );
}

/** What was added to the run. */
function found(use: LegendUse): HTMLElement | null {
  const { added, store } = use;
  const { language } = store.view;
  if (!anyAdded(added)) return null;
  const say = sayIn(language);
  const count = (all: number): HTMLElement => el("span", { class: "amount" }, number(all));
  const ofRun = Object.keys(store.view.assumed).length > 0 ? say("of_run") : null;
  const [sites, survey, assessed] = [added.sites?.document, added.survey?.document, added.assessed?.document];
  return section(
    say("found"),
    sites ? row(use, "sites", numberSwatch(SITE_COLOUR, true), say("sites"), count(sites.sites.length), ofRun) : null,
    sites && sites.sites.length > 0 ? row(use, "site_circles", lineSwatch(SITE_COLOUR, [2, 3]), say("site_circles", { r: `${number(sites.spacing_m, 1)} m` }), null, ofRun) : null,
    survey ? row(use, "survey", numberSwatch(SURVEY_COLOUR, false), say("survey"), count(survey.items.filter(({ lon }) => lon !== null).length), ofRun) : null,
    assessed ? row(use, "assessed", lineSwatch(ASSESSED_COLOUR), say("assessed"), count(assessed.zones.length), ofRun) : null,
    assessed ? el("p", { class: "row still" }, areaSwatch(BREAKING, ASSESSED_COLOUR), el("span", { class: "words" }, say("assessed_breaking"))) : null,
  );
}

/** Zones that a plan has set, and those that the reader has drawn. */
function ofPlanner(use: LegendUse): HTMLElement | null {
  const { facts, products, store } = use;
  const { language, drawn } = store.view;
  const say = sayIn(language);
  const set = products.set?.features ?? [];
  const kinds = facts.zones.filter(({ id }) => set.some(({ properties }) => properties?.["zone"] === id));
  const count = (all: number): HTMLElement => el("span", { class: "amount" }, number(all));
  const rows = [
    kinds.length > 0 && row(use, "set", lineSwatch(SET_COLOUR, SET_DASHES.map((dash) => 2 * dash)), kinds.map((one) => say("set_zone", { zone: one[language] })).join(say("or")), count(set.length)),
    drawn.length > 0 && row(use, "drawn", lineSwatch(DRAWN_COLOUR), say("drawn_zones"), count(drawn.length)),
  ];
  return rows.some(Boolean) ? section(say("set_and_drawn"), ...rows) : null;
}

function places(use: LegendUse): HTMLElement | null {
  const { facts, products, store } = use;
  if (!products.places.given) return null;
  const { language, zone } = store.view;
  const say = sayIn(language);
  const held = products.places.values("criterion");
  const mine = facts.zones[zone]?.criteria ?? [];
  const one = (criterion: Criterion): HTMLElement => {
    const colour = placeColour(facts.criteria.indexOf(criterion));
    const more = use.gone.criteria.has(criterion.id) ? say("gone_place") : null;
    return row(use, placeSwitch(criterion.id), areaSwatch(placePattern("sure", colour), colour), criterion.name[language], null, more);
  };
  const shown = facts.criteria.filter(({ id, column }) => (held ? held.has(id) : column !== null));
  const others = shown.filter(({ id }) => !mine.includes(id));
  const grey = "#5c6670";
  const certainties = el("p", { class: "certainties" }, ...(["sure", "expected", "possible"] as const).map((certainty) =>
    el("span", {}, areaSwatch(placePattern(certainty, grey), grey), say(certainty))));
  return section(
    say("places"),
    ...shown.filter(({ id }) => mine.includes(id)).map(one),
    others.length > 0 && el("details", { "data-key": "places others" }, el("summary", {}, say("places_others")), ...others.map(one)),
    certainties,
  );
}

function surroundings(use: LegendUse): HTMLElement {
  const { facts, products, store } = use;
  const { language } = store.view;
  const say = sayIn(language);
  const apart = spacing(facts)?.threshold;
  const facilities = layerTitle(facts, "facilities", language);
  const conflicts = products.facilities?.features.some(({ properties }) => inConflict(properties, facts, store.view.assumed));
  return section(
    say("transit"),
    ...(products.stops
      ? [row(use, "stations", dotsSwatch("#12344d", [5, 4]), say("stations")), row(use, "stops", dotsSwatch("#12344d", [1.8, 3.2, 3.2]), say("stops")), el("p", { class: "hint" }, say("service_legend", { what: say(servicesShown(facts)[0].name) }))]
      : [el("p", { class: "hint" }, say("nothing"))]),
    ...(products.facilities
      ? [
          el("h3", {}, facilities),
          row(use, "facilities", markSwatch("#6b2f8f"), facilities),
          apart ? row(use, "circles", lineSwatch("#6b2f8f", [6, 3]), say("circles", { r: inUnit(store.view.assumed[apart.key] ?? apart.value, apart.unit, language) }), null, use.gone.circles ? say("gone_place") : null) : null,
          conflicts ? el("p", { class: "row still" }, markSwatch(CONFLICT_COLOUR), el("span", { class: "words" }, say("conflicts"))) : null,
        ]
      : []),
    row(use, "labels", el("span", { class: "swatch letter", "aria-hidden": "true" }, "あ"), say("labels")),
  );
}

function background(use: LegendUse): HTMLElement {
  const { products, store } = use;
  const { language, base } = store.view;
  const say = sayIn(language);
  const grounds = groundsOf(products.under).map((ground) => say(`ground_${ground}` as TextKey));
  const options = BACKGROUNDS.map(({ id, text }) => el("option", { value: id, selected: id === store.view.base }, say(text)));
  const choose = (event: Event): void => store.set({ base: (event.target as HTMLSelectElement).value });
  return section(
    say("base"),
    // A background map has all that itself.
    grounds.length > 0 && row(use, "under", lineSwatch("#8a8a8a", [7, 2]), grounds.join(say("list")), null, base === "" ? null : say("under_base")),
    el("select", { "data-key": "base", "aria-label": say("base"), onchange: choose }, ...options),
    el("p", { class: "hint" }, say("base_note")),
  );
}
