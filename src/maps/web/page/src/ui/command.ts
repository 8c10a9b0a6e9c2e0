/** Texts to be copied: commands to type, lines of a project file. */

import type { Facts } from "../data/facts.ts";
import { el } from "../dom.ts";
import type { Say } from "../text.ts";

/** A word of a command as a shell takes it. Words of letters, digits and a few signs need no quotes, in no shell. */
export function quoted(word: string): string {
  return /^[\p{L}\p{N}_.@:/][\p{L}\p{N}_.@:/-]*$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What a command is given so that it is asked of the run's own project, with the run's own settings. */
function project({ project: file, set = [] }: Facts): string {
  return [quoted(file), ...set.map((setting) => `--set ${quoted(setting)}`)].join(" ");
}

/** In which folder such a command runs, in words. */
export function folderOf(facts: Facts, say: Say): string {
  return facts.project === "." ? say("folder_of_data") : say("folder_of_project", { file: facts.project });
}

/** The command that does the run again with all of its map in one file. */
export function wholeCommand(facts: Facts): string {
  return `kyoten run ${project(facts)} --one-file`;
}

/** The command that assesses drawn zones. */
export function assessCommand(facts: Facts, zones: string): string {
  return `kyoten assess ${project(facts)} ${zones}`;
}

/** The command that explains a parcel; `place` where others have its number. What begins with `-` is no option. */
export function explainCommand(facts: Facts, id: string, place: number | null): string {
  const parcel = place === null ? id : `${id}@${place}`;
  return `kyoten explain ${project(facts)}${parcel.startsWith("-") ? " --" : ""} ${quoted(parcel)}`;
}

/** A text in a box, with a button that copies it. */
export function copied(title: string, text: string, say: Say, key: string): HTMLElement {
  const copy = (event: Event): void => {
    const button = event.currentTarget as HTMLButtonElement;
    void copyText(text).then(() => {
      button.textContent = say("copied");
    });
  };
  return el("div", { class: "copied" }, el("span", {}, title), el("pre", { tabindex: 0 }, text), el("button", { type: "button", "data-key": key, onclick: copy }, say("copy")));
}

/** Copies a text; by an old way where the page is not served. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
