/** The layers of what was added to the run: chosen sites with their circles, what to find out first, zones that were assessed. */

import type { Feature } from "geojson";
import type { ExpressionSpecification, Map } from "maplibre-gl";

import type { Additions } from "../data/added.ts";
import { type Pattern, patternImage } from "./patterns.ts";
import { boxOf, collection } from "./places.ts";
import { FONT } from "./surroundings.ts";

/** The colours, of no status and of no facility. */
export const SITE_COLOUR = "#005c3c";
export const SURVEY_COLOUR = "#8a5d00";
export const ASSESSED_COLOUR = "#a3123a";

/** What breaks a criterion. */
export const BREAKING: Pattern = { kind: "hatch", ground: null, mark: ASSESSED_COLOUR, side: 8, weight: 1.4 };

const RATIO = 2;
const BOLD = [`${FONT[0]} Bold`, ...FONT.slice(1)];

/** By switch, the layers that it shows. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  assessed: ["assessed-breaking", "assessed-largest", "assessed-casing", "assessed-line"],
  site_circles: ["site-circles"],
  survey: ["survey-points", "survey-ranks"],
  sites: ["sites-fill", "sites-line", "sites-signs", "sites-numbers"],
};

/** The layers among them that answer a click with a note, the topmost first. */
export const ADDED_NOTED = ["sites-signs", "sites-fill", "survey-points", "assessed-line"];

/** Adds the layers of what there is. */
export function addAdded(map: Map, added: Additions): void {
  addAssessed(map, added);
  addSites(map, added);
  addSurvey(map, added);
}

function addSites(map: Map, { sites }: Additions): void {
  if (!sites) return;
  map.addSource("site-circles", { type: "geojson", data: sites.beside ?? collection(), tolerance: 0.1 });
  map.addSource("sites", { type: "geojson", data: indexed(sites.shapes.features), tolerance: 0.1 });
  const middle = sites.document.sites.map(({ lon, lat }, index): Feature => ({
    type: "Feature",
    properties: { index, number: String(index + 1) },
    geometry: { type: "Point", coordinates: [lon, lat] },
  }));
  map.addSource("site-signs", { type: "geojson", data: collection(middle) });
  map.addLayer({ id: "site-circles", type: "line", source: "site-circles", paint: { "line-color": SITE_COLOUR, "line-width": 1, "line-opacity": 0.7, "line-dasharray": [2, 3] } });
  map.addLayer({ id: "sites-fill", type: "fill", source: "sites", paint: { "fill-color": SITE_COLOUR, "fill-opacity": 0.35 } });
  map.addLayer({ id: "sites-line", type: "line", source: "sites", paint: { "line-color": SITE_COLOUR, "line-width": 2.5 } });
  sign(map, "sites-signs", "site-signs", { fill: SITE_COLOUR, edge: "#ffffff" });
  rank(map, "sites-numbers", "site-signs", "number", "#ffffff");
}

function addSurvey(map: Map, { survey }: Additions): void {
  if (!survey) return;
  const placed = survey.document.items.map(({ lon, lat, rank: number }, index): Feature | null =>
    lon === null || lat === null ? null : { type: "Feature", properties: { index, rank: String(number), number }, geometry: { type: "Point", coordinates: [lon, lat] } });
  map.addSource("survey", { type: "geojson", data: collection(placed.filter((one) => one !== null)) });
  sign(map, "survey-points", "survey", { fill: "#ffffff", edge: SURVEY_COLOUR });
  rank(map, "survey-ranks", "survey", "rank", SURVEY_COLOUR);
}

function addAssessed(map: Map, { assessed }: Additions): void {
  if (!assessed) return;
  map.addSource("assessed", { type: "geojson", data: indexed(assessed.shapes.features), tolerance: 0.2 });
  const role = (name: string): ExpressionSpecification => ["==", ["get", "role"], name];
  const image = patternImage(BREAKING, RATIO);
  if (image) map.addImage("assessed-breaking", image, { pixelRatio: RATIO });
  const paint = image ? { "fill-pattern": "assessed-breaking" } : { "fill-color": ASSESSED_COLOUR, "fill-opacity": 0.3 };
  map.addLayer({ id: "assessed-breaking", type: "fill", source: "assessed", filter: role("breaking"), paint });
  map.addLayer({ id: "assessed-largest", type: "line", source: "assessed", filter: role("largest"), paint: { "line-color": "#0072b2", "line-width": 2, "line-dasharray": [1.5, 1.5] } });
  map.addLayer({ id: "assessed-casing", type: "line", source: "assessed", filter: role("zone"), paint: { "line-color": "#ffffff", "line-width": 6, "line-opacity": 0.9 } });
  map.addLayer({ id: "assessed-line", type: "line", source: "assessed", filter: role("zone"), paint: { "line-color": ASSESSED_COLOUR, "line-width": 3 } });
}

/** A circle that a number fits into; those of smaller numbers lie on top. */
function sign(map: Map, id: string, source: string, { fill, edge }: { fill: string; edge: string }): void {
  map.addLayer({
    id,
    type: "circle",
    source,
    layout: { "circle-sort-key": ["-", ["get", "index"]] },
    paint: {
      "circle-color": fill,
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 7, 14, 11],
      "circle-stroke-color": edge,
      "circle-stroke-width": 2,
    },
  });
}

function rank(map: Map, id: string, source: string, property: string, colour: string): void {
  map.addLayer({
    id,
    type: "symbol",
    source,
    layout: {
      "text-field": ["get", property],
      "text-font": BOLD,
      "text-size": ["interpolate", ["linear"], ["zoom"], 10, 9, 14, 12],
      // Where signs lie on one another, the number of the topmost is read.
      "text-padding": 0,
      "symbol-sort-key": ["get", "index"],
    },
    paint: { "text-color": colour },
  });
}

/** Features with their index, to find them again by a click. */
function indexed(features: Feature[]): ReturnType<typeof collection> {
  return collection(features.map((feature, index) => ({ ...feature, properties: { ...feature.properties, index } })));
}

/** Shows what the legend has turned on. */
export function showAdded(map: Map, on: (key: string) => boolean): void {
  for (const [key, layers] of Object.entries(LAYERS)) {
    for (const id of layers) if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", on(key) ? "visible" : "none");
  }
}

/** Where something that was added lies: a box in degrees; `null` where it is nowhere. */
export function boxOfAdded(added: Additions, what: "sites" | "survey" | "assessed", index: number): [number, number, number, number] | null {
  if (what === "survey") {
    const item = added.survey?.document.items[index];
    return item && item.lon !== null && item.lat !== null ? [item.lon, item.lat, item.lon, item.lat] : null;
  }
  const features = added[what]?.shapes.features ?? [];
  const feature = what === "sites" ? features[index] : features.find(({ properties }) => properties?.["role"] === "zone" && properties["id"] === index + 1);
  return feature ? boxOf(feature) : null;
}
