import * as vscode from 'vscode';
import type { LineRange, Place } from '../../server/src/protocol.ts';

/** A range of the protocol as the editor's own. */
export function toRange(range: LineRange): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** How a place is opened: in a tab that the next one may replace, and where. */
export interface OpenOptions {
  readonly preview: boolean;
  readonly viewColumn?: vscode.ViewColumn;
}

/** Opens a file and selects a stretch of it. */
export async function openPlace(place: Place, options: OpenOptions = { preview: false }): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri, true), {
    ...options,
    selection: toRange(place.range),
  });
}
