import assert from "node:assert/strict";
import { test } from "node:test";

import { ELIGIBLE, INELIGIBLE, NEEDS_RUN, PROSPECTIVE, UNDETERMINED } from "../src/data/facts.ts";
import { clearOf } from "../src/whatif/kinds/clear-of.ts";
import { parcelArea } from "../src/whatif/kinds/parcel-area.ts";
import { allOf, type Answer, reaches, settled } from "../src/whatif/rules.ts";

/** The status of known shares: as `src/verdicts/mod.rs` tests it. */
function of(lo: number, expected: number, hi: number, answer: Answer = "yes"): number {
  return settled(Float64Array.of(lo, lo, hi, hi, expected, expected), 0.5, answer);
}

test("any share above nothing reaches a membership of nothing", () => {
  assert(reaches(0.5, 0.5) && reaches(0.000001, 0));
  assert(!reaches(0, 0) && !reaches(0.499999, 0.5));
});

test("known shares have the status of the run", () => {
  assert.equal(of(0.5, 0.5, 0.9), ELIGIBLE);
  assert.equal(of(0.4, 0.4, 0.5), UNDETERMINED);
  assert.equal(of(0.4, 0.4, 0.49), INELIGIBLE);
  assert.equal(of(0.4, 0.6, 0.4), PROSPECTIVE);
  assert.equal(of(0.4, 0.6, 0.9), PROSPECTIVE);
});

test("a parcel that may be unfit is never eligible", () => {
  assert.equal(of(1, 1, 1, "unknown"), UNDETERMINED);
  assert.equal(of(1, 1, 1, "no"), INELIGIBLE);
  assert.equal(of(1, 1, 1, "unsettled"), NEEDS_RUN);
  assert.equal(of(0, 0, 0, "unsettled"), INELIGIBLE);
});

test("whatever lies within the bounds has the status that is told", () => {
  const steps = [0, 0.3, 0.5, 0.7, 1];
  for (const l0 of steps) for (const l1 of steps) for (const h0 of steps) for (const h1 of steps) for (const e0 of steps) for (const e1 of steps) {
    if (l0 > l1 || h0 > h1 || e0 > e1) continue;
    const told = settled(Float64Array.of(l0, l1, h0, h1, e0, e1), 0.5, "yes");
    if (told === NEEDS_RUN) continue;
    for (const lo of [l0, l1]) for (const hi of [h0, h1]) for (const expected of [e0, e1]) assert.equal(of(lo, expected, hi), told);
  }
});

test("a share that is not there may be any", () => {
  assert.equal(settled(Float64Array.of(NaN, NaN, 1, 1, 1, 1), 0.5, "yes"), NEEDS_RUN);
});

test("questions about the parcel are answered as the run answers them", () => {
  const known = { thresholds: { facility_spacing_m: 700, min_site_m2: 300 }, facilitiesKnown: true, unplacedSameKind: false };
  const clear = (sameKind: number, maybeSameKind: number, more = {}): Answer | undefined =>
    clearOf.answer?.({ at_least: "facility_spacing_m" }, [500, sameKind, maybeSameKind], { ...known, ...more });
  assert.equal(clear(NaN, NaN), "yes");
  assert.equal(clear(690, NaN), "no");
  assert.equal(clear(699.999, NaN), "no");
  assert.equal(clear(700, NaN), "yes");
  assert.equal(clear(800, 600), "unknown");
  assert.equal(clear(800, 800, { unplacedSameKind: true }), "unknown");
  assert.equal(clear(10, 800, { unplacedSameKind: true }), "no");
  assert.equal(clear(800, 800, { facilitiesKnown: false }), "unknown");
  const large = (area: number): Answer | undefined => parcelArea.answer?.({ at_least: "min_site_m2" }, [area], known);
  assert.equal(large(300), "yes");
  assert.equal(large(299.999), "no");
  assert.equal(large(NaN), "unknown");
});

test("one question that fails settles a parcel, one that is open leaves it open", () => {
  assert.equal(allOf(["yes", "no", "unknown"]), "no");
  assert.equal(allOf(["yes", "unknown"]), "unknown");
  assert.equal(allOf(["unknown", "unsettled"]), "unsettled");
  assert.equal(allOf([]), "yes");
});
