/** The notes that a click on a candidate zone, a stop or a facility opens. */

import type { Feature } from "geojson";

import { type Facts, MODES, servicesOf } from "../data/facts.ts";
import { servicesShown, type ServiceWords } from "../data/service.ts";
import { el } from "../dom.ts";
import { hectares, noneNear, number, percents } from "../format.ts";
import type { Products } from "../map/places.ts";
import { serviceMoved } from "../map/standing.ts";
import { layerTitle } from "../said.ts";
import type { Language } from "../state.ts";
import { type Say, sayIn } from "../text.ts";
import type { Gone } from "../whatif/gone.ts";

type Properties = Record<string, unknown>;

/** What a note is made of. */
export interface NoteUse {
  facts: Facts;
  products: Products;
  language: Language;
  /** The thresholds that are assumed, and what of the run is gone under them. */
  assumed: Readonly<Record<string, number>>;
  gone: Gone;
}
type Pair = [string, string | null];

function note(title: string, kind: string, pairs: Pair[]): HTMLElement {
  const told = pairs.filter(([, text]) => text !== null && text !== "");
  return el("div", { class: "note" }, el("small", {}, kind), el("h3", {}, title), el("dl", {}, ...told.flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)])));
}

/** One number, or an interval. */
function range(properties: Properties, stem: string, write: (lo: number, hi: number) => string): string | null {
  const [lo, hi] = [properties[`${stem}_lo`], properties[`${stem}_hi`]];
  return typeof lo === "number" && typeof hi === "number" ? write(lo, hi) : null;
}

function between(lo: number, hi: number, decimals: number): string {
  return lo === hi ? number(lo, decimals) : `${number(lo, decimals)}–${number(hi, decimals)}`;
}

/** Of a candidate zone. */
function zoneNote(feature: Feature, { facts, language, assumed }: NoteUse): HTMLElement {
  const say = sayIn(language);
  const properties = feature.properties ?? {};
  const zone = facts.zones.find(({ id }) => id === properties["zone"]);
  const status = facts.statuses.find(({ id }) => id === properties["status"]);
  return note(`${zone?.[language] ?? ""}`, say("candidates"), [
    [say("status"), status?.[language] ?? null],
    [say("area"), hectares(Number(properties["area_ha"]))],
    // How many parcels lie in it hangs on the share that is asked of them.
    [say("zone_parcels"), "membership" in assumed ? null : number(Number(properties["parcels"]))],
    [say("population"), range(properties, "population", (lo, hi) => say("people", { n: between(lo, hi, 0) }))],
    [say("seniors"), range(properties, "seniors_per_ha", (lo, hi) => `${between(lo, hi, 1)}${language === "ja" ? "人/ha" : ""}`)],
    [say("public_land"), range(properties, "public_land_ratio", percents)],
    [say("zone_stations"), textOf(properties["stations"], language)],
    [say("zone_stops"), textOf(properties["stops"], language)],
  ]);
}

function textOf(value: unknown, language: Language = "ja"): string | null {
  if (Array.isArray(value)) return value.join(language === "ja" ? "、" : ", ");
  return typeof value === "string" ? value : null;
}

/** Of a station or stop. */
function stopNote(feature: Feature, { facts, language, assumed, gone }: NoteUse): HTMLElement {
  const say = sayIn(language);
  const properties = feature.properties ?? {};
  const kind = properties["kind"];
  const trips = ({ name, stem, trips: words }: ServiceWords): Pair => {
    const [lo, hi] = [properties[`${stem}_lo`], properties[`${stem}_hi`]];
    if (typeof lo !== "number" || (hi === null && lo === 0)) return [say(name), say("unknown")];
    return [say(name), typeof hi === "number" ? say(words, { n: between(lo, hi, 1) }) : say("at_least", { n: say(words, { n: number(lo, 1) }) })];
  };
  const mode = MODES.find((one) => one === kind);
  const zone = facts.criteria.find(({ kind: of }) => of === "connected-stops")?.asks.zone;
  const window = properties["window"];
  const planned = properties["source"] === "scenario" ? ` (${say("planned")})` : "";
  return note(textOf(properties["name"]) ?? say("no_name"), `${mode ? say(mode) : ""}${planned}`, [
    ...servicesShown(facts).map(trips),
    [say("window"), Array.isArray(window) ? window.join("–") : null],
    [say("frequent"), mode && servicesOf(facts, [mode]).length > 0 && !serviceMoved(facts, mode, assumed) ? certainty(properties["frequent"], say) : null],
    [say("connects", { zone: facts.zones.find(({ id }) => id === zone)?.[language] ?? "" }), gone.zones.has(zone ?? "") ? null : certainty(properties["connects"], say)],
    [say("lines"), textOf(properties["lines"], language)],
  ]);
}

function certainty(value: unknown, say: Say): string | null {
  return value === "sure" || value === "possible" || value === "no" ? say(value) : null;
}

/** Of a facility. */
function facilityNote(feature: Feature, { facts, language }: NoteUse): HTMLElement {
  const say = sayIn(language);
  const properties = feature.properties ?? {};
  const metres = properties["nearest_same_kind_m"];
  const site = properties["site_area"];
  return note(textOf(properties["name"]) ?? say("no_name"), layerTitle(facts, "facilities", language), [
    [say("kind"), textOf(properties["kind"])],
    [say("nearest_same"), typeof metres === "number" ? (noneNear(metres, facts, say) ?? `${textOf(properties["nearest_same_kind"]) ?? ""} ${number(metres, 0)} m`) : null],
    [say("site_area"), typeof site === "number" ? `${number(site, 1)} m²` : null],
  ]);
}

/** The note on a feature of a layer. */
export function noteOf(layer: string, index: number, use: NoteUse): HTMLElement | null {
  const { products } = use;
  const kind = layer.split("-")[0];
  const features = kind === "zone" ? products.zones : kind === "facilities" ? products.facilities : products.stops;
  const feature = features?.features[index];
  if (!feature) return null;
  if (kind === "zone") return zoneNote(feature, use);
  return kind === "facilities" ? facilityNote(feature, use) : stopNote(feature, use);
}
