/** `clear-of`: far enough from every facility of the planned kind. */

import type { Kind } from "./kind.ts";

/** The distances to the nearest facility that is of the planned kind, and to the nearest that may be. */
export const SAME_KIND: readonly string[] = ["same_kind_facility_m", "maybe_same_kind_facility_m"];

/** See `Kind`. */
export const clearOf: Kind = {
  columns: () => ["area_m2", ...SAME_KIND],
  answer: ({ at_least: least = "" }, [area = NaN, ofKind = NaN, maybeOfKind = NaN], { thresholds, facilitiesKnown, unplacedSameKind }) => {
    if (!facilitiesKnown || Number.isNaN(area)) return "unknown";
    const spacing = thresholds[least] ?? 0;
    // Of a kind that there is none of, none is near. The run compares what the columns tell.
    const far = (distance: number): boolean => Number.isNaN(distance) || distance >= spacing;
    if (!far(ofKind)) return "no";
    return far(maybeOfKind) && !unplacedSameKind ? "yes" : "unknown";
  },
};
