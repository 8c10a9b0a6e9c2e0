/** Drawing zones by pointer, finger or keys, and dragging their corners. */

import type { Map, MapMouseEvent, MapTouchEvent } from "maplibre-gl";

import { addedCorner, crossesItself, type DrawnZone, movedCorner, type Place, rounded, shifted, withoutCorner, withPolygons } from "../drawn/zone.ts";
import type { Store } from "../state.ts";
import { type Handle, handleAt, showDraft, showDrawn } from "./drawn.ts";

/** So near to a corner, in pixels, another click means that corner. */
const SAME = 8;

/** What the pen tells. */
export interface PenUse {
  store: Store;
  /** Whether drawn zones are shown. */
  on: () => boolean;
  /** A zone for corners that were drawn: with its name and kind. */
  made: () => DrawnZone;
  /** Corners were set or taken back, or drawing has begun or ended. */
  changed: () => void;
}

/** The pen. */
export class Pen {
  /** The corners so far; `null` while nothing is drawn. */
  corners: Place[] | null = null;
  private dragged: { handle: Handle; from: Place; before: DrawnZone; now: DrawnZone } | null = null;

  constructor(
    private readonly map: Map,
    private readonly use: PenUse,
  ) {
    map.on("mousemove", ({ lngLat, point }) => this.move([lngLat.lng, lngLat.lat], point));
    map.on("dblclick", (event) => this.twice(event));
    for (const press of ["mousedown", "touchstart"] as const) map.on(press, (event) => this.press(event));
    for (const move of ["mousemove", "touchmove"] as const) map.on(move, (event) => this.drag(event));
    for (const end of ["mouseup", "touchend"] as const) map.on(end, () => this.release());
    // A release outside of the window is not told to the map.
    addEventListener("mouseup", () => this.release());
    // Before the keys of the page, which close what is open.
    document.addEventListener("keydown", (event) => this.key(event), true);
    this.use.store.watch(["drawn", "drawnChosen", "switched"], () => this.show());
  }

  /** Begins a zone. */
  begin(): void {
    this.corners = [];
    this.use.store.set({ drawnChosen: null, parcel: null });
    this.map.doubleClickZoom.disable();
    this.map.getCanvas().focus();
    this.draft(null);
  }

  /** Takes back the last corner. */
  undo(): void {
    this.corners?.pop();
    this.draft(null);
  }

  /** Whether the corners make a zone. */
  get canFinish(): boolean {
    return this.corners !== null && this.corners.length > 2 && !crossesItself(this.zone(this.corners));
  }

  /** Ends the zone and keeps it, where it is one. */
  finish(): void {
    if (!this.canFinish || !this.corners) return;
    const { store } = this.use;
    const drawn = [...store.view.drawn, this.zone(this.corners)];
    this.cancel();
    store.set({ drawn, drawnChosen: drawn.length - 1 });
  }

  /** Ends drawing and keeps nothing. */
  cancel(): void {
    this.corners = null;
    this.map.doubleClickZoom.enable();
    this.draft(null);
  }

  /** Takes a click; tells whether it was meant for the pen. */
  click({ lngLat, point }: Pick<MapMouseEvent, "lngLat" | "point">): boolean {
    if (!this.corners) return this.chosen !== null && handleAt(this.map, point) !== null;
    const isAt = (place: Place | undefined): boolean => {
      const there = place && this.map.project([place[0], place[1]]);
      return there !== undefined && Math.hypot(there.x - point.x, there.y - point.y) <= SAME;
    };
    if (this.corners.length > 2 && isAt(this.corners[0])) this.finish();
    // The second click of two ends the zone, and is no corner.
    else if (!isAt(this.corners.at(-1))) this.add([lngLat.lng, lngLat.lat]);
    return true;
  }

  /** Whether the pointer does something here; `null` where the pen has no say. */
  cursor(point: { x: number; y: number }): string | null {
    if (this.corners) return "crosshair";
    if (this.dragged) return "grabbing";
    return this.chosen !== null && handleAt(this.map, point) ? "grab" : null;
  }

  private zone(corners: readonly Place[]): DrawnZone {
    return withPolygons(this.use.made(), [[corners]]);
  }

  private get chosen(): number | null {
    return this.use.on() ? this.use.store.view.drawnChosen : null;
  }

  private add(place: Place): void {
    this.corners?.push(rounded(place));
    this.draft(null);
  }

  private draft(pointer: Place | null): void {
    showDraft(this.map, this.corners ?? [], pointer);
    if (!pointer) this.use.changed();
  }

  private show(zone: DrawnZone | null = null): void {
    const { drawn, drawnChosen } = this.use.store.view;
    showDrawn(this.map, zone ? drawn.map((one, index) => (index === drawnChosen ? zone : one)) : drawn, drawnChosen, this.use.on());
  }

  private move(pointer: Place, point: { x: number; y: number }): void {
    if (this.corners && this.corners.length > 0) this.draft(pointer);
    const cursor = this.cursor(point);
    if (cursor !== null) this.map.getCanvas().style.cursor = cursor;
  }

  private twice(event: MapMouseEvent): void {
    if (this.corners) {
      event.preventDefault();
      return this.finish();
    }
    const handle = this.chosen === null ? null : handleAt(this.map, event.point);
    if (handle === null) return;
    event.preventDefault();
    const zone = this.use.store.view.drawn[this.chosen ?? -1];
    if (zone && handle.what === "corner") this.keep(withoutCorner(zone, handle.at));
  }

  private press(event: MapMouseEvent | MapTouchEvent): void {
    const zone = this.use.store.view.drawn[this.chosen ?? -1];
    if (this.corners || !zone || ("points" in event && event.points.length > 1)) return;
    const handle = handleAt(this.map, event.point);
    if (!handle) return;
    // Else the map would move.
    event.preventDefault();
    const { lng, lat } = event.lngLat;
    this.dragged = { handle, from: [lng, lat], before: zone, now: zone };
  }

  private drag({ lngLat }: MapMouseEvent | MapTouchEvent): void {
    if (!this.dragged) return;
    const { handle, from, before } = this.dragged;
    const to: Place = [lngLat.lng, lngLat.lat];
    if (handle.what === "whole") this.dragged.now = shifted(before, [to[0] - from[0], to[1] - from[1]]);
    else this.dragged.now = handle.what === "corner" ? movedCorner(before, handle.at, to) : addedCorner(before, handle.at, to);
    this.show(this.dragged.now);
  }

  private release(): void {
    const { dragged } = this;
    this.dragged = null;
    if (dragged && dragged.now !== dragged.before) this.keep(dragged.now);
  }

  private keep(zone: DrawnZone): void {
    const { store } = this.use;
    const whole = withPolygons(zone, zone.polygons);
    store.set({ drawn: store.view.drawn.map((one, index) => (index === store.view.drawnChosen ? whole : one)) });
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onMap = event.target === this.map.getCanvas();
    if (this.dragged && event.key === "Escape") {
      this.dragged = null;
      this.show();
    } else if (this.corners && event.key === "Escape") this.cancel();
    else if (this.corners && onMap && (event.key === "Backspace" || event.key === "Delete")) this.undo();
    else if (this.corners && onMap && event.key === "Enter") this.finish();
    else if (this.corners && onMap && event.key === " ") {
      const { lng, lat } = this.map.getCenter();
      this.add([lng, lat]);
    } else if (!this.corners && onMap && this.chosen !== null && event.key === "Escape") this.use.store.set({ drawnChosen: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
