import type { Connection } from 'vscode-languageserver';
import type * as lsp from 'vscode-languageserver';
import { codeLenses } from '../features/code-lenses.ts';
import { inlayHints } from '../features/inlay-hints.ts';
import { signatureHelp } from '../features/signature-help.ts';
import type { Dispatch } from './dispatch.ts';
import * as fromLsp from './from-lsp.ts';
import { columnsAhead, readAhead } from './read-ahead.ts';
import type { Snapshot } from './snapshot.ts';
import * as toLsp from './to-lsp.ts';

/** Connects the requests of the protocol that are about SQL alone. */
export function registerSqlRequests(connection: Connection, dispatch: Dispatch): void {
  connection.onSignatureHelp(dispatch.serve('signature help', 'soon', null, signatureAnswer));
  connection.onCodeLens(dispatch.serve('code lenses', 'soon', [], lensAnswer));
  connection.languages.inlayHint.on(dispatch.serve('inlay hints', 'soon', [], inlayAnswer));
}

async function signatureAnswer(snapshot: Snapshot, params: lsp.SignatureHelpParams): Promise<lsp.SignatureHelp | null> {
  const at = snapshot.file(params.textDocument.uri);
  if (at !== undefined) await columnsAhead(snapshot, at);
  const answer = at && signatureHelp(at.project.db, fromLsp.position(at, params.position));
  return answer ? toLsp.signatureHelp(answer) : null;
}

async function inlayAnswer(snapshot: Snapshot, params: lsp.InlayHintParams): Promise<lsp.InlayHint[]> {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined || !snapshot.workspace.settings.inlayTypes) return [];
  await columnsAhead(snapshot, at);
  return inlayHints(at.project.db, at.file, fromLsp.range(at, params.range)).map(it => toLsp.inlayHint(at.lines, it));
}

async function lensAnswer(snapshot: Snapshot, params: lsp.CodeLensParams): Promise<lsp.CodeLens[]> {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined || !snapshot.workspace.settings.codeLenses) return [];
  await readAhead(snapshot, at.project);
  await columnsAhead(snapshot, at);
  const { trusted } = snapshot.workspace.settings;
  return codeLenses(at.project.db, at.file)
    .filter(it => trusted || it.action === 'lineage')
    .map(it => toLsp.codeLens(at.lines, at.uri, it));
}
