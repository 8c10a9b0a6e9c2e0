/** The tiles: a PMTiles archive, in the page itself or beside it. */

import { PMTiles, type RangeResponse, type Source } from "pmtiles";

import { gunzip } from "./bytes.ts";

/** An archive whose bytes are all here. */
class InMemory implements Source {
  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {}

  getKey(): string {
    return "kyoten";
  }

  getBytes(offset: number, length: number): Promise<RangeResponse> {
    const from = this.bytes.byteOffset + offset;
    return Promise.resolve({ data: this.bytes.buffer.slice(from, from + length) });
  }
}

/** Opens the archive in `bytes`, or the one at an address, which is then read by range requests. */
export function openArchive(from: Uint8Array<ArrayBuffer> | string): PMTiles {
  const source = typeof from === "string" ? from : new InMemory(from);
  const unpack = (bytes: ArrayBuffer, compression: number): Promise<ArrayBuffer> =>
    Promise.resolve(compression === 2 ? gunzip(new Uint8Array(bytes)).buffer : bytes);
  return new PMTiles(source, undefined, unpack);
}
