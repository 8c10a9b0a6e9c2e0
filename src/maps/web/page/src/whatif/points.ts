/** The stations and stops that have no column of their own, as points. */

import type { FeatureCollection, Position } from "geojson";

/** Lines are taken as points so far apart, metres. */
const STEP_M = 20;

/** Points of stations (`rail`) or of stops (not) that may count as frequent. */
export function openOf(stops: FeatureCollection | null, rail: boolean): number[] {
  const points: number[] = [];
  for (const { geometry, properties } of stops?.features ?? []) {
    const counts = properties?.["frequent"] === "possible" || properties?.["frequent"] === "sure";
    if (counts && (properties?.["kind"] === "rail") === rail && geometry) walk(geometry, points);
  }
  return points;
}

function walk(geometry: FeatureCollection["features"][number]["geometry"], points: number[]): void {
  switch (geometry.type) {
    case "Point":
      points.push(...pair(geometry.coordinates));
      break;
    case "MultiPoint":
      geometry.coordinates.forEach((position) => points.push(...pair(position)));
      break;
    case "LineString":
      along(geometry.coordinates, points);
      break;
    case "MultiLineString":
      geometry.coordinates.forEach((line) => along(line, points));
      break;
    case "GeometryCollection":
      geometry.geometries.forEach((one) => walk(one, points));
      break;
    default:
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
