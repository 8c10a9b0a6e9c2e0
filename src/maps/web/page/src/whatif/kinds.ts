/** The kinds of criteria: what follows for each where a threshold is another one. */

import type { Criterion } from "../data/facts.ts";
import { clearOf } from "./kinds/clear-of.ts";
import { connectedStops } from "./kinds/connected-stops.ts";
import type { Kind } from "./kinds/kind.ts";
import { nearCentre } from "./kinds/near-centre.ts";
import { nearStops } from "./kinds/near-stops.ts";
import { parcelArea } from "./kinds/parcel-area.ts";

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["near-stops", nearStops],
  ["connected-stops", connectedStops],
  ["near-centre", nearCentre],
  ["unit-ratio", { units: "land" }],
  ["unit-density", { units: "people" }],
  ["parcel-area", parcelArea],
  ["clear-of", clearOf],
  // No threshold moves these.
  ["inside", {}],
  // Where an area is expected, nothing is outside it any more.
  ["outside", { mayLose: true }],
  ["municipality", {}],
  // It moves with the zone that it asks for, and nobody knows where to.
  ["inside-zone", {}],
  // The distances to facilities are not in the columns.
  ["near-facilities", {}],
]);

/** One that the page has never heard of. */
const UNHEARD: Kind = { mayLose: true };

/** The kind of a criterion. */
export function kindOf({ kind }: Pick<Criterion, "kind">): Kind {
  return KINDS.get(kind) ?? UNHEARD;
}

/** Whether the page has heard of the kind of a criterion. */
export function isHeardOf({ kind }: Pick<Criterion, "kind">): boolean {
  return KINDS.has(kind);
}
