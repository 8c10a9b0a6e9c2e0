/** The layers around the parcels: candidate zones, places of criteria, stations and stops, facilities. */

import type { ExpressionSpecification, Map } from "maplibre-gl";

import type { Facts } from "../data/facts.ts";
import type { View } from "../state.ts";
import type { Gone } from "../whatif/gone.ts";
import { markImage } from "./marks.ts";
import { showCircles, showPlaces } from "./late.ts";
import { CONFLICT_COLOUR, mixed } from "./patterns.ts";
import { collection, type Products } from "./places.ts";
import { addSet, showSet } from "./set.ts";
import { facilityPoints, showStanding, transitPoints } from "./standing.ts";
import { isOn, placeSwitch } from "./switches.ts";

const RATIO = 2;

/** Fonts that have Japanese, drawn by the browser itself: no glyph is asked of the network. */
export const FONT = ["Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Meiryo", "sans-serif"];

/** The colour of what moves people. */
const TRANSIT = "#12344d";
const TRANSIT_WEAK = "#76828d";
const FACILITY = "#6b2f8f";

/** Layers that answer a click with a note, the topmost first. */
export const NOTED = ["stations-points", "stops-points", "facilities-points", "zone-labels", "zone-hit"];

/** Lines of candidate zones by status: each has dashes of its own beside its colour. */
const ZONE_DASHES: Record<string, number[] | null> = {
  eligible: null,
  prospective: [3, 1.2],
  undetermined: [1.2, 1.2],
};

/** The shades of a candidate zone's line: darker than its parcels, so that it stands out from them. */
export function zoneColour(facts: Facts, status: string): string {
  const colour = facts.statuses.find(({ id }) => id === status)?.colour ?? "#555555";
  return mixed(colour, "#000000", 0.35);
}

/** Adds candidate zones, stations, stops and facilities. */
export function addSurroundings(map: Map, facts: Facts, products: Products): void {
  addZones(map, facts, products);
  addSet(map, products);
  addFacilities(map, facts, products);
  addTransit(map, facts, products);
}

function addZones(map: Map, facts: Facts, products: Products): void {
  map.addSource("zones", { type: "geojson", data: products.zones ?? collection(), tolerance: 0.2 });
  const centres = (products.zones?.features ?? []).map((feature) => ({
    type: "Feature" as const,
    properties: feature.properties,
    geometry: { type: "Point" as const, coordinates: [feature.properties?.["centre_lon"], feature.properties?.["centre_lat"]] as number[] },
  }));
  map.addSource("zone-centres", { type: "geojson", data: collection(centres) });
  for (const status of ["undetermined", "prospective", "eligible"]) {
    const dashes = ZONE_DASHES[status];
    map.addLayer({ id: `zone-${status}-casing`, type: "line", source: "zones", layout: { "line-join": "round" }, paint: { "line-color": "#ffffff", "line-width": 5, "line-opacity": 0.85 } });
    map.addLayer({
      id: `zone-${status}`,
      type: "line",
      source: "zones",
      layout: { "line-join": "round" },
      paint: { "line-color": zoneColour(facts, status), "line-width": 2.6, ...(dashes ? { "line-dasharray": dashes } : {}) },
    });
  }
  map.addLayer({ id: "zone-hit", type: "line", source: "zones", paint: { "line-color": "#000000", "line-opacity": 0, "line-width": 6 } });
}

/** The area of a candidate zone: the smaller, the more digits. */
const AREA_TEXT: ExpressionSpecification = [
  "concat",
  ["case", ["<", ["get", "area_ha"], 1], ["number-format", ["get", "area_ha"], { "max-fraction-digits": 2 }], ["number-format", ["get", "area_ha"], { "max-fraction-digits": 1 }]],
  " ha",
];

/** From far away only large zones are labelled: the least hectares by zoom. */
const LABELLED: ExpressionSpecification = [">=", ["get", "area_ha"], ["step", ["zoom"], 20, 12.5, 5, 13.5, 1, 14.5, 0]];

/** Labels come last, over all lines. */
export function addLabels(map: Map): void {
  label(map, "zone-labels", "zone-centres", AREA_TEXT, { size: 14, colour: "#0b2d45", minzoom: 10, offset: 0, bold: true });
  label(map, "stops-labels", "stops", ["coalesce", ["get", "name"], ""], { size: 11, colour: "#37474f", minzoom: 14.2, offset: 0.75 });
  label(map, "facilities-labels", "facilities", ["coalesce", ["get", "name"], ""], { size: 11, colour: FACILITY, minzoom: 13.2, offset: 0.9 });
  label(map, "stations-labels", "stations", ["coalesce", ["get", "name"], ""], { size: 14, colour: TRANSIT, minzoom: 9, offset: 1 });
}

interface LabelLook {
  size: number;
  colour: string;
  minzoom: number;
  offset: number;
  bold?: boolean;
}

function label(map: Map, id: string, source: string, text: ExpressionSpecification, { size, colour, minzoom, offset, bold }: LabelLook): void {
  const filter: ExpressionSpecification | undefined = source === "zone-centres" ? undefined : ["==", ["get", "first"], true];
  map.addLayer({
    id,
    type: "symbol",
    source,
    minzoom,
    ...(filter ? { filter } : {}),
    layout: {
      "text-field": text,
      "text-font": bold ? [`${FONT[0]} Bold`, ...FONT.slice(1)] : FONT,
      "text-size": size,
      "text-max-width": 9,
      ...(bold ? { "symbol-sort-key": ["-", ["get", "area_ha"]], "text-variable-anchor": ["center", "bottom", "top"], "text-radial-offset": 0.9 } : {}),
      ...(offset > 0
        ? { "text-variable-anchor": ["top", "right", "left", "bottom"], "text-radial-offset": offset, "text-justify": "auto" }
        : {}),
    },
    paint: { "text-color": colour, "text-halo-color": "#ffffff", "text-halo-width": bold ? 2.6 : 1.8 },
  });
}

function addTransit(map: Map, facts: Facts, products: Products): void {
  const points = transitPoints(facts, products, {});
  map.addSource("stations-lines", { type: "geojson", data: products.stops ?? collection() });
  map.addSource("stations", { type: "geojson", data: points.stations });
  map.addSource("stops", { type: "geojson", data: points.stops });
  const lines: ExpressionSpecification = ["==", ["geometry-type"], "LineString"];
  const areas: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];
  map.addLayer({ id: "stations-areas", type: "fill", source: "stations-lines", filter: areas, minzoom: 12.5, paint: { "fill-color": TRANSIT, "fill-opacity": 0.25 } });
  map.addLayer({ id: "stations-tracks", type: "line", source: "stations-lines", filter: lines, minzoom: 12.5, paint: { "line-color": TRANSIT, "line-width": ["interpolate", ["linear"], ["zoom"], 12, 2, 16, 8] } });
  map.addLayer({ id: "stations-ties", type: "line", source: "stations-lines", filter: lines, minzoom: 13.5, paint: { "line-color": "#ffffff", "line-dasharray": [1.4, 1.4], "line-width": ["interpolate", ["linear"], ["zoom"], 13, 2, 16, 5] } });
  map.addLayer(circles("stops-points", "stops", 2.5, 7));
  map.addLayer(circles("stations-points", "stations", 5, 10));
}

/** Circles by service: larger for more, hollow where it is not known, grey where it is not enough. */
function circles(id: string, source: string, least: number, most: number): Parameters<Map["addLayer"]>[0] {
  const colour: ExpressionSpecification = ["case", ["get", "planned"], "#2b7fb0", ["get", "weak"], TRANSIT_WEAK, TRANSIT];
  const hollow: ExpressionSpecification = ["any", ["get", "hollow"], ["get", "planned"]];
  const size = (part: number): ExpressionSpecification => ["interpolate", ["linear"], ["get", "trips"], 0, least * part, 20, most * part];
  return {
    id,
    type: "circle",
    source,
    minzoom: source === "stops" ? 11.5 : 8,
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, size(0.4), 13, size(0.62), 14.5, size(1), 18, size(1.6)],
      "circle-color": ["case", hollow, "#ffffff", colour],
      "circle-stroke-color": ["case", hollow, colour, "#ffffff"],
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, ["case", hollow, 1.3, 0.8], 14.5, ["case", hollow, 2.2, 1.4]],
    },
  };
}

function addFacilities(map: Map, facts: Facts, products: Products): void {
  map.addSource("facilities", { type: "geojson", data: facilityPoints(facts, products, {}) });
  for (const [name, fill] of [["facility", FACILITY], ["facility-conflict", CONFLICT_COLOUR]] as const) {
    const image = markImage(fill, RATIO);
    if (image) map.addImage(name, image, { pixelRatio: RATIO });
  }
  map.addLayer({
    id: "facilities-points",
    type: "symbol",
    source: "facilities",
    layout: {
      "icon-image": ["case", ["==", ["get", "conflict"], true], "facility-conflict", "facility"],
      "icon-allow-overlap": true,
      "icon-size": ["interpolate", ["linear"], ["zoom"], 11, 0.4, 13, 0.6, 15, 1],
    },
  });
}

/** Shows what the legend has turned on, but for what is gone under what is assumed. */
export function showSurroundings(map: Map, facts: Facts, products: Products, view: View, gone: Gone): void {
  const visible = (id: string, on: boolean): void => {
    if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
  };
  const zone = facts.zones[view.zone]?.id ?? "";
  const on = (key: string): boolean => isOn(key, view, facts);
  const zones = on("zones") && !gone.zones.has(zone);
  const mine: ExpressionSpecification = ["==", ["get", "zone"], zone];
  for (const status of ["eligible", "prospective", "undetermined"]) {
    for (const id of [`zone-${status}`, `zone-${status}-casing`]) {
      map.setFilter(id, ["all", mine, ["==", ["get", "status"], status]]);
      visible(id, zones);
    }
  }
  for (const id of ["zone-hit", "zone-labels"]) {
    map.setFilter(id, id === "zone-labels" ? ["all", mine, LABELLED] : mine);
    visible(id, zones && (id === "zone-hit" || on("labels")));
  }
  showSet(map, on("set"));
  showPlaces(map, facts, products, (criterion) => on(placeSwitch(criterion)) && !gone.criteria.has(criterion));
  for (const id of ["stations-areas", "stations-tracks", "stations-ties", "stations-points"]) visible(id, on("stations"));
  visible("stops-points", on("stops"));
  visible("facilities-points", on("facilities"));
  showCircles(map, products, on("circles") && !gone.circles, FACILITY);
  showStanding(map, facts, products, view.assumed);
  for (const kind of ["stations", "stops", "facilities"]) visible(`${kind}-labels`, on("labels") && on(kind));
}
