import type { ColumnLineage } from '../../server/src/protocol.ts';
import { drawingOfColumns, drawingOfNodes } from './drawing.ts';
import { button, element } from './elements.ts';
import { GraphView } from './graph-view.ts';
import type { GraphTarget } from './graph-view.ts';
import { connect, pageRoot } from './host.ts';
import type { FromLineagePage, ToLineagePage } from './lineage-messages.ts';

/** The page of the graph panel: a toolbar and the drawing. */
const root = pageRoot();
const view = new GraphView({ open, around });
const facts = element('span', { class: 'facts', role: 'status' });
const depths = element('select', { attributes: { 'aria-label': 'Steps around the model' } });
for (const [value, label] of [
  ['1', '1 step'],
  ['2', '2 steps'],
  ['3', '3 steps'],
  ['6', '6 steps'],
  ['all', 'Everything'],
] as const) {
  depths.append(element('option', { text: label, attributes: { value } }));
}
depths.value = '2';
depths.addEventListener('change', () => {
  host.post({ kind: 'depth', depth: depths.value === 'all' ? null : Number(depths.value) });
});
const rows = element('input', { attributes: { type: 'checkbox', id: 'rows' } });
rows.addEventListener('change', () => showColumns());
/** What the edges of a column's lineage mean; there is none in the graph of models. */
const legend = element('span', {
  class: 'legend',
  children: [
    ...['copied', 'transformed', 'aggregated'].map(kind =>
      element('span', { class: `key ${kind}`, text: kind, children: [] }),
    ),
    element('label', {
      title: 'Columns of filters, joins and groups: they decide which rows there are.',
      children: [rows, element('span', { text: 'rows decided by' })],
    }),
  ],
});
const toolbar = element('div', {
  class: 'bar',
  role: 'toolbar',
  attributes: { 'aria-label': 'Lineage' },
  children: [
    depths,
    facts,
    element('span', { class: 'gap' }),
    legend,
    element('span', {
      class: 'zoom',
      children: [
        button('−', () => view.zoom(1 / 1.3), { attributes: { 'aria-label': 'Zoom out' } }),
        button('+', () => view.zoom(1.3), { attributes: { 'aria-label': 'Zoom in' } }),
        button('Fit', () => view.fit()),
      ],
    }),
  ],
});
root.append(toolbar, view.root);
let columns: ColumnLineage | undefined;
const host = connect<ToLineagePage, FromLineagePage>(show, { kind: 'ready' });

function show(message: ToLineagePage): void {
  columns = message.kind === 'columns' ? message.lineage : undefined;
  legend.hidden = columns === undefined;
  switch (message.kind) {
    case 'none':
      facts.textContent = message.message;
      return;
    case 'columns':
      return showColumns();
    case 'graph': {
      const { nodes, edges } = message.graph;
      facts.textContent = `${nodes.length} nodes · ${edges.length} edges`;
      facts.title = 'A click opens a node, a double click puts it in the middle.';
      if (message.selected === null) depths.value = 'all';
      view.show(drawingOfNodes(message.graph, message.selected));
    }
  }
}

function showColumns(): void {
  if (columns === undefined) return;
  const drawing = drawingOfColumns(columns, { withRows: rows.checked });
  const focus = columns.columns.find(it => it.id === columns?.focus);
  const nColumns = drawing.boxes.reduce((sum, it) => sum + it.rows.length, 0);
  facts.textContent = `${focus?.node.name ?? ''}.${focus?.name ?? ''} · ${nColumns} columns of ${drawing.boxes.length} nodes`;
  facts.title = 'A click opens a column, a double click follows it.';
  view.show(drawing);
}

function open({ kind, id }: GraphTarget): void {
  host.post({ kind: kind === 'node' ? 'open' : 'open-column', id });
}

function around({ kind, id }: GraphTarget): void {
  host.post({ kind: kind === 'node' ? 'around' : 'around-column', id });
}
