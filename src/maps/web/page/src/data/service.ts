/** The service of stations and stops that the rules of the run ask for, as the page shows it. */

import type { TextKey } from "../text.ts";
import { type Facts, type Service, servicesOf } from "./facts.ts";

/** How a service is told. */
export interface ServiceWords {
  /** The columns of the product `stops`, without their ends. */
  stem: string;
  name: TextKey;
  trips: TextKey;
  /** Departures of which one in the peak hour is worth, as circles are drawn. */
  worth: number;
}

const WORDS: Readonly<Record<Service, ServiceWords>> = {
  peak: { stem: "peak_trips", name: "peak", trips: "peak_trips", worth: 1 },
  day: { stem: "daily_trips", name: "daily", trips: "daily_trips", worth: 10 },
  "day-both-directions": { stem: "daily_trips_both", name: "daily_both", trips: "daily_trips", worth: 20 },
};

/** The columns of a service, without their ends. */
export function columnsOf(service: Service): string {
  return WORDS[service].stem;
}

/** What the rules ask, that which is asked first in front; the peak where they ask none. */
export function servicesShown(facts: Facts): [ServiceWords, ...ServiceWords[]] {
  const [first = "peak", ...others] = servicesOf(facts);
  return [WORDS[first], ...others.map((one) => WORDS[one])];
}
