import { cellText } from './cell-text.ts';
import { columnWidths } from './column-width.ts';
import { element } from './elements.ts';
import { cursorAfterKey, cursorAt, selectedRange } from './grid-cursor.ts';
import type { GridCursor } from './grid-cursor.ts';
import type { CellRange, RowsMessage } from './results-messages.ts';
import { RowPages } from './row-pages.ts';
import type { MoreRows, RowPage } from '../../server/src/protocol.ts';

export interface GridOptions {
  readonly needRows: (first: number, count: number) => void;
  /** The user comes near the last row, behind which there are others. */
  readonly needMore: (first: number) => void;
  readonly copy: (range: CellRange) => void;
}

/** A result as an ARIA grid that holds only the rows in view, however many there are. */
export class Grid {
  readonly root: HTMLElement;
  readonly #result: RowsMessage;
  readonly #options: GridOptions;
  readonly #pages: RowPages;
  readonly #rowsRoot: HTMLElement;
  #total: number;
  #isOpen: boolean;
  #cursor: GridCursor = cursorAt(0, 0);
  #drag = false;

  constructor(result: RowsMessage, options: GridOptions) {
    this.#result = result;
    this.#options = options;
    this.#total = result.total;
    this.#isOpen = result.rest.kind === 'open';
    this.#pages = new RowPages(result.total, result.page);
    this.#rowsRoot = element('div', { class: 'rows', role: 'rowgroup' });
    this.root = element('div', {
      class: 'grid',
      role: 'grid',
      attributes: {
        tabindex: '0',
        'aria-label': `Rows of ${result.title}`,
        'aria-colcount': String(result.columns.length),
        'aria-multiselectable': 'true',
      },
      children: [
        element('div', {
          class: 'table',
          role: 'presentation',
          children: [element('div', { role: 'rowgroup', class: 'head', children: [this.#header()] }), this.#rowsRoot],
        }),
      ],
    });
    this.#setSize();
    this.root.addEventListener('scroll', () => {
      this.draw();
      this.#lookAhead();
    });
    // Where all rows fit into the panel there is nothing to scroll.
    this.root.addEventListener('wheel', () => this.#lookAhead(), { passive: true });
    this.root.addEventListener('keydown', event => this.#keyDown(event));
    this.root.addEventListener('mousedown', event => this.#mouseDown(event));
    this.root.addEventListener('mouseover', event => this.#mouseOver(event));
    window.addEventListener('mouseup', () => (this.#drag = false));
    new ResizeObserver(() => this.draw()).observe(this.root);
  }

  /** Takes rows that were asked for. */
  add({ page, total, rest }: MoreRows): void {
    this.#total = total;
    this.#isOpen = rest.kind === 'open';
    this.#pages.add(page, total);
    this.#setSize();
    this.draw();
  }

  /** What is selected now: at least one cell. */
  selection(): CellRange {
    return selectedRange(this.#cursor);
  }

  /** Puts the rows in view into the document. */
  draw(): void {
    const first = Math.max(0, Math.floor(this.root.scrollTop / ROW_HEIGHT) - MARGIN);
    const end = Math.min(this.#total, first + Math.ceil(this.root.clientHeight / ROW_HEIGHT) + 2 * MARGIN);
    const selected = this.selection();
    const rows = [];
    for (let index = first; index < end; index++) rows.push(this.#row(index, selected));
    this.#rowsRoot.replaceChildren(...rows);
    this.root.setAttribute('aria-activedescendant', cellId(this.#cursor.row, this.#cursor.column));
    const missing = this.#pages.missing(first, end);
    if (missing !== undefined) this.#options.needRows(missing.first, missing.count);
  }

  /** Asks for more rows when the user comes near the last one. */
  #lookAhead(): void {
    const bottom = (this.root.scrollTop + this.root.clientHeight) / ROW_HEIGHT;
    if (this.#isOpen && bottom + AHEAD > this.#total) this.#options.needMore(this.#total);
  }

  #header(): HTMLElement {
    const names = this.#result.columns.map((column, index) =>
      element('div', {
        class: column.kind === 'number' ? 'cell name number' : 'cell name',
        role: 'columnheader',
        title: `${column.name} ${column.type}`,
        attributes: { 'aria-colindex': String(index + 1) },
        children: [
          element('span', { class: 'column-name', text: column.name }),
          element('span', { class: 'column-type', text: column.type.toLowerCase() }),
        ],
      }),
    );
    const corner = element('div', { class: 'cell row-number', attributes: { 'aria-hidden': 'true' } });
    return element('div', {
      class: 'row',
      role: 'row',
      attributes: { 'aria-rowindex': '1' },
      children: [corner, ...names],
    });
  }

  #setSize(): void {
    this.#rowsRoot.style.height = `${this.#total * ROW_HEIGHT}px`;
    // While there may be more rows, nobody knows how many there are.
    this.root.setAttribute('aria-rowcount', this.#isOpen ? '-1' : String(this.#total + 1));
    const digits = String(this.#total).length + 2;
    const widths = columnWidths(this.#result.columns, this.#result.page.rows).map(it => `calc(${it}ch + 18px)`);
    // The last track takes what is left, so that the lines between rows reach the edge.
    this.root.style.setProperty('--columns', `calc(${digits}ch + 12px) ${widths.join(' ')} minmax(0, 1fr)`);
  }

  #row(index: number, selected: CellRange): HTMLElement {
    const row = this.#pages.row(index);
    const number = element('div', {
      class: 'cell row-number',
      text: String(index + 1),
      attributes: { 'aria-hidden': 'true' },
    });
    const cells = this.#result.columns.map((_, column) => this.#cell(row, index, column, selected));
    const made = element('div', {
      class: 'row',
      role: 'row',
      attributes: { 'aria-rowindex': String(index + 2) },
      children: [number, ...cells],
    });
    made.style.top = `${index * ROW_HEIGHT}px`;
    return made;
  }

  #cell(row: RowPage['rows'][number] | undefined, rowIndex: number, column: number, selected: CellRange): HTMLElement {
    const shown = row === undefined ? { text: '…', look: 'empty' as const } : cellText(row[column] ?? null);
    const isSelected = isInside(selected, rowIndex, column);
    const isFocused = this.#cursor.row === rowIndex && this.#cursor.column === column;
    const classes = [
      'cell',
      shown.look,
      this.#result.columns[column]?.kind === 'number' ? 'number' : '',
      isSelected ? 'selected' : '',
      isFocused ? 'focused' : '',
    ];
    const made = element('div', {
      class: classes.filter(it => it !== '').join(' '),
      role: 'gridcell',
      text: shown.text,
      attributes: {
        id: cellId(rowIndex, column),
        'aria-colindex': String(column + 1),
        'aria-selected': String(isSelected),
        'data-row': String(rowIndex),
        'data-column': String(column),
      },
    });
    if (shown.look === 'value' && shown.text.length > 12) made.title = String(row?.[column]);
    return made;
  }

  #keyDown(event: KeyboardEvent): void {
    const mainKey = event.ctrlKey || event.metaKey;
    if (mainKey && event.key.toLowerCase() === 'c') {
      event.preventDefault();
      this.#options.copy(this.selection());
      return;
    }
    const pageRows = Math.max(1, Math.floor(this.root.clientHeight / ROW_HEIGHT) - 2);
    const size = { rows: this.#total, columns: this.#result.columns.length, pageRows };
    const next = cursorAfterKey(this.#cursor, { key: event.key, shiftKey: event.shiftKey, mainKey }, size);
    if (next === undefined) return;
    event.preventDefault();
    this.#cursor = next;
    this.#scrollTo(next.row);
    this.draw();
    this.#lookAhead();
    document.getElementById(cellId(next.row, next.column))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #scrollTo(row: number): void {
    const top = row * ROW_HEIGHT;
    const room = this.root.clientHeight - HEADER_HEIGHT - ROW_HEIGHT;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    else if (top > this.root.scrollTop + room) this.root.scrollTop = top - room;
  }

  #mouseDown(event: MouseEvent): void {
    const at = cellOf(event.target);
    if (at === undefined || event.button !== 0) return;
    this.#drag = true;
    this.#cursor = event.shiftKey ? { ...this.#cursor, ...at } : cursorAt(at.row, at.column);
    this.draw();
    this.root.focus({ preventScroll: true });
    // The browser's own selection of text would cover the grid's.
    event.preventDefault();
  }

  #mouseOver(event: MouseEvent): void {
    const at = this.#drag ? cellOf(event.target) : undefined;
    if (at === undefined) return;
    this.#cursor = { ...this.#cursor, ...at };
    this.draw();
  }
}

/** Heights in pixels, as in results.css. */
const ROW_HEIGHT = 22;
const HEADER_HEIGHT = 26;
/** Rows drawn beyond each edge, so that scrolling shows no gap. */
const MARGIN = 12;
/** How many rows before the last one more are asked for. */
const AHEAD = 100;

const cellId = (row: number, column: number): string => `cell-${row}-${column}`;

function isInside(range: CellRange, row: number, column: number): boolean {
  return range.top <= row && row <= range.bottom && range.left <= column && column <= range.right;
}

function cellOf(target: EventTarget | null): { readonly row: number; readonly column: number } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (cell === null) return undefined;
  return { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}
