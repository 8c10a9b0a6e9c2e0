/** Finding what has a name or an id beside the parcels: stations, stops, facilities, candidate zones. */

import type { Feature } from "geojson";

import { type Facts, type Mode, MODES } from "../data/facts.ts";
import { hectares } from "../format.ts";
import type { Products } from "../map/places.ts";
import { layerTitle } from "../said.ts";
import type { Language } from "../state.ts";
import { sayIn } from "../text.ts";
import { plain } from "./normal.ts";

/** Which list of the run it stands in. */
export type NamedIn = "stops" | "facilities" | "zones";

/** Something with a name. */
export interface Named {
  in: NamedIn;
  /** Its index among the features of that list. */
  index: number;
  name: string;
  /** What it is. */
  kind: string;
  /** What tells it from others of its name. */
  more: string;
  /** All by which it may be looked for, as it is compared. */
  words: string[];
}

/** Something that was found, and how well it fits, as of parcels. */
export interface FoundNamed {
  named: Named;
  fit: number;
}

/** What people put behind the names of stations and stops, which the data leave out. */
const CALLED: Readonly<Record<Mode, string[]>> = { rail: ["駅"], tram: ["電停", "停留場"], bus: ["バス停", "停留所"] };

/** All that a run has, in a language. `isShown` tells whether the zones of a kind are where the run has them. */
export function namedOf(facts: Facts, products: Products, language: Language, isShown: (zone: string) => boolean): Named[] {
  const say = sayIn(language);
  const facility = layerTitle(facts, "facilities", language);
  const of = (list: NamedIn, features: Feature[] | undefined, tell: (properties: Record<string, unknown>) => Omit<Named, "in" | "index" | "words"> & { ids: unknown[] } | null): Named[] =>
    (features ?? []).flatMap((feature, index) => {
      const told = tell(feature.properties ?? {});
      if (!told) return [];
      const { ids, ...named } = told;
      return [{ ...named, in: list, index, words: [named.name, ...ids.flatMap(texts)].map(plain).filter(Boolean) }];
    });
  return [
    ...of("stops", products.stops?.features, ({ name, kind, stop_ids: ids, lines }) => {
      const mode = MODES.find((one) => one === kind);
      const called = texts(name).flatMap((one) => (mode ? CALLED[mode] : []).map((word) => one + word));
      return { name: texts(name)[0] ?? say("no_name"), kind: mode ? say(mode) : say("stops"), more: texts(lines).join(language === "ja" ? "、" : ", "), ids: [ids, called] };
    }),
    ...of("facilities", products.facilities?.features, ({ name, kind, number }) => ({ name: texts(name)[0] ?? say("no_name"), kind: facility, more: texts(kind)[0] ?? "", ids: [number] })),
    ...of("zones", products.zones?.features, ({ id, zone: kind, status, area_ha: area }) => {
      const zone = facts.zones.find((one) => one.id === kind);
      if (!zone || !isShown(zone.id)) return null;
      const judged = facts.statuses.find((one) => one.id === status)?.[language] ?? "";
      return { name: `${zone[language]} ${texts(id)[0] ?? ""}`, kind: say("candidate"), more: `${judged} ${hectares(Number(area))}`, ids: [id, zone.ja, zone.en] };
    }),
  ];
}

/** The texts of a value of a feature. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  return typeof value === "string" && value !== "" ? [value] : typeof value === "number" ? [String(value)] : [];
}

/** Those whose name or id is what is looked for, begins with it or holds it, best first. Of one list at most `most`. */
export function findNamed(all: readonly Named[], wanted: string, most: number): FoundNamed[] {
  const query = plain(wanted);
  if (query === "") return [];
  const held = new Map<NamedIn, number>();
  const fit = ({ words }: Named): number => Math.min(...words.map((word) => (word === query ? 0 : word.startsWith(query) ? 4 : word.includes(query) ? 6 : Infinity)));
  return all
    .map((named) => ({ named, fit: fit(named) }))
    .filter(({ fit }) => fit < Infinity)
    .sort((one, other) => one.fit - other.fit)
    .filter(({ named }) => {
      const count = (held.get(named.in) ?? 0) + 1;
      held.set(named.in, count);
      return count <= most;
    });
}
