/** The outlines of parcels, out of a vector tile. */

import { PbfReader } from "pbf";

import type { Place } from "./zone.ts";

/** Field numbers of the Mapbox Vector Tile specification 2.1. */
const TILE_LAYER = 3;
const LAYER = { feature: 2, extent: 5 };
const FEATURE = { id: 1, geometry: 4 };
const CLOSE = 7;

/** A parcel on a tile. */
export interface Outline {
  parcel: number;
  rings: Place[][];
}

/** What stands on a tile. Outlines go a little beyond its border, where the next tile tells them again. */
export function outlines(tile: Uint8Array, [z, x, y]: readonly [number, number, number]): Outline[] {
  const found: Outline[] = [];
  const reader = new PbfReader(tile);
  while (reader.pos < reader.length) {
    const tag = reader.readVarint();
    if (tag >> 3 !== TILE_LAYER) {
      reader.skip(tag);
      continue;
    }
    const end = reader.readVarint() + reader.pos;
    let extent = 4096;
    const features: { id: number; geometry: number[] }[] = [];
    while (reader.pos < end) {
      const field = reader.readVarint();
      if (field >> 3 === LAYER.extent) extent = reader.readVarint();
      else if (field >> 3 === LAYER.feature) features.push(feature(reader));
      else reader.skip(field);
    }
    const side = extent * 2 ** z;
    const place = (across: number, down: number): Place => degrees((x * extent + across) / side, (y * extent + down) / side);
    found.push(...features.map(({ id, geometry }) => ({ parcel: id - 1, rings: rings(geometry, place) })));
  }
  return found;
}

/** The longitude and latitude of a part of the world's width and height. */
export function degrees(across: number, down: number): Place {
  return [across * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * down))) * 180) / Math.PI];
}

function feature(reader: PbfReader): { id: number; geometry: number[] } {
  const end = reader.readVarint() + reader.pos;
  const found = { id: 0, geometry: [] as number[] };
  while (reader.pos < end) {
    const field = reader.readVarint();
    if (field >> 3 === FEATURE.id) found.id = reader.readVarint();
    else if (field >> 3 === FEATURE.geometry) {
      const last = reader.readVarint() + reader.pos;
      while (reader.pos < last) found.geometry.push(reader.readVarint());
    }
    else reader.skip(field);
  }
  return found;
}

/** Rings of commands: a move begins one, lines go on, a closing ends it. */
function rings(commands: readonly number[], place: (across: number, down: number) => Place): Place[][] {
  const all: Place[][] = [];
  let ring: Place[] = [];
  let [across, down] = [0, 0];
  for (let index = 0; index < commands.length; ) {
    const command = commands[index++] ?? 0;
    if ((command & 7) === CLOSE) {
      all.push(ring);
      ring = [];
      continue;
    }
    for (let times = command >> 3; times > 0; times--) {
      across += signed(commands[index++] ?? 0);
      down += signed(commands[index++] ?? 0);
      ring.push(place(across, down));
    }
  }
  return all;
}

function signed(number: number): number {
  return (number >> 1) ^ -(number & 1);
}
