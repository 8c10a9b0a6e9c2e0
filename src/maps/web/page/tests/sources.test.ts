import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { CRITERIA, run, ZONES } from "./run.ts";

test("no source names a criterion: the page knows kinds, and takes the criteria from the facts of the run", () => {
  const sources = readdirSync("src", { recursive: true }).filter((name) => name.endsWith(".ts"));
  assert(sources.length > 50, `${sources.length} sources`);
  const named = sources.flatMap((source) => {
    const text = readFileSync(`src/${source}`, "utf8");
    const names = Object.keys(CRITERIA).filter((id) => new RegExp(`\\b(${id}|${id.replaceAll("-", "_")}(_(lo|hi|expected))?)\\b`).test(text));
    return names.map((id) => `${source}: ${id}`);
  });
  assert.deepEqual(named, []);
});

test("no source names a zone, a threshold but the membership, or the distance to a station or stop: rule sets give them", () => {
  const thresholds = Object.keys(run().thresholds).filter((key) => key !== "membership");
  const words = [...thresholds, "station_m", "stop_m", "any_stop_m", "hub_m", "senior_site", "saikochiku"].map((word) => new RegExp(`\\b${word}\\b`));
  const quoted = Object.keys(ZONES).map((zone) => new RegExp(`["'\`]${zone}["'\`]`));
  const sources = readdirSync("src", { recursive: true }).filter((name) => name.endsWith(".ts"));
  const named = sources.flatMap((source) => {
    const text = readFileSync(`src/${source}`, "utf8");
    return [...words, ...quoted].filter((word) => word.test(text)).map((word) => `${source}: ${word.source}`);
  });
  assert.deepEqual(named, []);
});
