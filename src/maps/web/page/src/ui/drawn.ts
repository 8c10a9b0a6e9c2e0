/** The tab of drawn zones: their list, the numbers of the chosen one, files, and the commands for an exact answer. */

import type { Facts } from "../data/facts.ts";
import { NEEDS_RUN } from "../data/facts.ts";
import { inAddress } from "../drawn/code.ts";
import { FILE } from "../drawn/geojson.ts";
import { hectaresOf } from "../drawn/ground.ts";
import type { Range, Sums } from "../drawn/sums.ts";
import { crossesItself, type DrawnZone } from "../drawn/zone.ts";
import { el, refill } from "../dom.ts";
import { hectares, number, percent, percents } from "../format.ts";
import { DRAWN_COLOUR } from "../map/drawn.ts";
import { borderColour, NEEDS_RUN_COLOUR, statusPattern } from "../map/patterns.ts";
import type { Store } from "../state.ts";
import { type Say, sayIn } from "../text.ts";
import { assessCommand, copied, folderOf } from "./command.ts";
import { loadFile, saveFile } from "./file.ts";
import { areaSwatch, lineSwatch } from "./swatch.ts";

/** What the tab asks of the page. */
export interface DrawnUse {
  facts: Facts;
  store: Store;
  /** The numbers of a zone; `null` while they are worked out. */
  sums: (zone: DrawnZone) => Sums | null;
  /** Begins to draw; `null` where there is no map. */
  begin: (() => void) | null;
  show: (zone: number) => void;
}

/** Fills the tab. */
export function fillDrawn(root: HTMLElement, use: DrawnUse): void {
  const { facts, store, begin, show } = use;
  const { drawn, language } = store.view;
  const say = sayIn(language);
  const file = el("input", { type: "file", accept: ".geojson,.json,application/geo+json", hidden: true });
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen) void loadFile(chosen, facts, store, show);
    file.value = "";
  });
  const none = drawn.length === 0;
  refill(
    root,
    el("p", { class: "hint" }, say("draw_intro")),
    el("div", { class: "buttons" },
      el("button", { type: "button", class: "main", "data-key": "draw", disabled: !begin, onclick: () => begin?.() }, say("draw")),
      el("button", { type: "button", "data-key": "draw load", onclick: () => file.click() }, say("draw_load")),
      el("button", { type: "button", "data-key": "draw save", disabled: none, onclick: () => saveFile(store) }, say("draw_save")),
      file),
    none ? null : el("ul", { class: "drawn" }, ...drawn.map((zone, index) => item(zone, index, use, say))),
    none || inAddress(drawn).all ? null : el("p", { class: "notice" }, say("draw_too_long")),
    none ? null : commands(use, say),
  );
}

function item(zone: DrawnZone, index: number, use: DrawnUse, say: Say): HTMLElement {
  const { store, show } = use;
  const isChosen = store.view.drawnChosen === index;
  const choose = (): void => {
    store.set({ drawnChosen: isChosen ? null : index });
    if (!isChosen) show(index);
  };
  return el("li", {},
    el("button", { type: "button", class: "plain", "aria-expanded": String(isChosen), "data-key": `drawn ${index}`, onclick: choose },
      lineSwatch(DRAWN_COLOUR), el("span", { class: "words" }, zone.name), el("span", { class: "amount" }, hectares(hectaresOf(zone)))),
    isChosen && called(zone, index, use, say),
    isChosen && numbers(zone, use, say),
    isChosen && el("p", { class: "hint" }, say("draw_edit")),
    isChosen && el("button", { type: "button", "data-key": "drawn delete", onclick: () => store.set({ drawn: store.view.drawn.filter((_, other) => other !== index), drawnChosen: null }) }, say("draw_delete")));
}

/** Its name and kind, to be changed. */
function called(zone: DrawnZone, index: number, { facts, store }: DrawnUse, say: Say): HTMLElement {
  const { language, drawn } = store.view;
  const change = (patch: Partial<DrawnZone>): void => store.set({ drawn: drawn.map((one, other) => (other === index ? { ...one, ...patch } : one)) });
  const kinds = facts.zones.filter(({ id, is_region }) => is_region || id === zone.kind);
  return el("div", { class: "editor" },
    el("label", {}, say("draw_called"), el("input", { type: "text", value: zone.name, "data-key": "drawn name", onchange: (event) => change({ name: (event.target as HTMLInputElement).value.trim() || zone.name }) })),
    el("label", {}, say("draw_kind"), el("select", { "data-key": "drawn kind", onchange: (event) => change({ kind: (event.target as HTMLSelectElement).value }) },
      ...kinds.map((one) => el("option", { value: one.id, selected: one.id === zone.kind }, one[language])))));
}

function numbers(zone: DrawnZone, use: DrawnUse, say: Say): HTMLElement {
  const { facts, store } = use;
  const { language } = store.view;
  if (crossesItself(zone)) return el("p", { class: "notice" }, say("draw_crosses"));
  const sums = use.sums(zone);
  if (!sums) return el("p", { class: "hint", role: "status" }, say("draw_counting"));
  const membership = facts.thresholds.find(({ key }) => key === "membership")?.value ?? 0.5;
  const names = (list: readonly string[]): string => (list.length === 0 ? say("nothing") : `${list.length}: ${list.slice(0, MOST_NAMES).join(language === "ja" ? "、" : ", ")}${list.length > MOST_NAMES ? " …" : ""}`);
  const pairs: [string, string][] = [
    [say("area"), `${number(sums.hectares, 2)} ha`],
    ...(sums.parcels === null ? [] : [[say("zone_parcels"), say("parcels_n", { n: number(sums.parcels) })] as [string, string]]),
    ...(sums.parcels === null ? [] : [[say("draw_covered"), hectares(sums.covered)] as [string, string]]),
    ...(sums.parcels ? [[say("draw_public_land"), ratio(sums.publicLand, say)] as [string, string], [say("draw_seniors"), density(sums.seniors, language, say)] as [string, string]] : []),
    ...(facts.stops_within === undefined ? [] : [[say("draw_stations"), names(sums.stations)], [say("draw_stops"), names(sums.stops)]] as [string, string][]),
  ];
  return el("div", { class: "numbers" },
    el("dl", {}, ...pairs.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])),
    sums.parcels === null ? el("p", { class: "hint" }, say("draw_no_parcels")) : byStatus(sums, use, say),
    sums.parcels === null ? null : el("p", { class: "hint" }, say("draw_estimate", { m: membership > 0 ? percent(membership) : say("draw_any") })));
}

/** More names than these are only counted. */
const MOST_NAMES = 12;

function ratio(range: Range | null, say: Say): string {
  return range ? percents(range.lo, range.hi ?? 1) : say("unknown");
}

function density(range: Range | null, language: "ja" | "en", say: Say): string {
  if (!range) return say("unknown");
  const [unit, lo] = [language === "ja" ? "人/ha" : "", number(range.lo, 1)];
  if (range.hi === null) return say("at_least", { n: `${lo}${unit}` });
  const hi = number(range.hi, 1);
  return lo === hi ? `${lo}${unit}` : `${lo}–${hi}${unit}`;
}

/** Parcels and hectares by status, for each zone of the rules. */
function byStatus(sums: Sums, { facts, store }: DrawnUse, say: Say): HTMLElement {
  const { language } = store.view;
  const isOpen = sums.counts.some((counts) => (counts[NEEDS_RUN]?.hectares ?? 0) > 0);
  const codes = [...facts.statuses.keys(), ...(isOpen ? [NEEDS_RUN] : [])];
  const head = codes.map((code) => {
    const status = facts.statuses[code] ?? { colour: NEEDS_RUN_COLOUR };
    return el("th", { scope: "col" }, areaSwatch(statusPattern(code, status.colour), borderColour(status, code)), code === NEEDS_RUN ? say("needs_run") : facts.statuses[code]?.[language] ?? "");
  });
  const rows = facts.zones.flatMap((one, index) => [
    el("tr", { class: "of" }, el("th", { scope: "rowgroup", colspan: codes.length }, one[language])),
    el("tr", {}, ...codes.map((code) => {
      const { parcels, hectares: area } = sums.counts[index]?.[code] ?? { parcels: 0, hectares: 0 };
      return el("td", {}, el("b", {}, number(parcels)), area > 0 && el("small", {}, hectares(area)));
    })),
  ]);
  return el("table", {}, el("caption", {}, say("draw_table")), el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
}

/** What to type for an exact answer, and for a plan that has set the zones. */
function commands({ facts, store }: DrawnUse, say: Say): HTMLElement {
  const assess = assessCommand(facts, FILE);
  const drawn = new Set(store.view.drawn.map(({ kind }) => kind));
  const set = facts.zones.filter(({ id, set_by }) => set_by !== null && drawn.has(id));
  const lines = set.map(({ id, set_by }) => `${set_by} = { path = "${FILE}", where = { zone = "${id}" } }`);
  return el("div", { class: "commands" },
    copied(say("draw_exact", { folder: folderOf(facts, say) }), assess, say, "copy assess"),
    lines.length > 0 && copied(say("draw_set"), ["[layers]", ...lines].join("\n"), say, "copy layer"));
}
