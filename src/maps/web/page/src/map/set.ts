/** The zones that a plan has set: facts, not candidates, so with a line of their own that has no colour of a status. */

import type { Map } from "maplibre-gl";

import { collection, type Products } from "./places.ts";

/** Black, as administrative borders are drawn. */
export const SET_COLOUR = "#111111";

/** Dashes of the line in its own widths: long, then a dot. */
export const SET_DASHES = [4, 1.2, 1, 1.2];

const LAYERS = ["set-casing", "set-line"];

/** Adds the layers. */
export function addSet(map: Map, products: Products): void {
  if (!products.set) return;
  map.addSource("set", { type: "geojson", data: products.set ?? collection(), tolerance: 0.2 });
  map.addLayer({ id: "set-casing", type: "line", source: "set", layout: { "line-join": "round" }, paint: { "line-color": "#ffffff", "line-width": 6.5, "line-opacity": 0.9 } });
  map.addLayer({ id: "set-line", type: "line", source: "set", paint: { "line-color": SET_COLOUR, "line-width": 3, "line-dasharray": SET_DASHES } });
}

/** Shows them or not. */
export function showSet(map: Map, on: boolean): void {
  for (const id of LAYERS) if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
}
