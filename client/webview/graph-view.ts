import type { DrawnEdge, Drawing } from './drawing.ts';
import { arrangements, better, BULGE, scaleFor, sizeOf } from './graph-arrangement.ts';
import type { Arrangement, Direction, Size } from './graph-arrangement.ts';
import { BOX, boxShape, heightOf, portOf, type PlacedBox } from './graph-boxes.ts';
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
  #drawing: Drawing = NOTHING;
  #places: ReadonlyMap<string, PlacedBox> = new Map();
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #choices: ReturnType<typeof arrangements> = arrangements(NOTHING);
  #arrangement: Arrangement = this.#choices[0];
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
    this.#choices = arrangements(drawing);
    const isTurned = this.#arrange();
    if (isOther || isTurned) this.#lookAt();
    else this.#redraw();
  }

  /** Places the boxes as the view has room for them; says whether edges lead another way than before. */
  #arrange(): boolean {
    const before = this.#arrangement.direction;
    this.#arrangement = better(this.#choices, this.#size());
    this.#places = new Map(this.#arrangement.boxes.map(it => [it.box.id, it]));
    return this.#arrangement.direction !== before;
  }

  #resized(): void {
    if (this.#arrange()) this.#lookAt();
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

  #whole(): Size & { readonly scale: number } {
    const size = sizeOf(this.#arrangement);
    return { ...size, scale: Math.max(scaleFor(size, this.#size()), SMALLEST) };
  }

  #size(): Size {
    return { width: this.root.clientWidth, height: this.root.clientHeight };
  }

  #centre(x: number, y: number, scale: number): void {
    const { clientWidth, clientHeight } = this.root;
    this.#camera = { x: x - clientWidth / scale / 2, y: y - clientHeight / scale / 2, scale };
    this.#redraw();
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
    new ResizeObserver(() => this.#resized()).observe(this.root);
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
    const { start, end, bend } = WAYS[this.#arrangement.direction](from, to, edge);
    const left = Math.min(start.x, end.x);
    const top = Math.min(start.y, end.y);
    const width = Math.abs(end.x - start.x) + Math.max(bend.out.x, 0) + 1;
    if (!isInView(left, top, width, Math.abs(end.y - start.y) + 1)) return [];
    const path = curve(start, end, bend);
    const { selected } = this.#drawing;
    const isNear = edge.fromRow === undefined && (edge.from === selected || edge.to === selected);
    return [svg('path', { d: path, class: `edge ${edge.kind}${isNear ? ' near' : ''}`, 'marker-end': 'url(#arrow)' })];
  }
}

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

interface Point {
  readonly x: number;
  readonly y: number;
}

/** How an edge runs: from where to where, and how its ends are bent. */
interface Way {
  readonly start: Point;
  readonly end: Point;
  readonly bend: { readonly out: Point; readonly in: Point };
}

/** The way of an edge between two boxes. */
type WayOf = (from: PlacedBox, to: PlacedBox, edge: DrawnEdge) => Way;

const WAYS: Readonly<Record<Direction, WayOf>> = {
  right(from, to, edge) {
    const start = { x: from.x + BOX.width, y: from.y + portOf(from.box, edge.fromRow) };
    const end = { x: to.x - 4, y: to.y + portOf(to.box, edge.toRow) };
    const x = Math.max((end.x - start.x) / 2, 24);
    return { start, end, bend: { out: { x, y: 0 }, in: { x: -x, y: 0 } } };
  },
  down(from, to) {
    const start = { x: from.x + BOX.width / 2, y: from.y + BOX.height };
    const end = { x: to.x + BOX.width / 2, y: to.y - 4 };
    const y = Math.max((end.y - start.y) / 2, 24);
    return { start, end, bend: { out: { x: 0, y }, in: { x: 0, y: -y } } };
  },
  past(from, to, edge) {
    const start = { x: from.x + BOX.width, y: from.y + portOf(from.box, edge.fromRow) };
    const end = { x: to.x + BOX.width + 4, y: to.y + portOf(to.box, edge.toRow) };
    // A curve reaches three quarters as far as its ends are bent.
    const x = Math.min(24 + Math.abs(end.y - start.y) / 4, (BULGE * 4) / 3 - 8);
    return { start, end, bend: { out: { x, y: 0 }, in: { x, y: 0 } } };
  },
};

/** A curve that leaves `start` and enters `end` as they are bent. */
function curve(start: Point, end: Point, bend: Way['bend']): string {
  const control = `${start.x + bend.out.x},${start.y + bend.out.y} ${end.x + bend.in.x},${end.y + bend.in.y}`;
  return `M${start.x},${start.y} C${control} ${end.x},${end.y}`;
}

const NOTHING: Drawing = { boxes: [], edges: [], selected: null };
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
