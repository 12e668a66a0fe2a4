import { button, element } from './elements.ts';
import { GraphView } from './graph-view.ts';
import { connect, pageRoot } from './host.ts';
import type { FromLineagePage, ToLineagePage } from './lineage-messages.ts';

/** The page of the graph panel: a toolbar and the drawing. */
const root = pageRoot();
const view = new GraphView({
  open: id => host.post({ kind: 'open', id }),
  around: id => host.post({ kind: 'around', id }),
});
const facts = element('span', { class: 'facts', role: 'status' });
const depths = element('select', { attributes: { 'aria-label': 'Steps around the model' } });
for (const [value, label] of [
  ['1', '1 step'],
  ['2', '2 steps'],
  ['3', '3 steps'],
  ['6', '6 steps'],
  ['all', 'Whole project'],
] as const) {
  depths.append(element('option', { text: label, attributes: { value } }));
}
depths.value = '2';
depths.addEventListener('change', () => {
  host.post({ kind: 'depth', depth: depths.value === 'all' ? null : Number(depths.value) });
});
const toolbar = element('div', {
  class: 'bar',
  role: 'toolbar',
  attributes: { 'aria-label': 'Lineage' },
  children: [
    depths,
    facts,
    element('span', { class: 'gap' }),
    button('−', () => view.zoom(1 / 1.3), { attributes: { 'aria-label': 'Zoom out' } }),
    button('+', () => view.zoom(1.3), { attributes: { 'aria-label': 'Zoom in' } }),
    button('Fit', () => view.fit()),
  ],
});
root.append(toolbar, view.root);
const host = connect<ToLineagePage, FromLineagePage>(show, { kind: 'ready' });

function show(message: ToLineagePage): void {
  if (message.kind === 'none') {
    facts.textContent = message.message;
    return;
  }
  const { nodes, edges } = message.graph;
  facts.textContent = `${nodes.length} nodes · ${edges.length} edges`;
  facts.title = 'A click opens a node, a double click puts it in the middle.';
  if (message.selected === null) depths.value = 'all';
  view.show(message.graph, message.selected);
}
