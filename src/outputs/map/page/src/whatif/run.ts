/** What a what-if needs to know of a run, and the tables that it reads. */

import type { FeatureCollection } from "geojson";

import type { Facts } from "../data/facts.ts";
import { openOf, type Planned, plannedOf } from "./planned.ts";

/** A zone with what it asks and was not waived: places of the plane, and questions about the lot alone. */
export interface AskedZone {
  id: string;
  places: string[];
  lot: string[];
}

/** What stays the same whatever is assumed. */
export interface Run {
  thresholds: Readonly<Record<string, number>>;
  zones: AskedZone[];
  /** The stem of the share columns of each criterion that is a place. */
  columnOf: ReadonlyMap<string, string>;
  /** The layers of each criterion. */
  layersOf: ReadonlyMap<string, readonly string[]>;
  /** Layers to which the planner's expectations add. */
  expects: ReadonlySet<string>;
  /** Whether a stop or station of a missing layer may stand anywhere; `null` where the run does not say. */
  stopsAnywhere: boolean | null;
  /** Whether the service of some stop leaves open if it counts as frequent. */
  openStops: boolean;
  /** Points of stations and of stops that may count as frequent. */
  open: { stations: readonly number[]; stops: readonly number[] };
  /** Stations and stops that are expected. */
  planned: Planned | null;
  facilitiesKnown: boolean;
  unplacedSameKind: boolean;
  units: Facts["units"];
  /** How far a distance in a column may be off, with that of the circles, metres. */
  slack: number;
}

/** A column by its name; `null` where the run has none. */
export type Tables = (column: string) => Float64Array | null;

/** Distances are given to a millimetre; circles lie at most so much inside the true ones unless the run says otherwise. */
const ROUNDING_M = 0.0005;
const CIRCLE_M = 0.01;

/** What the facts of a run say, and its stops. */
export function runOf(facts: Facts, stops: FeatureCollection | null): Run {
  const places = new Map(facts.criteria.flatMap(({ id, column }) => (column === null ? [] : [[id, column] as const])));
  const waived = new Set(facts.criteria.filter(({ waived: reason }) => reason !== null).map(({ id }) => id));
  const missing = new Set(facts.missing.map(({ id }) => id));
  const expects = new Set(facts.expectations.map(({ layer }) => layer.replace(/^prospective\./, "")));
  const hopesForStops = expects.has("stops") || expects.has("stations");
  return {
    thresholds: Object.fromEntries(facts.thresholds.map(({ key, value }) => [key, value])),
    zones: facts.zones.map(({ id, criteria }) => {
      const asked = criteria.filter((one) => !waived.has(one));
      return { id, places: asked.filter((one) => places.has(one)), lot: asked.filter((one) => !places.has(one)) };
    }),
    columnOf: places,
    layersOf: new Map(facts.criteria.map(({ id, layers }) => [id, layers.map((layer) => layer.id)])),
    expects,
    open: { stations: openOf(stops, true), stops: openOf(stops, false) },
    planned: hopesForStops ? plannedOf(stops) : [],
    stopsAnywhere: facts.stops_anywhere ?? (missing.has("stations") || missing.has("stops") ? null : false),
    openStops: stops === null || stops.features.some((feature) => feature.properties?.["frequent"] === "possible"),
    facilitiesKnown: facts.facilities_known ?? false,
    unplacedSameKind: facts.unplaced_same_kind ?? true,
    units: facts.units,
    slack: ROUNDING_M + Math.max(CIRCLE_M, facts.error_bounds["circle_m"] ?? 0),
  };
}
