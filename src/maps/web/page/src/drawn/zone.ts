/** A zone that the reader has drawn: what it is called, of which kind it is, and its corners. */

/** Longitude and latitude, degrees. */
export type Place = readonly [number, number];

/** Corners in their order; the first is not told again at the end. */
export type Ring = readonly Place[];

/** A shell, then its holes. */
export type Polygon = readonly Ring[];

/** A drawn zone. What changes is another one, so that what was worked out of it is known to be stale. */
export interface DrawnZone {
  readonly name: string;
  /** The id of a zone of the rules. */
  readonly kind: string;
  readonly polygons: readonly Polygon[];
}

/** Which corner: of which polygon, which ring. */
export interface Corner {
  polygon: number;
  ring: number;
  corner: number;
}

/** Degrees are kept to a centimetre, on the map, in the address and in files alike. */
const STEPS = 1e7;

/** A place to the centimetre. */
export function rounded([lon, lat]: Place): Place {
  return [Math.round(lon * STEPS) / STEPS, Math.round(lat * STEPS) / STEPS];
}

/** Twice the signed area in square degrees: positive where the ring turns left. */
export function turning(ring: Ring): number {
  let sum = 0;
  // From the first corner on, since differences keep the digits that matter.
  const [x0, y0] = ring[0] ?? [0, 0];
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [0, 0];
    sum += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0);
  });
  return sum;
}

/** A polygon with its shell turning left and its holes right, as RFC 7946 has them. */
export function wound(polygon: Polygon): Polygon {
  return polygon.map((ring, index) => (turning(ring) > 0 === (index === 0) ? ring : [...ring].reverse()));
}

/** A zone of other polygons, to the centimetre and wound. */
export function withPolygons(zone: DrawnZone, polygons: readonly Polygon[]): DrawnZone {
  return { ...zone, polygons: polygons.map((polygon) => wound(polygon.map((ring) => ring.map(rounded)))) };
}

function withRing(zone: DrawnZone, { polygon, ring }: Corner, change: (ring: Ring) => Ring): DrawnZone {
  const other = (rings: Polygon): Polygon => rings.map((one, index) => (index === ring ? change(one) : one));
  // Not wound while it is dragged: the corners keep their numbers.
  return { ...zone, polygons: zone.polygons.map((rings, index) => (index === polygon ? other(rings) : rings)) };
}

/** With a corner elsewhere. */
export function movedCorner(zone: DrawnZone, at: Corner, to: Place): DrawnZone {
  return withRing(zone, at, (ring) => ring.map((place, index) => (index === at.corner ? to : place)));
}

/** With a corner more, behind another one. */
export function addedCorner(zone: DrawnZone, behind: Corner, place: Place): DrawnZone {
  return withRing(zone, behind, (ring) => [...ring.slice(0, behind.corner + 1), place, ...ring.slice(behind.corner + 1)]);
}

/** With a corner less; as it is where three are left. */
export function withoutCorner(zone: DrawnZone, at: Corner): DrawnZone {
  return withRing(zone, at, (ring) => (ring.length > 3 ? ring.filter((_, index) => index !== at.corner) : ring));
}

/** All of it elsewhere. */
export function shifted(zone: DrawnZone, [lon, lat]: Place): DrawnZone {
  return { ...zone, polygons: zone.polygons.map((rings) => rings.map((ring) => ring.map(([x, y]): Place => [x + lon, y + lat]))) };
}

/** West, south, east, north. */
export function boxAround({ polygons }: DrawnZone): [number, number, number, number] {
  const places = polygons.flat(2);
  const ends = (axis: 0 | 1, of: (a: number, b: number) => number): number => places.map((place) => place[axis]).reduce(of);
  const [least, most] = [(a: number, b: number): number => Math.min(a, b), (a: number, b: number): number => Math.max(a, b)];
  return [ends(0, least), ends(1, least), ends(0, most), ends(1, most)];
}

/** A name that no zone has yet: the word with the next number. */
export function nextName(word: string, zones: readonly DrawnZone[]): string {
  for (let number = zones.length + 1; ; number++) if (!zones.some(({ name }) => name === `${word}${number}`)) return `${word}${number}`;
}

/** Whether two edges of a zone cross, so that nobody can say what is inside. */
export function crossesItself({ polygons }: DrawnZone): boolean {
  const edges = polygons.flat().flatMap((ring) => ring.map((from, index) => [from, ring[(index + 1) % ring.length] ?? from] as const));
  const side = ([ax, ay]: Place, [bx, by]: Place, [x, y]: Place): number => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  return edges.some(([a, b], index) =>
    edges.slice(index + 1).some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0));
}
