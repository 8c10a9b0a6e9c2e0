/** `near-stops`: near a station or stop, of enough service or of any, as is asked of each mode. */

import type { Mode, Near, OfMode } from "../../data/facts.ts";
import { CUT, IN, OUT, reach, tell } from "../reach.ts";
import { type Kind, keys, type Under } from "./kind.ts";
import { anyColumns, beyond, counting, modesOf, noneNear, tellsAll, type Test, within } from "./stops.ts";

/** See `Kind`. */
export const nearStops: Kind = {
  columns: (one, run) => [...one.near.map(({ column }) => column), ...anyColumns(modesOf(one), run), "span_m", "lon", "lat"],
  ways: ({ stops = null }) => {
    const asked = Object.values(stops ?? {}).filter((of) => of !== null);
    return { radii: keys(...asked.map((of) => of.within)), demands: keys(...asked.map((of) => of.at_least)) };
  },
  standing: (one, under) => {
    const { asks, near, anywhere } = one;
    const modes = new Map(modesOf(one).flatMap((mode) => (asks.stops?.[mode] ? [[mode, ofMode(mode, asks.stops[mode], under)] as const] : [])));
    const nearest = near.map((entry) => ofColumn(entry, modes, under));
    const all = [...modes].map(([mode, of]) => ({ ...of, column: nearest[near.findIndex((entry) => entry.modes?.includes(mode))] }));
    const same = !anywhere && all.every(({ isOpen }) => !isOpen);
    const manner = { same, anywhere, hopeful: false };
    return (parcel, out) => {
      const isOut = ({ column, isOut, isFar }: (typeof all)[number]): boolean => column?.isOut(parcel) === true || isOut(parcel) || isFar(parcel);
      const isIn = nearest.some(({ isIn }) => isIn(parcel)) || all.some(({ isIn }) => isIn(parcel));
      const sure = isIn ? IN : all.every(isOut) ? OUT : CUT;
      const mayBe = (): number => {
        if (all.some(({ mayBeIn }) => mayBeIn(parcel))) return IN;
        return !anywhere && all.every((of) => of.isFar(parcel) || (!of.isOpen && isOut(of))) ? OUT : CUT;
      };
      return tell(sure, same || sure === IN ? sure : mayBe(), manner, out);
    };
  },
};

/** What stops of a mode tell. */
interface OfStops {
  asked: OfMode;
  /** How the number that is asked of their service differs from the run's: less, as much, more. */
  step: number;
  /** Whether of some nobody knows if they count. */
  isOpen: boolean;
  /** Near one that counts. */
  isIn: Test;
  /** Out of reach of all that count for certain. */
  isOut: Test;
  /** Near one that may count. */
  mayBeIn: Test;
  /** Out of reach of all that may count. */
  isFar: Test;
}

function ofMode(mode: Mode, asked: OfMode, under: Under): OfStops {
  const { thresholds, run } = under;
  const radius = thresholds[asked.within] ?? NaN;
  const { sure, possible } = counting(mode, asked, under);
  const least = asked.at_least ?? "";
  const step = asked.at_least === undefined ? 0 : Math.sign((thresholds[least] ?? NaN) - (run.thresholds[least] ?? NaN));
  const isOpen = asked.at_least !== undefined && (possible.length > sure.length || !tellsAll(under, radius));
  // Where the run asks the same, a column tells more exactly.
  const never: Test = () => false;
  const far = beyond(possible, radius, under);
  const none = noneNear(mode, asked.within, under);
  return {
    asked,
    step,
    isOpen,
    isIn: step === 0 ? never : within(sure, radius, under),
    isOut: step === 0 ? never : beyond(sure, radius, under),
    mayBeIn: isOpen ? within(possible, radius, under) : never,
    isFar: (parcel) => none(parcel) || far(parcel),
  };
}

interface OfColumn {
  isIn: Test;
  isOut: Test;
}

/** What the distance to the nearest tells: where more is asked of a stop fewer count, which are no nearer. */
function ofColumn({ column, modes: own }: Near, modes: ReadonlyMap<Mode, OfStops>, under: Under): OfColumn {
  const those = (own ?? []).flatMap((mode) => modes.get(mode) ?? []);
  const nearest = reach(column, keys(...those.map(({ asked }) => asked.within)), under);
  const [mayBeMore, mayBeFewer] = [those.every(({ step }) => step <= 0), those.every(({ step }) => step >= 0)];
  return {
    isIn: (parcel) => mayBeMore && nearest(parcel) === IN,
    isOut: (parcel) => (mayBeFewer && nearest(parcel) === OUT) || those.every(({ isOut, isFar }) => isOut(parcel) || isFar(parcel)),
  };
}
