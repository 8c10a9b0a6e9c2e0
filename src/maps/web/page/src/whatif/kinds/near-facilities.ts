/** `near-facilities`: within a distance of a facility. */

import { CUT, reach, tell } from "../reach.ts";
import { type Kind, keys } from "./kind.ts";

/** See `Kind`. Of those that only may count, the columns tell nothing. */
export const nearFacilities: Kind = {
  columns: ({ near }) => [...near.map(({ column }) => column), "span_m"],
  ways: ({ within }) => ({ radii: keys(within) }),
  standing: ({ asks, near: [nearest], anywhere, doubtful }, under) => {
    if (!nearest) return null;
    const facility = reach(nearest.column, keys(asks.within), under);
    // Nobody may expect a facility.
    const manner = { same: !anywhere && !doubtful, anywhere, hopeful: false };
    return (parcel, out) => {
      const sure = facility(parcel);
      return tell(sure, manner.same ? sure : CUT, manner, out);
    };
  },
};
