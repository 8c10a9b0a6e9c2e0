import assert from "node:assert/strict";
import { test } from "node:test";

import type { Spot } from "../src/drawn/ground.ts";
import { setsOf } from "../src/joined/joinable.ts";
import { edgesOf, sharedBorder } from "../src/joined/touching.ts";

const box = (x: number, y: number, width: number, height: number): Spot[] => [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
const shared = (one: Spot[], other: Spot[]): number => sharedBorder(edgesOf(one), edgesOf(other));

test("a border counts as far as both run along it, and a corner is none", () => {
  assert.equal(shared(box(0, 0, 10, 10), box(10, 4, 5, 20)), 6);
  // What was rounded to steps of 12 cm lies a little apart or over one another.
  assert.equal(shared(box(0, 0, 10, 10), box(10.12, 0, 5, 10)), 10);
  assert(shared(box(0, 0, 10, 10), box(9.9, 0, 5, 10)) >= 10);
  assert.equal(shared(box(0, 0, 10, 10), box(10, 10, 5, 5)), 0);
  assert.equal(shared(box(0, 0, 10, 10), box(10.5, 0, 5, 10)), 0, "a strip lies between");
});

test("sets are ones that are enough, then twos of which none can be left out, the smallest first", () => {
  const part = (id: string, area: number): { id: string; area: number } => ({ id, area });
  const sets = setsOf([part("a", 120), part("b", 60), part("c", 100), part("d", 45), part("e", 30)], 100);
  assert.deepEqual(sets.map((set) => set.map(({ id }) => id).join("+")), ["c", "a", "b+d"]);
  assert.deepEqual(setsOf([part("a", 10)], 100), []);
});
