/** `clear-of`: far enough from every facility of the planned kind. */

import type { Kind } from "./kind.ts";

/** The distances to the nearest facility that is of the planned kind, and to the nearest that may be. */
export const SAME_KIND: readonly string[] = ["same_kind_m", "maybe_same_kind_m"];

/** See `Kind`. */
export const clearOf: Kind = {
  columns: ["area_m2", ...SAME_KIND],
  answer: ({ at_least: least = "" }, [area = NaN, ofKind = NaN, maybeOfKind = NaN], { thresholds, facilitiesKnown, unplacedSameKind, slack }) => {
    if (!facilitiesKnown || Number.isNaN(area)) return "unknown";
    const spacing = thresholds[least] ?? 0;
    const far = (distance: number): boolean | null => {
      // Of a kind that there is none of, none is near.
      if (Number.isNaN(distance)) return true;
      return Math.abs(distance - spacing) < slack ? null : distance >= spacing;
    };
    const same = far(ofKind);
    if (same === false) return "no";
    const maybe = unplacedSameKind ? false : far(maybeOfKind);
    if (same === null || maybe === null) return "unsettled";
    return maybe ? "yes" : "unknown";
  },
};
