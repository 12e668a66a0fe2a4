import type { LineageGraph, LineageNode } from '../../server/src/protocol.ts';
import { layout } from './graph-layout.ts';
import type { NodePlace } from './graph-layout.ts';

export interface GraphViewOptions {
  readonly open: (id: string) => void;
  readonly around: (id: string) => void;
}

/** The part of the drawing that is in view, in the drawing's own units. */
interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface PlacedNode {
  readonly node: LineageNode;
  readonly x: number;
  readonly y: number;
}

/** The drawing of a graph: boxes in columns, joined by curves; it can be dragged, zoomed and walked with the keyboard. */
export class GraphView {
  readonly root: SVGSVGElement;
  readonly #options: GraphViewOptions;
  readonly #scene = svg('g', {});
  #graph: LineageGraph | undefined;
  #places: ReadonlyMap<string, PlacedNode> = new Map();
  #selected: string | null = null;
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

  /** Draws another graph, the selected node in the middle of the view. */
  show(graph: LineageGraph, selected: string | null): void {
    const isOther = this.#selected !== selected || this.#graph?.nodes.length !== graph.nodes.length;
    this.#graph = graph;
    this.#selected = selected;
    const nodes = new Map(graph.nodes.map(it => [it.id, it]));
    const grid = layout(
      graph.nodes.map(it => it.id),
      graph.edges,
    );
    this.#direction = this.#betterDirection(grid);
    const { along, across } = STEPS[this.#direction];
    const placed = grid.flatMap(({ id, column, row }) => {
      const node = nodes.get(id);
      if (node === undefined) return [];
      const [x, y] = this.#direction === 'right' ? [column * along, row * across] : [row * across, column * along];
      return [{ node, x, y }];
    });
    this.#places = new Map(placed.map(it => [it.node.id, it]));
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
    const middle = this.#places.get(this.#selected ?? '');
    if (middle === undefined || this.#whole().scale >= READABLE) this.fit();
    else this.#centre(middle.x + BOX.width / 2, middle.y + BOX.height / 2, READABLE);
  }

  #whole(): { readonly width: number; readonly height: number; readonly scale: number } {
    const { clientWidth, clientHeight } = this.root;
    const places = [...this.#places.values()];
    const width = Math.max(...places.map(it => it.x), 0) + BOX.width;
    const height = Math.max(...places.map(it => it.y), 0) + BOX.height;
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
    this.root.addEventListener('click', event => this.#withNode(event.target, this.#options.open));
    this.root.addEventListener('dblclick', event => this.#withNode(event.target, this.#options.around));
    this.root.addEventListener('keydown', event => {
      if (event.key === 'Enter') this.#withNode(event.target, this.#options.open);
      if (event.key === ' ') this.#withNode(event.target, this.#options.around);
    });
    new ResizeObserver(() => this.#redraw()).observe(this.root);
  }

  #withNode(target: EventTarget | null, act: (id: string) => void): void {
    const box = target instanceof Element ? target.closest<SVGElement>('[data-node]') : null;
    const id = box?.dataset['node'];
    if (id !== undefined) act(id);
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
    const focused = document.activeElement?.getAttribute('data-node');
    const edges = (this.#graph?.edges ?? []).flatMap(it => this.#edge(it, isInView));
    const boxes = [...this.#places.values()]
      .filter(it => isInView(it.x, it.y, BOX.width, BOX.height))
      .map(it => nodeBox(it, it.node.id === this.#selected));
    this.#scene.replaceChildren(...edges, ...boxes);
    // Drawing anew must not take the focus away from whoever walks with the keyboard.
    boxes.find(it => it.dataset['node'] === focused)?.focus();
  }

  #edge(
    edge: LineageGraph['edges'][number],
    isInView: (left: number, top: number, width: number, height: number) => boolean,
  ): readonly SVGElement[] {
    const from = this.#places.get(edge.from);
    const to = this.#places.get(edge.to);
    if (from === undefined || to === undefined) return [];
    const isRight = this.#direction === 'right';
    const middle = { x: BOX.width / 2, y: BOX.height / 2 };
    const start = isRight
      ? { x: from.x + BOX.width, y: from.y + middle.y }
      : { x: from.x + middle.x, y: from.y + BOX.height };
    const end = isRight ? { x: to.x - 4, y: to.y + middle.y } : { x: to.x + middle.x, y: to.y - 4 };
    const left = Math.min(start.x, end.x);
    const top = Math.min(start.y, end.y);
    if (!isInView(left, top, Math.abs(end.x - start.x) + 1, Math.abs(end.y - start.y) + 1)) return [];
    const path = isRight
      ? curve(start, end, { x: Math.max((end.x - start.x) / 2, 24), y: 0 })
      : curve(start, end, { x: 0, y: Math.max((end.y - start.y) / 2, 24) });
    const isNear = edge.from === this.#selected || edge.to === this.#selected;
    return [svg('path', { d: path, class: `edge ${edge.kind}${isNear ? ' near' : ''}`, 'marker-end': 'url(#arrow)' })];
  }
}

const BOX = { width: 216, height: 44 };

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

function nodeBox({ node, x, y }: PlacedNode, isSelected: boolean): SVGElement {
  const label = `${node.name}, ${detailOf(node)}`;
  return svg(
    'g',
    {
      class: `node ${node.kind}${isSelected ? ' selected' : ''}`,
      transform: `translate(${x} ${y})`,
      tabindex: '0',
      role: 'button',
      'aria-label': label,
      'data-node': node.id,
    },
    [
      text('title', {}, node.description === null ? label : `${label}\n\n${node.description}`),
      svg('rect', { class: 'box', width: String(BOX.width), height: String(BOX.height), rx: '4' }),
      svg('rect', { class: 'stripe', width: '4', height: String(BOX.height), rx: '2' }),
      text('text', { class: 'name', x: '14', y: '19' }, shortened(node.name, 23)),
      text('text', { class: 'detail', x: '14', y: '35' }, shortened(detailOf(node), 30)),
    ],
  );
}

function detailOf(node: LineageNode): string {
  const kind = node.kind === 'model' ? (node.materialized ?? 'model') : node.kind.replace('-', ' ');
  return node.package === null ? kind : `${kind} · ${node.package}`;
}

/** Long names lose their middle, because beginnings tell the layer and ends tell what it is. */
function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const half = Math.floor((most - 1) / 2);
  return `${name.slice(0, half)}…${name.slice(-half)}`;
}

function arrowHead(): SVGElement {
  const shape = svg('path', { d: 'M0,0 L6,3 L0,6 z', class: 'arrow' });
  const marker = svg(
    'marker',
    { id: 'arrow', viewBox: '0 0 6 6', refX: '5', refY: '3', markerWidth: '7', markerHeight: '7', orient: 'auto' },
    [shape],
  );
  return svg('defs', {}, [marker]);
}

function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  children: readonly SVGElement[] = [],
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function text(tag: 'text' | 'title', attributes: Readonly<Record<string, string>>, content: string): SVGElement {
  const made = svg(tag, attributes);
  made.textContent = content;
  return made;
}
