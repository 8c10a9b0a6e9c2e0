// A small run for the tests: one zone of each kind, and tables of as many lots as are given.

import type { Changes } from "../src/whatif/changes.ts";
import { changesOf } from "../src/whatif/changes.ts";
import type { Run, Tables } from "../src/whatif/run.ts";
import type { Parts } from "../src/whatif/units.ts";
import { zoneJudge } from "../src/whatif/zone.ts";

const THRESHOLDS = {
  station_radius_m: 1000,
  stop_radius_m: 500,
  near_stop_radius_m: 100,
  hub_radius_m: 5000,
  facility_spacing_m: 700,
  min_public_land: 0.15,
  min_seniors_per_ha: 40,
  min_site_m2: 300,
  membership: 0.5,
};

const COLUMNS = ["in-did", "near-frequent-transit", "enough-public-land", "eligible-municipality", "near-connected-stop", "near-central-hub", "in-urban-zone", "in-induction-area", "enough-seniors", "near-stop"];

/** The run. */
export function run(more: Partial<Run> = {}): Run {
  return {
    thresholds: THRESHOLDS,
    zones: [
      { id: "central", places: ["in-did", "near-frequent-transit", "enough-public-land", "eligible-municipality"], lot: [] },
      { id: "local", places: ["near-connected-stop", "near-central-hub", "in-urban-zone", "eligible-municipality"], lot: [] },
      { id: "senior", places: ["in-induction-area", "enough-seniors", "near-stop", "enough-public-land"], lot: [] },
      { id: "senior_site", places: [], lot: ["large-enough-site", "clear-of-same-kind"] },
    ],
    columnOf: new Map(COLUMNS.map((id) => [id, id.replaceAll("-", "_")])),
    layersOf: new Map([["near-frequent-transit", ["stations", "stops"]], ["near-stop", ["stations", "stops"]], ["near-connected-stop", ["stations", "stops"]], ["in-did", ["did"]], ["enough-public-land", ["public_land", "units"]]]),
    expects: new Set(),
    stopsAnywhere: false,
    openStops: false,
    open: { stations: [], stops: [] },
    planned: [],
    facilitiesKnown: true,
    unplacedSameKind: false,
    units: { land: [[0.1, 0.1], [0.2, 0.2], [0.12, 0.3]], people: [[50, 50], [0, null]] },
    slack: 0.0105,
    ...more,
  };
}

/** One lot: what is told, over what a lot has that nothing is near to. */
export function lot(cells: Record<string, number>): Tables {
  const all: Record<string, number> = { area_m2: 400, span_m: 30, central: 3, local: 3, senior: 3, senior_site: 3, ...cells };
  return (column) => (column in all ? Float64Array.of(all[column] ?? NaN) : /_(m|unit)$/.test(column) ? Float64Array.of(NaN) : Float64Array.of(0));
}

/** The status of a lot under what is assumed. */
export function judge(of: Run, zone: string, assumed: Record<string, number>, tables: Tables, parts: Parts | null = null): number {
  const changes: Changes = changesOf(of, assumed);
  const asked = of.zones.find(({ id }) => id === zone);
  if (!asked) throw new Error(zone);
  return zoneJudge(of, asked, changes, tables, parts)(0);
}
