/**
 * How what is looked for, and what it is looked for in, is written before the two are compared. The one place that knows the ways in
 * which people write names and the numbers of parcels.
 */

/** A text that needs no more than small letters. */
// eslint-disable-next-line no-control-regex
const ASCII = /^[\x21-\x7e]*$/;

/** Lines that stand between digits as hyphens do; long vowels and minus signs are among them. */
const HYPHENS = /(?<=\d)[‐‑‒–—―−ーｰ](?=\d)/g;

/** A name as it is compared: NFKC, without blanks, small letters, one kind of hyphen between digits. */
export function plain(text: string): string {
  const same = ASCII.test(text) ? text : text.normalize("NFKC").replace(/\s+/g, "");
  return same.toLowerCase().replace(HYPHENS, "-");
}

const DIGITS = "〇一二三四五六七八九";

/** A small number in Chinese digits, as in 二丁目, 十丁目 and 二十一丁目. */
function counted(number: string): string {
  const [tens, ones] = number.includes("十") ? number.split("十") : ["", number];
  const one = (digit: string | undefined): number => DIGITS.indexOf(digit || "〇");
  return String((number.includes("十") ? one(tens || "一") * 10 : 0) + one(ones));
}

/**
 * The number of a parcel 地番 as it is compared. 900番3, 900番地3, 900番地の3, 900の3 and 900-3 are one; so are 大字本町字川原二丁目5番1 and
 * 本町川原2丁目5-1. What stands behind 丁目 goes on with a hyphen, as in 2-5-1.
 */
export function lot(text: string): string {
  const same = plain(text);
  if (ASCII.test(same)) return same;
  return same
    .replace(/[一二三四五六七八九十]+(?=丁目)/g, counted)
    .replace(/(?:大字|小字|字)/g, "")
    .replace(/(?<=\d)丁目/g, "-")
    .replace(/(?<=\d)(?:番地?[のノ之]?|[のノ之])(?=[\dイロハニホヘト甲乙丙丁])/g, "-")
    .replace(/(?<=\d)番地?[のノ之]?$/, "")
    .replace(/(?<=\d)号$/, "");
}
