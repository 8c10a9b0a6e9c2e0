import assert from "node:assert/strict";
import { test } from "node:test";

import { ELIGIBLE, type Facts, INELIGIBLE, NEEDS_RUN, type OfMode, UNDETERMINED } from "../src/data/facts.ts";
import { changesOf } from "../src/whatif/changes.ts";
import { partsOf } from "../src/whatif/parts.ts";
import { type Run, runOf } from "../src/whatif/run.ts";
import { anywhere, CRITERIA, FREQUENT, judge, NEAREST, parcel, place, question, run, stop, zone, ZONES } from "./run.ts";

/** A run whose central zone is another one. */
function withCentral(central: Run["zones"][number], more: Partial<Run> = {}): Run {
  return run({ zones: [central, ZONES.local, ZONES.senior, ZONES.senior_site], ...more });
}

/** A parcel wholly in the zone and in everything of these columns. */
function within(id: string, ...columns: string[]): Record<string, number> {
  const ends = [id, ...columns].flatMap((column) => [[`${column}_lo`, 1], [`${column}_hi`, 1]]);
  return { [id]: ELIGIBLE, [`${id}_expected`]: 1, ...Object.fromEntries(ends) };
}

test("a criterion of a kind that nobody has heard of needs a run only once one of its own thresholds moves", () => {
  const unheard = place("in_fog", "foggy", { within: "fog_m", at_least: "min_fog" }, ["fog"]);
  const foggy = withCentral(zone("central", ["in-did"], unheard), { thresholds: { ...run().thresholds, fog_m: 10, min_fog: 1 } });
  const wholly = within("central", "in_did", "in_fog");
  const outOfDid = { ...wholly, central: INELIGIBLE, central_lo: 0, central_hi: 0, central_expected: 0, in_did_lo: 0, in_did_hi: 0 };
  const of = (assumed: Record<string, number>, cells: Record<string, number> = wholly): number => judge(foggy, "central", assumed, parcel(cells));
  assert.equal(of({ station_radius_m: 10, hub_radius_m: 1 }, { ...wholly, central: UNDETERMINED }), UNDETERMINED, "as in the run");
  assert.equal(of({ membership: 0.9 }), ELIGIBLE);
  assert.equal(of({ min_fog: 2 }), NEEDS_RUN);
  assert.equal(of({ fog_m: 20 }), NEEDS_RUN, "whether it grows is not known");
  assert.equal(of({ fog_m: 20 }, outOfDid), INELIGIBLE, "another criterion settles it");
  assert.equal(judge(foggy, "senior", { fog_m: 20 }, parcel({ senior: ELIGIBLE })), ELIGIBLE, "a zone that does not ask for it");
});

test("a question of a kind that nobody has heard of has the run's own answer until its threshold moves", () => {
  const site = zone("senior_site", ["large-enough-site"], question("sunny", { at_least: "min_sun" }));
  const sunny = run({ zones: [site], thresholds: { ...run().thresholds, min_sun: 4 } });
  const of = (assumed: Record<string, number>, status: number): number => judge(sunny, "senior_site", assumed, parcel({ senior_site: status }));
  assert.equal(of({ membership: 0.9 }, UNDETERMINED), UNDETERMINED);
  assert.equal(of({ min_site_m2: 200 }, ELIGIBLE), ELIGIBLE);
  assert.equal(of({ min_site_m2: 500 }, ELIGIBLE), INELIGIBLE);
  assert.equal(of({ min_site_m2: 200 }, INELIGIBLE), NEEDS_RUN, "which of the two failed is not told");
  assert.equal(of({ min_sun: 5 }, ELIGIBLE), NEEDS_RUN);
});

test("where less service is asked no less is near enough; the zones that look at the one that asks for it need a run", () => {
  const central = within("central", "in_did", "near_frequent_transit", "enough_public_land", "eligible_municipality");
  const near = parcel({ ...central, lon: 138, lat: 35, station_m: 10, any_stop_m: 10 });
  assert.equal(judge(run(), "central", { min_peak_trips: 2 }, near), ELIGIBLE);
  const served = (lo: number, hi: number): Run => run({ stops: [stop("rail", 138.0001, 35, lo, hi)] });
  assert.equal(judge(served(5, 5), "central", { min_peak_trips: 5 }, near), ELIGIBLE);
  assert.equal(judge(served(5, 5), "central", { min_peak_trips: 6 }, near), INELIGIBLE);
  const another = run({ stops: [...served(5, 5).stops, stop("rail", 138.0109, 35, 6, 6)] });
  assert.equal(judge(another, "central", { min_peak_trips: 6 }, near), NEEDS_RUN, "the circle of the other cuts the parcel");
  const far: Run = { ...served(5, 5), stopsWithin: 900 };
  assert.equal(judge(far, "central", { min_peak_trips: 6 }, near), NEEDS_RUN, "a stop may be near that is not of the product");
  assert.equal(judge(served(5, 8), "central", { min_peak_trips: 6 }, near), UNDETERMINED);
  const local = within("local", "near_connected_stop", "near_central_hub", "in_urban_zone", "eligible_municipality");
  assert.equal(judge(run(), "local", { min_peak_trips: 2 }, parcel({ ...local, any_stop_m: 20, hub_m: 900 })), NEEDS_RUN);
  assert.equal(judge(run(), "senior", { min_peak_trips: 2 }, parcel({ senior: UNDETERMINED })), UNDETERMINED);
});

test("near facilities of which no column tells a run is needed for a shorter distance", () => {
  const clinics = place("near_clinic", "near-facilities", { within: "clinic_m", layer: "facilities", facility: null }, ["facilities"]);
  const of = withCentral(zone("central", ["in-did"], clinics), { thresholds: { ...run().thresholds, clinic_m: 300 } });
  const cells = parcel(within("central", "in_did", "near_clinic"));
  assert.equal(judge(of, "central", { membership: 0.8 }, cells), ELIGIBLE);
  assert.equal(judge(of, "central", { clinic_m: 900 }, cells), ELIGIBLE);
  assert.equal(judge(of, "central", { clinic_m: 200 }, cells), NEEDS_RUN);
});

test("a zone moves with the zones that it looks at, and two that look at each other come to an end", () => {
  const inside = (id: string): ReturnType<typeof place> => place(`in_${id}`, "inside-zone", { zone: id }, []);
  const chain = run({ zones: [
    zone("first", ["near-stop"], inside("second")),
    zone("second", ["in-did"], inside("first")),
    zone("third", ["in-did"], inside("second")),
    zone("apart", ["in-did"]),
  ] });
  assert.deepEqual([...changesOf(chain, { near_stop_radius_m: 50 }).elsewhere].sort(), ["first", "second", "third"]);
  assert.deepEqual([...changesOf(chain, { stop_radius_m: 50, membership: 1 }).elsewhere], []);
  const third = parcel(within("third", "in_did", "in_second"));
  assert.equal(judge(chain, "third", { near_stop_radius_m: 50 }, third), NEEDS_RUN);
  assert.equal(judge(chain, "third", { stop_radius_m: 50 }, third), ELIGIBLE);
  assert.equal(judge(chain, "third", { near_stop_radius_m: 50 }, parcel({ third: INELIGIBLE, in_second_lo: 1, in_second_hi: 1 })), INELIGIBLE, "not in the other");
});

test("stops of several radii are in reach within the shortest and out of reach beyond the longest", () => {
  const transit = place("near_transit", "near-stops", { stops: { ...FREQUENT, tram: { ...FREQUENT.tram, within: "tram_radius_m" } } }, ["stops"], NEAREST);
  const of = withCentral(zone("central", ["in-did"], transit), { thresholds: { ...run().thresholds, tram_radius_m: 700 } });
  const at = (stop_m: number, assumed: Record<string, number>): number =>
    judge(of, "central", assumed, parcel({ ...within("central", "in_did", "near_transit"), stop_m, any_stop_m: stop_m }));
  assert.equal(at(300, { tram_radius_m: 400 }), ELIGIBLE);
  assert.equal(at(450, { tram_radius_m: 400 }), NEEDS_RUN, "it may be a tram stop or one of buses");
  assert.equal(at(600, { tram_radius_m: 550 }), INELIGIBLE);
});

test("a service that the columns were not made for is told only where there is no stop at all", () => {
  const nightly = (of: OfMode): OfMode => ({ ...of, at_least: "min_night_trips" });
  const stops = { rail: nightly(FREQUENT.rail), tram: nightly(FREQUENT.tram), bus: nightly(FREQUENT.bus) };
  const transit = place("near_transit", "near-stops", { stops }, ["stops"]);
  const of = withCentral(zone("central", ["in-did"], transit), { thresholds: { ...run().thresholds, min_night_trips: 1 } });
  const at = (metres: number): number =>
    judge(of, "central", { station_radius_m: 900, stop_radius_m: 400 }, parcel({ ...within("central", "in_did", "near_transit"), station_m: 10, any_stop_m: metres }));
  assert.equal(at(10), NEEDS_RUN);
  assert.equal(at(1000), INELIGIBLE);
});

test("any zone may have parts by unit, and a zone without needs a run", () => {
  const local = zone("local", ["in-urban-zone", "enough-public-land"]);
  const of = (partsByZone: string[]): Run => run({ zones: [local], partsByZone });
  const tables = parcel({ ...within("local", "in_urban_zone", "enough_public_land"), local_rest_lo: 1, local_rest_hi: 1, local_rest_expected: 1 });
  const parts = partsOf([[[0, null, [0.4, 0.4, 0.4]], [1, null, [0.6, 0.6, 0.6]]]], ["local"]);
  assert.equal(judge(of(["local"]), "local", { min_public_land: 0.18 }, tables, parts), ELIGIBLE);
  assert.equal(judge(of(["local"]), "local", { min_public_land: 0.3 }, tables, parts), INELIGIBLE);
  assert.equal(judge(of([]), "local", { min_public_land: 0.3 }, tables), NEEDS_RUN);
});

test("where expectations may take an area away, what is sure need not be expected", () => {
  const outside = place("out_of_flood", "outside", {}, ["flood"]);
  const hopeful = (mayLose: boolean): Run => anywhere(withCentral(zone("central", ["near-stop"], outside), { expects: new Set(["flood"]), mayLose }));
  // Dry now and near a stop, but expected to be flooded; the shorter radius cuts through the parcel.
  const cells = parcel({ ...within("central", "out_of_flood", "near_stop"), central_expected: 0, any_stop_m: 20 });
  assert.equal(judge(hopeful(true), "central", { near_stop_radius_m: 40 }, cells), NEEDS_RUN);
  assert.equal(judge(hopeful(false), "central", { near_stop_radius_m: 40 }, cells), UNDETERMINED, "what would follow if all that is sure were expected");
  const facts = {
    criteria: [{ id: "dry", waived: null, ...outside }],
    zones: [{ id: "central", all_of: [["dry"], ["unlisted"]], as_a_whole: [], belongs_to: null }],
    thresholds: [], missing: [], expectations: [{ layer: "prospective.flood", note: null }], error_bounds: {}, parts_by_zone: [], units: { land: null, people: null },
  } as unknown as Facts;
  assert.equal(runOf(facts, null).mayLose, true);
  assert.equal(runOf({ ...facts, expectations: [] }, null).mayLose, false);
});

test("the facts of a run are sorted into places and questions, without what is waived", () => {
  const criterion = (id: keyof typeof CRITERIA, waived: string | null = null): object => ({ id, waived, ...CRITERIA[id] });
  const facts = {
    criteria: [criterion("in-did"), criterion("near-stop", "no buses"), criterion("large-enough-site"), criterion("clear-of-same-kind")],
    zones: [{ id: "central", all_of: [["large-enough-site"], ["near-stop"], ["in-did"]], as_a_whole: [], belongs_to: null }],
    thresholds: [{ key: "membership", value: 0.5 }], missing: [], expectations: [], error_bounds: { circle_m: 0.02 }, parts_by_zone: ["central"], units: { land: null, people: null },
  } as unknown as Facts;
  const { zones, partsByZone, thresholds, slack } = runOf(facts, null);
  assert.deepEqual(zones.map(({ id, places, questions }) => [id, places.flat().map(({ column }) => column), questions.flat().map(({ kind }) => kind)]), [["central", ["in_did"], ["parcel-area"]]]);
  assert.deepEqual([partsByZone, thresholds, slack], [["central"], { membership: 0.5 }, 0.0205]);
});
