/** What a what-if needs to know of a run, and the tables that it reads. */

import type { FeatureCollection } from "geojson";

import { criterion, type Criterion, type Facts, type Mode, runThresholds } from "../data/facts.ts";
import { kindOf } from "./kinds.ts";
import { type StopPlace, stopPlaces } from "./points.ts";

/** As much of a criterion as a what-if looks at. */
export type Asked = Pick<Criterion, "kind" | "asks" | "column" | "thresholds" | "layers" | "near" | "anywhere" | "doubtful">;

/** Criteria any of which serves; mostly one. */
export type Clause = readonly Asked[];

/** A zone with what it asks and was not waived. */
export interface AskedZone {
  id: string;
  /** Criteria that hold at some places of the plane: all clauses. */
  places: readonly Clause[];
  /** Questions about the parcel alone: all clauses. */
  questions: readonly Clause[];
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
  /** The stations and stops, and how far around the parcels these are all; `null` where they are all that there are. */
  stops: readonly StopPlace[];
  stopsWithin: number | null;
  /** Columns of the distance to the nearest station or stop of some modes, whatever its service. */
  anyStops: readonly { column: string; modes: readonly Mode[] }[];
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

/** Every criterion about a place that a zone asks. */
export function placesOf({ places }: AskedZone): Asked[] {
  return places.flat();
}

/** Every question about the parcel alone. */
export function questionsOf({ questions }: AskedZone): Asked[] {
  return questions.flat();
}

/** What a zone asks, clause by clause; where one of several criteria was waived, none of them is asked. */
export function clausesOf(facts: Facts, index: number): Criterion[][] {
  const clauses = (facts.zones[index]?.all_of ?? []).map((ids) => ids.flatMap((id) => criterion(facts, id) ?? []));
  return clauses.filter((clause) => clause.length > 0 && clause.every(({ waived }) => waived === null));
}

/** What the facts of a run say, and its stops. */
export function runOf(facts: Facts, stops: FeatureCollection | null): Run {
  const expects = new Set(facts.expectations.map(({ layer }) => layer.replace(/^prospective\./, "")));
  const zones = facts.zones.map(({ id, as_a_whole: whole, belongs_to: belongsTo }, index): AskedZone => {
    const clauses = clausesOf(facts, index);
    const ofPlace = (clause: Clause): boolean => clause.some(({ column }) => column !== null);
    return { id, places: clauses.filter(ofPlace), questions: clauses.filter((clause) => !ofPlace(clause)), whole: whole.length > 0, belongsTo };
  });
  const anyService = ({ asks, near }: Criterion): Run["anyStops"] =>
    near.map(({ column, modes }) => ({ column, modes: (modes ?? []).filter((mode) => asks.stops?.[mode] && asks.stops[mode].at_least === undefined) }));
  return {
    thresholds: runThresholds(facts),
    zones,
    expects,
    mayLose: expects.size > 0 && zones.some((zone) => placesOf(zone).some((one) => kindOf(one).mayLose)),
    stops: stopPlaces(stops),
    stopsWithin: facts.stops_within,
    anyStops: facts.criteria.flatMap(anyService).filter(({ modes }) => modes.length > 0),
    facilitiesKnown: facts.facilities_known ?? false,
    unplacedSameKind: facts.unplaced_same_kind ?? true,
    units: facts.units,
    partsByZone: facts.parts_by_zone,
    slack: ROUNDING_M + Math.max(CIRCLE_M, facts.error_bounds["circle_m"] ?? 0),
  };
}
