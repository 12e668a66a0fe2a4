import type * as vscode from 'vscode';

/** Whether a document is SQL that was never saved. */
export function isUnsavedQuery({ uri, languageId }: vscode.TextDocument): boolean {
  return uri.scheme === 'untitled' && QUERIES.has(languageId);
}

/** Whether a document holds SQL that a project can render: a file, or a query that was never saved. */
export function isTemplate(document: vscode.TextDocument): boolean {
  return isUnsavedQuery(document) || (document.uri.scheme === 'file' && document.uri.path.endsWith('.sql'));
}

const QUERIES: ReadonlySet<string> = new Set(['sql', 'jinja-sql']);
