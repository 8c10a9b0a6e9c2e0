/** `parcel-area`: the parcel is large enough. */

import type { Kind } from "./kind.ts";

/** See `Kind`. */
export const parcelArea: Kind = {
  columns: () => ["area_m2"],
  answer: ({ at_least: least = "" }, [area = NaN], { thresholds }) => {
    if (Number.isNaN(area)) return "unknown";
    return area >= (thresholds[least] ?? 0) ? "yes" : "no";
  },
};
