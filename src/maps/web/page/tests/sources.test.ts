import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { CRITERIA } from "./run.ts";

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
