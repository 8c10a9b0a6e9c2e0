/**
 * Bounds of three shares of a parcel: what is sure, what is possible, what is sure with expectations. Six numbers: least
 * and most of each, in this order.
 */

/** Nothing is known. */
export function anything(out: Float64Array): void {
  for (let at = 0; at < 6; at += 2) {
    out[at] = 0;
    out[at + 1] = 1;
  }
}

/** One of the three is known. */
export function put(out: Float64Array, which: 0 | 2 | 4, least: number, most: number): void {
  out[which] = least;
  out[which + 1] = most;
}

/** No less than `floor`. */
export function raise(out: Float64Array, which: number, floor: number): void {
  if ((out[which] ?? 0) < floor) out[which] = floor;
  if ((out[which + 1] ?? 1) < floor) out[which + 1] = floor;
}

/** No more than `ceiling`. */
export function lower(out: Float64Array, which: number, ceiling: number): void {
  if ((out[which + 1] ?? 1) > ceiling) out[which + 1] = ceiling;
  if ((out[which] ?? 0) > ceiling) out[which] = ceiling;
}

/** What holds among the three: what is sure is possible, and expected unless expectations may take something away. */
export function tidy(out: Float64Array, mayLose: boolean): void {
  lower(out, 0, mayLose ? (out[3] ?? 1) : Math.min(out[3] ?? 1, out[5] ?? 1));
  raise(out, 2, out[0] ?? 0);
  if (!mayLose) raise(out, 4, out[0] ?? 0);
}
