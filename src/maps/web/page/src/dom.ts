/** Making elements. Texts go in as text nodes only, so that no name from the data can become markup. */

type Child = Node | string | number | null | undefined | false;

/** Attributes; a function is a listener of the event after `on`. */
export type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An element with attributes and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** Adds children that are there. */
export function append(parent: Node, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Replaces what an element holds. The focus, the scroll position and which details are open are kept by `data-key`.
 */
export function refill(root: HTMLElement, ...children: Child[]): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && root.contains(focused) ? focused.dataset["key"] : undefined;
  const open = new Map<string, boolean>();
  for (const details of root.querySelectorAll<HTMLDetailsElement>("details[data-key]")) {
    open.set(details.dataset["key"] ?? "", details.open);
  }
  const scroll = root.scrollTop;
  root.replaceChildren();
  append(root, children);
  for (const details of root.querySelectorAll<HTMLDetailsElement>("details[data-key]")) {
    details.open = open.get(details.dataset["key"] ?? "") ?? details.open;
  }
  root.scrollTop = scroll;
  if (key) root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/** The element of the page's own skeleton with this id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
