import * as vscode from 'vscode';
import type { LineRange, Place } from '../../server/src/protocol.ts';

/** A range of the protocol as the editor's own. */
export function toRange(range: LineRange): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** A range of the editor as the protocol writes it. */
export function fromRange(range: vscode.Range): LineRange {
  return {
    start: { line: range.start.line, character: range.start.character },
    end: { line: range.end.line, character: range.end.character },
  };
}

/** Opens a file and selects a stretch of it. */
export async function openPlace(
  place: Place,
  options: { readonly preview: boolean } = { preview: false },
): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri, true), {
    selection: toRange(place.range),
    preview: options.preview,
  });
}
