import assert from "node:assert/strict";
import { test } from "node:test";

import { ELIGIBLE, INELIGIBLE, NEEDS_RUN, PROSPECTIVE, UNDETERMINED } from "../src/data/facts.ts";
import { partsOf } from "../src/whatif/parts.ts";
import { anywhere as mayBeAnywhere, BY_PARTS, judge, parcel, run, SOMEWHERE, stop, zone } from "./run.ts";

const NO_PARTS = partsOf([null], BY_PARTS);

/** A parcel wholly in everything that a central zone asks for, 400 m from a station. */
const CENTRAL = {
  central: 0, central_lo: 1, central_hi: 1, central_expected: 1,
  in_did_lo: 1, in_did_hi: 1, near_frequent_transit_lo: 1, near_frequent_transit_hi: 1, enough_public_land_lo: 1, enough_public_land_hi: 1,
  eligible_municipality_lo: 1, eligible_municipality_hi: 1, station_m: 400, any_stop_m: 400,
  land_unit: 1, people_unit: 0, central_rest_lo: 1, central_rest_hi: 1, central_rest_expected: 1,
};

test("what has not moved has the run's own status", () => {
  assert.equal(judge(run(), "central", { min_site_m2: 900 }, parcel({ central: 2 })), UNDETERMINED);
  assert.equal(judge(run(), "senior_site", { membership: 0.9 }, parcel({ senior_site: 0 })), ELIGIBLE);
});

test("membership follows from the shares", () => {
  const tables = parcel({ central: 0, central_lo: 0.6, central_hi: 0.6, central_expected: 0.8 });
  assert.equal(judge(run(), "central", { membership: 0.6 }, tables), ELIGIBLE);
  assert.equal(judge(run(), "central", { membership: 0.7 }, tables), PROSPECTIVE);
  assert.equal(judge(run(), "central", { membership: 0.9 }, tables), INELIGIBLE);
});

test("public land follows from the parcel's unit, and an open unit leaves it open", () => {
  const of = (land_unit: number, min_public_land: number): number => judge(run(), "central", { min_public_land }, parcel({ ...CENTRAL, land_unit }), NO_PARTS);
  assert.equal(of(1, 0.2), ELIGIBLE);
  assert.equal(of(1, 0.21), INELIGIBLE);
  assert.equal(of(0, 0.1), ELIGIBLE);
  assert.equal(of(2, 0.2), UNDETERMINED);
  assert.equal(of(2, 0.12), ELIGIBLE);
  assert.equal(of(NaN, 0.2), UNDETERMINED);
  assert.equal(of(-1, 0), INELIGIBLE);
});

test("parts in several units add up", () => {
  const parts = partsOf([[[0, 0, [0.4, 0.4, 0.4], [0, 0, 0]], [1, 0, [0.6, 0.6, 0.6], [0, 0, 0]]]], BY_PARTS);
  const of = (min_public_land: number, membership: number): number =>
    judge(run(), "central", { min_public_land, membership }, parcel({ ...CENTRAL, land_unit: NaN }), parts);
  assert.equal(of(0.2, 0.59), ELIGIBLE);
  assert.equal(of(0.2, 0.61), INELIGIBLE);
  assert.equal(of(0.1, 1), ELIGIBLE);
  assert.equal(of(0.2, 0.6), NEEDS_RUN, "the last digit may differ");
});

test("parts of units that lie over each other are not added up", () => {
  assert.equal(judge(run(), "central", { min_public_land: 0.2 }, parcel({ ...CENTRAL, land_unit: NaN, central_rest_lo: NaN, central_rest_hi: NaN, central_rest_expected: NaN }), partsOf([[]], BY_PARTS)), NEEDS_RUN);
  assert.equal(judge(run(), "central", { min_public_land: 0.2 }, parcel({ ...CENTRAL, land_unit: NaN, central_rest_lo: NaN, in_did_lo: 0, in_did_hi: 0 }), partsOf([[]], BY_PARTS)), INELIGIBLE);
});

test("an area whose ratio is expected may make a parcel prospective", () => {
  const hopeful = run({ expects: new Set(["public_land"]) });
  assert.equal(judge(hopeful, "central", { min_public_land: 0.3 }, parcel(CENTRAL), NO_PARTS), NEEDS_RUN);
  assert.equal(judge(hopeful, "central", { min_public_land: 0.3 }, parcel({ ...CENTRAL, central_rest_expected: 0.4 }), NO_PARTS), INELIGIBLE);
});

test("a parcel wholly in reach before and after keeps its status; one that is cut by the circle needs a run", () => {
  assert.equal(judge(run(), "central", { station_radius_m: 500 }, parcel(CENTRAL)), ELIGIBLE);
  assert.equal(judge(run(), "central", { station_radius_m: 420 }, parcel(CENTRAL)), NEEDS_RUN);
  assert.equal(judge(run(), "central", { station_radius_m: 399.9 }, parcel(CENTRAL)), INELIGIBLE);
  assert.equal(judge(run(), "central", { station_radius_m: 400.005 }, parcel(CENTRAL)), NEEDS_RUN, "within the circle's own error");
});

test("a stop of unknown service within reach leaves open what a shorter radius gives", () => {
  const open = run({ stops: [...SOMEWHERE, stop("bus", 138.001, 35, 0, Infinity)] });
  const here = parcel({ ...CENTRAL, any_stop_m: 90, lon: 138, lat: 35 });
  assert.equal(judge(open, "central", { station_radius_m: 399, stop_radius_m: 100 }, here), NEEDS_RUN);
  assert.equal(judge(open, "central", { station_radius_m: 399, stop_radius_m: 80 }, here), INELIGIBLE);
});

test("a parcel wholly in reach of a stop of unknown service before and after stays open", () => {
  const open = run({ stops: [...SOMEWHERE, stop("rail", 138.001, 35, 0, Infinity)] });
  const near = parcel({ ...CENTRAL, central: 2, central_lo: 0, central_expected: 0, near_frequent_transit_lo: 0, lon: 138, lat: 35, station_m: 4000, any_stop_m: 60 });
  assert.equal(judge(open, "central", { station_radius_m: 300 }, near), UNDETERMINED);
  assert.equal(judge(open, "central", { station_radius_m: 100 }, near), NEEDS_RUN);
  assert.equal(judge(open, "central", { station_radius_m: 50, stop_radius_m: 50 }, near), INELIGIBLE);
});

test("where stops may stand anywhere nothing is out of reach", () => {
  const anywhere = mayBeAnywhere(run());
  assert.equal(judge(anywhere, "central", { station_radius_m: 300 }, parcel(CENTRAL)), UNDETERMINED);
  const open = { ...CENTRAL, central: 2, central_lo: 0, central_expected: 0, near_frequent_transit_lo: 0, station_m: 4000, any_stop_m: 4000 };
  assert(judge(anywhere, "central", { station_radius_m: 300 }, parcel(open)) !== INELIGIBLE);
});

test("other central zones leave local zones open, but where no stop is near", () => {
  const local = {
    local: 0, local_lo: 1, local_hi: 1, local_expected: 1, near_connected_stop_lo: 1, near_connected_stop_hi: 1, near_central_hub_lo: 1,
    near_central_hub_hi: 1, in_urban_zone_lo: 1, in_urban_zone_hi: 1, eligible_municipality_lo: 1, eligible_municipality_hi: 1, any_stop_m: 20, hub_m: 900,
  };
  assert.equal(judge(run(), "local", { min_public_land: 0.2 }, parcel(local)), NEEDS_RUN);
  assert.equal(judge(run(), "local", { min_public_land: 0.2 }, parcel({ ...local, local: 3, local_lo: 0, local_hi: 0, local_expected: 0, any_stop_m: 150 })), INELIGIBLE);
  assert.equal(judge(run(), "local", { hub_radius_m: 950 }, parcel(local)), NEEDS_RUN, "the stop may connect to a zone whose centre is further");
  assert.equal(judge(run(), "local", { hub_radius_m: 5500 }, parcel(local)), ELIGIBLE);
  assert.equal(judge(run(), "local", { hub_radius_m: 950 }, parcel({ ...local, local: 3, local_lo: 0, local_hi: 0, local_expected: 0, hub_m: 2000 })), INELIGIBLE);
});

test("a stop and a centre in reach need not be those of one and the same central zone", () => {
  const between = {
    local: 3, local_lo: 0, local_hi: 0, local_expected: 0, near_connected_stop_lo: 1, near_connected_stop_hi: 1, near_central_hub_lo: 1,
    near_central_hub_hi: 1, in_urban_zone_lo: 1, in_urban_zone_hi: 1, eligible_municipality_lo: 1, eligible_municipality_hi: 1, any_stop_m: 20, hub_m: 4000,
  };
  assert.equal(judge(run(), "local", { hub_radius_m: 9000 }, parcel(between)), NEEDS_RUN);
});

test("a zone that is asked as a whole may lose its pieces where places move", () => {
  const of = run({ zones: [{ ...zone("central", ["in-did", "near-frequent-transit", "enough-public-land"]), whole: true }] });
  assert.equal(judge(of, "central", { station_radius_m: 500 }, parcel(CENTRAL)), NEEDS_RUN);
  assert.equal(judge(of, "central", { station_radius_m: 300, stop_radius_m: 300 }, parcel(CENTRAL)), INELIGIBLE);
  assert.equal(judge(of, "central", { membership: 0.9 }, parcel(CENTRAL)), ELIGIBLE);
});

test("a parcel without geometry stays undetermined", () => {
  assert.equal(judge(run(), "central", { membership: 0 }, parcel({ area_m2: NaN, central: 2 })), UNDETERMINED);
});

test("a waived criterion is not asked", () => {
  const waived = run({ zones: [zone("central", ["in-did", "eligible-municipality"])] });
  assert.equal(judge(waived, "central", { min_public_land: 0.9, station_radius_m: 1 }, parcel({ central: 0 })), ELIGIBLE);
});
