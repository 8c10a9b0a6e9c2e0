/** One sentence on why a parcel has its status in a zone. */

import { criterion as criterionOf, ELIGIBLE, type Facts, INELIGIBLE, PROSPECTIVE, runThresholds } from "../data/facts.ts";
import { percent } from "../format.ts";
import type { Language } from "../state.ts";
import { sayIn } from "../text.ts";
import { clausesOf } from "../whatif/run.ts";
import { clauseStanding, type Row, type Standing } from "./judged.ts";

/** The sentence, for the status of the run. */
export function why(facts: Facts, row: Row, zone: number, language: Language): string {
  const say = sayIn(language);
  const thresholds = runThresholds(facts);
  const between = language === "ja" ? "、" : "; ";
  const asked = clausesOf(facts, zone);
  const named = (wanted: Standing): string =>
    asked.filter((clause) => clauseStanding(clause, row, facts, thresholds) === wanted).map((clause) => clause.map((one) => one.name[language]).join(say("or"))).join(between);
  switch (facts.statuses.findIndex(({ id }) => id === row.get(facts.zones[zone]?.id ?? ""))) {
    case ELIGIBLE:
      return say("why_eligible");
    case PROSPECTIVE:
      return say("why_prospective");
    case INELIGIBLE: {
      const list = named("unmet");
      return list === "" ? say("why_together", { m: percent(thresholds["membership"] ?? 0.5) }) : say("why_ineligible", { list });
    }
    default: {
      const list = named("open");
      if (list !== "") return say("why_undetermined", { list });
      if (row.get(`${facts.zones[zone]?.id ?? ""}_zone_as_a_whole`) !== "no") return say("why_open");
      return say("why_whole", { list: (facts.zones[zone]?.as_a_whole ?? []).map((id) => criterionOf(facts, id)?.name[language] ?? id).join(between) });
    }
  }
}
