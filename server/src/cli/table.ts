import type { Cell, ResultColumn } from '../base/statement.ts';
import type { Style } from './style.ts';
import { padded, shortened, textWidth } from './text-width.ts';

/** A result as rows of objects would lose what a table keeps: the order and the double names of its columns. */
export interface Rows {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** How wide and how colourful a table may be. */
export interface TableOptions {
  readonly style: Style;
  readonly width: number;
}

/**
 * A result as a table for people: names over a line, numbers to the right, every row on one line, cut to fit the
 * width. A result with too many columns for that is printed row by row, one column a line.
 */
export function printTable(result: Rows, options: TableOptions): string {
  const cells = result.rows.map(row => row.map(oneLine));
  const compact = widthsOf(result.columns, cells, name => longestPart(name));
  const widths = fitted(widthsOf(result.columns, cells, textWidth), compact, options.width - 2);
  const least = compact.map(it => Math.min(it, READABLE_WIDTH));
  const isTooWide = total(widths) > options.width - 2 || widths.some((width, at) => width < (least[at] ?? 0));
  return isTooWide && cells.length > 0
    ? printRecords(result.columns, cells, options)
    : printGrid(result, cells, widths, options.style);
}

function printGrid(
  { columns, rows }: Rows,
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  style: Style,
): string {
  const isRight = columns.map(column => NUMERIC.test(column.type));
  const line = (values: readonly string[], paint: (text: string, at: number) => string): string => {
    const painted = values.map((value, at) => paint(cellText(value, widths[at] ?? 0, isRight[at] ?? false), at));
    return ` ${painted.join(GAP)}`.trimEnd();
  };
  const names = columns.map((column, at) => nameLines(column.name, widths[at] ?? 0));
  const height = Math.max(...names.map(it => it.length), 1);
  return [
    ...Array.from({ length: height }, (_, row) =>
      // Names stand on the line below them.
      line(
        names.map(lines => lines[row - height + lines.length] ?? ''),
        style.bold,
      ),
    ),
    ` ${style.dim(widths.map(it => '─'.repeat(it)).join(GAP))}`,
    ...cells.map((values, row) => line(values, (text, at) => (rows[row]?.[at] === null ? style.dim(text) : text))),
  ].join('\n');
}

/** Each row under a line with its number, its columns one below the other. */
function printRecords(
  columns: readonly ResultColumn[],
  cells: readonly (readonly string[])[],
  { style, width }: TableOptions,
): string {
  const nameWidth = Math.max(...columns.map(column => textWidth(column.name)));
  const room = Math.max(width - nameWidth - 4, READABLE_WIDTH);
  const records = cells.map((values, row) => {
    const title = style.dim(`── row ${row + 1} ${'─'.repeat(Math.max(nameWidth - 4, 4))}`);
    const lines = values.map((value, at) => {
      const name = style.bold(padded(columns[at]?.name ?? '', nameWidth));
      return ` ${name}  ${shortened(value, room)}`;
    });
    return [` ${title}`, ...lines].join('\n');
  });
  return records.join('\n');
}

/** A result as CSV: fields quoted where they must be, null as nothing. */
export function printCsv({ columns, rows }: Rows): string {
  const field = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [
    columns.map(column => column.name),
    ...rows.map(row => row.map(cell => (cell === null ? '' : plainText(cell)))),
  ];
  return lines.map(line => line.map(field).join(',')).join('\n');
}

/** Each row as an object; whole numbers beyond 2^53 and numbers that JSON does not know become text. */
export function rowObjects({ columns, rows }: Rows): readonly Readonly<Record<string, unknown>>[] {
  return rows.map(row => Object.fromEntries(columns.map((column, at) => [column.name, jsonValue(row[at] ?? null)])));
}

const GAP = '  ';
const NUMERIC =
  /^(?:u?(?:tiny|small|big|huge)?int(?:eger)?\d*|decimal|numeric|number|double|float|real|int64|float64|bignumeric)\b/i;
/** What a column needs so that its cells can be told apart. */
const READABLE_WIDTH = 12;
const LEAST_WIDTH = 6;

function cellText(text: string, width: number, isRight: boolean): string {
  return padded(shortened(text, width), width, isRight ? 'left' : 'right');
}

function widthsOf(
  columns: readonly ResultColumn[],
  cells: readonly (readonly string[])[],
  nameWidth: (name: string) => number,
): readonly number[] {
  return columns.map((column, at) =>
    cells.reduce((widest, row) => Math.max(widest, textWidth(row[at] ?? '')), nameWidth(column.name)),
  );
}

/** `previous_session_count` may stand on three lines. */
const partsOf = (name: string): readonly string[] => name.split(/(?<=_)/);
const longestPart = (name: string): number => Math.max(...partsOf(name).map(textWidth));

/** A name on as few lines as its column allows. */
function nameLines(name: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of partsOf(name)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last + part) <= width) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines;
}

/**
 * Narrows columns until the table fits: first those whose names can stand on more lines, then the widest, whose cells
 * are cut.
 */
function fitted(natural: readonly number[], compact: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  for (let excess = total(widths) - width; excess > 0; excess--) {
    const slack = widths.map((it, at) => it - (compact[at] ?? it));
    const loosest = slack.indexOf(Math.max(...slack));
    const widest = widths.indexOf(Math.max(...widths));
    const at = (slack[loosest] ?? 0) > 0 ? loosest : widest;
    if ((widths[at] ?? 0) <= LEAST_WIDTH) break;
    widths[at] = (widths[at] ?? 0) - 1;
  }
  return widths;
}

const total = (widths: readonly number[]): number => widths.reduce((sum, it) => sum + it + GAP.length, -GAP.length);

const oneLine = (cell: Cell): string =>
  cell === null
    ? 'null'
    : plainText(cell).replaceAll(/[\u0000-\u001F\u007F]+/g, match => (match.includes('\n') ? '⏎' : ' '));

function plainText(cell: Cell): string {
  if (typeof cell === 'object') return JSON.stringify(jsonValue(cell));
  return String(cell);
}

function jsonValue(cell: Cell): unknown {
  if (typeof cell === 'bigint') return cell.toString();
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell);
  if (typeof cell !== 'object' || cell === null) return cell;
  if (isList(cell)) return cell.map(jsonValue);
  return Object.fromEntries(Object.entries(cell).map(([key, value]) => [key, jsonValue(value)]));
}

const isList = (cell: object): cell is readonly Cell[] => Array.isArray(cell);
