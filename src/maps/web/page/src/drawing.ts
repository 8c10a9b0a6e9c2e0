/** Drawn zones, put together: the pen on the map, the tab with their numbers, files. */

import type { Map } from "maplibre-gl";

import type { Facts } from "./data/facts.ts";
import { part } from "./dom.ts";
import { KeptSums } from "./drawn/kept.ts";
import type { SumSource } from "./drawn/sums.ts";
import { boxAround } from "./drawn/zone.ts";
import { calm } from "./map/canvas.ts";
import { Pen } from "./map/pen.ts";
import { isOn } from "./map/switches.ts";
import type { Store } from "./state.ts";
import { sayIn } from "./text.ts";
import { fillDrawn } from "./ui/drawn.ts";
import { newName, useDrop } from "./ui/file.ts";
import { warn } from "./ui/messages.ts";
import { fillPen } from "./ui/pen.ts";

/** Drawn zones. */
export class Drawing {
  readonly sums: KeptSums;
  private map: Map | null = null;
  private pen: Pen | null = null;

  constructor(
    private readonly facts: Facts,
    private readonly store: Store,
    source: SumSource,
  ) {
    const isThere = (polygons: unknown): boolean => store.view.drawn.some((one) => one.polygons === polygons);
    this.sums = new KeptSums(source, (zone) => isThere(zone.polygons), () => this.fill(), (why) => warn(sayIn(store.view.language)("parcels_failed", { why })));
    store.watch(["language", "drawn", "drawnChosen"], () => this.fill());
    useDrop(facts, store, (zone) => this.show(zone));
  }

  /** Makes the pen, once the map has its layers. */
  useMap(map: Map): void {
    const { facts, store } = this;
    this.map = map;
    const pen = new Pen(map, {
      store,
      on: () => isOn("drawn", store.view, facts),
      made: () => ({ name: newName(store), kind: this.kind(), polygons: [] }),
      changed: () => fillPen(pen, store),
    });
    this.pen = pen;
    store.watch(["language"], () => fillPen(pen, store));
    this.fill();
  }

  /** Statuses are other ones. */
  judged(): void {
    this.sums.forget();
    this.fill();
  }

  /** Takes a click on the map; tells whether it was meant for the pen. */
  click(event: Parameters<Pen["click"]>[0]): boolean {
    return this.pen?.click(event) ?? false;
  }

  /** What the pointer looks like at a point; `null` where the pen has no say. */
  cursor(point: { x: number; y: number }): string | null {
    return this.pen?.cursor(point) ?? null;
  }

  /** The zone that is shown at the head of the page, where it can be drawn; else the first that can. */
  private kind(): string {
    const { facts, store } = this;
    const now = facts.zones[store.view.zone];
    return (now?.is_region ? now : facts.zones.find(({ is_region }) => is_region))?.id ?? now?.id ?? "";
  }

  private fill(): void {
    const { facts, store, pen } = this;
    // On a narrow screen the tab lies over the map.
    const begin = (): void => {
      part("side").classList.remove("raised");
      const switched = new Set(store.view.switched);
      switched.delete("drawn");
      store.set({ switched });
      pen?.begin();
    };
    fillDrawn(part("drawn"), { facts, store, sums: (zone) => this.sums.of(zone), begin: pen && begin, show: (zone) => this.show(zone) });
  }

  private show(zone: number): void {
    const one = this.store.view.drawn[zone];
    if (one) this.map?.fitBounds(boxAround(one), { padding: 60, maxZoom: 17, animate: !calm() });
  }
}
