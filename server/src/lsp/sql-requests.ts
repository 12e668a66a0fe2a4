import type { Connection } from 'vscode-languageserver';
import type * as lsp from 'vscode-languageserver';
import { inlayHints } from '../features/inlay-hints.ts';
import { signatureHelp } from '../features/signature-help.ts';
import type { Dispatch } from './dispatch.ts';
import * as fromLsp from './from-lsp.ts';
import { columnsAhead } from './read-ahead.ts';
import type { Snapshot } from './snapshot.ts';
import * as toLsp from './to-lsp.ts';

/** Connects the requests of the protocol that are about SQL alone. */
export function registerSqlRequests(connection: Connection, dispatch: Dispatch): void {
  connection.onSignatureHelp(dispatch.serve('signature help', 'soon', null, signatureAnswer));
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
