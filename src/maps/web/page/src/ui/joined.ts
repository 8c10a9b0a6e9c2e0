/** Neighbours with which a parcel that is too small would be large enough, below the criterion that it fails. */

import { el } from "../dom.ts";
import { number } from "../format.ts";
import type { Say } from "../text.ts";
import type { PanelContent } from "./panel.ts";

/** So many sets are told; of more only how many there are. */
const FEW = 8;

/** The lines; none where the area of the site is not all that the parcel lacks. */
export function joinedPart({ joinable }: PanelContent, say: Say): HTMLElement | null {
  if (!joinable) return null;
  const { area, least, touching, sets } = joinable;
  const m2 = (value: number): string => `${number(value, 1)} m²`;
  const item = (set: (typeof sets)[number]): HTMLElement => {
    const sum = set.reduce((all, one) => all + one.area, area);
    return el("li", {}, set.map((one) => `${one.id} (${m2(one.area)})`).join(" + "), " ", el("small", {}, say("joined_sum", { sum: m2(sum) })));
  };
  if (sets.length === 0) return el("div", { class: "neighbours" }, el("p", {}, say("joined_none", { n: number(touching), m: m2(least) })));
  return el("div", { class: "neighbours" },
    el("p", {}, say("joined_with", { m: m2(least) })),
    el("ul", {}, ...sets.slice(0, FEW).map(item), sets.length > FEW && el("li", {}, say("joined_more", { n: number(sets.length - FEW) }))),
    el("p", { class: "hint" }, say("joined_hint")));
}
