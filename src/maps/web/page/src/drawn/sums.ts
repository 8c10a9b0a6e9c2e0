/** The numbers of a drawn zone, from the columns of the parcels in it. */

import type { Columns } from "../data/columns.ts";
import { type Count, type Facts, runThresholds } from "../data/facts.ts";
import type { Products } from "../map/places.ts";
import { CODES } from "../whatif/whatif.ts";
import { reaches } from "../whatif/rules.ts";
import { hectaresOf } from "./ground.ts";
import { type ReadTile, sharesWithin } from "./within.ts";
import type { DrawnZone, Place } from "./zone.ts";

/** A number that is known up to an interval; an end of `null` has no bound. */
export interface Range {
  lo: number;
  hi: number | null;
}

/** What is told of a drawn zone. */
export interface Sums {
  hectares: number;
  /** Parcels of which as much lies in the zone as the membership share asks; `null` where the page cannot read parcels. */
  parcels: number | null;
  /** The hectares of all that is in the zone of parcels. */
  covered: number;
  /** By zone of the rules, then by status code: parcels as above, and hectares of what lies in the zone. */
  counts: Count[][];
  /** Of the parcels, by what of their area is in the zone; `null` where none has a number. */
  publicLand: Range | null;
  seniors: Range | null;
  /** Names of stations, and of stops, that stand in the zone. */
  stations: string[];
  stops: string[];
}

/** What sums are made of. */
export interface SumSource {
  facts: Facts;
  products: Products;
  columns: Columns;
  /** `null` where the page cannot read parcels. */
  tile: ReadTile | null;
  /** The status codes of a zone of the rules by parcel, under what is assumed. */
  statuses: (zone: number) => Promise<ArrayLike<number>>;
}

/** The numbers of a zone; `null` once `stop` says so. */
export async function sumsOf(zone: DrawnZone, source: SumSource, stop: () => boolean): Promise<Sums | null> {
  const { facts, columns, tile } = source;
  const sums: Sums = { hectares: hectaresOf(zone), parcels: null, covered: 0, counts: [], publicLand: null, seniors: null, ...stopsIn(zone, source) };
  if (!tile) return sums;
  const areas = await columns.numbers("area_m2");
  const shares = await sharesWithin(zone, facts.tiles.max_zoom, tile, (parcel) => areas[parcel] ?? NaN, stop);
  if (!shares) return null;
  const membership = runThresholds(facts)["membership"] ?? 0.5;
  const inside = [...shares].map(([parcel, share]) => ({ parcel, share, hectares: (share * (areas[parcel] || 0)) / 1e4 }));
  sums.parcels = inside.filter(({ share }) => reaches(share, membership)).length;
  sums.covered = inside.reduce((sum, { hectares }) => sum + hectares, 0);
  for (const index of facts.zones.keys()) {
    const statuses = await source.statuses(index);
    const counts = Array.from({ length: CODES }, () => ({ parcels: 0, hectares: 0 }));
    for (const { parcel, share, hectares } of inside) {
      const count = counts[statuses[parcel] ?? -1];
      if (!count) continue;
      count.parcels += reaches(share, membership) ? 1 : 0;
      count.hectares += hectares;
    }
    sums.counts.push(counts);
  }
  const weighted = async (stem: string, most: number | null): Promise<Range | null> => {
    if (!columns.has(`${stem}_lo`)) return null;
    const [lo, hi] = [await columns.numbers(`${stem}_lo`), await columns.numbers(`${stem}_hi`)];
    return mean(inside.map(({ parcel, hectares }) => ({ weight: hectares, lo: lo[parcel] ?? NaN, hi: hi[parcel] ?? NaN })), most);
  };
  sums.publicLand = await weighted("public_land_ratio", 1);
  sums.seniors = await weighted("seniors_per_ha", null);
  return sums;
}

/** The weighted mean of intervals; one that is not known may be anything from 0 to `most`. */
function mean(all: readonly { weight: number; lo: number; hi: number }[], most: number | null): Range | null {
  if (all.every(({ lo, hi }) => Number.isNaN(lo) && Number.isNaN(hi))) return null;
  const sum = all.reduce((total, { weight }) => total + weight, 0);
  if (sum === 0) return null;
  const of = (end: (one: { lo: number; hi: number }) => number): number => all.reduce((total, one) => total + one.weight * end(one), 0) / sum;
  const hi = of(({ hi: end }) => (Number.isNaN(end) ? (most ?? Infinity) : end));
  return { lo: of(({ lo }) => lo || 0), hi: Number.isFinite(hi) ? hi : null };
}

/** Stations and stops of which a point, or a corner of a line, lies in the zone. */
function stopsIn(zone: DrawnZone, { products }: SumSource): { stations: string[]; stops: string[] } {
  const [stations, stops] = [new Set<string>(), new Set<string>()];
  for (const { geometry, properties } of products.stops?.features ?? []) {
    const places = geometry && "coordinates" in geometry ? placesOf(geometry.coordinates) : [];
    if (places.some((place) => holds(zone, place))) (properties?.["kind"] === "rail" ? stations : stops).add(String(properties?.["name"] ?? "—"));
  }
  return { stations: [...stations].sort(), stops: [...stops].sort() };
}

function placesOf(coordinates: unknown): Place[] {
  if (!Array.isArray(coordinates)) return [];
  return typeof coordinates[0] === "number" ? [[coordinates[0], Number(coordinates[1])]] : coordinates.flatMap(placesOf);
}

/** Whether a place lies in a zone: by the edges that a ray to the east crosses. */
export function holds({ polygons }: DrawnZone, [x, y]: Place): boolean {
  let is = false;
  for (const ring of polygons.flat()) {
    ring.forEach(([ax, ay], index) => {
      const [bx, by] = ring[(index + 1) % ring.length] ?? [ax, ay];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) is = !is;
    });
  }
  return is;
}
