/**
 * What if a threshold were another? Judges all parcels again from the columns, in slices, so that the page stays alive.
 *
 * Nothing is said that the columns do not settle: such parcels get `NEEDS_RUN`, and only a run of kyoten can tell.
 */

import type { Columns } from "../data/columns.ts";
import { pause } from "../pause.ts";
import { changesOf, type Changes } from "./changes.ts";
import { needsParts } from "./intersection.ts";
import { type Parts, partsOf } from "./parts.ts";
import type { Run, Tables } from "./run.ts";
import { type Judge, zoneColumns, zoneJudge } from "./zone.ts";

/** Parcels judged at one go: some milliseconds. */
const SLICE = 20_000;

/** Status codes: the run's four, and `NEEDS_RUN`. */
export const CODES = 5;

/** What came out. */
export interface Outcome {
  /** By zone and parcel. */
  statuses: Uint8Array[];
  /** By zone, the run's status and the new one: parcels and square metres, at `from * CODES + to`. */
  parcels: Float64Array[];
  areas: Float64Array[];
}

/** Access to columns, with the parts unpacked once. */
export class Source {
  private parts: Promise<Parts> | null = null;

  constructor(
    readonly columns: Columns,
    private readonly partsByZone: readonly string[],
  ) {}

  /** The wanted columns that there are, and the parts if they are wanted. */
  async load(names: Iterable<string>, withParts: boolean): Promise<{ tables: Tables; parts: Parts | null }> {
    const wanted = [...new Set(names)].filter((name) => this.columns.has(name));
    const loaded = new Map<string, Float64Array>();
    for (const name of wanted) {
      loaded.set(name, await this.columns.numbers(name));
      await pause();
    }
    if (withParts && this.columns.has("parts")) this.parts ??= this.columns.values("parts").then((cells) => partsOf(cells, this.partsByZone));
    return { tables: (name) => loaded.get(name) ?? null, parts: withParts ? await this.parts : null };
  }
}

/** Judges all parcels under what is assumed. Ends early, with `null`, once `stale` says that nobody wants it any more. */
export async function judgeAll(run: Run, assumed: Readonly<Record<string, number>>, source: Source, stale: () => boolean): Promise<Outcome | null> {
  const changes = changesOf(run, assumed);
  const { judges, tables } = await judgesOf(run, changes, source);
  const rows = source.columns.rows;
  const outcome: Outcome = {
    statuses: run.zones.map(() => new Uint8Array(rows)),
    parcels: run.zones.map(() => new Float64Array(CODES * CODES)),
    areas: run.zones.map(() => new Float64Array(CODES * CODES)),
  };
  const area = tables("area_m2");
  for (let first = 0; first < rows; first += SLICE) {
    if (stale()) return null;
    const last = Math.min(rows, first + SLICE);
    judges.forEach((judge, zone) => {
      judgeSlice(first, last, judge, tables(run.zones[zone]?.id ?? ""), area, outcome, zone);
    });
    await pause();
  }
  return stale() ? null : outcome;
}

async function judgesOf(run: Run, changes: Changes, source: Source): Promise<{ judges: Judge[]; tables: Tables }> {
  const names = run.zones.flatMap((zone) => zoneColumns(run, zone, changes));
  const { tables, parts } = await source.load([...names, "area_m2"], run.zones.some((zone) => needsParts(run, zone, changes)));
  return { judges: run.zones.map((zone) => zoneJudge(run, zone, changes, tables, parts)), tables };
}

function judgeSlice(first: number, last: number, judge: Judge, was: Float64Array | null, area: Float64Array | null, outcome: Outcome, zone: number): void {
  const statuses = outcome.statuses[zone] ?? new Uint8Array();
  const parcels = outcome.parcels[zone] ?? new Float64Array();
  const areas = outcome.areas[zone] ?? new Float64Array();
  for (let parcel = first; parcel < last; parcel++) {
    const status = judge(parcel);
    statuses[parcel] = status;
    const cell = (was?.[parcel] ?? 0) * CODES + status;
    const square = area?.[parcel] ?? 0;
    parcels[cell] = (parcels[cell] ?? 0) + 1;
    areas[cell] = (areas[cell] ?? 0) + (Number.isNaN(square) ? 0 : square);
  }
}
