import * as vscode from 'vscode';
import type { CompiledDocuments } from './compiled-documents.ts';
import { COMPILED_SCHEME, sourceUri } from './compiled-uri.ts';

/** Says above a compiled document why its template does not render, and goes to the place. */
export class ProblemLens implements vscode.CodeLensProvider, vscode.Disposable {
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

  provideCodeLenses(document: vscode.TextDocument): readonly vscode.CodeLens[] & vscode.CodeLens[] {
    const source = sourceUri(document.uri);
    const problem = source && this.#documents.shown(source)?.problem;
    if (!problem) return [];
    const title = `$(error) ${firstLine(problem.message)}`;
    const place = problem.place;
    const command =
      place === null ? { title, command: '' } : { title, command: 'sluice.openPlace', arguments: [place] };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
    this.#changed.dispose();
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
