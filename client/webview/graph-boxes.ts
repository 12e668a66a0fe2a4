import type { Box, BoxRow } from './drawing.ts';
import { svg, svgText } from './svg.ts';

export const BOX = { width: 216, height: 44 };
const ROW = { height: 22, below: 6 };

/** A box and where it is. */
export interface PlacedBox {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
}

/** How much room a box takes. */
export function heightOf({ rows }: Box): number {
  return rows.length === 0 ? BOX.height : BOX.height + rows.length * ROW.height + ROW.below;
}

/** The height, from the top of a box, at which an edge of one of its rows ends; without a row, of the box itself. */
export function portOf(box: Box, row: string | undefined): number {
  const index = box.rows.findIndex(it => it.id === row);
  return index < 0 ? BOX.height / 2 : BOX.height + (index + 0.5) * ROW.height;
}

/** The shape of a box. */
export function boxShape({ box, x, y }: PlacedBox, isSelected: boolean): SVGElement {
  const label = `${box.name}, ${box.detail}`;
  const height = heightOf(box);
  return svg(
    'g',
    {
      class: `node ${box.kind}${isSelected ? ' selected' : ''}`,
      transform: `translate(${x} ${y})`,
      tabindex: '0',
      role: 'button',
      'aria-label': label,
      'data-node': box.id,
    },
    [
      svgText('title', {}, box.description === null ? label : `${label}\n\n${box.description}`),
      svg('rect', { class: 'box', width: String(BOX.width), height: String(height), rx: '4' }),
      svg('rect', { class: 'stripe', width: '4', height: String(height), rx: '2' }),
      svgText('text', { class: 'name', x: '14', y: '19' }, shortened(box.name, 23)),
      svgText('text', { class: 'detail', x: '14', y: '35' }, shortened(box.detail, 30)),
      ...box.rows.map(rowShape),
    ],
  );
}

function rowShape(row: BoxRow, index: number): SVGElement {
  const top = BOX.height + index * ROW.height;
  const nType = Math.min(row.type.length, 14);
  return svg(
    'g',
    {
      class: `row${row.isFocus ? ' focus' : ''}`,
      transform: `translate(0 ${top})`,
      tabindex: '0',
      role: 'button',
      'aria-label': `column ${row.name} ${row.type}`,
      'data-column': row.id,
    },
    [
      svgText('title', {}, row.title),
      svg('rect', { class: 'rowbox', x: '5', width: String(BOX.width - 6), height: String(ROW.height), rx: '3' }),
      svgText('text', { class: 'column', x: '16', y: '15' }, shortened(row.name, 27 - nType)),
      svgText('text', { class: 'type', x: String(BOX.width - 10), y: '15' }, shortened(row.type, 14)),
    ],
  );
}

/** Long names lose their middle, because beginnings tell the layer and ends tell what it is. */
function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const half = Math.floor((most - 1) / 2);
  return `${name.slice(0, half)}…${name.slice(-half)}`;
}
