import type { TextRange } from '../../server/src/base/text-range.ts';

/** A stretch of a fixture's file that a caret line points at, with the words behind the carets. */
export interface Mark extends TextRange {
  readonly path: string;
  readonly note: string;
}

/** Where `$0` stood; a selection when it stood twice, else `start === end`. */
export interface Cursor extends TextRange {
  readonly path: string;
}

/** A project written as one string: its files without any marker, the cursor, the annotations and the metadata of each file. */
export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly cursor: Cursor | undefined;
  readonly marks: readonly Mark[];
  /** The words behind a file's path on its `//- path key: value` line, such as `target: prod`. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads the fixture language of the tests:
 * - `//- path` starts a file; without one there is a single file, `models/main.sql`;
 * - `$0` is the cursor, `$0…$0` a selection;
 * - a line whose first non-blank is `^` annotates the line above, and is removed from the text.
 */
export function parseFixture(source: string, defaultPath = 'models/main.sql'): Fixture {
  const files = new Map<string, string>();
  const metadata = new Map<string, string>();
  const marks: Mark[] = [];
  const points: { readonly path: string; readonly at: number }[] = [];
  for (const section of sections(source, defaultPath)) {
    const parsed = parseSection(section.path, section.body);
    if (files.has(section.path)) throw new Error(`fixture: two files named ${section.path}`);
    files.set(section.path, parsed.text);
    metadata.set(section.path, section.metadata);
    marks.push(...parsed.marks);
    points.push(...parsed.points.map(at => ({ path: section.path, at })));
  }
  return { files, cursor: cursorOf(points), marks, metadata };
}

/** The mark whose note is `note`; the test is wrong when there is none. */
export function markNamed(fixture: Fixture, note: string): Mark {
  const mark = fixture.marks.find(it => it.note === note);
  if (mark === undefined) throw new Error(`fixture: no mark '${note}'`);
  return mark;
}

/** The cursor; the test is wrong when there is none. */
export function cursorIn(fixture: Fixture): Cursor {
  if (fixture.cursor === undefined) throw new Error('fixture: no $0');
  return fixture.cursor;
}

const FILE_START = '//- ';
const CURSOR = '$0';

interface Section {
  readonly path: string;
  readonly metadata: string;
  readonly body: string;
}

function sections(source: string, defaultPath: string): readonly Section[] {
  const text = source.startsWith('\n') ? source.slice(1) : source;
  if (!text.startsWith(FILE_START)) return [{ path: defaultPath, metadata: '', body: text }];
  return text
    .slice(FILE_START.length)
    .split(`\n${FILE_START}`)
    .map((section, idx, all) => sectionOf(section, idx < all.length - 1));
}

function sectionOf(section: string, hasNext: boolean): Section {
  const firstLineEnd = section.indexOf('\n');
  const header = firstLineEnd < 0 ? section : section.slice(0, firstLineEnd);
  const body = firstLineEnd < 0 ? '' : section.slice(firstLineEnd + 1);
  const [path = '', ...rest] = header.trim().split(' ');
  // The newline before the next file's header belongs to this file.
  return { path, metadata: rest.join(' '), body: hasNext && body !== '' ? `${body}\n` : body };
}

function parseSection(path: string, body: string): { text: string; marks: Mark[]; points: number[] } {
  const marks: Mark[] = [];
  const points: number[] = [];
  let text = '';
  let lineStart = 0;
  for (const line of body.split(/(?<=\n)/)) {
    const caret = /^([ \t]*)(\^+) ?(.*?)\r?\n?$/.exec(line);
    if (caret !== null) {
      marks.push(markOf(path, lineStart, text, caret));
      continue;
    }
    lineStart = text.length;
    const pieces = line.split(CURSOR);
    for (const piece of pieces.slice(0, -1)) {
      text += piece;
      points.push(text.length);
    }
    text += pieces[pieces.length - 1] ?? '';
  }
  return { text, marks, points };
}

function markOf(path: string, lineStart: number, text: string, caret: RegExpExecArray): Mark {
  const start = lineStart + (caret[1] ?? '').length;
  const end = start + (caret[2] ?? '').length;
  if (end > text.length) throw new Error(`fixture: ${path}: carets point past the line above: ${caret[0]}`);
  return { path, start, end, note: caret[3] ?? '' };
}

function cursorOf(points: readonly { readonly path: string; readonly at: number }[]): Cursor | undefined {
  const [first, second, third] = points;
  if (first === undefined) return undefined;
  if (third !== undefined || (second !== undefined && second.path !== first.path)) {
    throw new Error('fixture: one cursor ($0) or one selection ($0…$0) in all');
  }
  return { path: first.path, start: first.at, end: second?.at ?? first.at };
}
