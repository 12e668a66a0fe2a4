import * as vscode from 'vscode';

/** Scheme of the documents that show compiled SQL. */
export const COMPILED_SCHEME = 'sluice-compiled';

/** The document that shows what a file compiles to. Its name is what the tab says. */
export function compiledUri(source: vscode.Uri): vscode.Uri {
  const path = source.path.replace(/(\.sql)?$/i, ' (compiled).sql');
  return vscode.Uri.from({ scheme: COMPILED_SCHEME, path, query: source.toString() });
}

/** The file that a compiled document shows, or `undefined` for any other document. */
export function sourceUri(compiled: vscode.Uri): vscode.Uri | undefined {
  return compiled.scheme === COMPILED_SCHEME ? vscode.Uri.parse(compiled.query, true) : undefined;
}
