/** Finding parcels by their number: as it is, without what stands before it, as a beginning, anywhere. */

import { lot, plain } from "./normal.ts";

/** What is looked for, or a number of a parcel: the district before the number, and the number with all that belongs to it. */
interface Parted {
  district: string;
  number: string;
}

/** How well something fits; the smaller the better. */
export const NONE = 99;

/** Parts a text that is written as it is compared. */
function parted(text: string): Parted {
  const number = /[甲乙丙丁]?\d+(?:-[\dイロハニホヘト甲乙丙丁]+)*$/.exec(text)?.[0] ?? "";
  return { district: text.slice(0, text.length - number.length), number };
}

const isDigit = (text: string, at: number): boolean => /\d/.test(text.charAt(at));

/**
 * Of what is looked for, a function that tells how well the number of a parcel fits, as it is compared; `NONE` where it does not.
 * 0: it is the same. 1: only its beginning is left out: 900-3 of 本町900-3. 2: the same with a part of its district: 町900-3. 3: more was
 * said than the parcel has: 焼津市本町900-3 of 本町900-3. 4: it goes on behind another sign than a digit. 5: it begins so. 6: it holds it.
 */
export function fits(wanted: string): (number: string) => number {
  const query = lot(wanted);
  if (query === "") return () => NONE;
  const asked = parted(query);
  return (number) => {
    if (number === query) return 0;
    const from = number.length - query.length;
    if (from > 0 && number.endsWith(query)) return isDigit(query, 0) && isDigit(number, from - 1) ? 6 : 1;
    if (asked.district !== "" && asked.number !== "" && number.endsWith(asked.number)) {
      const own = parted(number);
      if (own.number === asked.number && own.district.includes(asked.district)) return 2;
      if (own.number === asked.number && own.district !== "" && asked.district.endsWith(own.district)) return 3;
    }
    if (number.startsWith(query)) return isDigit(query, query.length - 1) && isDigit(number, query.length) ? 5 : 4;
    return number.includes(query) ? 6 : NONE;
  };
}

/** A parcel that was found, and how well it fits. */
export interface FoundLot {
  parcel: number;
  fit: number;
}

/** The parcels whose number fits, best first and then in the order of the input, at most `most`. `numbers` are as `lot` writes them, and `shown` as they are. */
export function findLots(numbers: readonly string[], shown: readonly string[], wanted: string, most: number): FoundLot[] {
  const fit = fits(wanted);
  const literal = plain(wanted);
  const lists: number[][] = Array.from({ length: 8 }, () => []);
  for (let parcel = 0; parcel < numbers.length; parcel++) {
    const found = fit(numbers[parcel] ?? "");
    if (found === NONE) continue;
    // Two numbers may be compared alike and be written in two ways: first the one that is written as it was asked for.
    const list = lists[found === 0 && plain(shown[parcel] ?? "") === literal ? 0 : found + 1];
    if (list && list.length < most) list.push(parcel);
  }
  return lists.flatMap((parcels, at) => parcels.map((parcel) => ({ parcel, fit: Math.max(0, at - 1) }))).slice(0, most);
}
