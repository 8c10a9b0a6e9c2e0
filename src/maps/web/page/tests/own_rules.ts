// The facts of a run under rules of a city's own: zones, criteria, columns and layers that no rule set of kyoten's has.

import type { Feature, FeatureCollection } from "geojson";

import type { Asks, Criterion, Facts, Threshold } from "../src/data/facts.ts";

function both(ja: string, en: string): { ja: string; en: string } {
  return { ja, en };
}

function threshold(key: string, value: number, unit: string, max: number): Threshold {
  return { key, value, default: value, min: 0, max, unit, ja: `${key}の基準`, en: `number ${key}` };
}

function criterion(id: string, kind: string, asks: Asks, more: Partial<Criterion> = {}): Criterion {
  const of = Object.values(asks.stops ?? {}).flatMap((one) => [one?.within, one?.at_least]);
  const thresholds = [...new Set([...of, asks.within, asks.at_least].filter((key) => key !== undefined))];
  return {
    id, kind, asks, thresholds, column: id.replaceAll("-", "_"), name: both(`${id}の条件`, `criterion ${id}`), rule: both(`${id}である`, `it is ${id}`),
    source: null, unread: null, measures: [], also: null, near: [], anywhere: false, doubtful: false, layers: [], settled_by: both("資料", "data"), waived: null, ...more,
  };
}

/** A distance to the nearest that one threshold decides. */
function measured(column: string, key: string, modes: Criterion["near"][number]["modes"] = null): Partial<Criterion> {
  return { measures: [{ column: `${column}_m`, threshold: key, at: "most", name: column }], near: [{ column: `${column}_m`, modes }] };
}

const THRESHOLDS = [
  threshold("membership", 0.5, "share", 1),
  threshold("bus_walk", 300, "m", 100_000),
  threshold("trips_both", 60, "departures/day", 10_000),
  threshold("people", 40, "1/ha", 10_000),
  threshold("site", 300, "m²", 1e9),
  threshold("rail_walk", 800, "m", 100_000),
  threshold("trips_day", 30, "departures/day", 10_000),
  threshold("clinic_walk", 500, "m", 100_000),
];

const CRITERIA = [
  criterion("by-rail", "near-stops", { stops: { rail: { within: "rail_walk", at_least: "trips_day", service: "day" }, tram: null, bus: null } },
    { ...measured("eki", "rail_walk", ["rail"]), source: both("第4章", "chapter 4"), unread: both("電停を含むか", "whether trams count"), layers: [{ id: "stations", ja: "鉄道駅", en: "stations" }] }),
  criterion("out-of-flood", "outside", {}, { layers: [{ id: "flood", ja: "flood", en: "flood" }] }),
  criterion("by-clinic", "near-facilities", { within: "clinic_walk", layer: "clinics", facility: null }, { ...measured("by_clinic", "clinic_walk"), layers: [{ id: "clinics", ja: "clinics", en: "clinics" }] }),
  criterion("in-centre", "inside", {}, { layers: [{ id: "centre", ja: "centre", en: "centre" }] }),
  criterion("by-bus", "near-stops", { stops: { rail: null, tram: null, bus: { within: "bus_walk", at_least: "trips_both", service: "day-both-directions" } } }, measured("basutei", "bus_walk", ["bus"])),
  criterion("dense", "unit-density", { at_least: "people" }),
  criterion("large", "parcel-area", { at_least: "site" }, { column: null }),
];

const zone = (id: string, all_of: string[][], is_region: boolean): Facts["zones"][number] =>
  ({ id, ...both(`${id}区域`, `zone ${id}`), criteria: all_of.flat(), all_of, is_region, as_a_whole: [], belongs_to: null, set_by: null });

/** The facts; `waived` are criteria that were set aside. */
export function ownFacts(...waived: string[]): Facts {
  return {
    version: "0", name: "架空市", municipality: null, named_within: 18_000, project: "kyoten.toml", plane: "", scenario: null,
    rules: { id: "our-city", title: both("まちなか居住", "Dwellings"), source: both("立地適正化計画", "the plan"), unread: null },
    statuses: ["eligible", "prospective", "undetermined", "ineligible"].map((id) => ({ id, ...both(`${id}判定`, id), colour: "#123456" })),
    zones: [zone("housing", [["by-rail"], ["by-clinic", "in-centre"], ["out-of-flood"]], true), zone("core", [["by-bus", "dense"], ["large"]], false)],
    criteria: CRITERIA.map((one) => ({ ...one, waived: waived.includes(one.id) ? "計画で除外" : null })),
    thresholds: THRESHOLDS, parcels: 1, without_geometry: 0, bounds: null, counts: {}, columns: { rows: [], list: [] }, names: {},
    units: { land: null, people: [[50, 50], [20, 20]] }, parts_by_zone: [], tiles: { min_zoom: 0, max_zoom: 0, lots_from: 0 }, beside: null,
    stops_within: null, inputs: [], missing: [], reasons: {}, expectations: [], notices: [], error_bounds: {},
  };
}

/** Stations and bus stops east of the parcel, so many degrees, with so many departures a day in one direction and in both. */
export function ownStops(...all: [kind: string, east: number, day: number | null, both: number | null][]): FeatureCollection {
  const features = all.map(([kind, east, day, both]): Feature => ({
    type: "Feature",
    properties: { kind, peak_trips_lo: 0, peak_trips_hi: 0, daily_trips_lo: day ?? 0, daily_trips_hi: day, daily_trips_both_lo: both ?? 0, daily_trips_both_hi: both },
    geometry: { type: "Point", coordinates: [138 + east, 35] },
  }));
  return { type: "FeatureCollection", features };
}
