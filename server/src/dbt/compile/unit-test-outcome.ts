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
  const lines: DifferenceLine[] = [];
  const unmatched = expected.filter(row => {
    const at = left.findIndex(other => sharedCells(row, other) === row.length);
    if (at < 0) return true;
    left.splice(at, 1);
    lines.push({ mark: '', cells: row });
    return false;
  });
  const missing = unmatched.filter(row => {
    const at = bestMatch(row, left);
    if (at === undefined) return true;
    const [other = []] = left.splice(at, 1);
    const cells = row.map((cell, index) => (cell === other[index] ? cell : `${cell}→${other[index] ?? ''}`));
    lines.push({ mark: '→', cells });
    return false;
  });
  lines.push(...left.map(cells => ({ mark: '+++' as const, cells })));
  lines.push(...missing.map(cells => ({ mark: '---' as const, cells })));
  return lines;
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
