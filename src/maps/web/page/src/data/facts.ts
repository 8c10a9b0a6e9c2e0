/**
 * What the run tells the page besides maps and columns: names, rules, counts, sources.
 *
 * The shape is written by the Rust side; nothing here is guessed from elsewhere.
 */

/** A text in both languages. */
export interface Both {
  ja: string;
  en: string;
}

/** A status of a parcel in a zone; its index in `Facts.statuses` is its code in tiles and columns. */
export interface Status extends Both {
  id: string;
  /** `#rrggbb` */
  colour: string;
}

/** A zone of the rule set. */
export interface Zone extends Both {
  id: string;
  /** Every criterion that it asks, waived ones too. */
  criteria: string[];
  /** The same by what must hold: each a criterion, or several any of which serves. Where one of these is waived, none of them is asked. */
  all_of: string[][];
  /** Whether it is a region of the plane; else it asks about the parcel alone as well, and has no candidates. */
  is_region: boolean;
  /** What it is asked for as a whole too, so that pieces of it may fail which hold part by part. */
  as_a_whole: string[];
  /** The other kind of zone to one of which it belongs. */
  belongs_to: string | null;
  /** The key of the layer of those that a plan has set. */
  set_by: string | null;
}

/** A measure that decides a criterion. */
export interface Measure {
  /** A column, or the stem of a pair `…_lo`, `…_hi`. */
  column: string;
  /** The threshold that it is compared with. */
  threshold: string;
  /** Whether the measure must be at most or at least the threshold. */
  at: "most" | "least";
  /** The column that names the thing measured to. */
  name: string | null;
}

/**
 * What a criterion asks: the parameters of its kind. Thresholds stand here by their keys, zones by their ids; which
 * parameters there are is told by the kind (see `whatif/kinds.ts`).
 */
export interface Asks {
  /** Of stations and stops, by mode; `null` for one that does not count. */
  stops?: Readonly<Record<Mode, OfMode | null>>;
  /** The longest distance. */
  within?: string;
  /** The least number. */
  at_least?: string;
  /** The zone that the criterion looks at. */
  zone?: string;
  /** The layer of facilities, and their kind; `null` for any. */
  layer?: string;
  facility?: string | null;
  /** Codes of municipalities, and whether these are meant or all others. */
  list?: string[];
  is_in?: boolean;
}

/** The modes of stations and stops, as products call them. */
export const MODES = ["rail", "tram", "bus"] as const;
export type Mode = (typeof MODES)[number];

/** What is counted of the service of a stop. */
export type Service = "peak" | "day" | "day-both-directions";

/** What makes stops of a mode count: near enough, and with at least so much service where that is asked. */
export interface OfMode {
  within: string;
  at_least?: string;
  service?: Service;
}

/** A column with the distance to the nearest that counts for certain. */
export interface Near {
  column: string;
  /** Of which modes, where it is of stops. */
  modes: Mode[] | null;
}

/** A criterion of the catalogue. */
export interface Criterion {
  id: string;
  kind: string;
  asks: Asks;
  /** The stem of its share columns; `null` of a criterion about the parcel alone. */
  column: string | null;
  name: Both;
  /** With `{key}` where a threshold stands. */
  rule: Both;
  /** Where in the rule set's document. */
  source: Both | null;
  /** What of it could not be read in a primary source. */
  unread: Both | null;
  thresholds: string[];
  measures: Measure[];
  /** A distance that is told beside the measures without being compared, and the column that names the thing measured to. */
  also: { column: string; name: string | null } | null;
  /** The distances that it is made of, whether or not one threshold decides them. */
  near: Near[];
  /** Whether something that counts may stand anywhere, because a layer is missing or does not say where. */
  anywhere: boolean;
  /** Whether of some facility nobody knows if it counts. */
  doubtful: boolean;
  layers: LayerName[];
  settled_by: Both;
  /** What may be done where it is not met. */
  remedy?: Both | null;
  /** Why the planner set it aside. */
  waived: string | null;
}

/** A number that a rule compares with. */
export interface Threshold extends Both {
  key: string;
  value: number;
  default: number;
  min: number;
  max: number;
  unit: string;
}

/** Parcels and hectares. */
export interface Count {
  parcels: number;
  hectares: number;
}

/** How one column is stored. */
export interface ColumnInfo {
  name: string;
  /** In Japanese. */
  title: string;
  title_en?: string;
  kind: "number" | "name" | "status" | "text" | "json";
  decimals?: number;
  names?: string;
  blocks: [number, number][];
}

/** A layer: its key and its names. */
export interface LayerName {
  id: string;
  ja: string;
  en?: string;
}

/** An input layer as it was read. */
export interface Input {
  layer: string;
  /** Timetables are of no layer. */
  ja: string | null;
  en?: string;
  files: { name: string; sha256: string; features: number | null; crs: string | null; crs_ja?: string | null; /** Whose data it is, where that is known. */ source?: string; source_ja?: string }[];
  note: string | null;
}

/** What the run has to say about its input. */
export interface Notice {
  layer: string;
  severity: string;
  /** What happened, after the count. */
  what: string;
  /** The same as a sentence; the count follows it. */
  what_ja?: string;
  /** Empty where nothing needs doing. */
  advice: string;
  advice_ja?: string;
  count: number;
  examples: string[];
  examples_ja?: string[];
}

/** All of it. */
export interface Facts {
  version: string;
  name: string | null;
  municipality: string | null;
  /** What commands take in the folder of the data: the project file, without its folders; `.` where there is none. */
  project: string;
  /** What was put in the place of what it says, for the run: `K=V`. */
  set?: string[];
  plane: string;
  plane_ja?: string | null;
  scenario: string | null;
  rules: { id: string; title: Both; source: Both | null; unread: Both | null };
  statuses: Status[];
  zones: Zone[];
  criteria: Criterion[];
  thresholds: Threshold[];
  parcels: number;
  without_geometry: number;
  /** West, south, east, north in degrees. */
  bounds: [number, number, number, number] | null;
  counts: Record<string, Partial<Record<string, Count>>>;
  columns: { rows: number[]; list: ColumnInfo[] };
  names: Record<string, (string | null)[]>;
  units: {
    land: [number, number][] | null;
    /** An upper end of `null` has no bound. */
    people: [number, number | null][] | null;
  };
  /** The zones of which each part in the column `parts` tells its shares, in that order. */
  parts_by_zone: string[];
  /** `lots_from` is the zoom from which on single parcels are drawn. */
  tiles: { min_zoom: number; max_zoom: number; lots_from: number };
  beside: { tiles: string; columns: string } | null;
  facilities_known?: boolean;
  unplaced_same_kind?: boolean;
  /** How far around the parcels the product `stops` has all stations and stops, metres; `null`: it has all that there are. */
  stops_within: number | null;
  /** What is further away than this is not named as the nearest, metres. */
  named_within: number;
  inputs: Input[];
  missing: LayerName[];
  /** What a zone asks beside its criteria, by the ids that stand among theirs. */
  reasons: Record<string, Both>;
  expectations: { layer: string; note: string | null }[];
  notices: Notice[];
  /** How much a notice asks of the reader, in words, by `Notice.severity`. */
  severities?: Record<string, Both>;
  error_bounds: Record<string, number>;
}

/** The status codes by meaning. */
export const ELIGIBLE = 0;
export const PROSPECTIVE = 1;
export const UNDETERMINED = 2;
export const INELIGIBLE = 3;
/** The page's own: the columns do not settle what another threshold would give. */
export const NEEDS_RUN = 4;

/** The criterion of an id. */
export function criterion(facts: Facts, id: string): Criterion | undefined {
  return facts.criteria.find((one) => one.id === id);
}

/** The criterion that asks how far facilities of one kind stand apart, and the threshold of that. */
export function spacing(facts: Facts): { asks: string; threshold: Threshold } | null {
  const found = facts.criteria.find(({ kind }) => kind === "clear-of");
  const threshold = facts.thresholds.find(({ key }) => key === found?.asks.at_least);
  return found && threshold ? { asks: found.id, threshold } : null;
}

/** What is asked of the stops of a mode, criterion by criterion, where the service matters. */
export function servicesOf(facts: Facts, modes: readonly Mode[] = MODES): Service[] {
  const asked = facts.criteria.flatMap(({ asks }) => modes.flatMap((mode) => asks.stops?.[mode]?.service ?? []));
  return [...new Set(asked)];
}

/** The run's own value of every threshold. */
export function runThresholds(facts: Facts): Record<string, number> {
  return Object.fromEntries(facts.thresholds.map(({ key, value }) => [key, value]));
}
