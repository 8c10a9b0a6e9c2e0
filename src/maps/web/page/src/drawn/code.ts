/**
 * Drawn zones in the address: `KIND:CORNERS:NAME`. Corners are the differences from one to the next in steps of 10⁻⁷ degrees, each
 * in digits of five bits, lowest first, in letters that an address leaves as they are; `.` ends a ring, `!` a polygon.
 */

import { type DrawnZone, type Place, type Polygon, withPolygons } from "./zone.ts";

const STEPS = 1e7;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Longer addresses are not kept by every browser, and are cut by mail. */
const LONGEST = 6000;

/** The zone as text. */
export function encoded({ name, kind, polygons }: DrawnZone): string {
  let before = [0, 0];
  const place = ([lon, lat]: Place): string => {
    const now = [Math.round(lon * STEPS), Math.round(lat * STEPS)];
    const text = now.map((part, axis) => digits(part - (before[axis] ?? 0))).join("");
    before = now;
    return text;
  };
  const corners = polygons.map((rings) => rings.map((ring) => ring.map(place).join("")).join(".")).join("!");
  return `${kind}:${corners}:${name}`;
}

/** The zones that a text tells; `null` where it makes no sense. */
export function decoded(text: string, kinds: readonly string[]): DrawnZone | null {
  const [, kind = "", corners = "", name = ""] = /^([^:]*):([^:]*):(.*)$/s.exec(text) ?? [];
  if (!kinds.includes(kind)) return null;
  const before: [number, number] = [0, 0];
  const ring = (letters: string): Place[] | null => {
    const numbers = differences(letters);
    if (!numbers || numbers.length % 2 !== 0 || numbers.length < 6) return null;
    const places: Place[] = [];
    for (let at = 0; at < numbers.length; at += 2) {
      before[0] += numbers[at] ?? 0;
      before[1] += numbers[at + 1] ?? 0;
      places.push([before[0] / STEPS, before[1] / STEPS]);
    }
    return places.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 85) ? places : null;
  };
  const polygons = corners.split("!").map((rings) => rings.split(".").map(ring));
  if (polygons.flat().includes(null)) return null;
  return withPolygons({ name, kind, polygons: [] }, polygons as Polygon[]);
}

/** The zones as an address has them, and whether it has all of them. */
export function inAddress(zones: readonly DrawnZone[]): { texts: string[]; all: boolean } {
  const texts = zones.map(encoded);
  const all = texts.reduce((length, text) => length + encodeURIComponent(text).length, 0) <= LONGEST;
  return { texts: all ? texts : [], all };
}

function digits(number: number): string {
  // The sign is the lowest bit. By division, since longitudes take more bits than integers of shifts have.
  let rest = number < 0 ? -2 * number - 1 : 2 * number;
  let text = "";
  do {
    const more = rest >= 32 ? 32 : 0;
    text += LETTERS[(rest % 32) + more];
    rest = Math.floor(rest / 32);
  } while (rest > 0);
  return text;
}

function differences(letters: string): number[] | null {
  const found: number[] = [];
  let [value, weight] = [0, 1];
  for (const letter of letters) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0 || weight > 2 ** 45) return null;
    value += (digit % 32) * weight;
    weight *= 32;
    if (digit >= 32) continue;
    found.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
    [value, weight] = [0, 1];
  }
  return weight === 1 ? found : null;
}
