import type { Drawing } from './drawing.ts';
import { BOX, heightOf, type PlacedBox } from './graph-boxes.ts';
import { layout, type NodePlace } from './graph-layout.ts';

/** Which way edges lead: to the right, down, or past the right side of boxes that stand one below the other. */
export type Direction = 'right' | 'down' | 'past';

/** Where boxes are, and how they are joined. */
export interface Arrangement {
  readonly direction: Direction;
  readonly boxes: readonly PlacedBox[];
}

/** A width and a height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The ways to place the boxes of a drawing, for a wide and for a narrow view. Rows are joined at their sides, so boxes
 * that have some stand beside each other, or in one column.
 */
export function arrangements(drawing: Drawing): readonly [Arrangement, Arrangement] {
  const grid = layout(
    drawing.boxes.map(it => it.id),
    drawing.edges,
  );
  const hasRows = drawing.boxes.some(it => it.rows.length > 0);
  if (hasRows) {
    return [
      { direction: 'right', boxes: stacked(drawing, grid) },
      { direction: 'past', boxes: inOneColumn(drawing, grid) },
    ];
  }
  return [
    { direction: 'right', boxes: inSteps(drawing, grid, 'right') },
    { direction: 'down', boxes: inSteps(drawing, grid, 'down') },
  ];
}

/** The one of two arrangements that a view can show larger. */
export function better([wide, narrow]: readonly [Arrangement, Arrangement], view: Size): Arrangement {
  return scaleFor(sizeOf(narrow), view) > scaleFor(sizeOf(wide), view) ? narrow : wide;
}

/** How much room the boxes take, with the edges beside them. */
export function sizeOf({ boxes, direction }: Arrangement): Size {
  const width = Math.max(...boxes.map(it => it.x), 0) + BOX.width + (direction === 'past' ? BULGE : 0);
  const height = Math.max(...boxes.map(it => it.y + heightOf(it.box)), BOX.height);
  return { width, height };
}

/** At which scale something fits into a view, without being blown up. */
export const scaleFor = ({ width, height }: Size, view: Size): number =>
  Math.min((view.width - 2 * EDGE) / width, (view.height - 2 * EDGE) / height, 1);

/** How far edges reach beyond boxes that stand in one column. */
export const BULGE = 84;

/** Boxes of one size in a grid. */
function inSteps({ boxes }: Drawing, grid: readonly NodePlace[], direction: 'right' | 'down'): readonly PlacedBox[] {
  const byId = new Map(boxes.map(it => [it.id, it]));
  const { along, across } = STEPS[direction];
  return grid.flatMap(({ id, column, row }) => {
    const box = byId.get(id);
    if (box === undefined) return [];
    const [x, y] = direction === 'right' ? [column * along, row * across] : [row * across, column * along];
    return [{ box, x, y }];
  });
}

/** Boxes of different heights in columns, each column in the middle of the tallest one. */
function stacked({ boxes }: Drawing, grid: readonly NodePlace[]): readonly PlacedBox[] {
  const byId = new Map(boxes.map(it => [it.id, it]));
  const columns: { readonly placed: PlacedBox[]; height: number }[] = [];
  for (const { id, column } of inOrder(grid)) {
    const box = byId.get(id);
    if (box === undefined) continue;
    const stack = (columns[column] ??= { placed: [], height: 0 });
    const y = stack.height === 0 ? 0 : stack.height + GAP;
    stack.placed.push({ box, x: column * STEPS.right.along, y });
    stack.height = y + heightOf(box);
  }
  const tallest = columns.reduce((most, it) => Math.max(most, it?.height ?? 0), 0);
  return columns.flatMap(it => it.placed.map(box => ({ ...box, y: box.y + (tallest - it.height) / 2 })));
}

/** All boxes one below the other, those that others are made from above them. */
function inOneColumn({ boxes }: Drawing, grid: readonly NodePlace[]): readonly PlacedBox[] {
  const byId = new Map(boxes.map(it => [it.id, it]));
  let y = 0;
  return inOrder(grid).flatMap(({ id }) => {
    const box = byId.get(id);
    if (box === undefined) return [];
    const placed = { box, x: 0, y };
    y += heightOf(box) + GAP;
    return [placed];
  });
}

const inOrder = (grid: readonly NodePlace[]): readonly NodePlace[] =>
  grid.toSorted((a, b) => a.column - b.column || a.row - b.row);

/** From one box to the next, along the edges and across them. */
const STEPS = { right: { along: 284, across: 64 }, down: { along: 104, across: 236 } };
const GAP = 24;
const EDGE = 24;
