/** `connected-stops`: near a station or stop from which one rides to a zone. */

import { MODES } from "../../data/facts.ts";
import { CUT, OUT, tell } from "../reach.ts";
import { type Kind, keys } from "./kind.ts";
import { anyColumns, noneNear } from "./stops.ts";

const MANNER = { same: false, anywhere: false, hopeful: false };

/** See `Kind`. Which stops connect is not known: the nearest need not, but where there is none, none does. */
export const connectedStops: Kind = {
  columns: (_, run) => [...anyColumns(MODES, run), "span_m", "lon", "lat"],
  ways: ({ within }) => ({ radii: keys(within) }),
  standing: ({ asks: { within = "" }, anywhere }, under) => {
    const none = MODES.map((mode) => noneNear(mode, within, under));
    return (parcel, out) => (!anywhere && none.every((of) => of(parcel)) ? tell(OUT, OUT, MANNER, out) : CUT);
  },
};
