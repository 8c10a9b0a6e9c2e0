/** The vector products of a run, made ready for the map. */

import type { Feature, FeatureCollection, GeoJsonProperties, Geometry, Position } from "geojson";

import { embeddedJson } from "../data/embedded.ts";

/** What a run may have beside its parcels. */
export interface Products {
  zones: FeatureCollection | null;
  /** Where each criterion holds. */
  places: Lazy;
  stops: FeatureCollection | null;
  facilities: FeatureCollection | null;
  /** The zones that a plan has set. */
  set: FeatureCollection | null;
  /** The circles around facilities. */
  circles: Lazy;
  /** What lies under the map. */
  under?: FeatureCollection | null;
}

/** A product that is large and looked at by few: read when it is asked for. */
export class Lazy {
  private read: FeatureCollection | null = null;
  readonly given: boolean;

  constructor(private readonly name: string) {
    this.given = document.getElementById(`kyoten-${name}`) !== null;
  }

  /** The features. */
  all(): FeatureCollection {
    this.read ??= embeddedJson<FeatureCollection>(this.name) ?? collection();
    return this.read;
  }

  /** The values of a property; `null` until the features have been read. */
  values(property: string): Set<string> | null {
    return this.read && new Set(this.read.features.map(({ properties }) => String(properties?.[property])));
  }
}

/** Reads them out of the page. Each feature gets its `index`, to find it again by a click. */
export function readProducts(): Products {
  const read = (name: string): FeatureCollection | null => {
    const found = embeddedJson<FeatureCollection>(name);
    found?.features.forEach((feature, index) => {
      feature.properties = { ...feature.properties, index };
    });
    return found;
  };
  return {
    zones: read("zones"),
    places: new Lazy("places"),
    stops: read("stops"),
    facilities: read("facilities"),
    set: read("set_zones"),
    circles: new Lazy("circles"),
    under: embeddedJson<FeatureCollection>("backdrop"),
  };
}

/** A collection of features. */
export function collection(features: Feature[] = []): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** The points to draw for features that may be lines or many points; the first of each carries `first: true`. */
export function pointsOf(features: FeatureCollection | null, more: (properties: GeoJsonProperties) => object = () => ({})): FeatureCollection {
  const points = (features?.features ?? []).flatMap((feature) =>
    positions(feature.geometry).map((coordinates, index): Feature => ({
      type: "Feature",
      properties: { ...feature.properties, ...more(feature.properties), first: index === 0 },
      geometry: { type: "Point", coordinates },
    })),
  );
  return collection(points);
}

/** One position a point, and the middle of each line or ring. */
function positions(geometry: Geometry | null): Position[] {
  switch (geometry?.type) {
    case "Point":
      return [geometry.coordinates];
    case "MultiPoint":
      return geometry.coordinates;
    case "LineString":
      return [middle(geometry.coordinates)];
    case "MultiLineString":
      return [middle(geometry.coordinates.flat())];
    case "Polygon":
      return [middle(geometry.coordinates.flat())];
    case "MultiPolygon":
      return [middle(geometry.coordinates.flat(2))];
    case "GeometryCollection":
      return geometry.geometries.flatMap(positions);
    default:
      return [];
  }
}

/** The middle of the box around some positions. */
function middle(all: Position[]): Position {
  const along = (axis: 0 | 1): number => {
    const values = all.map((position) => position[axis] ?? 0);
    return (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2;
  };
  return [along(0), along(1)];
}

/** The box around a feature: west, south, east, north. */
export function boxOf(feature: Feature): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    const [x, y] = value as unknown[];
    if (typeof x === "number" && typeof y === "number") {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    } else value.forEach(walk);
  };
  if (feature.geometry && "coordinates" in feature.geometry) walk(feature.geometry.coordinates);
  return box;
}
