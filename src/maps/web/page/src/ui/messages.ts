/** Messages over the map: what could not be had, and what to do. */

import type { Facts } from "../data/facts.ts";
import { el, part } from "../dom.ts";
import type { Store } from "../state.ts";
import { sayIn } from "../text.ts";
import { folderOf, quoted, wholeCommand } from "./command.ts";

/** Tells of something that did not work, once for each text. */
export function warn(text: string): void {
  const stage = part("stage");
  if ([...stage.querySelectorAll(".warning")].some((one) => one.firstChild?.textContent === text)) return;
  const box = el("div", { class: "message warning", role: "alert" }, el("span", {}, text));
  box.append(el("button", { type: "button", class: "icon", "aria-label": "×", onclick: () => box.remove() }, "×"));
  stage.append(box);
}

/** The folder of a page that was opened from disk, as commands take it: `/C:/runs/x/map.html` is in `C:/runs/x`. */
export function folderOnDisk(path: string): string {
  const folder = decoded(path).replace(/\/[^/]*$/, "") || "/";
  return folder.replace(/^\/(?=[A-Za-z]:)/, "");
}

/** The text of an address; as it stands where it is none. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Says how to open a map whose parcels lie beside the page, in both languages. */
export function served(facts: Facts, store: Store): void {
  const files = facts.beside ? `${facts.beside.tiles}, ${facts.beside.columns}` : "";
  const both = [store.view.language, store.view.language === "ja" ? "en" : "ja"] as const;
  const texts = both.map((language) => {
    const say = sayIn(language);
    return el(
      "div",
      { lang: language },
      el("h2", {}, say("served_title")),
      el("p", {}, say("served", { files })),
      el("p", {}, say("served_by")),
      el("pre", {}, `kyoten serve ${quoted(folderOnDisk(location.pathname))}`),
      el("p", {}, say("served_whole", { folder: folderOf(facts, say) })),
      el("pre", {}, wholeCommand(facts)),
      el("p", {}, say("served_ask")),
      el("p", {}, say("served_rest")),
    );
  });
  const box = el("div", { class: "message served", role: "alert" }, ...texts);
  box.append(el("button", { type: "button", onclick: () => box.remove() }, sayIn(store.view.language)("close")));
  part("stage").append(box);
}
