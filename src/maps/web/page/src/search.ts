/** Finding parcels by their number: as it is, then those that begin with it, then those that hold it. */

/** A number as it is compared: NFKC, without blanks, small letters, one kind of hyphen between digits. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  const same = /^[\x21-\x7e]*$/.test(text) ? text : text.normalize("NFKC").replace(/\s+/g, "");
  return same.toLowerCase().replace(/(?<=\d)[‐‑‒–—―−ーｰ](?=\d)/g, "-");
}

/** The parcels whose number matches, best first, at most `most`. `numbers` are plain. */
export function find(numbers: readonly string[], wanted: string, most: number): number[] {
  const query = plain(wanted);
  if (query === "") return [];
  const [exact, prefix, within]: [number[], number[], number[]] = [[], [], []];
  for (let parcel = 0; parcel < numbers.length; parcel++) {
    const at = (numbers[parcel] ?? "").indexOf(query);
    if (at < 0) continue;
    const list = at > 0 ? within : numbers[parcel] === query ? exact : prefix;
    if (list.length < most) list.push(parcel);
  }
  return [...exact, ...prefix, ...within].slice(0, most);
}
