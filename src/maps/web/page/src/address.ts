/**
 * The choices in the address after `#`, so that a link or a reload shows the same. Nothing is stored elsewhere.
 *
 * Links that were made with older pages still open: the keys, and the names of switches, stay as they are.
 */

import type { Facts } from "./data/facts.ts";
import { decoded, inAddress } from "./drawn/code.ts";
import { type Language, PAPERS, type View } from "./state.ts";

/** Where the map looks: longitude, latitude, zoom. */
export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

/** The choices that an address tells, and the camera if it tells one. Whatever makes no sense is passed over. */
export function fromAddress(hash: string, facts: Facts, preferred: Language): { view: View; camera: Camera | null } {
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  const language = told.get("lang");
  const zone = facts.zones.findIndex(({ id }) => id === told.get("zone"));
  const parcel = Number(told.get("lot") ?? NaN);
  const assumed: Record<string, number> = {};
  for (const { key, value, min, max } of facts.thresholds) {
    const number = Number(told.get(key) ?? NaN);
    if (Number.isFinite(number) && number !== value) assumed[key] = Math.min(max, Math.max(min, number));
  }
  const view: View = {
    zone: Math.max(0, zone),
    language: language === "ja" || language === "en" ? language : preferred,
    parcel: Number.isInteger(parcel) && parcel >= 1 && parcel <= facts.parcels ? parcel - 1 : null,
    switched: new Set((told.get("switch") ?? "").split(",").filter(Boolean)),
    paper: PAPERS.find((paper) => paper === told.get("paper")) ?? PAPERS[0],
    base: told.get("base") ?? "",
    assumed,
    drawn: told.getAll("drawn").flatMap((text) => decoded(text, facts.zones.map(({ id }) => id)) ?? []),
    drawnChosen: null,
  };
  return { view, camera: cameraOf(told.get("map")) };
}

/** The address of the choices. The parcel, `lot`, counts from 1. */
export function toAddress(view: View, facts: Facts, camera: Camera | null): string {
  const tell = new URLSearchParams();
  if (camera) tell.set("map", `${camera.zoom.toFixed(2)}/${camera.lat.toFixed(5)}/${camera.lon.toFixed(5)}`);
  tell.set("zone", facts.zones[view.zone]?.id ?? "");
  tell.set("lang", view.language);
  if (view.parcel !== null) tell.set("lot", String(view.parcel + 1));
  if (view.switched.size > 0) tell.set("switch", [...view.switched].sort().join(","));
  if (view.paper !== PAPERS[0]) tell.set("paper", view.paper);
  if (view.base) tell.set("base", view.base);
  for (const [key, value] of Object.entries(view.assumed)) tell.set(key, String(value));
  for (const text of inAddress(view.drawn).texts) tell.append("drawn", text);
  return `#${tell.toString().replaceAll("%2F", "/").replaceAll("%2C", ",")}`;
}

function cameraOf(text: string | null): Camera | null {
  const [zoom, lat, lon] = (text ?? "").split("/").map(Number);
  const fine = [zoom, lat, lon].every((number) => Number.isFinite(number));
  if (!fine || Math.abs(lat ?? 99) > 85 || Math.abs(lon ?? 999) > 180) return null;
  return { zoom: zoom ?? 0, lat: lat ?? 0, lon: lon ?? 0 };
}
