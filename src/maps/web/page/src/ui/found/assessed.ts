/** Zones that were drawn and assessed as wholes: of each how it stands, and which criteria it breaks where. */

import type { Assessed, AssessedCriterion, AssessedZone } from "../../data/added.ts";
import type { Status } from "../../data/facts.ts";
import { el } from "../../dom.ts";
import { hectares, number, percents } from "../../format.ts";
import { ASSESSED_COLOUR } from "../../map/added.ts";
import { lineSwatch } from "../swatch.ts";
import { entry, type FoundContent, section } from "./found.ts";

/** The part of the tab. */
export function assessedPart(assessed: Assessed, content: FoundContent): HTMLElement {
  const { say } = content;
  return section(
    say("assessed"),
    say,
    assessed.features_lost > 0 && el("p", { class: "notice" }, say("assessed_lost", { n: number(assessed.features_lost) })),
    el("ol", { class: "found" }, ...assessed.zones.map((zone, index) => zoneEntry(zone, index, content))),
    el("p", { class: "hint" }, say("assessed_hint")));
}

function zoneEntry(zone: AssessedZone, index: number, content: FoundContent): HTMLElement {
  const { say, language } = content;
  const title = `${zone.name ?? say("assessed_feature", { n: zone.feature })}: ${stands(zone.status, content)}`;
  const largest = zone.largest ? say("assessed_largest", { ha: hectares(zone.largest.area_ha) }) : say("assessed_no_part");
  return entry(content, { what: "assessed", index, there: true, sign: lineSwatch(ASSESSED_COLOUR), title, end: hectares(zone.area_ha) },
    `${language === "ja" ? zone.zone_name_ja : zone.zone_name}, ${say("parcels_n", { n: number(zone.parcels) })}`,
    criteriaOf(zone, content),
    largest);
}

/** What is asked, one after the other. */
export function criteriaOf(zone: AssessedZone, content: Pick<FoundContent, "say" | "language">): HTMLElement {
  return el("ul", { class: "asked" }, ...zone.criteria.map((one) => el("li", { class: classOf(one) }, el("span", { class: "mark", "aria-hidden": "true" }, MARKS[classOf(one)]), el("span", {}, told(one, content)))));
}

const MARKS = { met: "✓", unmet: "×", open: "?" } as const;

function classOf({ is_met: met }: AssessedCriterion): keyof typeof MARKS {
  return met === null ? "open" : met ? "met" : "unmet";
}

function told(one: AssessedCriterion, { say, language }: Pick<FoundContent, "say" | "language">): string {
  const name = language === "ja" ? one.name_ja : one.name;
  const parts = (["no", "open", "expected"] as const).flatMap((certainty) => {
    const { parts: count, area_ha: area } = one.breaking[certainty];
    return count > 0 ? [say(`assessed_${certainty}`, { n: number(count), ha: hectares(area) })] : [];
  });
  const answer = one.is_met === true ? say("met") : one.is_met === false && one.is_met_once_expected ? say("expected") : one.is_met === false ? say("unmet") : say("open");
  const share = one.share ? ` ${percents(one.share.lo, one.share.hi)}` : "";
  return `${name}: ${answer}${share}${parts.length > 0 ? (language === "ja" ? `（${parts.join("、")}）` : ` (${parts.join(", ")})`) : ""}`;
}

/** How a zone stands that is asked as a whole. */
export function stands(status: Status["id"], { say }: Pick<FoundContent, "say">): string {
  switch (status) {
    case "eligible":
      return say("met");
    case "prospective":
      return say("expected");
    case "undetermined":
      return say("open");
    default:
      return say("unmet");
  }
}
