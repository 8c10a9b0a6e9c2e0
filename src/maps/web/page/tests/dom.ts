// As much of a document as the panels need to be filled: elements, texts and attributes. Nothing is drawn.

/** A node that holds others. */
export class FakeNode {
  readonly children: (FakeNode | string)[] = [];
  readonly attributes: Record<string, string> = {};
  readonly dataset: Record<string, string> = {};
  readonly style = { setProperty: (): void => undefined };
  readonly classList = { toggle: (): void => undefined, add: (): void => undefined };
  readonly listeners: Record<string, (event: { target: unknown; currentTarget: unknown }) => void> = {};
  scrollTop = 0;
  hidden = false;
  open = false;

  constructor(readonly tag: string) {}

  appendChild(child: FakeNode | string): void {
    this.children.push(child);
  }

  replaceChildren(): void {
    this.children.length = 0;
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
    if (name.startsWith("data-")) this.dataset[name.slice(5)] = value;
  }

  addEventListener(name: string, listener: (event: { target: unknown; currentTarget: unknown }) => void): void {
    this.listeners[name] = listener;
  }

  getContext(): null {
    return null;
  }

  contains(): boolean {
    return false;
  }

  querySelector(): null {
    return null;
  }

  querySelectorAll(): FakeNode[] {
    return [];
  }

  /** All below, itself first. */
  all(): FakeNode[] {
    return [this, ...this.children.flatMap((child) => (child instanceof FakeNode ? child.all() : []))];
  }

  /** What stands in it. */
  get text(): string {
    return this.children.map((child) => (child instanceof FakeNode ? child.text : child)).join("");
  }
}

/** Puts the document there, and gives an element to be filled. */
export function fakeRoot(): { root: HTMLElement; seen: FakeNode } {
  const document = {
    activeElement: null,
    createElement: (tag: string): FakeNode => new FakeNode(tag),
    createTextNode: (text: string): string => text,
    getElementById: (): null => null,
  };
  Object.assign(globalThis, { document, Node: FakeNode, HTMLElement: FakeNode });
  const seen = new FakeNode("div");
  return { root: seen as unknown as HTMLElement, seen };
}
