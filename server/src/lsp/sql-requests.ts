import type { Connection } from 'vscode-languageserver';
import type * as lsp from 'vscode-languageserver';
import { inlayHints } from '../features/inlay-hints.ts';
import { signatureHelp } from '../features/signature-help.ts';
import type { Dispatch } from './dispatch.ts';
import * as fromLsp from './from-lsp.ts';
import type { Snapshot } from './snapshot.ts';
import * as toLsp from './to-lsp.ts';

/** Connects the requests of the protocol that are about SQL alone. */
export function registerSqlRequests(connection: Connection, dispatch: Dispatch): void {
  connection.onSignatureHelp(dispatch.serve('signature help', 'soon', null, signatureAnswer));
  connection.languages.inlayHint.on(dispatch.serve('inlay hints', 'soon', [], inlayAnswer));
}

function signatureAnswer(snapshot: Snapshot, params: lsp.SignatureHelpParams): lsp.SignatureHelp | null {
  const at = snapshot.file(params.textDocument.uri);
  const answer = at && signatureHelp(at.project.db, fromLsp.position(at, params.position));
  return answer ? toLsp.signatureHelp(answer) : null;
}

function inlayAnswer(snapshot: Snapshot, params: lsp.InlayHintParams): lsp.InlayHint[] {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined || !snapshot.workspace.settings.inlayTypes) return [];
  return inlayHints(at.project.db, at.file, fromLsp.range(at, params.range)).map(it => toLsp.inlayHint(at.lines, it));
}
