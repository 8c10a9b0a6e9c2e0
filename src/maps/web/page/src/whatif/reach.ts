/** Where parcels stand to a place that is made of circles, before and after these have another radius. */

import { put } from "./bounds.ts";
import type { Under } from "./kinds/kind.ts";

/** Where a parcel stands to circles: wholly out, cut or not known, wholly in. */
export const OUT = -1;
export const CUT = 0;
export const IN = 1;

/** Wholly in what is possible, and wholly out of what is sure and what is expected. */
export const OPEN = 2;

/**
 * How a parcel stands to the place of a criterion under some thresholds: wholly `IN` what is sure, wholly `OUT` of what is
 * possible and of what is expected, `OPEN`, else `CUT`. What follows for its shares is written to `out` where it is given.
 */
export type Standing = (parcel: number, out: Float64Array | null) => number;

/** The longest of some radii, metres. */
export function longest(radii: readonly string[], { thresholds }: Under): number {
  return Math.max(...radii.map((key) => thresholds[key] ?? NaN));
}

/** The shortest of some radii, metres. */
export function shortest(radii: readonly string[], { thresholds }: Under): number {
  return Math.min(...radii.map((key) => thresholds[key] ?? NaN));
}

/**
 * Where a parcel stands to the circle around the nearest of some things, whose radius is one of several; what is not there
 * at all is out of reach.
 */
export function reach(column: string, radii: readonly string[], under: Under): (parcel: number) => number {
  const { run, tables } = under;
  const [distance, span] = [tables(column), tables("span_m")];
  if (!distance) return () => CUT;
  const [inner, outer] = [shortest(radii, under) - run.slack, longest(radii, under) + run.slack];
  return (parcel) => {
    const near = distance[parcel] ?? NaN;
    if (Number.isNaN(near) || near > outer) return OUT;
    return span && near + (span[parcel] ?? NaN) <= inner ? IN : CUT;
  };
}

/** What a standing to what is sure means for what is possible and what is expected. */
export interface Manner {
  /** Whether what is possible is what is sure. */
  same: boolean;
  /** Whether all is possible, because something that counts may be anywhere. */
  anywhere: boolean;
  /** Whether what is expected may reach further than what is sure. */
  hopeful: boolean;
}

/** Sums up a parcel's standing to what is sure and what is possible, and writes what follows. */
export function tell(sure: number, possible: number, { same, anywhere, hopeful }: Manner, out: Float64Array | null): number {
  if (sure === IN) {
    out?.fill(1);
    return IN;
  }
  const all = possible === IN || anywhere;
  const hopeless = sure === OUT && !hopeful;
  if (out) {
    if (sure === OUT) put(out, 0, 0, 0);
    if (same) put(out, 2, out[0] ?? 0, out[1] ?? 1);
    else if (all) put(out, 2, 1, 1);
    else if (possible === OUT) put(out, 2, 0, 0);
    if (hopeless) put(out, 4, 0, 0);
  }
  if (!hopeless) return CUT;
  if (possible === OUT) return OUT;
  return all && !same ? OPEN : CUT;
}
