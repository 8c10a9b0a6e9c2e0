/** The layers of parcels: one fill a status, their outlines, and the chosen one. */

import type { AddLayerObject, ExpressionSpecification, FilterSpecification, Map, VectorTileSource } from "maplibre-gl";

import { type Facts, NEEDS_RUN } from "../data/facts.ts";
import type { View } from "../state.ts";
import { borderColour, NEEDS_RUN_COLOUR, patternImage, statusPattern } from "./patterns.ts";
import { isOn, parcelSwitch } from "./switches.ts";

/** Device pixels of patterns to one of CSS. */
const RATIO = 2;

/** The layer's id in the tiles. */
const SOURCE_LAYER = "lots";

/** Further out a line is a fraction of a pixel: half of the work of drawing, for a tint. */
const LINES_FROM = 14.7;

/** From the least to the most important, so that important ones are drawn over others' edges. */
const ORDER = [3, 4, 2, 1, 0];

/** The fills of parcels, to be asked what stands under a click. */
export const PARCEL_FILLS = ORDER.map((code) => `parcels-${code}`);

function colourOf(facts: Facts, code: number): string {
  return code === NEEDS_RUN ? NEEDS_RUN_COLOUR : (facts.statuses[code]?.colour ?? "#999999");
}

/** Adds the source and the layers. */
export function addParcels(map: Map, facts: Facts, tiles: string): void {
  map.addSource("parcels", {
    type: "vector",
    tiles: [tiles],
    minzoom: facts.tiles.min_zoom,
    maxzoom: facts.tiles.max_zoom,
    ...(facts.bounds ? { bounds: facts.bounds } : {}),
  });
  for (const code of ORDER) {
    const pattern = statusPattern(code, colourOf(facts, code));
    const image = pattern.kind === "solid" ? null : patternImage(pattern, RATIO);
    if (image) map.addImage(`status-${code}`, image, { pixelRatio: RATIO });
    map.addLayer({
      id: `parcels-${code}`,
      type: "fill",
      source: "parcels",
      "source-layer": SOURCE_LAYER,
      paint: image
        ? { "fill-pattern": `status-${code}`, "fill-antialias": false }
        : { "fill-color": pattern.ground ?? "#999999", "fill-antialias": false },
    });
  }
  const lines = outline("parcels-lines", Math.max(facts.tiles.lots_from, LINES_FROM), { "line-color": "#555555", "line-width": widths(0.2, 0.8, 1.8) });
  map.addLayer({ ...lines, layout: { "line-join": "miter" } } as AddLayerObject);
}

/** Adds the outline of the chosen parcel, over all else. */
export function addChosenParcel(map: Map, facts: Facts): void {
  const from = facts.tiles.lots_from;
  const nothing: FilterSpecification = ["==", ["id"], -1];
  map.addLayer({ ...outline("chosen-casing", from, { "line-color": "#ffffff", "line-width": widths(4, 6, 8) }), filter: nothing } as AddLayerObject);
  map.addLayer({ ...outline("chosen-line", from, { "line-color": "#111827", "line-width": widths(2, 3, 4) }), filter: nothing } as AddLayerObject);
  map.addSource("chosen", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({
    id: "chosen-ring",
    type: "circle",
    source: "chosen",
    maxzoom: from + 2,
    paint: { "circle-radius": 9, "circle-opacity": 0, "circle-stroke-color": "#111827", "circle-stroke-width": 2.5 },
  });
}

function outline(id: string, minzoom: number, paint: object): AddLayerObject {
  return { id, type: "line", source: "parcels", "source-layer": SOURCE_LAYER, minzoom, layout: { "line-join": "round" }, paint };
}

/** Widths at zooms 13, 16 and 19. */
function widths(near: number, nearer: number, nearest: number): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], 13, near, 16, nearer, 19, nearest];
}

/** Shows the statuses of the chosen zone. */
export function showParcels(map: Map, facts: Facts, view: View): void {
  const zone = facts.zones[view.zone]?.id ?? "";
  const status: ExpressionSpecification = ["get", zone];
  const shown = ORDER.filter((code) => isOn(parcelSwitch(code), view, facts));
  for (const code of ORDER) {
    map.setFilter(`parcels-${code}`, ["==", status, code]);
    map.setLayoutProperty(`parcels-${code}`, "visibility", shown.includes(code) ? "visible" : "none");
    map.setPaintProperty(`parcels-${code}`, "fill-opacity", view.base === "" ? 1 : 0.62);
  }
  map.setFilter("parcels-lines", ["in", status, ["literal", shown]]);
  const borders = ORDER.flatMap((code) => [code, borderColour({ colour: colourOf(facts, code) }, code)]);
  map.setPaintProperty("parcels-lines", "line-color", ["match", status, ...borders, "#777777"] as unknown as ExpressionSpecification);
}

/** Reads the parcels anew from another address; the old ones stay until the new ones are there. */
export function retile(map: Map, tiles: string): void {
  const source = map.getSource("parcels") as VectorTileSource | undefined;
  source?.setTiles([tiles]);
}

/** Outlines the chosen parcel. */
export function showChosenParcel(map: Map, parcel: number | null, at: [number, number] | null): void {
  const filter: FilterSpecification = ["==", ["id"], parcel === null ? -1 : parcel + 1];
  map.setFilter("chosen-casing", filter);
  map.setFilter("chosen-line", filter);
  const source = map.getSource("chosen");
  if (source && "setData" in source) {
    const features = at ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }] : [];
    (source as { setData: (data: object) => void }).setData({ type: "FeatureCollection", features });
  }
}
