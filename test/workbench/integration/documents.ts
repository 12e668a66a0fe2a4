import path from 'node:path';
import * as vscode from 'vscode';

/** How long anything may take to become so. */
const patience = 20_000;

/** The root of the copy of the sample project that the window shows. */
export function root(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('the window shows no folder');
  return folder.uri.fsPath;
}

/** Opens a file of the project in an editor. */
export async function open(relative: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(path.join(root(), relative));
  return vscode.window.showTextDocument(document);
}

/** Opens a file with another text in it, unsaved. */
export async function openWith(relative: string, text: string): Promise<vscode.TextEditor> {
  const editor = await open(relative);
  const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
  if (!(await editor.edit(edit => edit.replace(whole, text)))) throw new Error(`cannot edit ${relative}`);
  return editor;
}

/** Closes all editors, and forgets what was not saved. */
export async function closeAll(): Promise<void> {
  for (const group of vscode.window.tabGroups.all) {
    for (const tab of group.tabs) {
      if (!tab.isDirty || !(tab.input instanceof vscode.TabInputText)) continue;
      await vscode.window.showTextDocument(tab.input.uri);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The position right before a text that occurs once in a document; `inside` moves it into the text. */
export function positionOf(document: vscode.TextDocument, text: string, inside = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`the document has no '${text}'`);
  return document.positionAt(at + inside);
}

/** Asks until the answer is as wanted, and answers with it; the error tells the last answer. */
export async function eventually<T>(ask: () => T | Thenable<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const begun = Date.now();
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() - begun > patience) throw new Error(`still not as wanted: ${describe(answer)}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

/**
 * The problems of a document, once they concern exactly these pieces of its text. Those of an earlier text may still be
 * there when a document has just been changed.
 */
export function problemsAt(
  document: vscode.TextDocument,
  ...pieces: readonly string[]
): Promise<readonly vscode.Diagnostic[]> {
  return eventually<readonly vscode.Diagnostic[]>(
    () => vscode.languages.getDiagnostics(document.uri),
    all => all.length === pieces.length && all.every((it, idx) => document.getText(it.range) === pieces[idx]),
  );
}

/** A range as the status bar counts it: line and column from 1. */
export function printed(range: vscode.Range): string {
  return `${range.start.line + 1}:${range.start.character + 1}-${range.end.line + 1}:${range.end.character + 1}`;
}

function describe(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 2_000) ?? String(value);
}
