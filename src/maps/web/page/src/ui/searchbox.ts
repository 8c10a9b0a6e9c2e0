/** The search: a combobox with a list of hits, each with what it is, used by keyboard or pointer. */

import { el, part } from "../dom.ts";
import { type Hit, merged } from "../search/hits.ts";
import { findLots } from "../search/lots.ts";
import { findNamed, type Named } from "../search/named.ts";
import { lot } from "../search/normal.ts";
import type { Store } from "../state.ts";
import { sayIn } from "../text.ts";

/** So many hits are shown; of parcels alone, and of each other list. */
const MOST = 30;
const MOST_PARCELS = 20;
const MOST_OF_A_LIST = 6;

/** What the search looks through, and who shows what was chosen. */
export interface SearchUse {
  /** All parcels' numbers, once they are wanted; none where they cannot be read. */
  numbers: () => Promise<string[]>;
  /** What has a name, as it is now. */
  named: () => Named[];
  chooseParcel: (parcel: number) => void;
  chooseNamed: (named: Named) => void;
}

/** Makes the search work. */
export function useSearch(store: Store, use: SearchUse): void {
  const input = part("search") as HTMLInputElement;
  const list = part("hits");
  let lots: Promise<{ shown: string[]; compared: string[] }> | null = null;
  let shown: string[] = [];
  let hits: Hit[] = [];
  let active = -1;
  let asked = 0;

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (index: number): void => {
    const hit = hits[index];
    if (hit === undefined) return;
    close();
    input.value = wordsOf(hit).what;
    if ("parcel" in hit) use.chooseParcel(hit.parcel);
    else use.chooseNamed(hit.named);
  };
  const mark = (index: number): void => {
    active = hits.length === 0 ? -1 : (index + hits.length) % hits.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `hit-${active}`);
      list.children[active]?.scrollIntoView({ block: "nearest" });
    }
  };
  /** Its name, what it is, and what tells it from others of its name: of parcels of one number, their place in the input. */
  const wordsOf = (hit: Hit): { what: string; kind: string; more: string } => {
    if ("named" in hit) return { what: hit.named.name, kind: hit.named.kind, more: hit.named.more };
    const what = shown[hit.parcel] ?? "";
    const twice = hits.some((other) => "parcel" in other && other.parcel !== hit.parcel && shown[other.parcel] === what);
    return { what, kind: sayIn(store.view.language)("hit_parcel"), more: twice ? `#${hit.parcel + 1}` : "" };
  };
  const item = (hit: Hit, index: number): HTMLElement => {
    const { what, kind, more } = wordsOf(hit);
    const press = (event: Event): void => {
      event.preventDefault();
      pick(index);
    };
    return el("li", { id: `hit-${index}`, role: "option", onpointerdown: press }, el("span", { class: "what" }, what), el("span", { class: "kind" }, kind), more !== "" && el("small", {}, more));
  };
  const look = async (): Promise<void> => {
    const mine = ++asked;
    lots ??= use.numbers().then((all) => ({ shown: all, compared: all.map(lot) }));
    const all = await lots;
    if (mine !== asked) return;
    shown = all.shown;
    hits = merged(findLots(all.compared, shown, input.value, MOST_PARCELS), findNamed(use.named(), input.value, MOST_OF_A_LIST), input.value, MOST);
    const say = sayIn(store.view.language);
    const none = input.value.trim() !== "" && hits.length === 0;
    list.replaceChildren(...(none ? [el("li", { class: "none", role: "option", "aria-disabled": true }, say("search_none"))] : hits.map(item)));
    list.scrollTop = 0;
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(hits.length > 0 ? 0 : -1);
  };

  input.addEventListener("input", () => void look());
  input.addEventListener("focus", () => {
    if (input.value.trim() !== "") void look();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active - 1);
    else if (event.key === "Enter") pick(Math.max(0, active));
    else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
