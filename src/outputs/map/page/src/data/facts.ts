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

/** A status of a lot in a zone; its place in `Facts.statuses` is its code in tiles and columns. */
export interface Status extends Both {
  id: string;
  /** `#rrggbb` */
  colour: string;
}

/** A zone of the programme, with all criteria that the rule set asks, waived ones too. */
export interface Zone extends Both {
  id: string;
  criteria: string[];
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

/** A criterion of the catalogue. */
export interface Criterion {
  id: string;
  /** The stem of its share columns; `null` of a criterion about the lot alone. */
  column: string | null;
  name: Both;
  /** With `{key}` where a threshold stands. */
  rule: Both;
  source: string;
  thresholds: string[];
  measures: Measure[];
  layers: { id: string; ja: string }[];
  settled_by: Both;
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

/** Lots and hectares. */
export interface Count {
  parcels: number;
  hectares: number;
}

/** How one column is stored. */
export interface ColumnInfo {
  name: string;
  title: string;
  kind: "number" | "name" | "status" | "text" | "json";
  decimals?: number;
  names?: string;
  blocks: [number, number][];
}

/** An input layer as it was read. */
export interface Input {
  layer: string;
  ja: string;
  files: { name: string; sha256: string; features: number | null; crs: string | null }[];
  note: string | null;
}

/** What the run has to say about its input. */
export interface Notice {
  layer: string;
  severity: string;
  what: string;
  advice: string;
  count: number;
  examples: string[];
}

/** All of it. */
export interface Facts {
  version: string;
  name: string | null;
  municipality: string | null;
  plane: string;
  scenario: string | null;
  rules: { id: string; title: string };
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
  tiles: { min_zoom: number; max_zoom: number; lots_from: number };
  beside: { tiles: string; columns: string } | null;
  facilities_known?: boolean;
  unplaced_same_kind?: boolean;
  stops_anywhere?: boolean;
  inputs: Input[];
  missing: { id: string; ja: string }[];
  expectations: { layer: string; note: string | null }[];
  notices: Notice[];
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

/** The run's own value of every threshold. */
export function runThresholds(facts: Facts): Record<string, number> {
  return Object.fromEntries(facts.thresholds.map(({ key, value }) => [key, value]));
}
