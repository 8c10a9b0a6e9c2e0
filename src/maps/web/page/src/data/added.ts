/**
 * What was worked out after the run and added to it: `kyoten site`, `survey` and `assess` with `--out RUN`. Of each the document that the
 * command prints as JSON (`docs/schemas`), and what is drawn.
 */

import type { FeatureCollection } from "geojson";

import { embeddedJson } from "./embedded.ts";
import type { Both } from "./facts.ts";

/** A document, and what is drawn of it and beside it. */
export interface Added<D> {
  document: D;
  shapes: FeatureCollection;
  beside: FeatureCollection | null;
}

/** How many there are, at least and at most; no upper end where nobody knows. */
export interface Served {
  lo: number;
  hi: number | null;
}

/** The nearest facility. */
export interface NearFacility {
  name: string | null;
  distance_m: number;
}

/** A chosen site; the first has the number 1. */
export interface Site {
  parcels: string[];
  area_m2: number;
  lon: number;
  lat: number;
  seniors: Served | null;
  seniors_only_here: Served | null;
  next_site_m: number | null;
  facility: NearFacility | null;
  same_kind_facility: NearFacility | null;
  /** Other candidates that stand too close to it. */
  rules_out: number;
}

/** Chosen sites. */
export interface Sites {
  zone: string;
  most: "sites" | "seniors";
  spacing_m: number;
  within_m: number;
  max: number | null;
  fixed: string[];
  candidates: number;
  sites_found: number;
  sites_at_most: number | null;
  seniors_served: Served | null;
  is_proven: boolean;
  least_apart_m: number | null;
  sites: Site[];
}

/** So many parcels and hectares, and how many of which zone. */
export interface Amounts {
  parcels: number;
  hectares: number;
  zones: Record<string, { parcels: number; hectares: number }>;
}

/** One thing that nobody knows, and what it would settle. */
export interface SurveyItem {
  rank: number;
  kind: string;
  id: string;
  title: Both;
  lon: number | null;
  lat: number | null;
  settles_for_sure: Amounts;
  answers: { id: string; said: Both; settles: Amounts; opens: Amounts }[];
}

/** What to find out first. */
export interface Survey {
  undetermined: Amounts;
  items: SurveyItem[];
  together: { how: Both; steps: { id: string; rank: number; if_good: Amounts; if_poor: Amounts }[] };
  settle_nothing_alone: number;
  not_reckoned: number;
}

/** Something that is asked of a drawn zone. */
export interface AssessedCriterion {
  id: string;
  name: string;
  name_ja: string;
  is_met: boolean | null;
  is_met_once_expected: boolean;
  share: { lo: number; hi: number } | null;
  breaking: Record<"no" | "open" | "expected", { parts: number; area_ha: number }>;
}

/** A zone that was drawn and assessed; the first has the number 1. */
export interface AssessedZone {
  feature: number;
  name: string | null;
  zone: string;
  zone_name: string;
  zone_name_ja: string;
  /** `eligible`: all is met. */
  status: string;
  area_ha: number;
  parcels: number;
  criteria: AssessedCriterion[];
  largest: { area_ha: number } | null;
}

/** Drawn zones that were assessed. */
export interface Assessed {
  zones: AssessedZone[];
  features_lost: number;
}

/** All that was added. */
export interface Additions {
  sites: Added<Sites> | null;
  survey: Added<Survey> | null;
  assessed: Added<Assessed> | null;
}

/** Reads them out of the page. */
export function readAdditions(): Additions {
  return { sites: embeddedJson("sites"), survey: embeddedJson("survey"), assessed: embeddedJson("assessed") };
}

/** Whether there are any. */
export function anyAdded({ sites, survey, assessed }: Additions): boolean {
  return sites !== null || survey !== null || assessed !== null;
}
