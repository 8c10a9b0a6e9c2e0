/** Drawn zones on the map: their outlines, the corners of the chosen one, and the one that is being drawn. */

import type { Feature, Position } from "geojson";
import type { FilterSpecification, GeoJSONSource, Map } from "maplibre-gl";

import { boxAround, type Corner, type DrawnZone, type Place, type Ring } from "../drawn/zone.ts";
import { belowParcels } from "./late.ts";
import { collection } from "./places.ts";
import { FONT } from "./surroundings.ts";

/** Of no status, place or stop. */
export const DRAWN_COLOUR = "#c4004f";

/** What can be taken hold of. */
export type Handle = { what: "corner" | "between"; at: Corner } | { what: "whole" };

/** Corners answer within so many pixels: as much as a finger needs. */
const REACH = 11;

const SHOWN = ["drawn-fill", "drawn-casing", "drawn-line", "drawn-names"];
const HANDLES = ["drawn-between", "drawn-corner", "drawn-whole"];

/** Adds the layers, the lines over all else. */
export function addDrawn(map: Map): void {
  for (const id of ["drawn", "handles", "draft"]) map.addSource(id, { type: "geojson", data: collection(), tolerance: 0 });
  const fill = { "fill-color": DRAWN_COLOUR, "fill-opacity": 0.12 };
  map.addLayer({ id: "drawn-fill", type: "fill", source: "drawn", paint: fill }, belowParcels(map, "zone-undetermined-casing"));
  for (const [id, source, colour, width] of [["drawn-casing", "drawn", "#ffffff", 6], ["drawn-line", "drawn", DRAWN_COLOUR, 3], ["draft-casing", "draft", "#ffffff", 5], ["draft-line", "draft", DRAWN_COLOUR, 2.5]] as const) {
    const dashes = id === "draft-line" ? { "line-dasharray": [2, 1] } : {};
    map.addLayer({ id, type: "line", source, layout: { "line-join": "round" }, paint: { "line-color": colour, "line-width": width, ...dashes } });
  }
  const dots = (id: string, source: string, filter: FilterSpecification, radius: number, fill: string, stroke: string): void => {
    const paint = { "circle-radius": radius, "circle-color": fill, "circle-stroke-color": stroke, "circle-stroke-width": 2 };
    map.addLayer({ id, type: "circle", source, filter, paint });
  };
  dots("draft-corner", "draft", ["==", ["geometry-type"], "Point"], 5, "#ffffff", DRAWN_COLOUR);
  for (const [what, radius, fill, stroke] of [["between", 3.5, DRAWN_COLOUR, "#ffffff"], ["corner", 6.5, "#ffffff", DRAWN_COLOUR], ["whole", 9, DRAWN_COLOUR, "#ffffff"]] as const) {
    dots(`drawn-${what}`, "handles", ["==", ["get", "what"], what], radius, fill, stroke);
  }
  map.addLayer({
    id: "drawn-names",
    type: "symbol",
    source: "drawn",
    layout: { "text-field": ["get", "name"], "text-font": [`${FONT[0] ?? ""} Bold`, ...FONT.slice(1)], "text-size": 14, "text-offset": [0, 1.5], "text-max-width": 12 },
    paint: { "text-color": DRAWN_COLOUR, "text-halo-color": "#ffffff", "text-halo-width": 2.4 },
  });
}

function put(map: Map, source: string, features: Feature[]): void {
  map.getSource<GeoJSONSource>(source)?.setData(collection(features));
}

/** Shows zones, and the corners of the chosen one. */
export function showDrawn(map: Map, zones: readonly DrawnZone[], chosen: number | null, on: boolean): void {
  const closed = (ring: Ring): Position[] => [...ring, ...ring.slice(0, 1)].map(([lon, lat]) => [lon, lat]);
  put(map, "drawn", zones.map(({ name, polygons }) => ({
    type: "Feature",
    properties: { name },
    geometry: { type: "MultiPolygon", coordinates: polygons.map((polygon) => polygon.map(closed)) },
  })));
  const zone = chosen === null ? undefined : zones[chosen];
  put(map, "handles", zone ? handlesOf(zone).map(({ handle, place }) => dot(place, { what: handle.what, handle: JSON.stringify(handle) })) : []);
  for (const id of [...SHOWN, ...HANDLES]) if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
}

/** Shows the corners that were set so far, and the line to where the pointer is. */
export function showDraft(map: Map, corners: readonly Place[], pointer: Place | null): void {
  const line = pointer ? [...corners, pointer, ...corners.slice(0, 1)] : corners;
  const along: Feature[] = line.length < 2 ? [] : [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: line.map(([lon, lat]) => [lon, lat]) } }];
  put(map, "draft", [...along, ...corners.map((place) => dot(place, {}))]);
}

function dot([lon, lat]: Place, properties: Record<string, unknown>): Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}

/** Every corner, the middle of every edge, and one for the whole. */
function handlesOf(zone: DrawnZone): { handle: Handle; place: Place }[] {
  const [west, south, east, north] = boxAround(zone);
  const whole = { handle: { what: "whole" } as const, place: [(west + east) / 2, (south + north) / 2] as const };
  const corners = zone.polygons.flatMap((rings, polygon) =>
    rings.flatMap((places, ring) =>
      places.flatMap((place, corner) => {
        const next = places[(corner + 1) % places.length] ?? place;
        const at = { polygon, ring, corner };
        return [
          { handle: { what: "corner", at } as const, place },
          { handle: { what: "between", at } as const, place: [(place[0] + next[0]) / 2, (place[1] + next[1]) / 2] as const },
        ];
      })));
  return [...corners, whole];
}

/** What can be taken hold of at a point of the screen: a corner before all else. */
export function handleAt(map: Map, { x, y }: { x: number; y: number }): Handle | null {
  const layers = HANDLES.filter((id) => map.getLayer(id));
  const found = map.queryRenderedFeatures([[x - REACH, y - REACH], [x + REACH, y + REACH]], { layers });
  const handles = found.map(({ properties }) => JSON.parse(String(properties["handle"])) as Handle);
  return handles.find(({ what }) => what === "corner") ?? handles[0] ?? null;
}
