/**
 * `window.kyoten`: the page for scripts and tests. The one place that tells what it offers.
 *
 * - `ready`: fulfilled once the map has been drawn with its parcels.
 * - `map`: the MapLibre map.
 * - `select(id)`: chooses the first parcel of exactly this number; tells if there is one. `null` closes the panel.
 * - `selected()`: the number of the chosen parcel, its statuses by zone, and those under what is assumed.
 * - `setZone(id)`, `setLanguage("ja" | "en")`.
 * - `setThreshold(key, value)`: assumes a threshold; fulfilled once all parcels are judged and drawn. The run's own value ends it.
 * - `reset()`: assumes nothing.
 * - `counts()`: parcels by zone and status id, `needs_run` among them, under what is assumed.
 * - `status(index)`: the status ids of a parcel by zone, under what is assumed.
 * - `drawn()`: the drawn zones as GeoJSON.
 * - `sums(index)`: the numbers of a drawn zone.
 * - `timings`: milliseconds since the page was opened, by what was done.
 */

import type { FeatureCollection } from "geojson";
import type { Map } from "maplibre-gl";

import type { Assumption } from "./assumption.ts";
import type { Columns } from "./data/columns.ts";
import type { Facts } from "./data/facts.ts";
import { document } from "./drawn/geojson.ts";
import type { KeptSums } from "./drawn/kept.ts";
import type { Sums } from "./drawn/sums.ts";
import type { Store } from "./state.ts";
import { assume } from "./ui/sliders.ts";

/** The hook. */
export interface Hook {
  ready: Promise<void>;
  map: Map | null;
  select: (id: string | null) => Promise<boolean>;
  selected: () => Promise<{ id: string; statuses: Record<string, string>; assumed: Record<string, string> | null } | null>;
  setZone: (id: string) => void;
  setLanguage: (language: "ja" | "en") => void;
  setThreshold: (key: string, value: number) => Promise<void>;
  reset: () => Promise<void>;
  counts: () => Record<string, Record<string, number>>;
  status: (index: number) => Promise<Record<string, string>>;
  drawn: () => FeatureCollection;
  sums: (index: number) => Promise<Sums | null>;
  timings: Record<string, number>;
}

declare global {
  interface Window {
    kyoten: Hook;
  }
}

/** What the hook is made from. */
export interface Page {
  facts: Facts;
  store: Store;
  columns: Columns;
  numbers: () => Promise<string[]>;
  assumption: Assumption;
  ready: Promise<void>;
  timings: Record<string, number>;
  choose: (parcel: number | null) => void;
  flyTo: (parcel: number) => Promise<void>;
  map: () => Map | null;
  /** Fulfilled once the last outcome has been drawn. */
  redrawn: () => Promise<void>;
  sums: KeptSums;
}

/** Makes the hook. */
export function makeHook(page: Page): Hook {
  const { facts, store, columns, assumption } = page;
  const byZone = <T>(of: (zone: number, id: string) => T): Record<string, T> => Object.fromEntries(facts.zones.map(({ id }, zone) => [id, of(zone, id)]));
  const own = async (parcel: number): Promise<Record<string, string>> =>
    Object.fromEntries(await Promise.all(facts.zones.map(async ({ id }) => [id, String(await columns.cell(id, parcel))] as const)));
  const assumed = (parcel: number): Record<string, string> | null => {
    const { outcome } = assumption;
    return outcome && byZone((zone) => assumption.statusId(outcome.statuses[zone]?.[parcel] ?? 0));
  };
  const follow = async (next: Readonly<Record<string, number>>): Promise<void> => {
    store.set({ assumed: next });
    await assumption.settled;
    await page.redrawn();
  };
  return {
    ready: page.ready,
    get map() {
      return page.map();
    },
    select: async (id) => {
      const parcel = id === null ? null : (await page.numbers()).indexOf(id);
      if (parcel === -1) return false;
      if (parcel === null) page.choose(null);
      else await page.flyTo(parcel);
      return true;
    },
    selected: async () => {
      const { parcel } = store.view;
      if (parcel === null) return null;
      return { id: String(await columns.cell("kyoten_id", parcel)), statuses: await own(parcel), assumed: assumed(parcel) };
    },
    setZone: (id) => store.set({ zone: Math.max(0, facts.zones.findIndex((zone) => zone.id === id)) }),
    setLanguage: (language) => store.set({ language }),
    setThreshold: (key, value) => follow(assume(facts, store.view.assumed, key, value)),
    reset: () => follow({}),
    counts: () => byZone((zone) => Object.fromEntries(assumption.counts(zone).map(({ parcels }, code) => [assumption.statusId(code), parcels]))),
    status: async (parcel) => assumed(parcel) ?? (await own(parcel)),
    drawn: () => document(store.view.drawn),
    sums: async (index) => {
      const zone = store.view.drawn[index];
      return zone ? page.sums.whenThere(zone) : null;
    },
    timings: page.timings,
  };
}
