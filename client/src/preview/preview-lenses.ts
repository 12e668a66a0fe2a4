import * as vscode from 'vscode';
import type { CompiledDocuments, Shown } from './compiled-documents.ts';
import { COMPILED_SCHEME, sourceUri } from './compiled-uri.ts';

/**
 * The lines above a compiled document: why its template does not render, with the way to the place; and which branch of
 * `is_incremental()` is shown, with the way to the other.
 */
export class PreviewLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #documents: CompiledDocuments;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(documents: CompiledDocuments) {
    this.#documents = documents;
    this.#subscriptions = [
      vscode.languages.registerCodeLensProvider({ scheme: COMPILED_SCHEME }, this),
      documents.onUpdate(() => this.#changed.fire()),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const source = sourceUri(document.uri);
    const shown = source && this.#documents.shown(source);
    if (source === undefined || shown === undefined) return [];
    const commands = [problemCommand(shown), branchCommand(shown, source)].filter(it => it !== undefined);
    return commands.map(it => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), it));
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
    this.#changed.dispose();
  }
}

function problemCommand({ problem }: Shown): vscode.Command | undefined {
  if (problem === null) return undefined;
  const title = `$(error) ${firstLine(problem.message)}`;
  const { place } = problem;
  return place === null ? { title, command: '' } : { title, command: 'sluice.openPlace', arguments: [place] };
}

function branchCommand({ incremental }: Shown, source: vscode.Uri): vscode.Command | undefined {
  if (incremental === undefined) return undefined;
  const title =
    incremental === true
      ? '$(git-branch) Incremental run: is_incremental() is true. Show the full refresh'
      : '$(git-branch) Full refresh: is_incremental() is false. Show the incremental run';
  return { title, command: 'sluice.toggleIncremental', arguments: [source] };
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
