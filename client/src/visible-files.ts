import * as vscode from 'vscode';
import type { ServerLink } from './server-link.ts';
import { isUnsavedQuery } from './template-document.ts';

/** Tells the server which files the user sees, so that their problems come first. */
export function reportVisibleFiles(link: ServerLink): vscode.Disposable {
  const report = (): void => link.notify('sluice/visibleFiles', { uris: visible() });
  return vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(report),
    vscode.window.onDidChangeActiveTextEditor(report),
    link.onStateChange(state => {
      if (state === 'running') report();
    }),
  );
}

function visible(): readonly string[] {
  const active = vscode.window.activeTextEditor;
  const others = vscode.window.visibleTextEditors.filter(it => it !== active);
  return [...(active === undefined ? [] : [active]), ...others]
    .map(it => it.document)
    .filter(it => it.uri.scheme === 'file' || isUnsavedQuery(it))
    .map(it => it.uri.toString());
}
