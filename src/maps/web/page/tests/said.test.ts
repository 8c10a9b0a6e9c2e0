import assert from "node:assert/strict";
import { test } from "node:test";

import type { Facts, Notice } from "../src/data/facts.ts";
import { inputName, layerName, noticeWords, said } from "../src/said.ts";

const NOTICE: Notice = {
  layer: "stops",
  severity: "mended",
  what: "stops were without a name",
  what_ja: "名称のない停留所があります。",
  advice: "add one",
  advice_ja: "名称を加えてください。",
  count: 1200,
  examples: ["row 7", "row 8"],
  examples_ja: ["7行目", "8行目"],
};

const FACTS = {
  criteria: [{ layers: [{ id: "stops", ja: "バス停留所", en: "bus stops" }, { id: "did", ja: "人口集中地区" }] }],
  inputs: [{ layer: "parcels", ja: "筆・敷地" }, { layer: "gtfs", ja: null }],
  severities: { mended: { ja: "補修", en: "mended" } },
} as unknown as Facts;

test("a notice is told in the reader's language", () => {
  assert.deepEqual(noticeWords(NOTICE, FACTS, "en"), { severity: "mended", what: "1,200 stops were without a name", advice: "add one", examples: "row 7 · row 8" });
  assert.deepEqual(noticeWords(NOTICE, FACTS, "ja"), { severity: "補修", what: "名称のない停留所があります。（1,200件）", advice: "名称を加えてください。", examples: "7行目 · 8行目" });
});

test("what has no Japanese is told in English", () => {
  const { what_ja, advice_ja, examples_ja, ...notice } = { ...NOTICE, what_ja: "" };
  assert.deepEqual([what_ja, advice_ja?.length, examples_ja?.length], ["", 11, 2]);
  assert.deepEqual(noticeWords({ ...notice, severity: "odd" }, FACTS, "ja"), { severity: "odd", what: "1,200 stops were without a name", advice: "add one", examples: "row 7 · row 8" });
  assert.equal(said("ja", "a", undefined), "a");
  assert.equal(said("ja", null, null), null);
});

test("layers have their names, and in English their keys where they have none", () => {
  const names = (["ja", "en"] as const).map((language) => ["stops", "prospective.did", "parcels", "gtfs"].map((layer) => layerName(FACTS, layer, language)));
  assert.deepEqual(names, [["バス停留所", "人口集中地区", "筆・敷地", "gtfs"], ["bus stops", "prospective.did", "parcels", "gtfs"]]);
  assert.equal(inputName({ layer: "prospective.did", ja: "人口集中地区" }, "ja"), "人口集中地区（見込み）");
  assert.equal(inputName({ layer: "scenario.stops", ja: "バス停留所" }, "ja"), "バス停留所（想定）");
  assert.equal(inputName({ layer: "scenario.stops", ja: "バス停留所", en: "bus stops" }, "en"), "bus stops (what-if)");
  assert.equal(inputName({ layer: "gtfs", ja: null }, "ja"), "gtfs");
  assert.equal(inputName({ layer: "did", ja: "人口集中地区" }, "en"), "did");
});
