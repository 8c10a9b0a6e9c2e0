/** The kinds of criteria: what follows for each where a threshold is another one. */

import type { Asks, Criterion } from "../data/facts.ts";
import { clearOf } from "./kinds/clear-of.ts";
import { connectedStops } from "./kinds/connected-stops.ts";
import { type Kind, keys, type Ways } from "./kinds/kind.ts";
import { nearCentre } from "./kinds/near-centre.ts";
import { nearFacilities } from "./kinds/near-facilities.ts";
import { nearStops } from "./kinds/near-stops.ts";
import { parcelArea } from "./kinds/parcel-area.ts";

const moreAsked = ({ at_least }: Asks): Ways => ({ demands: keys(at_least) });

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["near-stops", nearStops],
  ["connected-stops", connectedStops],
  ["near-centre", nearCentre],
  ["near-facilities", nearFacilities],
  ["unit-ratio", { units: "land", ways: moreAsked }],
  ["unit-density", { units: "people", ways: moreAsked }],
  ["parcel-area", parcelArea],
  ["clear-of", clearOf],
  // No threshold moves these.
  ["inside", {}],
  // Where an area is expected, nothing is outside it any more.
  ["outside", { mayLose: true }],
  ["municipality", {}],
  // It moves with the zone that it asks for, and nobody knows where to.
  ["inside-zone", {}],
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
