/** The tiles of parcels for the map: out of the archive, with other statuses while something is assumed. */

import { addProtocol } from "maplibre-gl";
import type { PMTiles } from "pmtiles";

import { recolour } from "./recolour.ts";

/** Gives the map its tiles. */
export class ParcelTiles {
  private assumed: readonly Uint8Array[] | null = null;
  private turn = 0;

  constructor(
    private readonly archive: PMTiles,
    private readonly zones: readonly string[],
  ) {
    addProtocol("kyoten", ({ url }, abort) => this.tile(url, abort.signal));
  }

  /** Takes the statuses under what is assumed, by zone and parcel; `null` where nothing is. */
  assume(statuses: readonly Uint8Array[] | null): void {
    if (this.assumed === statuses) return;
    this.assumed = statuses;
    this.turn++;
  }

  /**
   * The address of the tiles, which only this page knows how to read. It is another one for other statuses, because the
   * library keeps what it has cut out of tiles by their address.
   */
  address(): string {
    return `kyoten://parcels/${this.turn}/{z}/{x}/{y}`;
  }

  /** A tile as it is in the archive. */
  async read(z: number, x: number, y: number): Promise<Uint8Array | null> {
    const found = await this.archive.getZxy(z, x, y);
    return found ? new Uint8Array(found.data) : null;
  }

  private async tile(url: string, signal: AbortSignal): Promise<{ data: ArrayBuffer }> {
    const [z, x, y] = url.split("/").slice(-3).map(Number);
    const found = await this.archive.getZxy(z ?? 0, x ?? 0, y ?? 0, signal);
    if (!found) return { data: new ArrayBuffer(0) };
    if (!this.assumed) return { data: found.data };
    const other = recolour(new Uint8Array(found.data), this.zones, this.assumed);
    return { data: other.slice().buffer as ArrayBuffer };
  }
}
