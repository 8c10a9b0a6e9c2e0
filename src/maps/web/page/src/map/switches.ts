/** The switches of the legend: which there are, and which are on at first. */

import type { Facts } from "../data/facts.ts";
import type { View } from "../state.ts";

/** Switches of layers that are not parcels or places of criteria. */
export type PlainSwitch = "zones" | "stations" | "stops" | "facilities" | "circles" | "labels";

/** The switch of the parcels of a status, as addresses have it. */
export function parcelSwitch(code: number): string {
  return `lots.${code}`;
}

/** The switch of the place of a criterion. */
export function placeSwitch(criterion: string): string {
  return `place.${criterion}`;
}

/** Whether a switch is on at first: all but the places of criteria; circles where the zone asks for distance. */
function onAtFirst(key: string, zone: string): boolean {
  if (key.startsWith("place.")) return false;
  return key === "circles" ? zone === "senior_site" : true;
}

/** Whether a switch is on. */
export function isOn(key: string, view: View, facts: Facts): boolean {
  return onAtFirst(key, facts.zones[view.zone]?.id ?? "") !== view.switched.has(key);
}

/** The set of turned switches with one of them turned. */
export function turned(view: View, key: string): ReadonlySet<string> {
  const switched = new Set(view.switched);
  if (!switched.delete(key)) switched.add(key);
  return switched;
}
