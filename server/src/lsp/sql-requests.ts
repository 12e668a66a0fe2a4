import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Connection } from 'vscode-languageserver';
import type * as lsp from 'vscode-languageserver';
import { codeLenses } from '../features/code-lenses.ts';
import { inlayHints } from '../features/inlay-hints.ts';
import { rename, renameTarget } from '../features/rename.ts';
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
  connection.onPrepareRename(dispatch.serve('rename target', 'soon', null, renameTargetAnswer));
  connection.onRenameRequest(dispatch.serve('rename', 'soon', null, renameAnswer));
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

async function renameTargetAnswer(snapshot: Snapshot, params: lsp.PrepareRenameParams): Promise<PreparedRename> {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined) return null;
  await columnsAhead(snapshot, at);
  const target = renameTarget(at.project.db, fromLsp.position(at, params.position));
  if (target.kind === 'refused') return new ResponseError(LSPErrorCodes.RequestFailed, target.reason);
  return { range: toLsp.lineRange(at.lines, target.range), placeholder: target.name };
}

type PreparedRename = { readonly range: lsp.Range; readonly placeholder: string } | ResponseError | null;

async function renameAnswer(
  snapshot: Snapshot,
  params: lsp.RenameParams,
): Promise<lsp.WorkspaceEdit | ResponseError | null> {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined) return null;
  await columnsAhead(snapshot, at);
  const answer = rename(at.project.db, fromLsp.position(at, params.position), params.newName);
  if (answer.kind === 'refused') return new ResponseError(LSPErrorCodes.RequestFailed, answer.reason);
  return { changes: { [at.uri]: answer.edits.map(it => toLsp.textEdit(at.lines, it)) } };
}
