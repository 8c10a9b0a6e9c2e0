/** Numbers as people read them. */

import type { Facts, Threshold } from "./data/facts.ts";
import type { Language } from "./state.ts";
import type { Say } from "./text.ts";

/** With separators of thousands and at most `decimals` digits after the point. */
export function number(value: number, decimals = 0): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: decimals });
}

/** A share as per cent; never rounded to 0 or 100 from beside it. */
export function percent(share: number): string {
  const text = (share * 100).toFixed(1).replace(/\.0$/, "");
  if (text === "0" && share > 0) return "<0.1%";
  if (text === "100" && share < 1) return ">99.9%";
  return `${text}%`;
}

/** An interval of shares. */
export function percents(lo: number, hi: number): string {
  return lo === hi ? percent(lo) : `${percent(lo)}–${percent(hi)}`;
}

/** Hectares: the smaller, the more digits. */
export function hectares(value: number): string {
  return `${number(value, value < 1 ? 2 : 1)} ha`;
}

/** A number in the unit of a threshold. */
export function inUnit(value: number, unit: string, language: Language): string {
  const ja = language === "ja";
  switch (unit) {
    case "share":
      return `${number(value * 100, 2)}%`;
    case "1/ha":
      return ja ? `${number(value, 1)}人/ha` : `${number(value, 1)} per hectare`;
    case "departures/h":
      return ja ? `${number(value, 1)}本/時` : `${number(value, 1)} departures an hour`;
    case "departures/day":
      return ja ? `${number(value, 1)}本/日` : `${number(value, 1)} departures a day`;
    case "m":
      return `${number(value, value < 100 ? 1 : 0)} m`;
    default:
      return `${number(value, 1)} ${unit}`;
  }
}

/** That there is none near, where a distance is so long that nobody would call it near; else `null`. */
export function noneNear(metres: number, facts: Pick<Facts, "named_within">, say: Say): string | null {
  return metres > facts.named_within ? say("none_within", { km: number(facts.named_within / 1000, 1) }) : null;
}

/** The threshold behind a key. */
export function thresholdOf(facts: Facts, key: string): Threshold | undefined {
  return facts.thresholds.find((one) => one.key === key);
}

/** A rule with its thresholds filled in. */
export function filled(rule: string, facts: Facts, language: Language): string {
  return rule.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const threshold = thresholdOf(facts, key);
    return threshold ? inUnit(threshold.value, threshold.unit, language) : whole;
  });
}
