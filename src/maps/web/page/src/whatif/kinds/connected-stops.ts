/** `connected-stops`: near a station or stop from which one rides to a zone. */

import type { Kind } from "./kind.ts";
import { nearNone } from "./near-stops.ts";

/** See `Kind`. */
export const connectedStops: Kind = {
  columns: ["any_stop_m", "span_m"],
  grows: true,
  standing: ({ asks }, under) => nearNone(asks, under),
};
