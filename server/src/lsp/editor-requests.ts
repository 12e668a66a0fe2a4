import type { Connection } from 'vscode-languageserver';
import type * as lsp from 'vscode-languageserver';
import { codeActions } from '../features/code-actions.ts';
import { completion, completionDocumentation } from '../features/completion.ts';
import { definition } from '../features/definition.ts';
import { documentSymbols } from '../features/document-symbols.ts';
import { formatDocument } from '../features/format.ts';
import { hover } from '../features/hover.ts';
import { references } from '../features/references.ts';
import { workspaceSymbols } from '../features/workspace-symbols.ts';
import type { WordExpectations } from '../syntax/sql/expected-words.ts';
import type { Notify } from './changes.ts';
import type { Dispatch } from './dispatch.ts';
import * as fromLsp from './from-lsp.ts';
import { columnsAhead, readAhead } from './read-ahead.ts';
import type { Snapshot } from './snapshot.ts';
import * as toLsp from './to-lsp.ts';

/** Connects the standard requests of the protocol with the features that answer them. */
export function registerEditorRequests(
  connection: Connection,
  dispatch: Dispatch,
  { notify, expectations }: { readonly notify: Notify; readonly expectations: WordExpectations },
): void {
  connection.onCompletion(
    dispatch.serve('completion', 'soon', [], (snapshot, params: lsp.CompletionParams) =>
      completionAnswer(snapshot, params, expectations),
    ),
  );
  connection.onCompletionResolve((item, token) =>
    dispatch.serve('completion item', 'soon', item, resolvedItem)(item, token),
  );
  connection.onHover(dispatch.serve('hover', 'soon', null, hoverAnswer));
  connection.onDefinition(dispatch.serve('definition', 'soon', [], definitionAnswer));
  connection.onReferences(dispatch.serve('references', 'soon', [], referencesAnswer));
  connection.onDocumentSymbol(dispatch.serve('document symbols', 'soon', [], symbolsAnswer));
  connection.onWorkspaceSymbol(dispatch.serve('workspace symbols', 'soon', [], workspaceSymbolsAnswer));
  connection.onCodeAction(dispatch.serve('code actions', 'soon', [], codeActionsAnswer));
  const refuse = (reason: string): void => notify('sluice/formatRefused', { reason });
  connection.onDocumentFormatting(
    dispatch.serve('formatting', 'soon', null, (snapshot, params: lsp.DocumentFormattingParams) =>
      formattingAnswer(snapshot, params, undefined, refuse),
    ),
  );
  connection.onDocumentRangeFormatting(
    dispatch.serve('range formatting', 'soon', null, (snapshot, params: lsp.DocumentRangeFormattingParams) =>
      formattingAnswer(snapshot, params, params.range, refuse),
    ),
  );
}

async function completionAnswer(
  snapshot: Snapshot,
  params: lsp.CompletionParams,
  expectations: WordExpectations,
): Promise<lsp.CompletionItem[]> {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined) return [];
  await columnsAhead(snapshot, at);
  const items = completion(at.project.db, fromLsp.position(at, params.position), expectations);
  return items.map(it => toLsp.completionItem(at.lines, at.uri, it));
}

function resolvedItem(snapshot: Snapshot, item: lsp.CompletionItem): lsp.CompletionItem {
  const data = item.data as toLsp.CompletionData | undefined;
  const at = data && snapshot.file(data.uri);
  const text = at && data && completionDocumentation(at.project.db, data);
  return text === undefined ? item : { ...item, documentation: { kind: 'markdown', value: text } };
}

async function hoverAnswer(snapshot: Snapshot, params: lsp.HoverParams): Promise<lsp.Hover | null> {
  const at = snapshot.file(params.textDocument.uri);
  if (at !== undefined) await columnsAhead(snapshot, at);
  const answer = at && hover(at.project.db, fromLsp.position(at, params.position));
  return at && answer ? toLsp.hover(at.lines, answer) : null;
}

async function definitionAnswer(snapshot: Snapshot, params: lsp.DefinitionParams): Promise<lsp.LocationLink[]> {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined) return [];
  await columnsAhead(snapshot, at);
  const targets = definition(at.project.db, fromLsp.position(at, params.position));
  return targets.flatMap(it => toLsp.definitionLink(at.project, at.lines, it));
}

async function referencesAnswer(snapshot: Snapshot, params: lsp.ReferenceParams): Promise<lsp.Location[]> {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined) return [];
  await readAhead(snapshot, at.project);
  await columnsAhead(snapshot, at);
  const { includeDeclaration } = params.context;
  const found = references(at.project.db, fromLsp.position(at, params.position), { includeDeclaration });
  return found.flatMap(it => toLsp.location(at.project, it) ?? []);
}

function symbolsAnswer(snapshot: Snapshot, params: lsp.DocumentSymbolParams): lsp.DocumentSymbol[] {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined) return [];
  return documentSymbols(at.project.db, at.file).map(it => toLsp.documentSymbol(at.lines, it));
}

async function workspaceSymbolsAnswer(
  snapshot: Snapshot,
  { query }: lsp.WorkspaceSymbolParams,
): Promise<lsp.SymbolInformation[]> {
  const all: lsp.SymbolInformation[] = [];
  for (const project of snapshot.workspace.projects) {
    await snapshot.pause();
    const found = workspaceSymbols(project.db, query);
    all.push(...found.flatMap(it => toLsp.workspaceSymbol(project, it) ?? []));
  }
  return all;
}

function codeActionsAnswer(snapshot: Snapshot, params: lsp.CodeActionParams): lsp.CodeAction[] {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined) return [];
  const actions = codeActions(at.project.db, at.file, fromLsp.range(at, params.range));
  return actions.map(it => toLsp.codeAction(at.project, at.lines, it));
}

function formattingAnswer(
  snapshot: Snapshot,
  params: lsp.DocumentFormattingParams,
  range: lsp.Range | undefined,
  refuse: (reason: string) => void,
): lsp.TextEdit[] | null {
  const at = snapshot.file(params.textDocument.uri);
  if (at === undefined || !at.file.endsWith('.sql')) return null;
  const { tabSize, insertSpaces } = params.options;
  const selection = range && fromLsp.range(at, range);
  const answer = formatDocument(at.project.db, at.file, { tabSize, insertSpaces }, selection);
  if (answer.kind === 'edits') return answer.edits.map(it => toLsp.textEdit(at.lines, it));
  refuse(answer.reason);
  return [];
}
