/** `near-stops`: near a station or stop, of enough service in the peak hour or of any. */

import type { Asks } from "../../data/facts.ts";
import { whollyWithin } from "../around.ts";
import { CUT, IN, type Manner, OUT, reach, shortest, type Standing, tell } from "../reach.ts";
import { type Kind, radiiOf, type Under, withinOf } from "./kind.ts";

/** The columns of the nearest station and the nearest stop of enough service. */
const FREQUENT = ["station_m", "stop_m"];

/** The column of the nearest of both, of any service. */
const ANY = "any_stop_m";

/** See `Kind`. */
export const nearStops: Kind = {
  columns: [...FREQUENT, ANY, "span_m", "lon", "lat"],
  grows: true,
  standing: ({ asks, measures }, under) => {
    if (typeof asks.service !== "string") return nearAny(asks, under);
    // Of another service other stops count, and which is not in the columns.
    if (under.thresholds[asks.service] !== under.run.thresholds[asks.service]) return null;
    const decided = FREQUENT.every((wanted) => measures.some(({ column }) => column === wanted));
    return decided ? nearFrequent(asks, under) : nearNone(asks, under);
  },
};

function nearFrequent(asks: Asks, under: Under): Standing {
  const { run, tables } = under;
  const { rail, tram, bus } = withinOf(asks);
  const [ofStations, ofStops] = [[rail], [tram, bus]];
  const [station, stop, any] = [reach("station_m", ofStations, under), reach("stop_m", ofStops, under), reach(ANY, radiiOf(asks), under)];
  const openStation = whollyWithin(run.open.stations, tables, shortest(ofStations, under) - run.slack);
  const openStop = whollyWithin(run.open.stops, tables, shortest(ofStops, under) - run.slack);
  const bounded = run.stopsAnywhere === false;
  // Where the service of every stop is known, what is possible is what is sure.
  const manner = mannerOf(under, !run.openStops && bounded);
  return (parcel, out) => {
    const sure = Math.max(station(parcel), stop(parcel));
    const possible = manner.same || sure === IN ? sure : any(parcel) === OUT && bounded ? OUT : openStation(parcel) || openStop(parcel) ? IN : CUT;
    return tell(sure, possible, manner, out);
  };
}

function nearAny(asks: Asks, under: Under): Standing {
  const any = reach(ANY, radiiOf(asks), under);
  const manner = mannerOf(under, under.run.stopsAnywhere === false);
  return (parcel, out) => {
    const sure = any(parcel);
    return tell(sure, manner.same ? sure : CUT, manner, out);
  };
}

/** Of stops of which only some count: the nearest need not be one of these, but where there is none, none counts. */
export function nearNone(asks: Asks, under: Under): Standing {
  const any = reach(ANY, radiiOf(asks), under);
  const manner = mannerOf(under, false);
  return (parcel, out) => (any(parcel) === OUT && under.run.stopsAnywhere === false ? tell(OUT, OUT, manner, out) : CUT);
}

/** No stop is expected: one that is planned is of a what-if run. */
function mannerOf({ run }: Under, same: boolean): Manner {
  return { same, anywhere: run.stopsAnywhere === true, hopeful: false };
}
