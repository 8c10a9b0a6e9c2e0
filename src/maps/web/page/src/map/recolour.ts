/**
 * Writes other statuses into the parcels of a vector tile, on its way to the map.
 *
 * Geometries are copied as they are; each feature gets the tags `zone: status` anew from its id. So the style stays a
 * plain comparison of numbers, whatever is assumed.
 */

import { PbfReader, PbfWriter } from "pbf";

/** Field numbers of the Mapbox Vector Tile specification 2.1. */
const TILE_LAYER = 3;
const LAYER = { name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 };
const FEATURE = { id: 1, tags: 2, type: 3, geometry: 4 };
const VALUE_UINT = 5;

/** Keys are zones; a value's index is its status, as there are no other values. */
const STATUSES = 5;

/** The tile with the statuses of `of`: one array a zone, indexed by parcel; ids of features count parcels from 1. */
export function recolour(tile: Uint8Array, zones: readonly string[], of: readonly Uint8Array[]): Uint8Array {
  const reader = new PbfReader(tile);
  const writer = new PbfWriter(new Uint8Array(tile.length + 1024));
  while (reader.pos < reader.length) {
    const tag = reader.readVarint();
    if (tag >> 3 !== TILE_LAYER) {
      reader.skip(tag);
      continue;
    }
    const end = reader.readVarint() + reader.pos;
    writer.writeMessage(TILE_LAYER, (_: null, out: PbfWriter) => layer(reader, end, out, zones, of), null);
    reader.pos = end;
  }
  return writer.finish();
}

function layer(reader: PbfReader, end: number, out: PbfWriter, zones: readonly string[], of: readonly Uint8Array[]): void {
  let extent = 4096;
  const tags = new Array<number>(2 * zones.length);
  while (reader.pos < end) {
    const tag = reader.readVarint();
    switch (tag >> 3) {
      case LAYER.name:
        out.writeStringField(LAYER.name, reader.readString());
        break;
      case LAYER.feature: {
        const featureEnd = reader.readVarint() + reader.pos;
        out.writeMessage(LAYER.feature, (_: null, to: PbfWriter) => feature(reader, featureEnd, to, tags, of), null);
        reader.pos = featureEnd;
        break;
      }
      case LAYER.extent:
        extent = reader.readVarint();
        break;
      default:
        reader.skip(tag);
    }
  }
  for (const zone of zones) out.writeStringField(LAYER.key, zone);
  for (let status = 0; status < STATUSES; status++) {
    out.writeMessage(LAYER.value, (value: number, to: PbfWriter) => to.writeVarintField(VALUE_UINT, value), status);
  }
  out.writeVarintField(LAYER.extent, extent);
  out.writeVarintField(LAYER.version, 2);
}

function feature(reader: PbfReader, end: number, out: PbfWriter, tags: number[], of: readonly Uint8Array[]): void {
  let id = 0;
  let type = 3;
  let geometry: Uint8Array | null = null;
  while (reader.pos < end) {
    const tag = reader.readVarint();
    if (tag >> 3 === FEATURE.id) id = reader.readVarint();
    else if (tag >> 3 === FEATURE.type) type = reader.readVarint();
    else if (tag >> 3 === FEATURE.geometry) geometry = reader.readBytes();
    else reader.skip(tag);
  }
  for (let zone = 0; zone < of.length; zone++) {
    tags[2 * zone] = zone;
    tags[2 * zone + 1] = of[zone]?.[id - 1] ?? 0;
  }
  out.writeVarintField(FEATURE.id, id);
  out.writePackedVarint(FEATURE.tags, tags);
  out.writeVarintField(FEATURE.type, type);
  if (geometry) out.writeBytesField(FEATURE.geometry, geometry);
}
