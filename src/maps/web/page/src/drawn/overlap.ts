/**
 * How much two shapes have in common, without cutting one by the other.
 *
 * Above every edge that goes left lies the outside, above every one that goes right the inside. So a shape is the sum of the strips below
 * its edges, with the sign of their direction, and what two shapes have in common is the sum, over all pairs of edges, of what the
 * strips below both have in common: an integral of the lower of two straight lines. It holds for any rings that do not cross, holes among them.
 */

import type { Spot } from "./ground.ts";

type Rings = readonly (readonly Spot[])[];

interface Edge {
  /** From left to right. */
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  sign: number;
}

/** The edges of rings that are not upright. */
export function edgesOf(rings: Rings): Edge[] {
  return rings.flatMap((ring) =>
    ring.flatMap(([x0, y0], index) => {
      const [x1, y1] = ring[(index + 1) % ring.length] ?? [x0, y0];
      if (x0 === x1) return [];
      return [x0 < x1 ? { x0, y0, x1, y1, sign: -1 } : { x0: x1, y0: y1, x1: x0, y1: y0, sign: 1 }];
    }));
}

/** The area that two shapes have in common; negative where their rings turn in opposite ways. */
export function overlap(one: readonly Edge[], other: readonly Edge[]): number {
  let sum = 0;
  for (const a of one) {
    for (const b of other) {
      const [left, right] = [Math.max(a.x0, b.x0), Math.min(a.x1, b.x1)];
      if (left < right) sum += a.sign * b.sign * belowBoth(a, b, left, right);
    }
  }
  return sum;
}

function at({ x0, y0, x1, y1 }: Edge, x: number): number {
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** The integral of the lower of two lines. */
function belowBoth(a: Edge, b: Edge, left: number, right: number): number {
  const [a0, a1, b0, b1] = [at(a, left), at(a, right), at(b, left), at(b, right)];
  const [before, after] = [a0 - b0, a1 - b1];
  const [low0, low1] = [Math.min(a0, b0), Math.min(a1, b1)];
  if (before * after >= 0) return ((low0 + low1) / 2) * (right - left);
  // They cross.
  const part = before / (before - after);
  const middle = a0 + part * (a1 - a0);
  return (right - left) * (((low0 + middle) / 2) * part + ((middle + low1) / 2) * (1 - part));
}

/** The part of rings within a box, each cut at one side after the other; what hangs together along the box has no area. */
export function clipped(rings: Rings, low: Spot, high: Spot): Spot[][] {
  const sides = [[0, low[0], 1], [1, low[1], 1], [0, high[0], -1], [1, high[1], -1]] as const;
  return rings.map((ring) => sides.reduce((rest: readonly Spot[], side) => cut(rest, side), ring) as Spot[]).filter(({ length }) => length > 2);
}

/** Sutherland and Hodgman, Reentrant Polygon Clipping, 1974. */
function cut(ring: readonly Spot[], [axis, limit, inward]: readonly [0 | 1, number, number]): readonly Spot[] {
  const isIn = (spot: Spot): boolean => (spot[axis] - limit) * inward >= 0;
  if (ring.every(isIn)) return ring;
  return ring.flatMap((to, index) => {
    const from = ring[(index + ring.length - 1) % ring.length] ?? to;
    const there = isIn(to) ? [to] : [];
    if (isIn(from) === isIn(to)) return there;
    const part = (limit - from[axis]) / (to[axis] - from[axis]);
    const other = from[1 - axis]! + part * (to[1 - axis]! - from[1 - axis]!);
    return [axis === 0 ? ([limit, other] as const) : ([other, limit] as const), ...there];
  });
}
