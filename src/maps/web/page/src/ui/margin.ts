/** What fails of a parcel in a zone, and by how much: in words where the run has told it of every parcel, else the command that tells it. */

import { criterion as criterionOf, type Facts } from "../data/facts.ts";
import { el } from "../dom.ts";
import { number } from "../format.ts";
import type { Language } from "../state.ts";
import type { Say } from "../text.ts";
import { copied, explainCommand, folderOf } from "./command.ts";
import { numberIn } from "./judged.ts";
import { exact } from "./measure.ts";
import type { PanelContent } from "./panel.ts";

/** The part of the panel; nothing for a parcel without geometry. */
export function marginOf({ facts, columns, row, zone, language, place }: PanelContent, say: Say): HTMLElement | null {
  if (numberIn(row, "area_m2") === null) return null;
  const id = facts.zones[zone]?.id ?? "";
  if (!columns.some(({ name }) => name === `${id}_margin`)) return copied(say("explain_command", { folder: folderOf(facts, say) }), explainCommand(facts, String(row.get("kyoten_id") ?? ""), place), say, "copy explain");
  const fails = String(row.get(`${id}_fails`) ?? "").split(" ").filter(Boolean);
  const names = fails.map((one) => named(facts, one, language));
  const margin = numberIn(row, `${id}_margin`);
  const x = margin === null ? "" : amount(Math.abs(margin), String(row.get(`${id}_margin_unit`) ?? ""), language);
  return el("div", { class: "margin" },
    el("h3", {}, say("margin_of")),
    names.length > 0 && el("p", {}, say("margin_fails", { list: names.join(language === "ja" ? "、" : "; ") })),
    el("p", {}, margin === null ? say("margin_none") : names.length === 0 ? say("margin_lose", { x }) : say("margin_gain", { x, what: names[0] ?? "" })));
}

/** The name of a criterion, or of what a zone asks beside its criteria. */
function named(facts: Facts, id: string, language: Language): string {
  return criterionOf(facts, id)?.name[language] ?? facts.reasons[id]?.[language] ?? id;
}

/** How much a change is: in the unit of a threshold, or in what is added or taken away. */
function amount(value: number, unit: string, language: Language): string {
  const ja = language === "ja";
  if (unit === "persons") return ja ? `${number(value, 1)}人` : `${number(value, 1)} persons`;
  if (unit === "departures") return ja ? `${number(value, 1)}本` : `${number(value, 1)} departures`;
  return unit === "m²" ? `${number(value, 1)} m²` : exact(value, unit, language);
}
