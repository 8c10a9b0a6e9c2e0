/** Printing: A4 or A3 across, the map with its legend, title, scale, thresholds and sources. */

import type { LngLat, Map } from "maplibre-gl";

import type { Facts, Input } from "../data/facts.ts";
import { el, part, refill } from "../dom.ts";
import { inUnit, number } from "../format.ts";
import { inputName, said } from "../said.ts";
import { PAPERS, type Store } from "../state.ts";
import { sayIn } from "../text.ts";
import { runName } from "./head.ts";

/** Device pixels to one of CSS on paper. */
const PAPER_RATIO = 3;

/** How long tiles may take before the print goes on without them, milliseconds. */
const PATIENCE = 6000;

/** Makes the button and the browser's own command print a page that is laid out for paper. */
export function usePrinting(map: Map, facts: Facts, store: Store): void {
  const ratio = map.getPixelRatio();
  let camera: { center: LngLat; zoom: number } | null = null;
  const enter = (): void => {
    if (camera) return;
    camera = { center: map.getCenter(), zoom: map.getZoom() };
    const seen = map.getBounds();
    fillSheet(facts, store);
    document.body.classList.add("printing");
    map.resize();
    map.fitBounds(seen, { animate: false, padding: 0 });
    part("sheet-scale").textContent = scaleOf(map, store);
    keep();
  };
  // A browser prints the last frame that it has shown, not the one just drawn: so it gets a copy.
  const still = el("canvas", { class: "paper-map", "aria-hidden": true });
  map.getCanvasContainer().append(still);
  const keep = (): void => {
    map.redraw();
    const drawn = map.getCanvas();
    still.width = drawn.width;
    still.height = drawn.height;
    still.getContext("2d")?.drawImage(drawn, 0, 0);
  };
  const leave = (): void => {
    if (!camera) return;
    still.width = still.height = 0;
    document.body.classList.remove("printing");
    map.setPixelRatio(ratio);
    map.resize();
    map.jumpTo(camera);
    camera = null;
  };
  // The browser asks for the size before it tells that it prints.
  store.watch(["paper"], ({ paper }) => {
    part("page-size").textContent = `@page { size: ${paper} landscape; margin: 8mm; }`;
    document.body.dataset["paper"] = paper;
  });
  part("paper").addEventListener("change", (event) => {
    const paper = PAPERS.find((one) => one === (event.target as HTMLSelectElement).value);
    if (paper) store.set({ paper });
  });
  addEventListener("beforeprint", enter);
  addEventListener("afterprint", leave);
  part("print").addEventListener("click", () => {
    enter();
    map.setPixelRatio(PAPER_RATIO);
    const ready = new Promise((resolve) => map.once("idle", resolve));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    void Promise.race([ready, late]).then(() => {
      keep();
      print();
      // Some browsers do not tell when printing is over, or return at once.
      leave();
    });
  });
}

/** Metres around the equator, and pixels around it at zoom 0. */
const AROUND_M = 40_075_016.686;
const AROUND_PX = 512;

/** The side of a pixel of CSS on paper, metres. */
const PIXEL_M = 0.0254 / 96;

/** By how much the middle of the map is smaller than the ground. */
export function scaleDenominator(zoom: number, latitude: number): number {
  return (AROUND_M * Math.cos((latitude * Math.PI) / 180)) / (AROUND_PX * 2 ** zoom) / PIXEL_M;
}

/** The scale in words: three digits of it, which is as much as paper holds. */
function scaleOf(map: Map, store: Store): string {
  const { language, paper } = store.view;
  const n = number(Number(scaleDenominator(map.getZoom(), map.getCenter().lat).toPrecision(3)));
  return sayIn(language)("printed_scale", { n, paper });
}

/** What stands on paper only: the title, the thresholds and where all comes from. */
function fillSheet(facts: Facts, store: Store): void {
  const { language, zone } = store.view;
  const say = sayIn(language);
  part("sheet-title").textContent = `${runName(facts, language)} ${facts.zones[zone]?.[language] ?? ""}`;
  const thresholds = facts.thresholds.map((one) => `${one[language]} ${inUnit(one.value, one.unit, language)}`);
  const sources = (input: Input): string => [...new Set(input.files.map(({ name, source, source_ja }) => (source === undefined ? name : said(language, source, source_ja))))].join(", ");
  const files = facts.inputs.map((input) => `${inputName(input, language)}: ${sources(input)}`);
  const expected = facts.expectations.map(({ note, layer }) => note ?? layer);
  const waived = facts.criteria.filter(({ waived: reason }) => reason !== null).map((one) => `${one.name[language]} (${one.waived ?? ""})`);
  const line = (name: string, texts: string[]): HTMLElement | null =>
    texts.length === 0 ? null : el("p", {}, el("b", {}, `${name}: `), texts.join(language === "ja" ? "、" : "; "));
  refill(
    part("sheet-foot"),
    // It is known once the map has its place on the paper, and takes as much room before.
    el("p", { id: "sheet-scale" }, "1:"),
    line(say("thresholds"), thresholds),
    line(say("expectations"), expected),
    line(say("waivers"), waived),
    line(say("sources"), files),
    el("p", {}, say("printed_of", { version: facts.version, rules: facts.rules.title[language] })),
  );
}
