/** Keeps the numbers of drawn zones: worked out once for each, and anew where statuses are other ones. */

import { type Sums, sumsOf, type SumSource } from "./sums.ts";
import type { DrawnZone } from "./zone.ts";

/** By what numbers are kept: a zone of another name has the same. */
type Polygons = DrawnZone["polygons"];

/** The numbers by zone. */
export class KeptSums {
  private known = new WeakMap<Polygons, Promise<Sums | null>>();
  private there = new WeakMap<Polygons, Sums>();
  private turn = 0;

  constructor(
    private readonly source: SumSource,
    private readonly wanted: (zone: DrawnZone) => boolean,
    private readonly changed: () => void,
    private readonly failed: (why: string) => void,
  ) {}

  /** The numbers of a zone; `null` while they are worked out, after which `changed` is called. */
  of(zone: DrawnZone): Sums | null {
    void this.whenThere(zone);
    return this.there.get(zone.polygons) ?? null;
  }

  /** The numbers of a zone once they are there; `null` where nobody wants them any more. */
  whenThere(zone: DrawnZone): Promise<Sums | null> {
    const had = this.known.get(zone.polygons);
    if (had) return had;
    const { turn } = this;
    const stop = (): boolean => turn !== this.turn || !this.wanted(zone);
    const made = sumsOf(zone, this.source, stop).then((sums) => {
      if (turn !== this.turn) return sums;
      if (sums) this.there.set(zone.polygons, sums);
      else this.known.delete(zone.polygons);
      this.changed();
      return sums;
    }, (error: unknown) => {
      this.failed(error instanceof Error ? error.message : String(error));
      return null;
    });
    this.known.set(zone.polygons, made);
    return made;
  }

  /** Forgets them all: statuses are other ones. */
  forget(): void {
    this.turn++;
    this.known = new WeakMap();
    this.there = new WeakMap();
  }
}
