import * as vscode from 'vscode';
import type { LineRange } from '../../../server/src/protocol.ts';
import type { CommandContext } from './command-context.ts';
import { previewData } from './preview-data.ts';

type Position = LineRange['start'];

/** Queries what is selected in the active editor, with the CTEs it needs; all of the file when nothing is. */
export async function previewSelection(context: CommandContext): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const { start, end, isEmpty } = editor.selection;
  const range = { start: toPosition(start), end: toPosition(end) };
  await previewData(context, editor.document.uri, isEmpty ? undefined : { kind: 'selection', range });
}

/** Queries the common table expression at a place of a file, or at the cursor. */
export async function previewCte(context: CommandContext, argument: unknown, place: unknown): Promise<void> {
  const cursor = vscode.window.activeTextEditor?.selection.active;
  const position = isPosition(place) ? place : cursor && toPosition(cursor);
  if (position !== undefined) await previewData(context, argument, { kind: 'cte', position });
}

const toPosition = ({ line, character }: vscode.Position): Position => ({ line, character });

const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
