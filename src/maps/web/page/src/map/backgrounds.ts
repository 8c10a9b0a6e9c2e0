/** Background maps of the Geospatial Information Authority of Japan 国土地理院. Nothing is asked for unless one is chosen. */

import type { Map } from "maplibre-gl";

import type { TextKey } from "../text.ts";

/** A background. */
export interface Background {
  id: string;
  text: TextKey;
  tiles: string | null;
  max: number;
}

/** The choice; the first asks for nothing. */
export const BACKGROUNDS: readonly Background[] = [
  { id: "", text: "base_none", tiles: null, max: 0 },
  { id: "pale", text: "base_pale", tiles: "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png", max: 18 },
  { id: "std", text: "base_std", tiles: "https://cyberjapandata.gsi.go.jp/xyz/std/{z}/{x}/{y}.png", max: 18 },
  { id: "photo", text: "base_photo", tiles: "https://cyberjapandata.gsi.go.jp/xyz/seamlessphoto/{z}/{x}/{y}.jpg", max: 18 },
];

const ATTRIBUTION =
  '<a href="https://maps.gsi.go.jp/development/ichiran.html" target="_blank" rel="noopener noreferrer">地理院タイル</a>';

/** Puts the background of an id below all layers. */
export function showBackground(map: Map, id: string): void {
  const wanted = BACKGROUNDS.find((one) => one.id === id && one.tiles !== null);
  const layer = map.getLayer("base");
  if (layer && layer.source === `base-${wanted?.id}`) return;
  if (layer) {
    map.removeLayer("base");
    map.removeSource(layer.source);
  }
  if (!wanted?.tiles) return;
  const source = `base-${wanted.id}`;
  map.addSource(source, { type: "raster", tiles: [wanted.tiles], tileSize: 256, maxzoom: wanted.max, attribution: ATTRIBUTION });
  const above = map.getStyle().layers.find(({ id: other }) => other !== "ground")?.id;
  map.addLayer({ id: "base", type: "raster", source }, above);
}
