/** What a what-if needs to know of a run, and the tables that it reads. */

import type { FeatureCollection } from "geojson";

import { criterion, type Criterion, type Facts, runThresholds } from "../data/facts.ts";
import { kindOf } from "./kinds.ts";
import { openOf } from "./points.ts";

/** As much of a criterion as a what-if looks at. */
export type Asked = Pick<Criterion, "kind" | "asks" | "column" | "thresholds" | "measures" | "layers">;

/** A zone with what it asks and was not waived. */
export interface AskedZone {
  id: string;
  /** Criteria that hold at some places of the plane. */
  places: Asked[];
  /** Questions about the parcel alone. */
  questions: Asked[];
  /** Whether its pieces are asked for something as wholes. */
  whole: boolean;
  /** The other kind of zone to one of which it belongs: what it asks of that one must hold for one and the same. */
  belongsTo: string | null;
}

/** What stays the same whatever is assumed. */
export interface Run {
  thresholds: Readonly<Record<string, number>>;
  zones: AskedZone[];
  /** Layers to which the planner's expectations add. */
  expects: ReadonlySet<string>;
  /** Whether these may also take something away: then what is sure need not be expected. */
  mayLose: boolean;
  /** Whether a stop or station of a missing layer may stand anywhere; `null` where the run does not say. */
  stopsAnywhere: boolean | null;
  /** Whether the service of some stop leaves open if it counts as frequent. */
  openStops: boolean;
  /** Points of stations and of stops that may count as frequent. */
  open: { stations: readonly number[]; stops: readonly number[] };
  facilitiesKnown: boolean;
  unplacedSameKind: boolean;
  units: Facts["units"];
  /** The zones of which the parts of parcels tell their shares, in the order of the column. */
  partsByZone: readonly string[];
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
  const missing = new Set(facts.missing.map(({ id }) => id));
  const expects = new Set(facts.expectations.map(({ layer }) => layer.replace(/^prospective\./, "")));
  const zones = facts.zones.map((zone) => {
    const asked = zone.criteria.flatMap((id) => criterion(facts, id) ?? []).filter(({ waived }) => waived === null);
    const [places, questions] = [asked.filter(({ column }) => column !== null), asked.filter(({ column }) => column === null)];
    return { id: zone.id, places, questions, whole: zone.whole, belongsTo: zone.belongs_to };
  });
  return {
    thresholds: runThresholds(facts),
    zones,
    expects,
    mayLose: expects.size > 0 && zones.some(({ places }) => places.some((one) => kindOf(one).mayLose)),
    open: { stations: openOf(stops, true), stops: openOf(stops, false) },
    stopsAnywhere: facts.stops_anywhere ?? (missing.has("stations") || missing.has("stops") ? null : false),
    openStops: stops === null || stops.features.some((feature) => feature.properties?.["frequent"] === "possible"),
    facilitiesKnown: facts.facilities_known ?? false,
    unplacedSameKind: facts.unplaced_same_kind ?? true,
    units: facts.units,
    partsByZone: facts.parts_by_zone,
    slack: ROUNDING_M + Math.max(CIRCLE_M, facts.error_bounds["circle_m"] ?? 0),
  };
}
