/** The sliders of thresholds. A slider moves in steps that a planner would take; the number beside it takes any value. */

import { criterion, type Facts, type Threshold } from "../data/facts.ts";
import { el, refill } from "../dom.ts";
import { inUnit } from "../format.ts";
import type { Language, Store } from "../state.ts";
import { sayIn } from "../text.ts";
import { clausesOf } from "../whatif/run.ts";

/** The range and step of a slider, in the unit that is shown; `factor` turns a shown number into the threshold's. */
export interface Range {
  max: number;
  step: number;
  factor: number;
  suffix: string;
}

/** How units are shown behind a number that is typed. */
const SUFFIXES: Readonly<Record<string, { ja: string; en: string }>> = {
  share: { ja: "%", en: "%" },
  "1/ha": { ja: "/ha", en: "/ha" },
  "departures/h": { ja: "本/時", en: "/h" },
  "departures/day": { ja: "本/日", en: "/day" },
};

/** A slider goes so many times as far as the rule set's own number, in at most so many steps. */
const TIMES = 3;
const STEPS = 100;

/** The least round number that is not less, or the greatest that is not more. */
function round(value: number, up: boolean): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 2, 3, 5, 10].map((step) => tidy(step * power));
  return (up ? steps.find((step) => step >= value) : steps.findLast((step) => step <= value && step !== 3 * power)) ?? value;
}

/** How a threshold can be moved: by its unit, and by the number that stands in the rule set. */
export function rangeOf({ unit, default: own, min, max }: Threshold, language: Language): Range {
  const factor = unit === "share" ? 0.01 : 1;
  const wanted = own > 0 ? TIMES * own : unit === "share" ? 1 : unit === "m" ? 1000 : 100;
  const most = Math.min(round(tidy(wanted / factor), true), tidy(max / factor));
  const least = unit.startsWith("departures") ? 1 : 0;
  const step = Math.max(least, round((most - min / factor) / STEPS, false));
  return { max: most, step, factor, suffix: SUFFIXES[unit]?.[language] ?? unit };
}

/** The assumptions with one threshold at another value; the run's own value is no assumption. */
export function assume(facts: Facts, assumed: Readonly<Record<string, number>>, key: string, value: number): Record<string, number> {
  const threshold = facts.thresholds.find((one) => one.key === key);
  const next = { ...assumed };
  delete next[key];
  if (threshold && Number.isFinite(value)) {
    const within = Math.min(threshold.max, Math.max(threshold.min, value));
    if (within !== threshold.value) next[key] = within;
  }
  return next;
}

/** Fills the panel of sliders: first those that the chosen zone asks for. */
export function fillSliders(root: HTMLElement, facts: Facts, store: Store): void {
  const { language, zone } = store.view;
  const say = sayIn(language);
  const asked = new Set(clausesOf(facts, zone).flat().flatMap(({ thresholds }) => thresholds));
  const ofPlace = facts.zones[zone]?.criteria.some((id) => criterion(facts, id)?.column != null);
  const mine = facts.thresholds.filter(({ key }) => (key === "membership" ? ofPlace : asked.has(key)));
  const others = facts.thresholds.filter((one) => !mine.includes(one));
  refill(
    root,
    el("p", { class: "hint" }, say("whatif_intro")),
    ...mine.map((one) => slider(one, facts, store)),
    others.length > 0 && el("details", { "data-key": "other sliders" }, el("summary", {}, say("places_others")), ...others.map((one) => slider(one, facts, store))),
    el("button", { type: "button", class: "wide", "data-key": "reset all", onclick: () => store.set({ assumed: {} }) }, say("reset")),
  );
  updateSliders(root, facts, store);
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
      const shown = tidy(now / rangeOf(threshold, language).factor);
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
  const { language } = store.view;
  const range = rangeOf(threshold, language);
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
