import * as vscode from 'vscode';
import { sourceUri } from '../preview/compiled-uri.ts';

/**
 * The file that a command is about: the one it was called on from a menu or, as text, from a code lens; else that of
 * the active editor. On a compiled preview it is the template.
 */
export function activeFile(argument: unknown): vscode.Uri | undefined {
  const uri = namedFile(argument) ?? vscode.window.activeTextEditor?.document.uri;
  return uri && (sourceUri(uri) ?? uri);
}

function namedFile(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  return typeof argument === 'string' ? vscode.Uri.parse(argument, true) : undefined;
}
