import * as vscode from 'vscode';
import { showBeside } from '../preview/follow-editor.ts';
import { activeFile } from './active-file.ts';

/** Opens the compiled SQL of a file beside its editor. */
export async function previewCompiled(argument: unknown): Promise<void> {
  const file = activeFile(argument);
  if (file !== undefined) await showBeside(file, vscode.ViewColumn.Beside);
}
