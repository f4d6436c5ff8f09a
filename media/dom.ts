/** Builds elements. Text is set as text, never as HTML. */

type Child = Node | string;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

export function button(
  className: string,
  title: string,
  press: () => void,
  ...children: Child[]
): HTMLButtonElement {
  const element = el('button', className, ...children);
  element.type = 'button';
  element.title = title;
  element.addEventListener('click', press);
  return element;
}

/** The element with an id. @throws Error when the page has none of that type */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no #${id}`);
  return element;
}

/** Gives an element these children; one that it has already is not moved, and so keeps the focus. */
export function setChildren(parent: Element, children: readonly Element[]): void {
  for (const child of [...parent.children]) {
    if (!children.includes(child)) child.remove();
  }
  children.forEach((child, n) => {
    const there = parent.children[n] ?? null;
    if (there !== child) parent.insertBefore(child, there);
  });
}
