/** What lies under the map: boundaries, railways, water, as the run kept them. Nothing is judged by it, and no click asks it. */

import type { FeatureCollection } from "geojson";
import type { ExpressionSpecification, Map } from "maplibre-gl";

/** How a line looks: pale, so that all else stands out from it. */
interface Look {
  colour: string;
  /** Pixels far out and close by. */
  width: [number, number];
  dashes?: number[];
}

/** Lines in the order in which they are drawn, by the property `draw`. */
const LINES: readonly [string, Look][] = [
  ["line", { colour: "#c4c4c0", width: [0.6, 1] }],
  ["road", { colour: "#d5cec2", width: [0.8, 3] }],
  ["river", { colour: "#a0c5dc", width: [0.8, 3] }],
  ["coast", { colour: "#78a8c8", width: [1, 2] }],
  ["railway", { colour: "#8a8a8a", width: [1.6, 4] }],
  ["railway-ties", { colour: "#ffffff", width: [1, 2.6], dashes: [5, 5] }],
  ["boundary", { colour: "#96888f", width: [1, 1.8], dashes: [7, 2, 1.5, 2] }],
];

const AREAS: readonly [string, string][] = [
  ["water", "#d3e5f0"],
  ["building", "#e6e1d8"],
];

const BEGINNING = "under-";

/** Adds it below all other layers. */
export function addUnder(map: Map, under: FeatureCollection | null): void {
  if (!under) return;
  map.addSource("under", { type: "geojson", data: under, tolerance: 0.2 });
  const of = (draw: string): ExpressionSpecification => ["==", ["get", "draw"], draw];
  for (const [draw, colour] of AREAS) {
    map.addLayer({ id: BEGINNING + draw, type: "fill", source: "under", filter: of(draw), paint: { "fill-color": colour } });
  }
  for (const [draw, { colour, width, dashes }] of LINES) {
    map.addLayer({
      id: BEGINNING + draw,
      type: "line",
      source: "under",
      filter: of(draw.replace("-ties", "")),
      layout: { "line-join": "round" },
      paint: { "line-color": colour, "line-width": ["interpolate", ["linear"], ["zoom"], 10, width[0], 16, width[1]], ...(dashes ? { "line-dasharray": dashes } : {}) },
    });
  }
}

/** What it holds, the uppermost first: values of the property `draw`. */
export function groundsOf(under: FeatureCollection | null | undefined): string[] {
  const drawn = (under?.features ?? []).map(({ properties }) => String(properties?.["draw"]));
  return [...AREAS, ...LINES].map(([draw]) => draw).filter((draw) => drawn.includes(draw)).reverse();
}

/** Shows it where there is no background map, which has all that itself. */
export function showUnder(map: Map, shown: boolean): void {
  for (const { id } of map.getStyle().layers.filter((layer) => layer.id.startsWith(BEGINNING))) {
    map.setLayoutProperty(id, "visibility", shown ? "visible" : "none");
  }
}
