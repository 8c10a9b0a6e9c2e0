/** The tabs at the side: legend, assumptions, drawn zones, and what was added to the run where there is anything. On a narrow screen they open as sheets over the map. */

import { part } from "../dom.ts";

const ALWAYS = ["legend", "whatif", "drawn"];
const ADDED = "found";

/** Makes the tabs work. */
export function useTabs(anyAdded: boolean): void {
  const names = anyAdded ? [...ALWAYS, ADDED] : ALWAYS;
  part(`tab-${ADDED}`).hidden = !anyAdded;
  const side = part("side");
  const show = (name: string, focus: boolean): void => {
    for (const one of names) {
      const on = one === name;
      const tab = part(`tab-${one}`);
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      part(one).hidden = !on;
      if (on && focus) tab.focus();
    }
  };
  for (const name of names) {
    part(`tab-${name}`).addEventListener("click", () => {
      const again = part(`tab-${name}`).getAttribute("aria-selected") === "true";
      side.classList.toggle("raised", !(again && side.classList.contains("raised")));
      show(name, false);
    });
    part(`tab-${name}`).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const step = event.key === "ArrowRight" ? 1 : names.length - 1;
      show(names[(names.indexOf(name) + step) % names.length] ?? name, true);
      event.preventDefault();
    });
  }
  show("legend", false);
}
