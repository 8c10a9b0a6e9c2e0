/** Keeping the chosen parcel where the panel does not cover it. */

import type { LngLat, Map } from "maplibre-gl";

import { part } from "../dom.ts";
import { calm } from "./canvas.ts";

/** Zoom at which a parcel fills a good part of the map. */
const PARCEL_ZOOM = 17;

/** Flies to a parcel. */
export function flyToParcel(map: Map, where: [number, number]): void {
  map.easeTo({ center: where, zoom: Math.max(map.getZoom(), PARCEL_ZOOM), offset: besidePanel(), animate: !calm() });
}

/** How far from the middle of the map the middle of what the panel leaves free is, in pixels. */
function besidePanel(): [number, number] {
  const [panel, frame] = [part("parcel").getBoundingClientRect(), part("frame").getBoundingClientRect()];
  return panel.width < frame.width ? [-panel.width / 2, 0] : [0, -Math.max(0, frame.bottom - panel.top) / 2];
}

/** Moves the map where the panel would cover what was clicked. */
export function keepInSight(map: Map, point: { x: number; y: number }, where: LngLat): void {
  const [x, y] = besidePanel();
  const { width, height } = part("frame").getBoundingClientRect();
  if (point.x > width + 2 * x - 30 || point.y > height + 2 * y - 30) map.easeTo({ center: where, offset: [x, y], animate: !calm() });
}
