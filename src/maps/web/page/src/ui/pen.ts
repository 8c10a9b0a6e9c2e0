/** What stands over the map while a zone is drawn: what to do, and the buttons for it. */

import { el, part, refill } from "../dom.ts";
import type { Pen } from "../map/pen.ts";
import type { Store } from "../state.ts";
import { sayIn } from "../text.ts";

/** Fills it, and hides it where nothing is drawn. */
export function fillPen(pen: Pen, store: Store): void {
  const root = part("pen");
  const say = sayIn(store.view.language);
  root.hidden = pen.corners === null;
  document.body.classList.toggle("drawing", !root.hidden);
  if (!pen.corners) return root.replaceChildren();
  const count = pen.corners.length;
  const crosses = count > 2 && !pen.canFinish;
  root.setAttribute("aria-label", say("draw"));
  refill(
    root,
    el("p", { role: "status" }, say(crosses ? "draw_crosses" : count === 0 ? "draw_first" : count < 3 ? "draw_more" : "draw_end")),
    el("button", { type: "button", "data-key": "pen undo", disabled: count === 0, onclick: () => pen.undo() }, say("draw_undo")),
    el("button", { type: "button", "data-key": "pen finish", disabled: !pen.canFinish, onclick: () => pen.finish() }, say("draw_finish")),
    el("button", { type: "button", "data-key": "pen cancel", onclick: () => pen.cancel() }, say("draw_cancel")),
  );
}
