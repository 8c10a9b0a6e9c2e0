/**
 * `window.kyoten`: the page for scripts and tests. The one place that tells what it offers.
 *
 * - `ready`: fulfilled once the map has been drawn with its lots.
 * - `map`: the MapLibre map.
 * - `select(id)`: chooses the lot of this number, as the search would; tells if there is one. `null` closes the panel.
 * - `selected()`: the number of the chosen lot, its statuses by zone, and those under what is assumed.
 * - `setZone(id)`, `setLanguage("ja" | "en")`.
 * - `setThreshold(key, value)`: assumes a threshold; fulfilled once all lots are judged. The run's own value ends it.
 * - `reset()`: assumes nothing.
 * - `counts()`: lots by zone and status id, `needs_run` among them, under what is assumed.
 * - `status(index)`: the status ids of a lot by zone, under what is assumed.
 * - `timings`: milliseconds since the page was opened, by what was done.
 */

import type { Map } from "maplibre-gl";

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
  timings: Record<string, number>;
}

declare global {
  interface Window {
    kyoten: Hook;
  }
}
