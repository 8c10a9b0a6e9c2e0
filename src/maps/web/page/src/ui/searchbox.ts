/** The search for a parcel: a combobox with a list of up to 20 hits, used by keyboard or pointer. */

import { el, part } from "../dom.ts";
import { find, plain } from "../search.ts";
import type { Store } from "../state.ts";
import { sayIn } from "../text.ts";

const MOST = 20;

/** Whether another hit has the same number: then the index in the input tells them apart. */
function twice(hits: readonly number[], shown: readonly string[], parcel: number): boolean {
  return hits.some((other) => other !== parcel && shown[other] === shown[parcel]);
}

/** Makes the search work. `numbers` gives all parcels' numbers, once they are wanted. */
export function useSearch(store: Store, numbers: () => Promise<string[]>, choose: (parcel: number) => void): void {
  const input = part("search") as HTMLInputElement;
  const list = part("hits");
  let plains: Promise<{ shown: string[]; plain: string[] }> | null = null;
  let hits: number[] = [];
  let active = -1;
  let asked = 0;

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (index: number): void => {
    const parcel = hits[index];
    if (parcel === undefined) return;
    close();
    void plains?.then(({ shown }) => {
      input.value = shown[parcel] ?? "";
    });
    choose(parcel);
  };
  const mark = (index: number): void => {
    active = hits.length === 0 ? -1 : (index + hits.length) % hits.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `hit-${active}`);
      list.children[active]?.scrollIntoView({ block: "nearest" });
    }
  };
  const look = async (): Promise<void> => {
    const mine = ++asked;
    plains ??= numbers().then((shown) => ({ shown, plain: shown.map(plain) }));
    const all = await plains;
    if (mine !== asked) return;
    hits = find(all.plain, input.value, MOST);
    const say = sayIn(store.view.language);
    const items = hits.map((parcel, index) => el("li", { id: `hit-${index}`, role: "option", onpointerdown: (event) => { event.preventDefault(); pick(index); } }, all.shown[parcel] ?? "", twice(hits, all.shown, parcel) && el("small", {}, ` #${parcel + 1}`)));
    const none = input.value.trim() !== "" && hits.length === 0;
    list.replaceChildren(...(none ? [el("li", { class: "none", role: "option", "aria-disabled": true }, say("search_none"))] : items));
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
