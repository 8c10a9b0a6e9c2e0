/** The sliders of thresholds. A slider moves in steps that a planner would take; the number beside it takes any value. */

import type { Facts, Threshold } from "../data/facts.ts";
import { el, refill } from "../dom.ts";
import { inUnit } from "../format.ts";
import type { Store } from "../state.ts";
import { sayIn } from "../text.ts";

/** The range and step of a slider, in the unit that is shown; `factor` turns a shown number into the threshold's. */
interface Range {
  max: number;
  step: number;
  factor: number;
  suffix: string;
}

/** The thresholds that can be moved, in the order of the panel. */
const RANGES: Record<string, Range> = {
  membership: { max: 100, step: 1, factor: 0.01, suffix: "%" },
  min_public_land: { max: 50, step: 0.5, factor: 0.01, suffix: "%" },
  min_seniors_per_ha: { max: 120, step: 1, factor: 1, suffix: "/ha" },
  min_site_m2: { max: 2000, step: 10, factor: 1, suffix: "m²" },
  facility_spacing_m: { max: 2000, step: 10, factor: 1, suffix: "m" },
  station_radius_m: { max: 3000, step: 10, factor: 1, suffix: "m" },
  stop_radius_m: { max: 2000, step: 10, factor: 1, suffix: "m" },
  near_stop_radius_m: { max: 1000, step: 10, factor: 1, suffix: "m" },
  hub_radius_m: { max: 10000, step: 50, factor: 1, suffix: "m" },
};

/** Whether a threshold can be moved in the page. */
export function movable(key: string): boolean {
  return key in RANGES;
}

/** The assumptions with one threshold at another value; the run's own value is no assumption. */
export function assume(facts: Facts, assumed: Readonly<Record<string, number>>, key: string, value: number): Record<string, number> {
  const threshold = facts.thresholds.find((one) => one.key === key);
  const next = { ...assumed };
  delete next[key];
  if (threshold && movable(key) && Number.isFinite(value)) {
    const within = Math.min(threshold.max, Math.max(threshold.min, value));
    if (within !== threshold.value) next[key] = within;
  }
  return next;
}

/** Fills the panel of sliders: first those that the chosen zone asks for. */
export function fillSliders(root: HTMLElement, facts: Facts, store: Store): void {
  const { language, zone } = store.view;
  const say = sayIn(language);
  const asked = new Set(facts.criteria.filter(({ id }) => facts.zones[zone]?.criteria.includes(id)).flatMap(({ thresholds }) => thresholds));
  const all = facts.thresholds.filter(({ key }) => movable(key)).sort((a, b) => order(a.key) - order(b.key));
  const mine = all.filter(({ key }) => key === "membership" || asked.has(key));
  const others = all.filter((one) => !mine.includes(one));
  refill(
    root,
    el("p", { class: "hint" }, say("whatif_intro")),
    ...mine.map((one) => slider(one, facts, store)),
    others.length > 0 && el("details", { "data-key": "other sliders" }, el("summary", {}, say("places_others")), ...others.map((one) => slider(one, facts, store))),
    el("button", { type: "button", class: "wide", "data-key": "reset all", onclick: () => store.set({ assumed: {} }) }, say("reset")),
  );
  updateSliders(root, facts, store);
}

function order(key: string): number {
  return Object.keys(RANGES).indexOf(key);
}

/** Binary fractions of per cents have long tails. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** Shows what is assumed, in the sliders as they stand: one that is being dragged must not be replaced. */
export function updateSliders(root: HTMLElement, facts: Facts, store: Store): void {
  const { assumed, language } = store.view;
  for (const box of root.querySelectorAll<HTMLElement>("[data-threshold]")) {
    const threshold = facts.thresholds.find(({ key }) => key === box.dataset["threshold"]);
    if (!threshold) continue;
    const { key, value, unit } = threshold;
    const now = assumed[key] ?? value;
    const off = now !== value;
    box.classList.toggle("off", off);
    for (const input of box.querySelectorAll<HTMLInputElement>("input")) {
      const shown = tidy(now / (RANGES[key]?.factor ?? 1));
      if (input.valueAsNumber !== shown) input.valueAsNumber = shown;
      if (input.type === "range") input.setAttribute("aria-valuetext", inUnit(now, unit, language));
    }
    const reset = box.querySelector("button");
    if (reset) reset.hidden = !off;
  }
  const all = root.querySelector<HTMLButtonElement>("button.wide");
  if (all) all.disabled = Object.keys(assumed).length === 0;
}

function slider(threshold: Threshold, facts: Facts, store: Store): HTMLElement {
  const { key, value, unit } = threshold;
  const range = RANGES[key] ?? { max: 100, step: 1, factor: 1, suffix: "" };
  const { language } = store.view;
  const say = sayIn(language);
  const own = tidy(value / range.factor);
  const id = `threshold-${key}`;
  const move = (event: Event): void => {
    const number = (event.target as HTMLInputElement).valueAsNumber;
    if (Number.isFinite(number)) store.set({ assumed: assume(facts, store.view.assumed, key, tidy(number * range.factor)) });
  };
  const back = (): void => store.set({ assumed: assume(facts, store.view.assumed, key, value) });
  const least = tidy(threshold.min / range.factor);
  const name = threshold[language];
  return el(
    "div",
    { class: "slider", "data-threshold": key },
    el("label", { for: id }, name),
    el("span", { class: "entry" }, el("input", { type: "number", "data-key": `${key} number`, "aria-label": name, min: least, max: tidy(threshold.max / range.factor), step: "any", value: own, onchange: move }), range.suffix),
    el("input", { type: "range", id, "data-key": `${key} slider`, min: least, max: Math.max(range.max, own), step: range.step, value: own, oninput: move }),
    el("small", {}, say("run_value", { x: inUnit(value, unit, language) })),
    el("button", { type: "button", class: "plain", "data-key": `${key} reset`, onclick: back }, say("reset_one")),
  );
}
