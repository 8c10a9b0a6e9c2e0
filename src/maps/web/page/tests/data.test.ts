import assert from "node:assert/strict";
import { test } from "node:test";

import { gzipSync, strToU8 } from "fflate";
import { PbfReader, PbfWriter } from "pbf";

import { fromAddress, toAddress } from "../src/address.ts";
import { fromBase64 } from "../src/data/bytes.ts";
import { readCodes } from "../src/data/codes.ts";
import { Columns } from "../src/data/columns.ts";
import type { Facts } from "../src/data/facts.ts";
import type { DrawnZone } from "../src/drawn/zone.ts";
import { inUnit, percent, percents } from "../src/format.ts";
import { recolour } from "../src/map/recolour.ts";
import { parcelSwitch, placeSwitch } from "../src/map/switches.ts";
import { folderOnDisk } from "../src/ui/messages.ts";
import { scaleDenominator } from "../src/ui/printing.ts";

function block(width: number, base: number, ...rest: number[]): Uint8Array {
  const bytes = new Uint8Array(9 + rest.length);
  bytes[0] = width;
  new DataView(bytes.buffer).setFloat64(1, base, true);
  bytes.set(rest, 9);
  return bytes;
}

function read(bytes: Uint8Array, rows: number, scale: number): number[] {
  const out = new Float64Array(rows);
  readCodes(bytes, rows, scale, out, 0);
  return [...out];
}

test("codes of every width are numbers, and 0 is null", () => {
  assert.deepEqual(read(block(1, 500, 0, 1, 255), 3, 1000), [NaN, 0.5, 0.754]);
  assert.deepEqual(read(block(2, -1, 1, 0, 0, 1), 2, 1), [-1, 254]);
  assert.deepEqual(read(block(4, 0, 1, 0, 0, 1), 1, 1), [2 ** 24]);
  assert.deepEqual(read(block(8, 0, 1, 0, 0, 0, 1, 0, 0, 0), 1, 1), [2 ** 32]);
  assert.deepEqual(read(block(0, 7, 0), 2, 1), [NaN, NaN]);
  assert.deepEqual(read(block(0, 150000, 1), 2, 1e6), [0.15, 0.15]);
});

test("columns are read block by block", async () => {
  const blocks = [gzipSync(block(1, 3, 1, 0)), gzipSync(block(0, 1, 1)), gzipSync(strToU8('["a","b"]')), gzipSync(strToU8('["c"]'))];
  let at = 0;
  const spans = blocks.map(({ length }) => [(at += length) - length, length] as [number, number]);
  const bytes = new Uint8Array(at);
  blocks.forEach((one, index) => bytes.set(one, spans[index]?.[0]));
  const facts = {
    columns: { rows: [2, 1], list: [
      { name: "central", title: "", kind: "status" as const, blocks: spans.slice(0, 2) },
      { name: "id", title: "", kind: "text" as const, blocks: spans.slice(2) },
    ] },
    names: {},
    statuses: ["eligible", "prospective", "undetermined", "ineligible"].map((id) => ({ id, ja: "", en: "", colour: "" })),
  };
  const columns = new Columns(facts, () => Promise.resolve(bytes));
  assert.deepEqual([...(await columns.numbers("central"))], [3, NaN, 1]);
  assert.deepEqual(await columns.values("id"), ["a", "b", "c"]);
  assert.deepEqual([...(await columns.row(2))], [["central", "prospective"], ["id", "c"]]);
});

test("base64 is read with and without the browser's own decoder", () => {
  assert.deepEqual([...fromBase64("AAH/")], [0, 1, 255]);
});

test("tiles get other statuses and keep their geometries", () => {
  const tile = new PbfWriter();
  tile.writeMessage(3, (_: null, layer: PbfWriter) => {
    layer.writeStringField(1, "lots");
    for (const id of [1, 3]) {
      layer.writeMessage(2, (__: null, feature: PbfWriter) => {
        feature.writeVarintField(1, id);
        feature.writePackedVarint(2, [0, 0]);
        feature.writeVarintField(3, 3);
        feature.writePackedVarint(4, [9, id, 2, 15]);
      }, null);
    }
    layer.writeStringField(3, "central");
    layer.writeMessage(4, (__: null, value: PbfWriter) => value.writeVarintField(5, 2), null);
    layer.writeVarintField(5, 8192);
    layer.writeVarintField(15, 2);
  }, null);
  const out = recolour(tile.finish().slice(), ["central", "local"], [Uint8Array.of(1, 0, 4), Uint8Array.of(3, 0, 2)]);
  const found: { id: number; tags: number[]; geometry: number[] }[] = [];
  let extent = 0;
  const keys: string[] = [];
  new PbfReader(out).readFields((tag, _, tilePbf) => {
    if (tag !== 3) return;
    tilePbf.readMessage((field, __: null, layer) => {
      if (field === 5) extent = layer.readVarint();
      if (field === 3) keys.push(layer.readString());
      if (field !== 2) return;
      const feature = { id: 0, tags: [] as number[], geometry: [] as number[] };
      layer.readMessage((inner, ___: null, pbf) => {
        if (inner === 1) feature.id = pbf.readVarint();
        if (inner === 2) feature.tags = pbf.readPackedVarint();
        if (inner === 4) feature.geometry = pbf.readPackedVarint();
      }, null);
      found.push(feature);
    }, null);
  }, null);
  assert.equal(extent, 8192);
  assert.deepEqual(keys, ["central", "local"]);
  assert.deepEqual(found, [
    { id: 1, tags: [0, 1, 1, 3], geometry: [9, 1, 2, 15] },
    { id: 3, tags: [0, 4, 1, 2], geometry: [9, 3, 2, 15] },
  ]);
});

const SQUARE: DrawnZone = { name: "駅前: 1&2", kind: "local", polygons: [[[[138.3, 34.8], [138.31, 34.8], [138.31, 34.8123457], [138.3, 34.81]]]] };

test("an address keeps the choices, and nonsense in it is passed over", () => {
  const facts = { zones: [{ id: "central" }, { id: "local" }], parcels: 9, thresholds: [{ key: "membership", value: 0.5, min: 0, max: 1 }] } as unknown as Facts;
  const view = { zone: 1, language: "en" as const, parcel: 4, switched: new Set(["place.in-did"]), paper: "A3" as const, base: "pale", assumed: { membership: 0.7 }, drawn: [SQUARE], drawnChosen: null };
  const again = fromAddress(toAddress(view, facts, { lon: 138.4, lat: 34.9, zoom: 13 }), facts, "ja");
  assert.deepEqual(again, { view, camera: { lon: 138.4, lat: 34.9, zoom: 13 } });
  const none = fromAddress("#lot=99&zone=x&lang=fr&map=a/b&membership=x&membership_=1&paper=B5&drawn=central:AA:x&drawn=moon:ABCD:x", facts, "ja");
  assert.deepEqual(none, { view: { zone: 0, language: "ja", parcel: null, switched: new Set(), paper: "A4", base: "", assumed: {}, drawn: [], drawnChosen: null }, camera: null });
});

test("a link that was made with an older page opens, and a new one is like it", () => {
  const facts = { zones: [{ id: "central" }, { id: "senior" }], parcels: 9, thresholds: [] } as unknown as Facts;
  const { view } = fromAddress("#zone=senior&lang=ja&lot=5&switch=circles,lots.2,place.in-did", facts, "en");
  assert.deepEqual(view, { zone: 1, language: "ja", parcel: 4, switched: new Set(["circles", parcelSwitch(2), placeSwitch("in-did")]), paper: "A4", base: "", assumed: {}, drawn: [], drawnChosen: null });
  assert.equal(toAddress(view, facts, null), "#zone=senior&lang=ja&lot=5&switch=circles,lots.2,place.in-did");
});

test("the folder of a page that was opened from disk is one that commands take", () => {
  assert.deepEqual(["/C:/runs/x/map.html", "/home/a%20b/map.html", "/map.html", "/%E7%84%BC/50%/map.html"].map(folderOnDisk), ["C:/runs/x", "/home/a b", "/", "/%E7%84%BC/50%"]);
});

test("the scale on paper is that of the library's zooms", () => {
  assert.equal(Math.round(scaleDenominator(0, 0)), 295_829_355);
  assert.equal(Math.round(scaleDenominator(14, 35)), 14_791);
});

test("shares beside nothing and all are not written as these", () => {
  assert.deepEqual([percent(0), percent(1), percent(0.00001), percent(0.99999), percents(0.25, 0.5)], ["0%", "100%", "<0.1%", ">99.9%", "25%–50%"]);
  assert.deepEqual([inUnit(0.15, "share", "ja"), inUnit(1000, "m", "ja"), inUnit(40, "1/ha", "en")], ["15%", "1,000 m", "40 per hectare"]);
});
