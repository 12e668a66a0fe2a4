import * as vscode from 'vscode';
import type { Projects } from '../projects.ts';
import { isTemplate } from '../template-document.ts';
import { COMPILED_SCHEME, compiledUri } from './compiled-uri.ts';

/**
 * Keeps an open preview on the model that is being edited: when another SQL file of a project comes to the front, the
 * preview beside it shows that one.
 */
export function followEditor(projects: Projects): vscode.Disposable {
  return vscode.window.onDidChangeActiveTextEditor(editor => {
    if (editor === undefined) return;
    const { document } = editor;
    if (!isTemplate(document) || projects.owner(document.uri) === undefined) return;
    const tab = previewBeside(editor);
    if (tab !== undefined) void showBeside(document.uri, tab.group.viewColumn);
  });
}

/** Opens or refreshes the preview of a file; the focus stays where it is. */
export async function showBeside(source: vscode.Uri, viewColumn: vscode.ViewColumn): Promise<void> {
  const document = await vscode.workspace.openTextDocument(compiledUri(source));
  await vscode.window.showTextDocument(document, { viewColumn, preview: true, preserveFocus: true });
}

/** The tab of a compiled preview in another column than the editor's, or `undefined`. */
function previewBeside(editor: vscode.TextEditor): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .filter(group => group.viewColumn !== editor.viewColumn)
    .flatMap(group => (group.activeTab === undefined ? [] : [group.activeTab]))
    .find(tab => tab.input instanceof vscode.TabInputText && tab.input.uri.scheme === COMPILED_SCHEME);
}
