// A run as its files have it: what the page is held against. Nothing of the page is used here.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export class Run {
  constructor(folder) {
    this.folder = folder;
    this.map = join(folder, 'map.html');
    this.parcels = this.layer('parcels.geojson').features;
  }

  /** A file of the run. */
  layer(name) {
    return JSON.parse(readFileSync(join(this.folder, name), 'utf8'));
  }

  /** How many parcels have each status in a zone, under the status's id. */
  counts(zone) {
    const counts = {};
    for (const { properties } of this.parcels) counts[properties[zone]] = (counts[properties[zone]] ?? 0) + 1;
    return counts;
  }
}

export const ZONES = ['central', 'local', 'senior', 'senior_site'];

/** A point inside a parcel, longitude and latitude, well off its edges where the parcel is no sliver; `null` where none is found. */
export function inside(parcel) {
  const { type, coordinates } = parcel.geometry ?? {};
  const polygon = type === 'Polygon' ? coordinates : type === 'MultiPolygon' ? coordinates[0] : null;
  const ring = polygon?.[0];
  if (!ring || ring.length < 4) return null;
  const corners = ring.slice(0, -1);
  const middle = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length);
  return holds(polygon, middle) ? middle : null;
}

/** Whether a polygon holds a point, by the edges that a ray to the east crosses. */
function holds(polygon, [x, y]) {
  let is = false;
  for (const ring of polygon) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i], ring[i + 1]];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) is = !is;
    }
  }
  return is;
}
