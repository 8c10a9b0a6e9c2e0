// A small run for the tests: the programme's zones, and tables of as many parcels as are given.

import type { Asks, Mode, Near, OfMode } from "../src/data/facts.ts";
import { changesOf } from "../src/whatif/changes.ts";
import type { Parts } from "../src/whatif/parts.ts";
import type { StopPlace } from "../src/whatif/points.ts";
import type { Asked, AskedZone, Run, Tables } from "../src/whatif/run.ts";
import { zoneJudge } from "../src/whatif/zone.ts";

const THRESHOLDS = {
  station_radius_m: 1000,
  stop_radius_m: 500,
  near_stop_radius_m: 100,
  hub_radius_m: 5000,
  facility_spacing_m: 700,
  min_peak_trips: 3,
  min_public_land: 0.15,
  min_seniors_per_ha: 40,
  min_site_m2: 300,
  membership: 0.5,
};

/** The thresholds among the parameters of a kind. */
function thresholdsOf({ within, at_least, stops }: Asks): string[] {
  const ofModes = Object.values(stops ?? {}).flatMap((of) => [of?.within, of?.at_least]);
  return [...new Set([...ofModes, within, at_least].filter((key) => key !== undefined))];
}

const KNOWN = { near: [], anywhere: false, doubtful: false };

/** A criterion that holds at some places. */
export function place(column: string, kind: string, asks: Asks, layers: string[], near: Near[] = []): Asked {
  return { ...KNOWN, kind, asks, column, thresholds: thresholdsOf(asks), near, layers: layers.map((id) => ({ id, ja: id })) };
}

/** A question about the parcel alone. */
export function question(kind: string, asks: Asks): Asked {
  return { ...KNOWN, kind, asks, column: null, thresholds: thresholdsOf(asks), layers: [] };
}

const STOPS = ["stations", "stops"];
const frequent = (within: string): OfMode => ({ within, at_least: "min_peak_trips", service: "peak" });
export const FREQUENT = { rail: frequent("station_radius_m"), tram: frequent("stop_radius_m"), bus: frequent("stop_radius_m") };
const near = { within: "near_stop_radius_m" };

/** The columns of the nearest stations and stops. */
export const NEAREST: Near[] = [{ column: "station_m", modes: ["rail"] }, { column: "stop_m", modes: ["tram", "bus"] }];
const ANY: { column: string; modes: Mode[] } = { column: "any_stop_m", modes: ["rail", "tram", "bus"] };

/** The programme's criteria. */
export const CRITERIA = {
  "in-did": place("in_did", "inside", {}, ["did"]),
  "near-frequent-transit": place("near_frequent_transit", "near-stops", { stops: FREQUENT }, STOPS, NEAREST),
  "enough-public-land": place("enough_public_land", "unit-ratio", { at_least: "min_public_land" }, ["public_land", "units"]),
  "eligible-municipality": place("eligible_municipality", "municipality", {}, ["municipality"]),
  "near-connected-stop": place("near_connected_stop", "connected-stops", { within: "near_stop_radius_m", zone: "central" }, STOPS),
  "near-central-hub": place("near_central_hub", "near-centre", { within: "hub_radius_m", zone: "central" }, ["hub_centres"], [{ column: "hub_m", modes: null }]),
  "in-urban-zone": place("in_urban_zone", "inside", {}, ["urban_zone"]),
  "in-induction-area": place("in_induction_area", "inside", {}, ["induction_area"]),
  "enough-seniors": place("enough_seniors", "unit-density", { at_least: "min_seniors_per_ha" }, ["census"]),
  "near-stop": place("near_stop", "near-stops", { stops: { rail: near, tram: near, bus: near } }, STOPS, [ANY]),
  "large-enough-site": question("parcel-area", { at_least: "min_site_m2" }),
  "clear-of-same-kind": question("clear-of", { at_least: "facility_spacing_m" }),
};

/** Stations or stops of a mode at a place, with their peak service. */
export function stop(mode: Mode, lon: number, lat: number, lo: number, hi: number): StopPlace {
  const open = { lo: 0, hi: Infinity };
  return { mode, points: [lon, lat], isArea: false, service: { peak: { lo, hi }, day: open, "day-both-directions": open } };
}

/** Stations and stops of enough service of which only the columns tell how near they are. */
export const SOMEWHERE: StopPlace[] = (["rail", "tram", "bus"] as const).map((mode) => ({ ...stop(mode, 0, 0, 9, 9), points: [], isArea: true }));

/** The same run where what counts for a criterion may stand anywhere. */
export function anywhere(of: Run): Run {
  const all = (clauses: AskedZone["places"]): AskedZone["places"] => clauses.map((clause) => clause.map((one) => ({ ...one, anywhere: one.kind.endsWith("-stops") })));
  return { ...of, zones: of.zones.map((one) => ({ ...one, places: all(one.places) })) };
}

/** A zone that asks for some of the programme's criteria, and for others. */
export function zone(id: string, ids: (keyof typeof CRITERIA)[], ...others: Asked[]): AskedZone {
  const asked = [...ids.map((one) => CRITERIA[one]), ...others];
  const [places, questions] = [asked.filter(({ column }) => column !== null), asked.filter(({ column }) => column === null)];
  const each = (all: Asked[]): Asked[][] => all.map((one) => [one]);
  return { id, places: each(places), questions: each(questions), whole: false, belongsTo: null };
}

/** The programme's zones, as they are where nothing is asked of the central one as a whole. */
export const ZONES: Readonly<Record<"central" | "local" | "senior" | "senior_site", AskedZone>> = {
  central: zone("central", ["in-did", "near-frequent-transit", "enough-public-land", "eligible-municipality"]),
  local: { ...zone("local", ["near-connected-stop", "near-central-hub", "in-urban-zone", "eligible-municipality"]), belongsTo: "central" },
  senior: zone("senior", ["in-induction-area", "enough-seniors", "near-stop", "enough-public-land"]),
  senior_site: zone("senior_site", ["large-enough-site", "clear-of-same-kind"]),
};

/** The zones of which the parts of parcels tell their shares. */
export const BY_PARTS = ["central", "senior"];

/** The run. */
export function run(more: Partial<Run> = {}): Run {
  return {
    thresholds: THRESHOLDS,
    zones: Object.values(ZONES),
    expects: new Set(),
    mayLose: false,
    stops: SOMEWHERE,
    stopsWithin: null,
    anyStops: [ANY],
    facilitiesKnown: true,
    unplacedSameKind: false,
    units: { land: [[0.1, 0.1], [0.2, 0.2], [0.12, 0.3]], people: [[50, 50], [0, null]] },
    partsByZone: BY_PARTS,
    slack: 0.0105,
    ...more,
  };
}

/** One parcel: what is told, over what a parcel has that nothing is near to. */
export function parcel(cells: Record<string, number>): Tables {
  const all: Record<string, number> = { area_m2: 400, span_m: 30, central: 3, local: 3, senior: 3, senior_site: 3, ...cells };
  return (column) => (column in all ? Float64Array.of(all[column] ?? NaN) : /_(m|unit)$/.test(column) ? Float64Array.of(NaN) : Float64Array.of(0));
}

/** The status of a parcel under what is assumed. */
export function judge(of: Run, zone: string, assumed: Record<string, number>, tables: Tables, parts: Parts | null = null): number {
  const asked = of.zones.find(({ id }) => id === zone);
  if (!asked) throw new Error(zone);
  return zoneJudge(of, asked, changesOf(of, assumed), tables, parts)(0);
}
