/** What is shown of all that was found: parcels and what has a name, best first. */

import type { FoundLot } from "./lots.ts";
import type { FoundNamed, Named } from "./named.ts";

/** A parcel by its index, or something with a name. */
export type Hit = { parcel: number } | { named: Named };

/** Both in one list, at most `most`. Where they fit alike, parcels come first if a number is looked for or one of exactly that number is there, else last: they are many. */
export function merged(lots: readonly FoundLot[], named: readonly FoundNamed[], wanted: string, most: number): Hit[] {
  const isNumber = /^\d/.test(wanted.normalize("NFKC").trim());
  const hits = [
    ...lots.map(({ parcel, fit }) => ({ hit: { parcel } as Hit, fit, first: isNumber || fit === 0 })),
    ...named.map(({ named: one, fit }) => ({ hit: { named: one } as Hit, fit, first: !isNumber && fit > 0 })),
  ];
  return hits.sort((one, other) => one.fit - other.fit || Number(other.first) - Number(one.first)).slice(0, most).map(({ hit }) => hit);
}
