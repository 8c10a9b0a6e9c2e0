/** How far the stations and stops that the planner expects are from a parcel, at least. They have no column. */

import type { FeatureCollection, Geometry, Position } from "geojson";

import type { Tables } from "./run.ts";

/** Points along what is expected: longitude and latitude in turn. */
export type Planned = readonly number[];

/** Lines are taken as points so far apart, metres. */
const STEP_M = 20;

/** Metres in a degree of latitude, and of longitude at the equator: a little less than anywhere in Japan. */
const DEGREE_LAT_M = 110_700;
const DEGREE_LON_M = 111_000;

/** The position of a parcel is given to a millionth of a degree, the stops' to more. */
const POSITION_M = 0.2;

/** The expected stations and stops; `null` where the run has no list of stops. */
export function plannedOf(stops: FeatureCollection | null): Planned | null {
  if (!stops) return null;
  const points: number[] = [];
  for (const { geometry, properties } of stops.features) {
    if (properties?.["source"] !== "expected") continue;
    // Whatever is not points and lines cannot be told.
    if (!geometry || !walk(geometry, points)) return null;
  }
  return points;
}

/** Points of stations (`rail`) or of stops (not) that may count as frequent, but for expected ones; of an area those of its outline. */
export function openOf(stops: FeatureCollection | null, rail: boolean): number[] {
  const points: number[] = [];
  for (const { geometry, properties } of stops?.features ?? []) {
    const counts = properties?.["frequent"] === "possible" || properties?.["frequent"] === "sure";
    if (counts && properties?.["source"] !== "expected" && (properties?.["kind"] === "rail") === rail && geometry) walk(outlined(geometry), points);
  }
  return points;
}

/** A geometry with the outlines of its areas in their place. */
function outlined(geometry: Geometry): Geometry {
  switch (geometry.type) {
    case "Polygon":
      return { type: "MultiLineString", coordinates: geometry.coordinates };
    case "MultiPolygon":
      return { type: "MultiLineString", coordinates: geometry.coordinates.flat() };
    case "GeometryCollection":
      return { type: "GeometryCollection", geometries: geometry.geometries.map(outlined) };
    default:
      return geometry;
  }
}

function walk(geometry: Geometry, points: number[]): boolean {
  switch (geometry.type) {
    case "Point":
      points.push(...pair(geometry.coordinates));
      return true;
    case "MultiPoint":
      geometry.coordinates.forEach((position) => points.push(...pair(position)));
      return true;
    case "LineString":
      along(geometry.coordinates, points);
      return true;
    case "MultiLineString":
      geometry.coordinates.forEach((line) => along(line, points));
      return true;
    case "GeometryCollection":
      return geometry.geometries.every((one) => walk(one, points));
    default:
      return false;
  }
}

function pair(position: Position): [number, number] {
  return [position[0] ?? NaN, position[1] ?? NaN];
}

function along(line: Position[], points: number[]): void {
  line.forEach((end, at) => {
    const [x1, y1] = pair(end);
    const [x0, y0] = pair(line[at - 1] ?? end);
    const steps = Math.max(1, Math.ceil(Math.hypot((x1 - x0) * 112_000, (y1 - y0) * 112_000) / STEP_M));
    for (let step = 1; step <= steps; step++) points.push(x0 + ((x1 - x0) * step) / steps, y0 + ((y1 - y0) * step) / steps);
  });
}

/** Whether all that is expected is certain to be further than `radius` from every point of a parcel. */
export function beyondPlanned(planned: Planned | null, tables: Tables, radius: number): (parcel: number) => boolean {
  const [lon, lat, span] = [tables("lon"), tables("lat"), tables("span_m")];
  if (planned?.length === 0) return () => true;
  if (!planned || !lon || !lat || !span) return () => false;
  return (parcel) => {
    const [x, y] = [lon[parcel] ?? NaN, lat[parcel] ?? NaN];
    const least = radius + (span[parcel] ?? NaN) + STEP_M / 2 + POSITION_M;
    const across = DEGREE_LON_M * Math.cos(((Math.abs(y) + 0.2) * Math.PI) / 180);
    for (let at = 0; at < planned.length; at += 2) {
      const distance = Math.hypot(((planned[at] ?? NaN) - x) * across, ((planned[at + 1] ?? NaN) - y) * DEGREE_LAT_M);
      // Not the other way round, so that a number that is none is never beyond.
      if (!(distance > least)) return false;
    }
    return true;
  };
}
