import type { DrawnEdge, Drawing } from './drawing.ts';
import { BOX, boxShape, heightOf, portOf, type PlacedBox } from './graph-boxes.ts';
import { layout } from './graph-layout.ts';
import type { NodePlace } from './graph-layout.ts';
import { svg } from './svg.ts';

/** What is done with a box or a row of one that was clicked, or clicked twice. */
export interface GraphViewOptions {
  readonly open: (target: GraphTarget) => void;
  readonly around: (target: GraphTarget) => void;
}

export interface GraphTarget {
  readonly kind: 'node' | 'column';
  readonly id: string;
}

/** The part of the drawing that is in view, in the drawing's own units. */
interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The drawing of a graph: boxes in columns, joined by curves; it can be dragged, zoomed and walked with the keyboard. */
export class GraphView {
  readonly root: SVGSVGElement;
  readonly #options: GraphViewOptions;
  readonly #scene = svg('g', {});
  #drawing: Drawing = { boxes: [], edges: [], selected: null };
  #places: ReadonlyMap<string, PlacedBox> = new Map();
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #direction: Direction = 'right';
  #isDue = false;

  constructor(options: GraphViewOptions) {
    this.#options = options;
    this.root = svg('svg', { class: 'graph', role: 'group', 'aria-label': 'Lineage graph' }, [
      arrowHead(),
      this.#scene,
    ]);
    this.#listen();
  }

  /** Draws something else, the selected box in the middle of the view. */
  show(drawing: Drawing): void {
    const isOther = this.#drawing.selected !== drawing.selected || this.#drawing.boxes.length !== drawing.boxes.length;
    this.#drawing = drawing;
    const grid = layout(
      drawing.boxes.map(it => it.id),
      drawing.edges,
    );
    const hasRows = drawing.boxes.some(it => it.rows.length > 0);
    // Rows are joined at their sides, so boxes that have some stand beside each other.
    this.#direction = hasRows ? 'right' : this.#betterDirection(grid);
    const placed = hasRows ? stacked(drawing, grid) : inSteps(drawing, grid, this.#direction);
    this.#places = new Map(placed.map(it => [it.box.id, it]));
    if (isOther) this.#lookAt();
    else this.#redraw();
  }

  /** Shows all of the drawing, however small that makes it. */
  fit(): void {
    const { width, height, scale } = this.#whole();
    this.#centre(width / 2, height / 2, scale);
  }

  /** Shows all of the drawing where it stays readable, else the part around the selected node. */
  #lookAt(): void {
    const middle = this.#places.get(this.#drawing.selected ?? '');
    if (middle === undefined || this.#whole().scale >= READABLE) this.fit();
    else this.#centre(middle.x + BOX.width / 2, middle.y + BOX.height / 2, READABLE);
  }

  #whole(): { readonly width: number; readonly height: number; readonly scale: number } {
    const { clientWidth, clientHeight } = this.root;
    const places = [...this.#places.values()];
    const width = Math.max(...places.map(it => it.x), 0) + BOX.width;
    const height = Math.max(...places.map(it => it.y + heightOf(it.box)), BOX.height);
    const scale = Math.min((clientWidth - 2 * EDGE) / width, (clientHeight - 2 * EDGE) / height, 1);
    return { width, height, scale: Math.max(scale, SMALLEST) };
  }

  #centre(x: number, y: number, scale: number): void {
    const { clientWidth, clientHeight } = this.root;
    this.#camera = { x: x - clientWidth / scale / 2, y: y - clientHeight / scale / 2, scale };
    this.#redraw();
  }

  /** Edges lead the way in which the drawing can be shown larger: to the right in a wide view, down in a narrow one. */
  #betterDirection(grid: readonly NodePlace[]): Direction {
    const columns = Math.max(...grid.map(it => it.column), 0) + 1;
    const rows = Math.max(...grid.map(it => it.row), 0) + 1;
    const { clientWidth, clientHeight } = this.root;
    const scale = (direction: Direction): number => {
      const { along, across } = STEPS[direction];
      const [width, height] =
        direction === 'right' ? [columns * along, rows * across] : [rows * across, columns * along];
      return Math.min(clientWidth / width, clientHeight / height, 1);
    };
    return scale('down') > scale('right') ? 'down' : 'right';
  }

  /** Makes everything larger or smaller around the middle of the view. */
  zoom(factor: number): void {
    this.#zoomAt(factor, this.root.clientWidth / 2, this.root.clientHeight / 2);
  }

  #zoomAt(factor: number, left: number, top: number): void {
    const { x, y, scale } = this.#camera;
    const next = Math.min(Math.max(scale * factor, SMALLEST), 3);
    this.#camera = { scale: next, x: x + left / scale - left / next, y: y + top / scale - top / next };
    this.#redraw();
  }

  #listen(): void {
    this.root.addEventListener(
      'wheel',
      event => {
        event.preventDefault();
        this.#zoomAt(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.offsetX, event.offsetY);
      },
      { passive: false },
    );
    this.root.addEventListener('pointermove', event => {
      if (event.buttons !== 1) return;
      const { x, y, scale } = this.#camera;
      this.#camera = { scale, x: x - event.movementX / scale, y: y - event.movementY / scale };
      this.#redraw();
    });
    this.root.addEventListener('click', event => actOn(event.target, this.#options.open));
    this.root.addEventListener('dblclick', event => actOn(event.target, this.#options.around));
    this.root.addEventListener('keydown', event => {
      if (event.key === 'Enter') actOn(event.target, this.#options.open);
      if (event.key === ' ') actOn(event.target, this.#options.around);
    });
    new ResizeObserver(() => this.#redraw()).observe(this.root);
  }

  /** Draws once per frame, however many events asked for it. */
  #redraw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { x, y, scale } = this.#camera;
    this.#scene.setAttribute('transform', `scale(${scale}) translate(${-x} ${-y})`);
    const right = x + this.root.clientWidth / scale;
    const bottom = y + this.root.clientHeight / scale;
    const isInView = (left: number, top: number, width: number, height: number): boolean =>
      left < right && left + width > x && top < bottom && top + height > y;
    const focused = targetOf(document.activeElement);
    const edges = this.#drawing.edges.flatMap(it => this.#edge(it, isInView));
    const boxes = [...this.#places.values()]
      .filter(it => isInView(it.x, it.y, BOX.width, heightOf(it.box)))
      .map(it => boxShape(it, it.box.id === this.#drawing.selected));
    this.#scene.replaceChildren(...edges, ...boxes);
    // Drawing anew must not take the focus away from whoever walks with the keyboard.
    if (focused !== undefined) this.#focus(focused);
  }

  #focus({ kind, id }: GraphTarget): void {
    this.#scene.querySelector<SVGElement>(`[data-${kind}="${CSS.escape(id)}"]`)?.focus();
  }

  #edge(
    edge: DrawnEdge,
    isInView: (left: number, top: number, width: number, height: number) => boolean,
  ): readonly SVGElement[] {
    const from = this.#places.get(edge.from);
    const to = this.#places.get(edge.to);
    if (from === undefined || to === undefined) return [];
    const isRight = this.#direction === 'right';
    const start = isRight
      ? { x: from.x + BOX.width, y: from.y + portOf(from.box, edge.fromRow) }
      : { x: from.x + BOX.width / 2, y: from.y + BOX.height };
    const end = isRight
      ? { x: to.x - 4, y: to.y + portOf(to.box, edge.toRow) }
      : { x: to.x + BOX.width / 2, y: to.y - 4 };
    const left = Math.min(start.x, end.x);
    const top = Math.min(start.y, end.y);
    if (!isInView(left, top, Math.abs(end.x - start.x) + 1, Math.abs(end.y - start.y) + 1)) return [];
    const path = isRight
      ? curve(start, end, { x: Math.max((end.x - start.x) / 2, 24), y: 0 })
      : curve(start, end, { x: 0, y: Math.max((end.y - start.y) / 2, 24) });
    const { selected } = this.#drawing;
    const isNear = edge.fromRow === undefined && (edge.from === selected || edge.to === selected);
    return [svg('path', { d: path, class: `edge ${edge.kind}${isNear ? ' near' : ''}`, 'marker-end': 'url(#arrow)' })];
  }
}

/** Boxes of one size in a grid. */
function inSteps({ boxes }: Drawing, grid: readonly NodePlace[], direction: Direction): readonly PlacedBox[] {
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
  for (const { id, column } of grid.toSorted((a, b) => a.column - b.column || a.row - b.row)) {
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

const GAP = 24;

/** The box or row that an element is a part of. */
function targetOf(target: EventTarget | null): GraphTarget | undefined {
  const shape = target instanceof Element ? target.closest<SVGElement>('[data-column], [data-node]') : null;
  const { column, node } = shape?.dataset ?? {};
  if (column !== undefined) return { kind: 'column', id: column };
  return node === undefined ? undefined : { kind: 'node', id: node };
}

function actOn(target: EventTarget | null, act: (target: GraphTarget) => void): void {
  const found = targetOf(target);
  if (found !== undefined) act(found);
}

/** Which way edges lead. */
type Direction = 'right' | 'down';

/** From one box to the next, along the edges and across them. */
const STEPS: Readonly<Record<Direction, { readonly along: number; readonly across: number }>> = {
  right: { along: 284, across: 64 },
  down: { along: 104, across: 236 },
};

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A curve that leaves `start` and enters `end` in the direction of `bend`. */
function curve(start: Point, end: Point, bend: Point): string {
  const control = `${start.x + bend.x},${start.y + bend.y} ${end.x - bend.x},${end.y - bend.y}`;
  return `M${start.x},${start.y} C${control} ${end.x},${end.y}`;
}

const EDGE = 24;
const SMALLEST = 0.02;
/** Below this scale names can no longer be read. */
const READABLE = 0.7;

function arrowHead(): SVGElement {
  const shape = svg('path', { d: 'M0,0 L6,3 L0,6 z', class: 'arrow' });
  const marker = svg(
    'marker',
    { id: 'arrow', viewBox: '0 0 6 6', refX: '5', refY: '3', markerWidth: '7', markerHeight: '7', orient: 'auto' },
    [shape],
  );
  return svg('defs', {}, [marker]);
}
