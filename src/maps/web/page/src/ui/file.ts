/** Drawn zones into a file and out of one, chosen or dropped on the map. */

import type { Facts } from "../data/facts.ts";
import { fileText, FILE, readFile } from "../drawn/geojson.ts";
import { nextName } from "../drawn/zone.ts";
import { el, part } from "../dom.ts";
import type { Store } from "../state.ts";
import { sayIn } from "../text.ts";
import { warn } from "./messages.ts";

/** Gives the drawn zones as a file. */
export function saveFile({ view }: Store): void {
  const url = URL.createObjectURL(new Blob([fileText(view.drawn)], { type: "application/geo+json" }));
  const link = el("a", { href: url, download: FILE });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Adds the zones of a file; tells what it cannot take. */
export async function loadFile(file: File, facts: Facts, store: Store, loaded: (first: number) => void): Promise<void> {
  const say = sayIn(store.view.language);
  const found = readFile(await file.text(), facts, (number) => `${say("drawn_name")}${number}`);
  if ("why" in found) {
    const ids = facts.zones.map(({ id }) => id).join(", ");
    return warn(`${file.name}: ${say(found.why, found.why === "file_no_kind" ? { n: found.feature, word: found.word, ids } : {})}`);
  }
  if (found.left.length > 0) warn(`${file.name}: ${say("file_left", { list: found.left.join(", ") })}`);
  const before = store.view.drawn;
  store.set({ drawn: [...before, ...found.zones], drawnChosen: before.length });
  loaded(before.length);
}

/** A file that is dropped on the map is loaded. */
export function useDrop(facts: Facts, store: Store, loaded: (first: number) => void): void {
  const frame = part("frame");
  frame.addEventListener("dragover", (event) => event.preventDefault());
  frame.addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void loadFile(file, facts, store, loaded);
  });
}

/** The name of a zone that is drawn now. */
export function newName({ view }: Store): string {
  return nextName(sayIn(view.language)("drawn_name"), view.drawn);
}
