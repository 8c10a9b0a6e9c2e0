/** The columns of all parcels, unpacked when they are asked for and not before. */

import { gunzip } from "./bytes.ts";
import { pause } from "../pause.ts";
import { readCodes } from "./codes.ts";
import type { ColumnInfo, Facts } from "./facts.ts";

/** What stands in one cell. */
export type Cell = string | number | null | object;

/** Blocks that are kept unpacked for looking at single parcels. */
const KEPT_BLOCKS = 256;

/** Blocks that are unpacked before the browser may do something else. */
const BLOCKS_AT_ONCE = 16;

/** Access to the columns file. `load` gives its bytes; it is called once, at the first use. */
export class Columns {
  readonly rows: number;
  private readonly infos: Map<string, ColumnInfo>;
  private readonly starts: number[];
  private readonly whole = new Map<string, Promise<Float64Array>>();
  private readonly kept = new Map<string, Float64Array | Cell[]>();
  private bytes: Promise<Uint8Array> | null = null;

  constructor(
    private readonly facts: Pick<Facts, "columns" | "names" | "statuses">,
    private readonly load: () => Promise<Uint8Array>,
  ) {
    this.infos = new Map(facts.columns.list.map((info) => [info.name, info]));
    this.starts = [];
    let rows = 0;
    for (const block of facts.columns.rows) {
      this.starts.push(rows);
      rows += block;
    }
    this.rows = rows;
  }

  /** Whether there is a column of this name. */
  has(name: string): boolean {
    return this.infos.has(name);
  }

  /** The columns in their order. */
  list(): readonly ColumnInfo[] {
    return this.facts.columns.list;
  }

  /** A column of numbers, names or statuses as numbers; null is NaN. A name is its index, a status its code. */
  numbers(name: string): Promise<Float64Array> {
    const had = this.whole.get(name);
    if (had) return had;
    const made = this.readNumbers(this.info(name));
    this.whole.set(name, made);
    return made;
  }

  /** A column of texts or of JSON values. */
  async values(name: string): Promise<Cell[]> {
    const info = this.info(name);
    const all: Cell[] = [];
    for (let block = 0; block < info.blocks.length; block++) {
      for (const cell of (await this.block(info, block)) as Cell[]) all.push(cell);
      await pause();
    }
    return all;
  }

  /** What stands in a column for one parcel; a name or a status as its text. */
  async cell(name: string, row: number): Promise<Cell> {
    const info = this.infos.get(name);
    if (!info) return null;
    const block = this.blockOf(row);
    const within = row - (this.starts[block] ?? 0);
    const value = (await this.block(info, block))[within] ?? null;
    if (typeof value !== "number") return value;
    if (Number.isNaN(value)) return null;
    if (info.kind === "status") return this.facts.statuses[value]?.id ?? null;
    if (info.kind === "name") return this.facts.names[info.names ?? ""]?.[value] ?? null;
    return value;
  }

  /** All that is known of one parcel, by column. */
  async row(row: number): Promise<Map<string, Cell>> {
    const cells = await Promise.all(this.list().map(async ({ name }) => [name, await this.cell(name, row)] as const));
    return new Map(cells);
  }

  private info(name: string): ColumnInfo {
    const info = this.infos.get(name);
    if (!info) throw new Error(`no column ${name}`);
    return info;
  }

  private blockOf(row: number): number {
    let block = 0;
    while (block + 1 < this.starts.length && (this.starts[block + 1] ?? 0) <= row) block++;
    return block;
  }

  private async unpacked(info: ColumnInfo, block: number): Promise<Uint8Array> {
    this.bytes ??= this.load();
    const bytes = await this.bytes;
    const [offset, length] = info.blocks[block] ?? [0, 0];
    return gunzip(bytes.subarray(offset, offset + length));
  }

  private async block(info: ColumnInfo, block: number): Promise<Float64Array | Cell[]> {
    const key = `${info.name} ${block}`;
    const had = this.kept.get(key);
    if (had) return had;
    const raw = await this.unpacked(info, block);
    let made: Float64Array | Cell[];
    if (info.kind === "text" || info.kind === "json") {
      made = JSON.parse(new TextDecoder().decode(raw)) as Cell[];
    } else {
      made = new Float64Array(this.facts.columns.rows[block] ?? 0);
      readCodes(raw, made.length, scaleOf(info), made, 0);
    }
    if (this.kept.size >= KEPT_BLOCKS) this.kept.delete(this.kept.keys().next().value ?? key);
    this.kept.set(key, made);
    return made;
  }

  private async readNumbers(info: ColumnInfo): Promise<Float64Array> {
    const out = new Float64Array(this.rows);
    for (let block = 0; block < info.blocks.length; block++) {
      const raw = await this.unpacked(info, block);
      readCodes(raw, this.facts.columns.rows[block] ?? 0, scaleOf(info), out, this.starts[block] ?? 0);
      if (block % BLOCKS_AT_ONCE === BLOCKS_AT_ONCE - 1) await pause();
    }
    return out;
  }
}

function scaleOf(info: ColumnInfo): number {
  return 10 ** (info.decimals ?? 0);
}
