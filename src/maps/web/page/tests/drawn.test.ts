import assert from "node:assert/strict";
import { test } from "node:test";

import type { Facts } from "../src/data/facts.ts";
import { decoded, encoded, inAddress } from "../src/drawn/code.ts";
import { document, fileText, readFile } from "../src/drawn/geojson.ts";
import { hectaresOf, signedArea, type Spot } from "../src/drawn/ground.ts";
import { clipped, edgesOf, overlap } from "../src/drawn/overlap.ts";
import { addedCorner, crossesItself, type DrawnZone, movedCorner, nextName, type Place, turning, withoutCorner, withPolygons } from "../src/drawn/zone.ts";
import { explainCommand, quoted } from "../src/ui/command.ts";

const FACTS = { zones: [{ id: "core", ja: "中心", en: "core zone" }, { id: "edge", ja: "周辺", en: "edge zone" }], project: "kyoten.toml" } as unknown as Facts;

const SHELL: Place[] = [[138.4, 34.9], [138.4, 34.91], [138.41, 34.91], [138.41, 34.9]];
const HOLE: Place[] = [[138.402, 34.902], [138.404, 34.902], [138.404, 34.904]];
const ZONE = withPolygons({ name: "駅前: 1 & 2", kind: "edge", polygons: [] }, [[SHELL, HOLE], [[[139, 35], [139.01, 35], [139, 35.01]]]]);

function square(x: number, y: number, side: number): Spot[] {
  return [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
}

test("areas are those of the ellipsoid, not of the map", () => {
  const quarter: DrawnZone = { name: "", kind: "", polygons: [[[[0, -90], [90, -90], [90, 90], [0, 90]]]] };
  // A quarter of the surface of GRS80, 510,065,621.7 km².
  assert(Math.abs(hectaresOf(quarter) / 12_751_640_542 - 1) < 1e-9, String(hectaresOf(quarter)));
});

test("what two shapes have in common is right for holes, corners that look inward and shapes apart", () => {
  const [one, other] = [edgesOf([square(0, 0, 10)]), edgesOf([square(5, 5, 10)])];
  assert.equal(overlap(one, other), 25);
  assert.equal(overlap(one, edgesOf([square(20, 0, 5)])), 0);
  const holed = edgesOf([square(0, 0, 10), square(4, 4, 4).reverse()]);
  assert.equal(overlap(holed, other), 25 - 9);
  const inward = edgesOf([[[0, 0], [10, 0], [10, 10], [5, 2], [0, 10]]]);
  assert(Math.abs(overlap(inward, one) - (100 - 40)) < 1e-9);
  assert(Math.abs(overlap(edgesOf([[[0, 0], [10, 0], [0, 10]]]), edgesOf([[[0, 0], [10, 0], [10, 10]]])) - 25) < 1e-9);
});

test("what is cut by a box keeps its area within", () => {
  const cut = clipped([[[-5, 5], [5, -5], [15, 5], [5, 15]]], [0, 0], [10, 10]);
  assert.equal(signedArea(cut), 100);
  assert.deepEqual(clipped([square(20, 20, 3)], [0, 0], [10, 10]), []);
});

test("shells turn left and holes right, whatever way they were drawn", () => {
  assert.deepEqual(ZONE.polygons.map((rings) => rings.map((ring) => turning(ring) > 0)), [[true, false], [true]]);
  const [first] = document([ZONE]).features;
  assert(first?.geometry.type === "MultiPolygon");
  for (const ring of first.geometry.coordinates.flat()) assert.deepEqual(ring[0], ring.at(-1));
});

test("a zone comes back from its address and its file as it was", () => {
  assert.deepEqual(decoded(encoded(ZONE), ["core", "edge"]), ZONE);
  assert.deepEqual(readFile(fileText([ZONE, ZONE]), FACTS, String), { zones: [ZONE, ZONE], left: [] });
  for (const text of ["", "edge", "edge::x", "edge:AA:x", "edge:é:x", "moon:AAAAAA:x", `edge:${"-".repeat(99)}:x`]) assert.equal(decoded(text, ["core", "edge"]), null, text);
});

test("an address that would be too long has none of the zones, and says so", () => {
  const many = Array.from({ length: 3000 }, (_, index): Place => [138 + Math.cos(index / 500) / 10, 35 + Math.sin(index / 500) / 10]);
  assert.deepEqual(inAddress([withPolygons(ZONE, [[many]])]), { texts: [], all: false });
  assert(inAddress([ZONE]).all);
});

test("a file says why it cannot be taken, and what of it is left out", () => {
  const file = (properties: object, coordinates: unknown, more: object = {}): string =>
    JSON.stringify({ type: "FeatureCollection", features: [{ type: "Feature", properties, geometry: { type: "Polygon", coordinates } }, { type: "Feature", properties: {}, geometry: null }], ...more });
  const read = (text: string): ReturnType<typeof readFile> => readFile(text, FACTS, (number) => `no. ${number}`);
  const closed = [[...SHELL, SHELL[0]]];
  assert.deepEqual(read("{"), { why: "file_no_json" });
  assert.deepEqual(read("[]"), { why: "file_no_geojson" });
  assert.deepEqual(read(file({}, [[]])), { why: "file_no_polygon" });
  assert.deepEqual(read(file({ zone: "moon" }, closed)), { why: "file_no_kind", feature: 1, word: "moon" });
  assert.deepEqual(read(file({}, [[[-8000, 1], [1, 1], [2, 2]]])), { why: "file_no_degrees" });
  assert.deepEqual(read(file({}, closed, { crs: { properties: { name: "urn:ogc:def:crs:EPSG::6676" } } })), { why: "file_no_degrees" });
  const named = read(file({ 区域: "周辺", 名称: "駅前" }, closed, { crs: { properties: { name: "urn:ogc:def:crs:OGC:1.3:CRS84" } } }));
  assert("zones" in named);
  assert.deepEqual([named.zones[0]?.kind, named.zones[0]?.name, named.left], ["edge", "駅前", [2]]);
  const blank = read(file({ name: " " }, closed));
  assert.deepEqual("zones" in blank && [blank.zones[0]?.kind, blank.zones[0]?.name], ["core", "no. 1"]);
});

test("corners are moved, added and taken away, and an outline that crosses itself is known", () => {
  const at = { polygon: 0, ring: 0, corner: 1 };
  const ring = (zone: DrawnZone): readonly Place[] => zone.polygons[0]?.[0] ?? [];
  assert.deepEqual(ring(movedCorner(ZONE, at, [1, 2]))[1], [1, 2]);
  assert.deepEqual(ring(addedCorner(ZONE, at, [1, 2]))[2], [1, 2]);
  assert.equal(ring(withoutCorner(ZONE, at)).length, 3);
  assert.equal(ring(withoutCorner(withoutCorner(ZONE, at), at)).length, 3);
  assert.equal(crossesItself(ZONE), false);
  assert.equal(crossesItself({ ...ZONE, polygons: [[[[0, 0], [1, 1], [1, 0], [0, 1]]]] }), true);
  assert.equal(nextName("区域", [{ ...ZONE, name: "区域2" }]), "区域3");
});

test("a command stands as a shell takes it", () => {
  assert.deepEqual(["12-3", "大町1番2", "a b", "it's", "$x", "-1", ""].map(quoted), ["12-3", "大町1番2", "'a b'", "'it'\\''s'", "'$x'", "'-1'", "''"]);
  assert.equal(explainCommand(FACTS, "12-3", null), "kyoten explain kyoten.toml 12-3");
  assert.equal(explainCommand(FACTS, "-1", 7), "kyoten explain kyoten.toml -- '-1@7'");
});
