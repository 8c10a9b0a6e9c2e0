/** What to find out first: each thing that nobody knows with what it would settle, the weightiest first. */

import type { Amounts, Survey, SurveyItem } from "../../data/added.ts";
import { el } from "../../dom.ts";
import { hectares, number } from "../../format.ts";
import type { Say } from "../../text.ts";
import { entry, type FoundContent, numbered, section } from "./found.ts";

/** So many are told until the reader asks for more. */
const FEW = 20;

/** The part of the tab. */
export function surveyPart(survey: Survey, content: FoundContent): HTMLElement {
  const { say } = content;
  const { items, together: { steps } } = survey;
  const list = el("ol", { class: "found" }, ...items.slice(0, FEW).map((item, index) => itemEntry(item, index, content)));
  const more = items.length > FEW && el("button", { type: "button", class: "wide", "data-key": "survey more", onclick: (event) => {
    list.append(...items.slice(FEW).map((item, index) => itemEntry(item, FEW + index, content)));
    (event.currentTarget as HTMLElement).remove();
  } }, say("survey_more", { n: number(items.length - FEW) }));
  return section(
    say("survey"),
    say,
    el("p", {}, say("survey_open", { n: said(survey.undetermined, say) })),
    items.length === 0 ? el("p", { class: "hint" }, say("survey_none")) : el("p", { class: "hint" }, say("survey_hint")),
    list,
    more,
    steps.length > 1 && el("details", { "data-key": "survey together" }, el("summary", {}, say("survey_together")), el("p", { class: "hint" }, survey.together.how[content.language]),
      el("ol", { class: "steps" }, ...steps.map((step) => el("li", {}, el("b", {}, items.find(({ rank }) => rank === step.rank)?.title[content.language] ?? step.id), ` ${say("survey_step", { good: said(step.if_good, say), poor: said(step.if_poor, say) })}`)))),
    survey.settle_nothing_alone > 0 && el("p", { class: "hint" }, say("survey_idle", { n: number(survey.settle_nothing_alone) })));
}

function itemEntry(item: SurveyItem, index: number, content: FoundContent): HTMLElement {
  const { say, language } = content;
  return entry(content, { what: "survey", index, there: item.lon !== null, sign: numbered(item.rank, "survey"), title: item.title[language] },
    say("survey_sure", { n: byZone(item.settles_for_sure, content) }),
    answersOf(item, content));
}

/** What each answer would settle. */
export function answersOf(item: SurveyItem, { say, language }: Pick<FoundContent, "say" | "language">): HTMLElement {
  return el("dl", {}, ...item.answers.flatMap(({ said: answer, settles, opens }) => [
    el("dt", {}, answer[language]),
    el("dd", {}, said(settles, say), opens.parcels > 0 && el("small", {}, ` ${say("survey_opens", { n: number(opens.parcels) })}`)),
  ]));
}

/** Parcels and hectares. */
export function said({ parcels, hectares: area }: Amounts, say: Say): string {
  return parcels === 0 ? say("nothing") : `${say("parcels_n", { n: number(parcels) })}, ${hectares(area)}`;
}

/** The same with how many of which zone. */
function byZone(amounts: Amounts, { facts, say, language }: FoundContent): string {
  const zones = facts.zones.filter(({ id }) => (amounts.zones[id]?.parcels ?? 0) > 0);
  const list = zones.map((zone) => `${zone[language]} ${number(amounts.zones[zone.id]?.parcels ?? 0)}`);
  return said(amounts, say) + (list.length > 0 ? (language === "ja" ? `（${list.join("、")}）` : ` (${list.join(", ")})`) : "");
}
