/** The switches of the legend: which there are, and which are on at first. */

import { type Facts, spacing } from "../data/facts.ts";
import type { View } from "../state.ts";

/** Switches of layers that are not parcels or places of criteria. */
export type PlainSwitch = "zones" | "stations" | "stops" | "facilities" | "circles" | "labels" | "set" | "drawn" | "sites" | "site_circles" | "survey" | "assessed" | "under";

/** The switch of the parcels of a status, as addresses have it. */
export function parcelSwitch(code: number): string {
  return `lots.${code}`;
}

/** The switch of the place of a criterion. */
export function placeSwitch(criterion: string): string {
  return `place.${criterion}`;
}

/** Whether a switch is on at first: all but the places of criteria; circles where the zone asks how far facilities stand apart. */
function onAtFirst(key: string, zone: number, facts: Facts): boolean {
  if (key.startsWith("place.")) return false;
  if (key !== "circles") return true;
  const apart = spacing(facts);
  return apart !== null && facts.zones[zone]?.criteria.includes(apart.asks) === true;
}

/** Whether a switch is on. */
export function isOn(key: string, view: View, facts: Facts): boolean {
  return onAtFirst(key, view.zone, facts) !== view.switched.has(key);
}

/** The set of turned switches with one of them turned. */
export function turned(view: View, key: string): ReadonlySet<string> {
  const switched = new Set(view.switched);
  if (!switched.delete(key)) switched.add(key);
  return switched;
}
