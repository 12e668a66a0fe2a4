import {
  CompletionItemKind,
  DiagnosticSeverity,
  DiagnosticTag,
  InlayHintKind,
  MarkupKind,
  SymbolKind,
} from 'vscode-languageserver';
import type * as lsp from 'vscode-languageserver';
import { positionAt } from '../base/line-table.ts';
import type { LineTable } from '../base/line-table.ts';
import type { TextRange } from '../base/text-range.ts';
import type { CodeAction } from '../features/code-actions.ts';
import type { CodeLens, LensAction } from '../features/code-lenses.ts';
import type { CompletionItem, CompletionKind } from '../features/completion.ts';
import type { NavigationTarget } from '../features/definition.ts';
import type { DocumentSymbol } from '../features/document-symbols.ts';
import type { FormatEdit } from '../features/format.ts';
import type { Hover } from '../features/hover.ts';
import type { InlayHint } from '../features/inlay-hints.ts';
import type { SignatureHelp } from '../features/signature-help.ts';
import type { WorkspaceSymbol } from '../features/workspace-symbols.ts';
import type { Problem, Severity } from '../model/problems.ts';
import type { LineRange } from '../protocol.ts';
import type { Origin } from '../render/rendered.ts';
import type { Project } from './project.ts';

/** Offsets as lines and characters; `base` counts both as the protocol does. */
export function lineRange(lines: LineTable, range: TextRange): LineRange {
  return { start: positionAt(lines, range.start), end: positionAt(lines, range.end) };
}

/** A place in a project; `undefined` when the file is not there any more. */
export function location(project: Project, origin: Origin): lsp.Location | undefined {
  return project.placeOf(origin) ?? undefined;
}

export function diagnostic(project: Project, lines: LineTable, problem: Problem): lsp.Diagnostic {
  const related = problem.related.flatMap(it => {
    const place = location(project, it.origin);
    return place === undefined ? [] : [{ location: place, message: it.message }];
  });
  return {
    range: lineRange(lines, problem.origin),
    severity: severities[problem.severity],
    code: problem.code,
    source: 'sluice',
    message: problem.message,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(problem.code.startsWith('unused-') ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

export function hover(lines: LineTable, answer: Hover): lsp.Hover {
  return {
    contents: { kind: MarkupKind.Markdown, value: answer.markdown },
    range: lineRange(lines, answer.range),
  };
}

export function definitionLink(
  project: Project,
  lines: LineTable,
  target: NavigationTarget,
): readonly lsp.LocationLink[] {
  const whole = project.placeOf(target.target);
  const selection = project.placeOf(target.selection);
  if (whole === null || selection === null) return [];
  return [
    {
      originSelectionRange: lineRange(lines, target.origin),
      targetUri: whole.uri,
      targetRange: whole.range,
      targetSelectionRange: selection.range,
    },
  ];
}

/** What a completion item carries so that its documentation can be looked up later. */
export interface CompletionData {
  readonly uri: string;
  readonly declaration: CompletionItem['declaration'];
}

export function completionItem(lines: LineTable, uri: string, item: CompletionItem): lsp.CompletionItem {
  const data: CompletionData = { uri, declaration: item.declaration };
  return {
    label: item.label,
    kind: completionKinds[item.kind],
    labelDetails: { description: item.detail },
    sortText: `${item.rank} ${item.label}`,
    textEdit: { range: lineRange(lines, item.replace), newText: item.insertText },
    ...(item.documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: item.documentation } }),
    data,
  };
}

const completionKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  model: CompletionItemKind.Class,
  seed: CompletionItemKind.File,
  snapshot: CompletionItemKind.Class,
  source: CompletionItemKind.Module,
  table: CompletionItemKind.Struct,
  var: CompletionItemKind.Variable,
  doc: CompletionItemKind.Text,
  macro: CompletionItemKind.Function,
  column: CompletionItemKind.Field,
  cte: CompletionItemKind.Struct,
  alias: CompletionItemKind.Variable,
  type: CompletionItemKind.TypeParameter,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
};

export function documentSymbol(lines: LineTable, symbol: DocumentSymbol): lsp.DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.kind,
    kind: symbolKinds[symbol.kind] ?? SymbolKind.Object,
    range: lineRange(lines, symbol.range),
    selectionRange: lineRange(lines, symbol.selection),
  };
}

export function workspaceSymbol(project: Project, symbol: WorkspaceSymbol): lsp.SymbolInformation | undefined {
  const place = location(project, symbol.place);
  if (place === undefined) return undefined;
  const { name, kind, packageName } = symbol;
  return { name, kind: symbolKinds[kind] ?? SymbolKind.Object, location: place, containerName: packageName };
}

const symbolKinds: Readonly<Record<string, SymbolKind>> = {
  model: SymbolKind.Class,
  snapshot: SymbolKind.Class,
  seed: SymbolKind.File,
  source: SymbolKind.Module,
  macro: SymbolKind.Function,
  cte: SymbolKind.Struct,
  test: SymbolKind.Event,
  unit_test: SymbolKind.Event,
  exposure: SymbolKind.Interface,
};

export function inlayHint(lines: LineTable, { offset, label }: InlayHint): lsp.InlayHint {
  return { position: positionAt(lines, offset), label, kind: InlayHintKind.Type, paddingLeft: true };
}

/** A lens as the client's command: with the file, and the place for what is about a place in it. */
export function codeLens(lines: LineTable, uri: string, { offset, action, title }: CodeLens): lsp.CodeLens {
  const { start, end } = lineRange(lines, { start: offset, end: offset });
  const command = LENS_COMMANDS[action];
  return { range: { start, end }, command: { title, command, arguments: [uri, start] } };
}

const LENS_COMMANDS: Readonly<Record<LensAction, string>> = {
  'preview-data': 'sluice.previewData',
  'preview-cte': 'sluice.previewCte',
  run: 'sluice.runModel',
  build: 'sluice.buildModel',
  test: 'sluice.testModel',
  lineage: 'sluice.showLineage',
};

export function signatureHelp({ signatures, activeSignature, activeParameter }: SignatureHelp): lsp.SignatureHelp {
  return {
    signatures: signatures.map(({ label, parameters, documentation }) => ({
      label,
      parameters: parameters.map(it => ({ label: it })),
      documentation: { kind: MarkupKind.Markdown, value: documentation },
    })),
    activeSignature,
    activeParameter,
  };
}

export function textEdit(lines: LineTable, { range, newText }: FormatEdit): lsp.TextEdit {
  return { range: lineRange(lines, range), newText };
}

export function codeAction(project: Project, lines: LineTable, action: CodeAction): lsp.CodeAction {
  const changes: Record<string, lsp.TextEdit[]> = {};
  for (const edit of action.edits) {
    const editLines = project.lines(edit.file);
    if (editLines === undefined) continue;
    (changes[project.uriOf(edit.file)] ??= []).push({ range: lineRange(editLines, edit.range), newText: edit.newText });
  }
  return {
    title: action.title,
    kind: 'quickfix',
    isPreferred: action.preferred,
    diagnostics: [diagnostic(project, lines, action.problem)],
    edit: { changes },
  };
}
