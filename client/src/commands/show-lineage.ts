import * as vscode from 'vscode';
import { activeFile } from './active-file.ts';
import type { CommandContext } from './command-context.ts';

/** Brings the lineage of a file to the front of the side bar. */
export async function showLineage(context: CommandContext, argument: unknown): Promise<void> {
  const file = activeFile(argument);
  if (file !== undefined) await context.lineage.show(file);
  await vscode.commands.executeCommand('sluice.lineage.focus');
}

/** Draws the graph around a file. */
export async function showLineageGraph(context: CommandContext, argument: unknown): Promise<void> {
  const file = activeFile(argument);
  await context.graph.show(file);
}

/** Draws the lineage of the column at the cursor. */
export async function showColumnLineage(context: CommandContext): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) await context.graph.showColumn(editor.document.uri, editor.selection.active);
}
