/** Stations, stops and facilities as points that are drawn by how they stand under what is assumed: weak, too close together. */

import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map } from "maplibre-gl";

import { type Facts, type Mode, MODES, type Service, spacing } from "../data/facts.ts";
import { columnsOf, servicesShown } from "../data/service.ts";
import { collection, pointsOf, type Products } from "./places.ts";

type Properties = Record<string, unknown> | null;
type Assumed = Readonly<Record<string, number>>;

/** What is asked of the service of a mode, with the threshold of each. */
export function servicesAsked(facts: Facts, mode: Mode): { service: Service; key: string }[] {
  const of = facts.criteria.map(({ asks }) => asks.stops?.[mode]);
  return of.flatMap((asked) => (asked?.service !== undefined && asked.at_least !== undefined ? [{ service: asked.service, key: asked.at_least }] : []));
}

/** Whether a number that is asked of the service of a mode has moved: then the run's own word on it does not hold. */
export function serviceMoved(facts: Facts, mode: Mode, assumed: Assumed): boolean {
  return servicesAsked(facts, mode).some(({ key }) => key in assumed);
}

/** Whether a station or stop has too little service for certain. Of modes whose service nobody asks, none is too little. */
export function isWeak(properties: Properties, facts: Facts, assumed: Assumed): boolean {
  const mode = MODES.find((one) => one === properties?.["kind"]);
  const asked = mode ? servicesAsked(facts, mode) : [];
  if (!mode || asked.length === 0) return false;
  if (!serviceMoved(facts, mode, assumed)) return properties?.["frequent"] === "no";
  return asked.every(({ service, key }) => {
    const most = properties?.[`${columnsOf(service)}_hi`];
    return typeof most === "number" && most < (assumed[key] ?? facts.thresholds.find((one) => one.key === key)?.value ?? 0);
  });
}

/** Whether a facility has another of its kind nearer than is asked. */
export function inConflict(properties: Properties, facts: Facts, assumed: Assumed): boolean {
  const metres = properties?.["nearest_same_kind_m"];
  const threshold = spacing(facts)?.threshold;
  return threshold !== undefined && typeof metres === "number" && metres < (assumed[threshold.key] ?? threshold.value);
}

/** Stations, and stops, by their service. */
export function transitPoints(facts: Facts, products: Products, assumed: Assumed): { stations: FeatureCollection; stops: FeatureCollection } {
  const [{ stem, worth }] = servicesShown(facts);
  const look = (properties: Properties): object => ({
    trips: Math.min(30, Number(properties?.[`${stem}_hi`] ?? properties?.[`${stem}_lo`] ?? 0) / worth),
    hollow: properties?.[`${stem}_hi`] === null,
    weak: isWeak(properties, facts, assumed),
    planned: properties?.["source"] === "scenario",
  });
  const all = products.stops?.features ?? [];
  const of = (isRail: boolean): FeatureCollection => pointsOf(collection(all.filter(({ properties }) => (properties?.["kind"] === "rail") === isRail)), look);
  return { stations: of(true), stops: of(false) };
}

/** Facilities. */
export function facilityPoints(facts: Facts, products: Products, assumed: Assumed): FeatureCollection {
  return pointsOf(products.facilities, (properties) => ({ conflict: inConflict(properties, facts, assumed) }));
}

/** What each map shows now, by the thresholds that it hangs on. */
const shown = new WeakMap<Map, string>();

/** Draws them anew where a threshold that they hang on has moved. */
export function showStanding(map: Map, facts: Facts, products: Products, assumed: Assumed): void {
  const keys = [spacing(facts)?.threshold.key ?? "", ...MODES.flatMap((mode) => servicesAsked(facts, mode).map(({ key }) => key))];
  const now = keys.map((key) => assumed[key] ?? "").join();
  const before = shown.get(map) ?? keys.map(() => "").join();
  if (now === before) return;
  shown.set(map, now);
  const { stations, stops } = transitPoints(facts, products, assumed);
  for (const [id, data] of [["stations", stations], ["stops", stops], ["facilities", facilityPoints(facts, products, assumed)]] as const) {
    map.getSource<GeoJSONSource>(id)?.setData(data);
  }
}
