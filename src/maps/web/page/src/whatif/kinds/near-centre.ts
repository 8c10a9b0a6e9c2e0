/** `near-centre`: within a distance of the centre of a zone. */

import { CUT, reach, tell } from "../reach.ts";
import { type Kind, keys } from "./kind.ts";

/** Which centres may come is not in the columns, nor which are expected. */
const MANNER = { same: false, anywhere: false, hopeful: true };

/** See `Kind`. */
export const nearCentre: Kind = {
  columns: ({ near }) => [...near.map(({ column }) => column), "span_m"],
  ways: ({ within }) => ({ radii: keys(within) }),
  standing: ({ asks, near: [nearest] }, under) => {
    if (under.elsewhere || under.run.mayLose || !nearest) return null;
    const centre = reach(nearest.column, keys(asks.within), under);
    return (parcel, out) => tell(centre(parcel), CUT, MANNER, out);
  },
};
