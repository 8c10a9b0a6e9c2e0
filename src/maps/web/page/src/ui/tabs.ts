/** The tabs at the side: legend, assumptions and drawn zones. On a narrow screen they open as sheets over the map. */

import { part } from "../dom.ts";

const NAMES = ["legend", "whatif", "drawn"] as const;

/** Makes the tabs work. */
export function useTabs(): void {
  const side = part("side");
  const show = (name: string, focus: boolean): void => {
    for (const one of NAMES) {
      const on = one === name;
      const tab = part(`tab-${one}`);
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      part(one).hidden = !on;
      if (on && focus) tab.focus();
    }
  };
  for (const name of NAMES) {
    part(`tab-${name}`).addEventListener("click", () => {
      const again = part(`tab-${name}`).getAttribute("aria-selected") === "true";
      side.classList.toggle("raised", !(again && side.classList.contains("raised")));
      show(name, false);
    });
    part(`tab-${name}`).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const step = event.key === "ArrowRight" ? 1 : NAMES.length - 1;
      show(NAMES[(NAMES.indexOf(name) + step) % NAMES.length] ?? name, true);
      event.preventDefault();
    });
  }
  show("legend", false);
}
