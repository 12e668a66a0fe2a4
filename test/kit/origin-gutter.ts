import { lineTable, positionAt } from '../../server/src/base/line-table.ts';
import type { Frame, Rendered, Segment } from '../../server/src/render/rendered.ts';

/**
 * Rendered text with a gutter of origins, for people: a line for each piece of a segment that stands on one line.
 * `V` verbatim, `C` computed, `S` synthetic; then the text, where it comes from (`file:line:column`, from 1), and the
 * macros it passed through, innermost first, each with the line of its call.
 */
export function withGutter(rendered: Rendered, textOf: (file: string) => string): string {
  const rows = rendered.segments.flatMap(segment => rowsOf(rendered, segment, textOf));
  const width = Math.max(...rows.map(it => it.text.length));
  const lines = rows.map(it => `${it.kind} ${String(it.line).padStart(3)} | ${it.text.padEnd(width)} | ${it.origin}`);
  return `${lines.map(it => it.trimEnd()).join('\n')}\n`;
}

interface Row {
  readonly kind: string;
  readonly line: number;
  readonly text: string;
  readonly origin: string;
}

const LETTERS = { verbatim: 'V', computed: 'C', synthetic: 'S' } as const;

function rowsOf({ text }: Rendered, segment: Segment, textOf: (file: string) => string): readonly Row[] {
  const table = lineTable(text);
  const rows: Row[] = [];
  let at = segment.start;
  for (const piece of text.slice(segment.start, segment.end).split(/(?<=\n)/)) {
    const shift = segment.kind === 'verbatim' ? at - segment.start : 0;
    rows.push({
      kind: LETTERS[segment.kind],
      line: positionAt(table, at).line + 1,
      text: JSON.stringify(piece).slice(1, -1).replaceAll('\\"', '"'),
      origin: [place(segment, shift, textOf), ...callers(segment.frame, textOf)].join(' < '),
    });
    at += piece.length;
  }
  return rows;
}

function place({ origin }: Segment, shift: number, textOf: (file: string) => string): string {
  return origin === undefined ? '-' : spot(origin.file, origin.start + shift, textOf);
}

function callers(frame: Frame | undefined, textOf: (file: string) => string): readonly string[] {
  if (frame === undefined) return [];
  const { file, range } = frame.callSite;
  return [`${frame.macro} @ ${spot(file, range.start, textOf)}`, ...callers(frame.callSite.frame, textOf)];
}

function spot(file: string, offset: number, textOf: (file: string) => string): string {
  const { line, character } = positionAt(lineTable(textOf(file)), offset);
  return `${file}:${line + 1}:${character + 1}`;
}
