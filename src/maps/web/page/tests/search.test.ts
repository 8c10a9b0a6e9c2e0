// Search: numbers of parcels as people write them, and names.

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Facts } from "../src/data/facts.ts";
import type { Products } from "../src/map/places.ts";
import { merged } from "../src/search/hits.ts";
import { findLots, fits } from "../src/search/lots.ts";
import { findNamed, namedOf } from "../src/search/named.ts";
import { lot, plain } from "../src/search/normal.ts";

const WAYS = ["900-3", "900－3", "９００－３", "900‐3", "900–3", "900−3", "900ー3", "900番3", "900番地3", "900番地の3", "900番の3", "900の3", "900ノ3", "９００番３", " 900 番 3　", "900番地３号"];

test("a number is one in whichever way it is written", () => {
  for (const way of WAYS) assert.equal(lot(way), "900-3", way);
  assert.deepEqual(["900番", "900番地", "900番イ", "甲900番地", "900"].map(lot), ["900", "900", "900-イ", "甲900", "900"]);
  for (const way of ["大字本町字川原二丁目5番1", "本町川原2丁目5-1", "本町 川原 ２丁目５番地１"]) assert.equal(lot(way), "本町川原2-5-1", way);
  assert.deepEqual(["十丁目1", "十二丁目1", "二十一丁目1"].map(lot), ["10-1", "12-1", "21-1"]);
});

test("what is no number stays as it is", () => {
  assert.deepEqual(["センター１", "A-1", "一番町", "番町900", "の", "22212-001-002-0000-00-900-3"].map(lot), ["センター1", "a-1", "一番町", "番町900", "の", "22212-001-002-0000-00-900-3"]);
  assert.deepEqual([plain("Ｓｔａｒ １"), plain("1900番")], ["star1", "1900番"]);
});

const find = (ids: string[], wanted: string, most = 20): string[] => findLots(ids.map(lot), ids, wanted, most).map(({ parcel }) => ids[parcel] ?? "");

test("every way of writing finds every way of writing", () => {
  for (const wanted of WAYS) {
    for (const way of WAYS) assert.deepEqual(find(["9-3", way, "900-31"], wanted), [way, "900-31"], `${wanted} for ${way}`);
  }
});

test("a number is found with its district and without, whole before part", () => {
  const ids = ["大字本町字川原1900番3", "大字本町字川原900番3", "本町900番31", "西町900番3", "900番3"];
  assert.deepEqual(find(ids, "900-3"), ["900番3", "大字本町字川原900番3", "西町900番3", "大字本町字川原1900番3", "本町900番31"]);
  assert.deepEqual(find(ids, "本町川原900-3"), ["大字本町字川原900番3"]);
  assert.deepEqual(find(ids, "本町900の3"), ["大字本町字川原900番3", "本町900番31"]);
  assert.deepEqual(find(ids, "焼津市西町900番地3"), ["西町900番3"]);
  assert.deepEqual(find(["本町2丁目5番1", "本町12丁目5番1"], "2-5-1"), ["本町2丁目5番1", "本町12丁目5番1"]);
  assert.deepEqual(find(["本町2丁目5番1", "本町20番1"], "本町二丁目"), ["本町2丁目5番1"]);
  // As registered parcels are known all over the country.
  assert.deepEqual(find(["22212-001-002-0000-00-900-3", "22212-001-002-0000-00-1900-3"], "900番3")[0], "22212-001-002-0000-00-900-3");
});

test("numbers come whole, then by their beginning, then within; the one written alike first", () => {
  assert.deepEqual(find(["12-1", "2-1", "2-10", "中町2-1", "9"], "２－１"), ["2-1", "中町2-1", "2-10", "12-1"]);
  assert.deepEqual(find(["12-1", "2-1", "2-10"], "2‐1", 2), ["2-1", "2-10"]);
  assert.deepEqual(find(["1番2", "1-2"], "1-2"), ["1-2", "1番2"]);
  assert.deepEqual([find(["1"], " "), fits("")("1")], [[], 99]);
});

const facts = {
  zones: [{ id: "central", ja: "中心拠点区域", en: "central hub zone" }],
  statuses: [{ id: "eligible", ja: "該当", en: "eligible", colour: "#000000" }],
  criteria: [],
  inputs: [{ layer: "facilities", ja: "施設", en: "facilities", files: [], note: null }],
} as unknown as Facts;
const features = (all: object[]): object => ({ type: "FeatureCollection", features: all.map((properties) => ({ type: "Feature", properties, geometry: null })) });
const products = {
  stops: features([{ name: "焼津", kind: "rail", stop_ids: null, lines: ["東海道線"] }, { name: "焼津港", kind: "bus", stop_ids: ["S7"], lines: [] }, { name: null, kind: "bus", lines: null }]),
  facilities: features([{ name: "ひかりの丘", kind: "デイサービス", number: 12 }]),
  zones: features([{ id: "central-1", zone: "central", status: "eligible", area_ha: 12.34 }]),
} as unknown as Products;

test("stations, stops, facilities and candidate zones are found by their names and ids", () => {
  const all = namedOf(facts, products, "ja", () => true);
  const names = (wanted: string): string[] => findNamed(all, wanted, 6).map(({ named }) => `${named.kind} ${named.name}`);
  assert.deepEqual(names("焼津"), ["鉄道駅 焼津", "バス停 焼津港"]);
  assert.deepEqual(names("焼津駅"), ["鉄道駅 焼津"]);
  assert.deepEqual(names("焼津港バス停"), ["バス停 焼津港"]);
  assert.deepEqual([names("Ｓ７"), names("ﾋｶﾘの丘"), names("ひかり"), names("12")], [["バス停 焼津港"], [], ["施設 ひかりの丘"], ["施設 ひかりの丘"]]);
  assert.deepEqual([names("中心拠点"), names("central-1")], [["候補区域 中心拠点区域 central-1"], ["候補区域 中心拠点区域 central-1"]]);
  assert.deepEqual(findNamed(all, "焼津", 1).map(({ named }) => named.name), ["焼津"]);
  assert.deepEqual(findNamed(namedOf(facts, products, "en", () => false), "central", 6), []);
});

test("of hits that fit alike, a number gives parcels first and a name gives them last", () => {
  const all = namedOf(facts, products, "ja", () => true);
  const kinds = (wanted: string, ids: string[]): string[] =>
    merged(findLots(ids.map(lot), ids, wanted, 20), findNamed(all, wanted, 6), wanted, 3).map((hit) => ("parcel" in hit ? (ids[hit.parcel] ?? "") : hit.named.name));
  assert.deepEqual(kinds("１２", ["12", "12-1"]), ["12", "ひかりの丘", "12-1"]);
  assert.deepEqual(kinds("焼津", ["焼津1", "焼津2"]), ["焼津", "焼津港", "焼津1"]);
  assert.deepEqual(kinds("焼津港", ["焼津港", "焼津港2"]), ["焼津港", "焼津港", "焼津港2"]);
});
