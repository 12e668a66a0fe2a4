import * as vscode from 'vscode';

/** Opens an empty query that is compiled and asked in the name of the project in front, and saved only if wanted. */
export async function newScratchQuery(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'jinja-sql' });
  await vscode.window.showTextDocument(document);
}
