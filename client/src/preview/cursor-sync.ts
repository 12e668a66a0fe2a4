import * as vscode from 'vscode';
import { toRange } from '../place.ts';
import type { CompiledDocuments } from './compiled-documents.ts';
import { compiledUri, sourceUri } from './compiled-uri.ts';
import type { Counterpart } from './source-map.ts';
import { compiledAt, templateAt } from './source-map.ts';

/**
 * Shows in the compiled SQL where the cursor of the template is, and the other way round. It only decorates and
 * scrolls: no cursor is moved, so the two sides cannot chase each other.
 */
export class CursorSync implements vscode.Disposable {
  readonly #documents: CompiledDocuments;
  readonly #line = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  readonly #expression = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
    borderColor: new vscode.ThemeColor('editor.wordHighlightStrongBorder'),
    borderRadius: '2px',
  });
  readonly #stale = vscode.window.createTextEditorDecorationType({ opacity: '0.5' });
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(documents: CompiledDocuments) {
    this.#documents = documents;
    this.#subscriptions = [
      this.#line,
      this.#expression,
      this.#stale,
      vscode.window.onDidChangeTextEditorSelection(change => this.#selected(change.textEditor)),
      vscode.window.onDidChangeActiveTextEditor(editor => editor && this.#selected(editor)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#refreshAll()),
      vscode.workspace.onDidChangeTextDocument(change => {
        const source = sourceUri(change.document.uri);
        if (source !== undefined) this.#refresh(source);
      }),
      documents.onUpdate(source => this.#refresh(source)),
    ];
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
  }

  #selected(editor: vscode.TextEditor): void {
    const source = sourceUri(editor.document.uri);
    if (source === undefined) this.#fromTemplate(editor, { scroll: true });
    else this.#fromCompiled(editor, source);
  }

  #refreshAll(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const source = sourceUri(editor.document.uri);
      if (source !== undefined) this.#refresh(source);
    }
  }

  #refresh(source: vscode.Uri): void {
    const stale = this.#documents.shown(source)?.stale === true;
    const previews = editorsOf(compiledUri(source));
    for (const preview of previews) {
      preview.setDecorations(this.#stale, stale ? [wholeDocument(preview.document)] : []);
    }
    // Whoever looks from the compiled SQL goes on doing so when the template changes beside it.
    const active = previews.find(it => it === vscode.window.activeTextEditor);
    if (active !== undefined) return this.#fromCompiled(active, source);
    for (const editor of editorsOf(source)) {
      this.#fromTemplate(editor, { scroll: editor === vscode.window.activeTextEditor });
    }
  }

  #fromTemplate(editor: vscode.TextEditor, options: { readonly scroll: boolean }): void {
    const shown = this.#documents.shown(editor.document.uri);
    if (shown === undefined) return;
    this.#decorate(editor, [], { scroll: false });
    const found = shown.stale ? [] : compiledAt(shown.segments, editor.selection.active);
    for (const preview of editorsOf(compiledUri(editor.document.uri))) this.#decorate(preview, found, options);
  }

  #fromCompiled(preview: vscode.TextEditor, source: vscode.Uri): void {
    const shown = this.#documents.shown(source);
    if (shown === undefined) return;
    this.#decorate(preview, [], { scroll: false });
    const found = shown.stale ? [] : templateAt(shown.segments, preview.selection.active);
    for (const editor of editorsOf(source)) this.#decorate(editor, found, { scroll: true });
  }

  #decorate(editor: vscode.TextEditor, found: readonly Counterpart[], options: { readonly scroll: boolean }): void {
    const ranges = found.map(it => toRange(it.range));
    editor.setDecorations(this.#line, ranges);
    editor.setDecorations(
      this.#expression,
      found.filter(it => !it.exact).map(it => toRange(it.range)),
    );
    const [first] = ranges;
    if (options.scroll && first !== undefined) {
      // Only lines are brought into view: scrolling sideways would hide where the line begins.
      editor.revealRange(
        new vscode.Range(first.start.line, 0, first.end.line, 0),
        vscode.TextEditorRevealType.InCenterIfOutsideViewport,
      );
    }
  }
}

function editorsOf(uri: vscode.Uri): readonly vscode.TextEditor[] {
  const wanted = uri.toString();
  return vscode.window.visibleTextEditors.filter(it => it.document.uri.toString() === wanted);
}

function wholeDocument(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}
