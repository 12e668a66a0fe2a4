import * as vscode from 'vscode';
import { sourceUri } from '../preview/compiled-uri.ts';

/**
 * The file that a command is about: the one it was called on from a menu, else that of the active editor. On a
 * compiled preview it is the template.
 */
export function activeFile(argument: unknown): vscode.Uri | undefined {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri && (sourceUri(uri) ?? uri);
}
