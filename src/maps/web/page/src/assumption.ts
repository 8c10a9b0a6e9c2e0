/** Keeps the outcome of what is assumed up to date: judges again a moment after the last change. */

import type { Count, Facts } from "./data/facts.ts";
import { NEEDS_RUN } from "./data/facts.ts";
import type { Store } from "./state.ts";
import { type Gone, goneUnder } from "./whatif/gone.ts";
import type { Run } from "./whatif/run.ts";
import { CODES, judgeAll, type Outcome, type Source } from "./whatif/whatif.ts";

/** How long sliders must rest, milliseconds. */
const REST = 120;

/** The assumption and its outcome. */
export class Assumption {
  /** `null` while nothing is assumed, and until the first outcome. */
  outcome: Outcome | null = null;
  /** Fulfilled when the outcome is that of the last change. */
  settled: Promise<void> = Promise.resolve();
  private turn = 0;

  constructor(
    private readonly facts: Facts,
    private readonly run: Run,
    private readonly source: Source,
    private readonly store: Store,
    private readonly changed: () => void,
  ) {
    store.watch(["assumed"], ({ assumed }) => {
      this.settled = this.follow(assumed);
    });
  }

  /** What the run has drawn that need not hold any more. */
  get gone(): Gone {
    return goneUnder(this.facts, this.run, this.store.view.assumed);
  }

  /** Parcels and hectares by status code of a zone: of the outcome, else of the run. */
  counts(zone: number): Count[] {
    const counts = Array.from({ length: CODES }, () => ({ parcels: 0, hectares: 0 }));
    const { outcome, facts } = this;
    if (!outcome) {
      const told = facts.counts[facts.zones[zone]?.id ?? ""] ?? {};
      return counts.map((none, code) => told[facts.statuses[code]?.id ?? ""] ?? none);
    }
    for (let cell = 0; cell < CODES * CODES; cell++) {
      const count = counts[cell % CODES] ?? { parcels: 0, hectares: 0 };
      count.parcels += outcome.parcels[zone]?.[cell] ?? 0;
      count.hectares += (outcome.areas[zone]?.[cell] ?? 0) / 1e4;
    }
    return counts;
  }

  /** The id of a status code. */
  statusId(code: number): string {
    return code === NEEDS_RUN ? "needs_run" : (this.facts.statuses[code]?.id ?? "");
  }

  private async follow(assumed: Readonly<Record<string, number>>): Promise<void> {
    const turn = ++this.turn;
    if (Object.keys(assumed).length === 0) {
      const had = this.outcome !== null;
      this.outcome = null;
      if (had) this.changed();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, REST));
    if (turn !== this.turn) return this.settled;
    const outcome = await judgeAll(this.run, assumed, this.source, () => turn !== this.turn);
    if (!outcome) return this.settled;
    this.outcome = outcome;
    this.changed();
  }
}
