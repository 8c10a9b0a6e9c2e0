/**
 * One block of a column, unpacked: byte 0 the width of a code in bytes, bytes 1–8 the base (f64, little-endian), then
 * the codes. Code 0 is null, code c is the integer base + c − 1; of width 0 one byte says whether all are null (0) or
 * all equal to the base (1).
 */

/** Writes the integers of a block, divided by `scale`, into `out` from `start` on; null becomes NaN. */
export function readCodes(block: Uint8Array, rows: number, scale: number, out: Float64Array, start: number): void {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const width = block[0];
  const base = view.getFloat64(1, true);
  const put = (row: number, code: number): void => {
    out[start + row] = code === 0 ? NaN : (base + code - 1) / scale;
  };
  switch (width) {
    case 0:
      out.fill(block[9] === 1 ? base / scale : NaN, start, start + rows);
      break;
    case 1:
      for (let row = 0; row < rows; row++) put(row, block[9 + row] ?? 0);
      break;
    case 2:
      for (let row = 0; row < rows; row++) put(row, view.getUint16(9 + 2 * row, true));
      break;
    case 4:
      for (let row = 0; row < rows; row++) put(row, view.getUint32(9 + 4 * row, true));
      break;
    case 8:
      for (let row = 0; row < rows; row++) {
        put(row, view.getUint32(9 + 8 * row, true) + view.getUint32(13 + 8 * row, true) * 2 ** 32);
      }
      break;
    default:
      throw new Error(`a column has codes of ${width} bytes`);
  }
}
