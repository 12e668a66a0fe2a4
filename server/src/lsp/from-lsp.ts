import type { Position, Range } from 'vscode-languageserver';
import { offsetAt } from '../base/line-table.ts';
import type { TextRange } from '../base/text-range.ts';
import type { FilePosition } from '../features/file-position.ts';
import type { LocatedFile } from './workspace.ts';

/** A position of the protocol as an offset into the text the server has of the file. */
export function position(at: LocatedFile, given: Position): FilePosition {
  return { file: at.file, offset: offsetAt(at.lines, given) };
}

export function range(at: LocatedFile, given: Range): TextRange {
  return { start: offsetAt(at.lines, given.start), end: offsetAt(at.lines, given.end) };
}
