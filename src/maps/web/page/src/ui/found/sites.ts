/** Chosen sites: how many, whom they serve, and of each what is near and what it keeps away. */

import type { NearFacility, Served, Site, Sites } from "../../data/added.ts";
import { el } from "../../dom.ts";
import { number } from "../../format.ts";
import { entry, type FoundContent, numbered, section } from "./found.ts";

/** The part of the tab. */
export function sitesPart(sites: Sites, content: FoundContent): HTMLElement {
  const { say } = content;
  const { sites_found: found, sites_at_most: most, spacing_m: metres } = sites;
  const n = number(found);
  const bound = most === null ? "" : most <= found ? say("sites_no_more") : say("sites_at_most", { n: number(most) });
  const lines = [
    found === 0 ? say("sites_none") : say("sites_found", { n, m: number(metres, 1), bound }),
    sites.seniors_served && found > 0 ? say("sites_served", { m: number(sites.within_m), n: people(sites.seniors_served, content) }) : null,
    sites.fixed.length > 0 ? say("sites_fixed", { list: sites.fixed.join(content.language === "ja" ? "、" : ", ") }) : null,
    say("sites_candidates", { n: number(sites.candidates) }),
  ];
  return section(
    say("sites"),
    say,
    ...lines.filter((line) => line !== null).map((line) => el("p", {}, line)),
    el("ol", { class: "found" }, ...sites.sites.map((site, index) => siteEntry(site, index, sites, content))),
    found > 0 && el("p", { class: "hint" }, say("sites_hint")));
}

function siteEntry(site: Site, index: number, sites: Sites, content: FoundContent): HTMLElement {
  const { say } = content;
  return entry(content, { what: "sites", index, there: true, sign: numbered(index + 1, "site"), title: nameOf(site), end: `${number(site.area_m2, 1)} m²` },
    servedLine(site, sites, content),
    say("site_next", { next: site.next_site_m === null ? say("none_near") : `${number(site.next_site_m, 0)} m`, n: number(site.rules_out) }),
    say("site_same_kind", { what: near(site.same_kind_facility, content) }));
}

/** What a site is called: its parcels. */
export function nameOf(site: Site): string {
  return site.parcels.join(" + ");
}

/** Who lives near it, and near no other. */
export function servedLine(site: Site, sites: Sites, content: Pick<FoundContent, "say" | "language">): string | null {
  if (!site.seniors || !site.seniors_only_here) return null;
  return content.say("site_served", { m: number(sites.within_m), n: people(site.seniors, content), only: people(site.seniors_only_here, content) });
}

/** So many people: whole persons, the two ends rounded apart. */
export function people({ lo, hi }: Served, { say }: Pick<FoundContent, "say">): string {
  if (hi === lo) return say("people", { n: number(lo) });
  const least = number(Math.floor(lo));
  return hi === null ? say("at_least", { n: say("people", { n: least }) }) : say("people", { n: `${least}–${number(Math.ceil(hi))}` });
}

/** A facility and how far it is. */
export function near(facility: NearFacility | null, { say }: Pick<FoundContent, "say">): string {
  return facility ? `${facility.name ?? say("no_name")} ${number(facility.distance_m, 0)} m` : say("none_near");
}
