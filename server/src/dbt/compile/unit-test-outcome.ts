import { toText } from '../../render/python/text.ts';
import type { RenderSession } from '../context/render-session.ts';
import { mainTable, type TestOutcome } from './main-answer.ts';

/** Compares the rows that a model gave with those that were expected, whatever their order. */
export function unitTestOutcome(session: RenderSession): TestOutcome {
  const table = mainTable(session);
  if (table === undefined) return { failures: 0, shouldWarn: false, shouldError: false };
  const side = table.names.findIndex(name => name.toLowerCase() === 'actual_or_expected');
  const names = table.names.filter((_, index) => index !== side);
  const rowsOf = (which: string): readonly (readonly string[])[] =>
    table.rows
      .filter(row => toText(row.values[side] ?? null) === which)
      .map(row => row.values.filter((_, index) => index !== side).map(cellText))
      .toSorted((a, b) => (a.join('\u0000') < b.join('\u0000') ? -1 : 1));
  const lines = differenceLines(rowsOf('expected'), rowsOf('actual'));
  const isSame = lines.every(line => line.mark === '');
  if (isSame) return { failures: 0, shouldWarn: false, shouldError: false };
  return { failures: 1, shouldWarn: false, shouldError: true, difference: differenceText(names, lines) };
}

const cellText: (value: Parameters<typeof toText>[0]) => string = value => (value === null ? 'NULL' : toText(value));

interface DifferenceLine {
  readonly mark: '' | '→' | '+++' | '---';
  readonly cells: readonly string[];
}

type Row = readonly string[];

/** Rows in both are alike, rows that share some value are taken for changed ones, the rest is surplus or missing. */
function differenceLines(expected: readonly Row[], actual: readonly Row[]): readonly DifferenceLine[] {
  const left = [...actual];
  const alike = expected.map(row => takeAt(left, sameRow(row, left)));
  const partners = expected.map((row, index) => alike[index] ?? takeAt(left, bestMatch(row, left)));
  const lines: DifferenceLine[] = [];
  expected.forEach((row, index) => {
    const partner = partners[index];
    if (partner === undefined) return;
    const cells = row.map((cell, column) => (cell === partner[column] ? cell : `${cell}→${partner[column] ?? ''}`));
    lines.push({ mark: alike[index] === undefined ? '→' : '', cells });
  });
  const missing = expected.filter((_, index) => partners[index] === undefined);
  lines.push(...left.map(cells => ({ mark: '+++' as const, cells })));
  lines.push(...missing.map(cells => ({ mark: '---' as const, cells })));
  return lines;
}

function takeAt(rows: Row[], at: number | undefined): Row | undefined {
  return at === undefined ? undefined : rows.splice(at, 1)[0];
}

function sameRow(row: Row, rows: readonly Row[]): number | undefined {
  const at = rows.findIndex(other => sharedCells(row, other) === row.length);
  return at < 0 ? undefined : at;
}

const sharedCells = (a: Row, b: Row): number => a.filter((cell, index) => cell === b[index]).length;

function bestMatch(row: Row, rows: readonly Row[]): number | undefined {
  const scores = rows.map(other => sharedCells(row, other));
  const best = Math.max(0, ...scores);
  return best === 0 ? undefined : scores.indexOf(best);
}

/** A table with a mark before each row that differs: expected→actual, surplus, missing. */
function differenceText(names: readonly string[], lines: readonly DifferenceLine[]): string {
  const rows = [['@@', ...names], ...lines.map(({ mark, cells }) => [mark, ...cells])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
  const shown = rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(','));
  return shown.map(line => line.trimEnd()).join('\n');
}
