/** What the reader of the page has chosen, and who wants to hear of it. */

import type { DrawnZone } from "./drawn/zone.ts";

/** The languages of the page. */
export type Language = "ja" | "en";

/** Sizes of paper, lying across. */
export const PAPERS = ["A4", "A3"] as const;
export type Paper = (typeof PAPERS)[number];

/** All choices. */
export interface View {
  /** The index of the zone in the list of zones. */
  zone: number;
  language: Language;
  /** The chosen parcel: its index. */
  parcel: number | null;
  /** Switches of the legend that are not as they are at first. */
  switched: ReadonlySet<string>;
  /** The size of the paper to print on. */
  paper: Paper;
  /** The background: none, or one of GSI's. */
  base: string;
  /** Thresholds that are off the run's value. */
  assumed: Readonly<Record<string, number>>;
  /** The zones that the reader has drawn, and which of them is being worked on: its index. */
  drawn: readonly DrawnZone[];
  drawnChosen: number | null;
}

type Listener = (view: View, changed: ReadonlySet<keyof View>) => void;

/** Holds the choices and tells of changes. */
export class Store {
  private listeners: { keys: (keyof View)[]; listener: Listener }[] = [];

  constructor(private current: View) {}

  /** The choices as they are now. */
  get view(): View {
    return this.current;
  }

  /** Changes some of them and tells everyone who listens to one that is really another now. */
  set(patch: Partial<View>): void {
    const before = this.current;
    this.current = { ...before, ...patch };
    const keys = Object.keys(patch) as (keyof View)[];
    const changed = new Set(keys.filter((key) => before[key] !== this.current[key]));
    if (changed.size === 0) return;
    for (const { keys: wanted, listener } of this.listeners) {
      if (wanted.some((key) => changed.has(key))) listener(this.current, changed);
    }
  }

  /** Calls `listener` now, and whenever one of `keys` changes. */
  watch(keys: (keyof View)[], listener: Listener): void {
    this.listeners.push({ keys, listener });
    listener(this.current, new Set(keys));
  }
}
