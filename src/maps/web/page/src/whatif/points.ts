/** The stations and stops as the what-ifs look at them: what counts their service, and where they are as points. */

import type { FeatureCollection, Position } from "geojson";

import { MODES, type Mode, type Service } from "../data/facts.ts";
import { columnsOf } from "../data/service.ts";

/** Lines are taken as points so far apart at most, metres. */
export const STEP_M = 20;

/** A station or stop. */
export interface StopPlace {
  mode: Mode;
  /** Departures; `Infinity` where nobody knows how many. */
  service: Readonly<Record<Service, { lo: number; hi: number }>>;
  /** Longitude and latitude in turn. */
  points: readonly number[];
  /** Whether it has an area, of which points tell only in part where it is. */
  isArea: boolean;
}

/** The stations and stops of the product. */
export function stopPlaces(stops: FeatureCollection | null): StopPlace[] {
  return (stops?.features ?? []).flatMap(({ geometry, properties }) => {
    const mode = MODES.find((one) => one === properties?.["kind"]);
    if (!mode || !geometry) return [];
    const ends = (of: Service): { lo: number; hi: number } => {
      const [lo, hi] = ["lo", "hi"].map((end): unknown => properties?.[`${columnsOf(of)}_${end}`]);
      return { lo: typeof lo === "number" ? lo : 0, hi: typeof hi === "number" ? hi : Infinity };
    };
    const points: number[] = [];
    walk(geometry, points);
    const service = { peak: ends("peak"), day: ends("day"), "day-both-directions": ends("day-both-directions") };
    return [{ mode, service, points, isArea: hasArea(geometry) }];
  });
}

function hasArea(geometry: FeatureCollection["features"][number]["geometry"]): boolean {
  return geometry.type === "GeometryCollection" ? geometry.geometries.some(hasArea) : geometry.type.endsWith("Polygon");
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
