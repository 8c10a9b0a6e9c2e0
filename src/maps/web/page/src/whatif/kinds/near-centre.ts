/** `near-centre`: within a distance of the centre of a zone. */

import { CUT, reach, tell } from "../reach.ts";
import { type Kind, radiiOf } from "./kind.ts";

/** Which centres may come is not in the columns, nor which are expected. */
const MANNER = { same: false, anywhere: false, hopeful: true };

/** See `Kind`. */
export const nearCentre: Kind = {
  columns: ["hub_m", "span_m"],
  grows: true,
  standing: ({ asks }, under) => {
    if (under.elsewhere || under.run.mayLose) return null;
    const centre = reach("hub_m", radiiOf(asks), under);
    return (parcel, out) => tell(centre(parcel), CUT, MANNER, out);
  },
};
