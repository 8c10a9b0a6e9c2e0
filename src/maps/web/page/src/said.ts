/** What the run says in two languages, in the reader's: the Japanese where it is there, else the English. */

import type { Facts, Input, LayerName, Notice } from "./data/facts.ts";
import type { Language } from "./state.ts";
import { say } from "./text.ts";

/** One of two texts. */
export function said<T extends string | null>(language: Language, english: T, japanese: T | undefined): T {
  return language === "ja" && japanese ? japanese : english;
}

/** The name of a layer; in English its key where it has no name. */
export function layerName(facts: Facts, layer: string, language: Language): string {
  const plain = layer.replace(/^(prospective|scenario)\./, "");
  const ofInput = facts.inputs.find((one) => one.layer === plain);
  const known: Pick<Input | LayerName, "ja" | "en"> | undefined = facts.criteria.flatMap(({ layers }) => layers).find(({ id }) => id === plain) ?? ofInput;
  return known?.[language] ?? layer;
}

/** The same at the beginning of a line. */
export function layerTitle(facts: Facts, layer: string, language: Language): string {
  const name = layerName(facts, layer, language);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What is said behind the name of an input layer that is not of today, by the beginning of its key. */
const BESIDE = [
  { beginning: "prospective.", ja: "（見込み）", en: " (expected)" },
  { beginning: "scenario.", ja: "（想定）", en: " (what-if)" },
];

/** The name of an input layer; one that is expected or of a what-if says so. */
export function inputName({ ja, en, layer }: Pick<Input, "ja" | "en" | "layer">, language: Language): string {
  const name = language === "en" ? en : ja;
  // A key says it by itself.
  if (!name) return layer;
  return name + (BESIDE.find(({ beginning }) => layer.startsWith(beginning))?.[language] ?? "");
}

/** A notice in words. */
export interface NoticeWords {
  severity: string;
  /** What happened, and how often. */
  what: string;
  /** Empty where nothing needs doing. */
  advice: string;
  examples: string;
}

/** A notice in the reader's language. */
export function noticeWords(notice: Notice, facts: Facts, language: Language): NoticeWords {
  const { severity, count, what, what_ja, advice, advice_ja, examples, examples_ja = [] } = notice;
  const told = language === "ja" && what_ja ? "ja" : "en";
  const n = count.toLocaleString("en-US");
  return {
    severity: facts.severities?.[severity]?.[language] ?? severity,
    what: say(told, "notice_count", { what: said(told, what, what_ja), n }),
    advice: said(language, advice, advice_ja),
    examples: (language === "ja" && examples_ja.length > 0 ? examples_ja : examples).join(" · "),
  };
}
