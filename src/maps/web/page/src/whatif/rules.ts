/**
 * The run's own rules of judging, written again for the page: how shares and answers become a status. They follow
 * `src/verdicts`; the comparisons are the same to the last digit.
 */

import { ELIGIBLE, INELIGIBLE, NEEDS_RUN, PROSPECTIVE, UNDETERMINED } from "../data/facts.ts";

/** Whether a share reaches the membership share: at least it, and above 0 where it is 0 (`any`). */
export function reaches(share: number, membership: number): boolean {
  return share >= membership && share > 0;
}

/** The answer to a question about a parcel; `unsettled` where the columns do not tell which of several it is. */
export type Answer = "yes" | "no" | "unknown" | "unsettled";

/** All questions of a zone about the parcel: one that fails settles it, one that is not known leaves it open. */
export function allOf(answers: readonly Answer[]): Answer {
  if (answers.includes("no")) return "no";
  if (answers.includes("unsettled")) return "unsettled";
  return answers.includes("unknown") ? "unknown" : "yes";
}

/** Several questions any of which serves: one that holds settles them. */
export function anyOf(answers: readonly Answer[]): Answer {
  if (answers.includes("yes")) return "yes";
  if (answers.includes("unsettled")) return "unsettled";
  return answers.includes("unknown") ? "unknown" : "no";
}

/** Whether something holds: it may, it may not, or either. A set of truths as two bits: 1 = may fail, 2 = may hold. */
type Truths = number;
const NO = 1;
const YES = 2;

function within(min: number, max: number, membership: number): Truths {
  // A share that is not there may be any.
  if (Number.isNaN(min + max)) return YES | NO;
  return (reaches(max, membership) ? YES : 0) | (reaches(min, membership) ? 0 : NO);
}

/**
 * The status that follows whatever the shares are within their bounds, or `NEEDS_RUN` where they leave several.
 * `bounds` holds least and most of the share for certain, in what is possible, and with expectations.
 */
export function settled(bounds: Float64Array, membership: number, answer: Answer): number {
  let sure = within(bounds[0] ?? 0, bounds[1] ?? 1, membership);
  let possible = within(bounds[2] ?? 0, bounds[3] ?? 1, membership);
  let expected = within(bounds[4] ?? 0, bounds[5] ?? 1, membership);
  if (answer === "no") sure = possible = expected = NO;
  else if (answer === "unknown") sure = expected = NO;
  else if (answer === "unsettled") {
    sure |= NO;
    expected |= NO;
    possible |= NO;
  }
  let statuses = 0;
  if (sure & YES) statuses |= 1 << ELIGIBLE;
  if (sure & NO && expected & YES) statuses |= 1 << PROSPECTIVE;
  if (sure & NO && expected & NO && possible & NO) statuses |= 1 << INELIGIBLE;
  if (sure & NO && expected & NO && possible & YES) statuses |= 1 << UNDETERMINED;
  switch (statuses) {
    case 1 << ELIGIBLE:
      return ELIGIBLE;
    case 1 << PROSPECTIVE:
      return PROSPECTIVE;
    case 1 << INELIGIBLE:
      return INELIGIBLE;
    case 1 << UNDETERMINED:
      return UNDETERMINED;
    default:
      return NEEDS_RUN;
  }
}
