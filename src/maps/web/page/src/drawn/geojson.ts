/** Drawn zones as a file, which `kyoten assess` and a layer of set zones read, and back: GeoJSON, RFC 7946. */

import type { FeatureCollection, Geometry, Position } from "geojson";

import type { Facts } from "../data/facts.ts";
import { type DrawnZone, type Place, type Polygon, type Ring, withPolygons } from "./zone.ts";

/** The name of the file. */
export const FILE = "drawn-zones.geojson";

/** The properties that a zone is called by, and that say what it is, as `kyoten assess` has them. */
const NAMES = ["name", "名称", "区域名", "id"];
const KINDS = ["zone", "区域"];

/** Coordinate reference systems of an old-style member `crs` that are longitude and latitude as good as those of RFC 7946. */
const DEGREES = /(CRS84|\b(4326|4612|6668|6697))$/i;

/** The zones as a document. */
export function document(zones: readonly DrawnZone[]): FeatureCollection {
  const closed = (ring: Ring): Position[] => [...ring, ...ring.slice(0, 1)].map(([lon, lat]) => [lon, lat]);
  const geometry = (polygons: readonly Polygon[]): Geometry => {
    const all = polygons.map((polygon) => polygon.map(closed));
    return all.length === 1 ? { type: "Polygon", coordinates: all[0] ?? [] } : { type: "MultiPolygon", coordinates: all };
  };
  return {
    type: "FeatureCollection",
    features: zones.map(({ name, kind, polygons }) => ({ type: "Feature", properties: { name, zone: kind }, geometry: geometry(polygons) })),
  };
}

/** The text of the file: a zone a line. */
export function fileText(zones: readonly DrawnZone[]): string {
  const features = document(zones).features.map((feature) => JSON.stringify(feature));
  return `{"type":"FeatureCollection","features":[\n${features.join(",\n")}\n]}\n`;
}

/** Why a file cannot be taken. */
export type Refusal =
  | { why: "file_no_json" | "file_no_geojson" | "file_no_polygon" | "file_no_degrees" }
  | { why: "file_no_kind"; feature: number; word: string };

/** What a file holds. */
export interface FileZones {
  zones: DrawnZone[];
  /** Features that are no polygons, by their place in the file from 1. */
  left: number[];
}

/** The zones of a file, or why there are none. One without a name gets the one of its number. */
export function readFile(text: string, facts: Pick<Facts, "zones">, named: (number: number) => string): FileZones | Refusal {
  let read: unknown;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { why: "file_no_json" };
  }
  const { type, features: list, crs } = (read ?? {}) as { type?: unknown; features?: unknown; crs?: { properties?: { name?: unknown } } | null };
  const features: unknown = type === "Feature" ? [read] : list;
  if ((type !== "Feature" && type !== "FeatureCollection") || !Array.isArray(features)) return { why: "file_no_geojson" };
  const system = crs?.properties?.name;
  if (system !== undefined && !DEGREES.test(String(system))) return { why: "file_no_degrees" };
  const found: FileZones = { zones: [], left: [] };
  for (const [index, feature] of features.entries()) {
    const { geometry, properties } = (feature ?? {}) as { geometry?: Geometry | null; properties?: Record<string, unknown> | null };
    const word = told(properties, KINDS);
    const kind = word === "" ? facts.zones[0]?.id : facts.zones.find(({ id, ja, en }) => [id, ja, en].includes(word))?.id;
    const polygons = polygonsOf(geometry);
    if (!polygons) {
      found.left.push(index + 1);
      continue;
    }
    if (kind === undefined) return { why: "file_no_kind", feature: index + 1, word };
    const inDegrees = ([lon, lat]: Place): boolean => Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
    if (!polygons.flat(2).every(inDegrees)) return { why: "file_no_degrees" };
    found.zones.push(withPolygons({ name: told(properties, NAMES) || named(index + 1), kind, polygons: [] }, polygons));
  }
  return found.zones.length > 0 ? found : { why: "file_no_polygon" };
}

/** The first of some properties that says something. */
function told(properties: Record<string, unknown> | null | undefined, names: readonly string[]): string {
  const texts = names.map((name) => properties?.[name]).filter((value) => typeof value === "string" || typeof value === "number");
  return texts.map((value) => String(value).trim()).find((text) => text !== "") ?? "";
}

/** The polygons of a geometry without the corner that stands twice; `null` where it has none that is an area. */
function polygonsOf(geometry: Geometry | null | undefined): Polygon[] | null {
  const all: unknown = geometry?.type === "Polygon" ? [geometry.coordinates] : geometry?.type === "MultiPolygon" ? geometry.coordinates : null;
  if (!Array.isArray(all) || all.length === 0) return null;
  const polygons = all.map((rings: unknown) => (Array.isArray(rings) && rings.length > 0 ? rings.map(ringOf) : [null]));
  return polygons.flat().includes(null) ? null : (polygons as Ring[][]);
}

function ringOf(ring: unknown): Ring | null {
  if (!Array.isArray(ring)) return null;
  const places = ring.map((place: unknown) => (Array.isArray(place) ? ([place[0], place[1]] as Place) : ([NaN, NaN] as const)));
  const open = places.filter(([lon, lat], index) => lon !== places[index + 1]?.[0] || lat !== places[index + 1]?.[1]);
  const [first, last] = [open[0], open.at(-1)];
  if (open.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1]) open.pop();
  return open.length > 2 && open.flat().every((part) => Number.isFinite(part)) ? open : null;
}
