/** Makes an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  children: readonly SVGElement[] = [],
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Makes an SVG element that holds text. */
export function svgText(
  tag: 'text' | 'title',
  attributes: Readonly<Record<string, string>>,
  content: string,
): SVGElement {
  const made = svg(tag, attributes);
  made.textContent = content;
  return made;
}
