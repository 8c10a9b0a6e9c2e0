import assert from "node:assert/strict";
import { test } from "node:test";

import { fromAddress } from "../src/address.ts";
import { ELIGIBLE, type Facts, INELIGIBLE, NEEDS_RUN, spacing, UNDETERMINED } from "../src/data/facts.ts";
import { servicesShown } from "../src/data/service.ts";
import { filled } from "../src/format.ts";
import { Lazy } from "../src/map/places.ts";
import { isWeak } from "../src/map/standing.ts";
import { isOn, placeSwitch } from "../src/map/switches.ts";
import { Store } from "../src/state.ts";
import { goneFrom } from "../src/ui/banner.ts";
import { fillLegend } from "../src/ui/legend.ts";
import { noteOf } from "../src/ui/notes.ts";
import { fillPanel } from "../src/ui/panel.ts";
import { assume, fillSliders, rangeOf } from "../src/ui/sliders.ts";
import { why } from "../src/ui/why.ts";
import { type Gone, goneUnder } from "../src/whatif/gone.ts";
import { runOf } from "../src/whatif/run.ts";
import { FakeNode, fakeRoot } from "./dom.ts";
import { ownFacts, ownStops } from "./own_rules.ts";
import { judge, parcel } from "./run.ts";

type Cells = Record<string, number>;

/** A parcel of 400 m² wholly in all of these. */
function wholly(...columns: string[]): Cells {
  return Object.fromEntries([...columns.flatMap((column) => [[`${column}_lo`, 1], [`${column}_hi`, 1]]), ["lon", 138], ["lat", 35]]) as Cells;
}

/** Of the zone, shares in it as well. */
function inZone(id: string, share = 1): Cells {
  return { [id]: share > 0 ? ELIGIBLE : INELIGIBLE, [`${id}_lo`]: share, [`${id}_hi`]: share, [`${id}_expected`]: share };
}

/** 200 m and 600 m from a station of 40 trains a day. */
const STATIONS = ownStops(["rail", 0.0022, 40, 80], ["rail", 0.0066, 60, 120], ["bus", 0.001, 40, 80]);
const HOUSED = { ...inZone("housing"), ...wholly("by_rail", "by_clinic", "out_of_flood"), eki_m: 185, by_clinic_m: 100 };

function judged(zone: string, assumed: Cells, cells: Cells, stops = STATIONS, facts = ownFacts()): number {
  return judge(runOf(facts, stops), zone, assumed, parcel({ housing: INELIGIBLE, core: INELIGIBLE, ...cells }));
}

test("service of the day is judged by the stations of the product, and only by stations where these alone count", () => {
  const of = (assumed: Cells, stops = STATIONS): number => judged("housing", assumed, HOUSED, stops);
  assert.equal(of({ trips_day: 20 }), ELIGIBLE, "less is asked");
  assert.equal(of({ trips_day: 40 }), ELIGIBLE);
  assert.equal(of({ trips_day: 50 }), ELIGIBLE, "by the station that is further");
  assert.equal(of({ trips_day: 50, rail_walk: 400 }), INELIGIBLE);
  assert.equal(of({ trips_day: 50, rail_walk: 600 }), NEEDS_RUN, "its circle cuts the parcel");
  assert.equal(of({ trips_day: 70 }), INELIGIBLE, "a bus stop next to it does not count");
  assert.equal(of({ trips_day: 70 }, ownStops(["rail", 0.0022, null, null])), UNDETERMINED, "of a service that nobody knows");
});

test("a group is met by any of its criteria", () => {
  const of = (assumed: Cells, more: Cells): number => judged("housing", assumed, { ...HOUSED, ...more });
  assert.equal(of({ clinic_walk: 50 }, {}), INELIGIBLE);
  assert.equal(of({ clinic_walk: 50 }, { in_centre_lo: 1, in_centre_hi: 1 }), ELIGIBLE, "the other still holds");
  assert.equal(of({ clinic_walk: 110 }, {}), NEEDS_RUN, "the circle cuts the parcel");
  assert.equal(of({ clinic_walk: 50 }, { in_centre_lo: 0.7, in_centre_hi: 0.7 }), ELIGIBLE, "the other holds for most of it");
  assert.equal(of({ clinic_walk: 50 }, { in_centre_lo: 0.4, in_centre_hi: 0.4 }), INELIGIBLE);
  const none = { ...inZone("housing", 0), by_clinic_lo: 0.3, by_clinic_hi: 0.3, in_centre_lo: 0.3, in_centre_hi: 0.3, by_clinic_m: 480 };
  assert.equal(of({ clinic_walk: 510 }, none), NEEDS_RUN, "together they may hold for enough");
  assert.equal(of({ clinic_walk: 490 }, none), INELIGIBLE, "it cannot hold more than it did");
  assert.equal(of({ clinic_walk: 900 }, { ...inZone("housing", 0), by_clinic_lo: 0, by_clinic_hi: 0, by_clinic_m: 800 }), ELIGIBLE, "a longer way");
  assert.equal(of({ clinic_walk: 900 }, { ...inZone("housing", 0), by_clinic_lo: 0, by_clinic_hi: 0, by_clinic_m: 800, out_of_flood_lo: 0, out_of_flood_hi: 0 }), INELIGIBLE);
});

test("of facilities that may count or stand anywhere no more is told than is known", () => {
  const facts = (more: Partial<Facts["criteria"][number]>): Facts => {
    const own = ownFacts();
    return { ...own, criteria: own.criteria.map((one) => (one.id === "by-clinic" ? { ...one, ...more } : one)) };
  };
  const of = (more: Partial<Facts["criteria"][number]>): number => judged("housing", { clinic_walk: 50 }, HOUSED, STATIONS, facts(more));
  assert.equal(of({ doubtful: true }), NEEDS_RUN);
  assert.equal(of({ anywhere: true }), UNDETERMINED);
});

test("a group of a place or of units of a zone whose parts are not told, with a question about the site", () => {
  const cells = { ...inZone("core"), ...wholly("by_bus"), dense_lo: 0, dense_hi: 0, people_unit: 1, basutei_m: 90 };
  const of = (assumed: Cells, more: Cells = {}): number => judged("core", assumed, { ...cells, ...more });
  assert.equal(of({ people: 60 }), ELIGIBLE, "the bus still serves");
  assert.equal(of({ site: 500 }), INELIGIBLE);
  assert.equal(of({ trips_both: 80 }), ELIGIBLE);
  assert.equal(of({ trips_both: 81 }), INELIGIBLE);
  assert.equal(of({ trips_both: 81 }, { dense_lo: 1, dense_hi: 1 }), ELIGIBLE);
  assert.equal(of({ trips_both: 81, people: 15 }), NEEDS_RUN, "which parts reach less is not told");
});

test("where one of a group is waived none of it is asked", () => {
  assert.equal(judged("housing", { clinic_walk: 50 }, HOUSED, STATIONS, ownFacts("in-centre")), ELIGIBLE);
  const row = new Map<string, number | string>(Object.entries({ ...HOUSED, housing: "ineligible", by_rail_hi: 0, by_rail_lo: 0, by_clinic_lo: 0, by_clinic_hi: 0 }));
  assert.equal(why(ownFacts("in-centre"), row, 0, "en"), "Not met: criterion by-rail");
});

test("every threshold has a slider, those of the chosen zone first", () => {
  const facts = ownFacts();
  const { view } = fromAddress("#zone=core", facts, "ja");
  const order = (zone: number): string[] => {
    const { root, seen } = fakeRoot();
    fillSliders(root, facts, new Store({ ...view, zone }));
    return seen.all().flatMap(({ dataset }) => dataset["threshold"] ?? []);
  };
  assert.deepEqual(order(0), ["membership", "rail_walk", "trips_day", "clinic_walk", "bus_walk", "trips_both", "people", "site"]);
  assert.deepEqual(order(1), ["membership", "bus_walk", "trips_both", "people", "site", "rail_walk", "trips_day", "clinic_walk"]);
  assert.deepEqual(assume(facts, {}, "trips_day", 12), { trips_day: 12 });
  const ranges = facts.thresholds.map((one) => rangeOf(one, "ja")).map(({ max, step, suffix }) => [max, step, suffix]);
  assert.deepEqual(ranges, [[100, 1, "%"], [1000, 10, "m"], [200, 2, "本/日"], [200, 2, "/ha"], [1000, 10, "m²"], [3000, 20, "m"], [100, 1, "本/日"], [2000, 20, "m"]]);
  assert.equal(rangeOf({ key: "", ja: "", en: "", unit: "m", value: 0, default: 0, min: 0, max: 1e5 }, "en").max, 1000);
  assert.equal(filled("{trips_day}", facts, "ja"), "30本/日");
});

const NOTHING_GONE: Gone = { zones: new Set(), criteria: new Set(), circles: false };

test("under a what-if the legend and the banner say what was taken off the map", () => {
  const facts = ownFacts();
  const run = runOf(facts, STATIONS);
  const { view } = fromAddress("#switch=place.by-rail", facts, "ja");
  const zones = { type: "FeatureCollection" as const, features: [{ type: "Feature" as const, properties: { zone: "housing", status: "eligible", area_ha: 1.5, parcels: 7 }, geometry: { type: "Point" as const, coordinates: [0, 0] } }] };
  const products = { zones, places: Object.assign(new Lazy("places"), { given: true }), stops: STATIONS, facilities: null, set: null, circles: new Lazy("circles") };
  const told = (assumed: Record<string, number>): { legend: string; banner: string[] } => {
    const gone = goneUnder(facts, run, assumed);
    const { root, seen } = fakeRoot();
    fillLegend(root, { facts, store: new Store({ ...view, assumed }), added: { sites: null, survey: null, assessed: null }, counts: () => [], gone, showZone: () => undefined, products });
    return { legend: seen.text, banner: goneFrom({ facts, products, view: { ...view, assumed }, gone }) };
  };
  const [none, elsewhere, inside] = [told({}), told({ rail_walk: 500 }), told({ membership: 0.9 })];
  assert(none.legend.includes("1.5 ha") && none.legend.includes("7筆"), none.legend);
  assert.deepEqual(none.banner, []);
  assert(!elsewhere.legend.includes("1.5 ha") && elsewhere.legend.includes("再計算するまで分からない") && elsewhere.legend.includes("要再計算のため表示しません"), elsewhere.legend);
  assert.deepEqual(elsewhere.banner, ["候補区域の輪郭と面積（housing区域）", "「by-railの条件」の範囲"]);
  // The share that is asked of a parcel moves no outline, but how many parcels lie in it.
  assert(inside.legend.includes("1.5 ha") && !inside.legend.includes("7筆") && inside.legend.includes("輪郭と面積は変わりません"), inside.legend);
  assert.deepEqual(inside.banner, []);
});

test("a stop is weak by the number that is asked under the what-if", () => {
  const facts = ownFacts();
  const station = (frequent: string, hi: number | null): Record<string, unknown> => ({ kind: "rail", frequent, daily_trips_lo: 0, daily_trips_hi: hi });
  assert.deepEqual([isWeak(station("no", 20), facts, {}), isWeak(station("sure", 40), facts, {})], [true, false]);
  assert.deepEqual([isWeak(station("no", 20), facts, { trips_day: 10 }), isWeak(station("sure", 40), facts, { trips_day: 50 }), isWeak(station("possible", null), facts, { trips_day: 50 })], [false, true, false]);
  assert.equal(isWeak({ ...station("no", 0), kind: "tram" }, facts, { trips_day: 50 }), false);
});

test("what is far beyond all that is asked is not named as the nearest", () => {
  const facts = ownFacts();
  const columns = [{ name: "eki_m", title: "最寄り駅 距離 m", kind: "number" as const, blocks: [] }];
  const panel = (metres: number, language: "ja" | "en"): string => {
    const row = new Map<string, number | string>(Object.entries({ ...HOUSED, kyoten_id: "1-1", area_m2: 400, housing: "ineligible", core: "ineligible", eki: "架空", eki_m: metres }));
    const { root, seen } = fakeRoot();
    fillPanel(root, { facts, columns, row, zone: 0, language, place: null, assumed: null, joinable: null, close: () => undefined, chooseZone: () => undefined });
    return seen.text;
  };
  assert(panel(18_000, "ja").includes("最寄り駅: 架空 18,000 m > 800 m"), panel(18_000, "ja"));
  assert(panel(80_123, "ja").includes("最寄り駅: なし（18 km以内）") && !panel(80_123, "ja").includes("架空 80"));
  assert(panel(80_123, "en").includes("none within 18 km"));
  // The column has it as it was measured.
  assert(panel(80_123, "ja").includes("80123"));
});

test("the legend has the criteria of the zone, and what circles tell", () => {
  const facts = ownFacts();
  const { view } = fromAddress("", facts, "ja");
  const legend = (zone: number): FakeNode => {
    const { root, seen } = fakeRoot();
    const places = Object.assign(new Lazy("places"), { given: true });
    const store = new Store({ ...view, zone });
    fillLegend(root, { facts, store, added: { sites: null, survey: null, assessed: null }, counts: () => [], gone: NOTHING_GONE, showZone: () => undefined, products: { zones: null, places, stops: STATIONS, facilities: null, set: null, circles: new Lazy("circles") } });
    return seen;
  };
  const boxes = (of: FakeNode): string[] => of.all().flatMap(({ tag, dataset }) => (tag === "input" ? (dataset["key"] ?? []) : []));
  const switches = ["by-rail", "out-of-flood", "by-clinic", "in-centre", "by-bus", "dense"].map(placeSwitch);
  assert.deepEqual(boxes(legend(0)).filter((key) => key.startsWith("place.")), switches);
  assert(legend(0).text.includes("1日の運行本数（片道）"));
  assert(boxes(legend(0)).includes("zones") && !boxes(legend(1)).includes("zones"), "a zone that asks about the site has no candidates");
  assert.equal(spacing(facts), null);
  assert.equal(isOn("circles", view, facts), false);
});

test("the panel tells of groups, sources and what could not be read", () => {
  const facts = ownFacts();
  const row = new Map<string, number | string>(Object.entries({ ...HOUSED, kyoten_id: "1-1", area_m2: 400, housing: "ineligible", core: "ineligible", in_centre_lo: 0.3, in_centre_hi: 0.3, by_clinic_lo: 0.3, by_clinic_hi: 0.3, eki: "架空" }));
  const { root, seen } = fakeRoot();
  const columns = [{ name: "eki_m", title: "最寄り駅 距離 m", kind: "number" as const, blocks: [] }];
  fillPanel(root, { facts, columns, row, zone: 0, language: "ja", place: null, assumed: [NEEDS_RUN, ELIGIBLE], joinable: null, close: () => undefined, chooseZone: () => undefined });
  for (const text of ["housing区域", "次のいずれかでよい", "第4章", "立地適正化計画", "原典で確かめていないこと: 電停を含むか", "最寄り駅: 架空 185 m ≤ 800 m", "要再計算"]) assert(seen.text.includes(text), `${text} in ${seen.text}`);
  assert.equal(why(facts, row, 0, "ja"), "条件ごとには適合しますが、すべてを同時に満たす部分が 50% に足りません。");
  const apart = new Map([...row, ["by_clinic_lo", 0.1], ["by_clinic_hi", 0.1]]);
  assert.equal(why(facts, apart, 0, "ja"), "適合しない条件: by-clinicの条件またはin-centreの条件");
});

test("a note on a stop tells the service that is asked of it", () => {
  fakeRoot();
  const products = { zones: null, places: new Lazy("places"), stops: STATIONS, facilities: null, set: null, circles: new Lazy("circles") };
  const note = noteOf("stations-points", 0, { facts: ownFacts(), products, language: "ja", assumed: {}, gone: NOTHING_GONE }) as unknown as FakeNode;
  assert(note.text.includes("1日の運行本数（片道）40本/日") && note.text.includes("1日の運行本数（往復）80本/日"), note.text);
  assert.deepEqual(servicesShown(ownFacts()).map(({ stem }) => stem), ["daily_trips", "daily_trips_both"]);
});
