/** What an element is made with: attributes, listeners and children. */
export interface ElementParts {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  /** ARIA role. */
  readonly role?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
  readonly children?: readonly (Node | undefined)[];
}

/** Makes an HTML element. Text is set as text, so nothing in it is read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  parts: ElementParts = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (parts.class !== undefined) made.className = parts.class;
  if (parts.text !== undefined) made.textContent = parts.text;
  if (parts.title !== undefined) made.title = parts.title;
  if (parts.role !== undefined) made.setAttribute('role', parts.role);
  for (const [name, value] of Object.entries(parts.attributes ?? {})) made.setAttribute(name, value);
  if (parts.onClick !== undefined) made.addEventListener('click', parts.onClick);
  made.append(...(parts.children ?? []).filter(it => it !== undefined));
  return made;
}

/** A button with a text label. */
export function button(label: string, onClick: () => void, parts: ElementParts = {}): HTMLButtonElement {
  return element('button', { ...parts, text: label, onClick, attributes: { type: 'button', ...parts.attributes } });
}
