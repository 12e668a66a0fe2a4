import * as vscode from 'vscode';
import type { Compiled, CompiledSegment, LineRange } from '../../../server/src/protocol.ts';
import type { ServerLink } from '../server-link.ts';
import { COMPILED_SCHEME, compiledUri, sourceUri } from './compiled-uri.ts';
import { isInside } from './source-map.ts';
import type { Position } from './source-map.ts';

/** What a compiled document shows. `stale`: the template does not render now, and this is from when it last did. */
export interface Shown {
  /** The node it is the text of; `undefined` for a comment of our own. */
  readonly name: string | undefined;
  readonly sql: string;
  readonly segments: readonly CompiledSegment[];
  readonly problem: Compiled['problem'];
  readonly stale: boolean;
  /** What `is_incremental()` answers: `null` as dbt would; `undefined` when the template does not ask. */
  readonly incremental: boolean | null | undefined;
  /** Outside of this part of the source a cursor means another node; `null`: the source has only one. */
  readonly extent: LineRange | null;
}

/**
 * The compiled SQL of templates as read-only documents that follow every keystroke. While a template is broken its
 * document keeps the last good text, so that the view does not jump, and says what is wrong.
 */
export class CompiledDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #link: ServerLink;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #updated = new vscode.EventEmitter<vscode.Uri>();
  readonly #shown = new Map<string, Shown>();
  readonly #incremental = new Map<string, boolean>();
  readonly #due = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.#changed.event;
  /** Fires with the URI of the source when what its document shows has been computed anew. */
  readonly onUpdate = this.#updated.event;

  constructor(link: ServerLink) {
    this.#link = link;
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(COMPILED_SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(change => this.#sourceChanged(change.document.uri)),
      vscode.window.onDidChangeTextEditorSelection(change => this.#cursorMoved(change.textEditor)),
      vscode.workspace.onDidCloseTextDocument(document => this.#closed(document.uri)),
      link.on('sluice/changed', () => this.#refreshAll()),
      link.onStateChange(state => {
        if (state === 'running') this.#refreshAll();
      }),
    ];
  }

  /** What is shown for a source now, or `undefined` when its preview is not open. */
  shown(source: vscode.Uri): Shown | undefined {
    return this.#shown.get(source.toString());
  }

  /** What `is_incremental()` answers for a source; `null` where nobody chose, which is dbt's own rule. */
  branch(source: vscode.Uri): boolean | null {
    return this.#incremental.get(source.toString()) ?? null;
  }

  /** Shows the other branch of `is_incremental()`. */
  toggleIncremental(source: vscode.Uri): void {
    const key = source.toString();
    this.#incremental.set(key, this.#incremental.get(key) !== true);
    this.#changed.fire(compiledUri(source));
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const source = sourceUri(uri);
    if (source === undefined) return '';
    const incremental = this.branch(source);
    const position = cursorIn(source);
    const compiled = await this.#link.request(
      'sluice/compiled',
      { uri: source.toString(), incremental, position },
      token,
    );
    const now = nextShown(this.shown(source), compiled, { incremental, position });
    this.#shown.set(source.toString(), now);
    this.#updated.fire(source);
    return now.sql;
  }

  dispose(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    for (const it of this.#subscriptions) it.dispose();
    this.#changed.dispose();
    this.#updated.dispose();
  }

  #sourceChanged(source: vscode.Uri): void {
    const key = source.toString();
    if (!this.#shown.has(key) || this.#due.has(key)) return;
    // One request for a burst of keystrokes; short enough that nobody sees it.
    this.#due.set(
      key,
      setTimeout(() => {
        this.#due.delete(key);
        this.#changed.fire(compiledUri(source));
      }, BURST),
    );
  }

  #cursorMoved(editor: vscode.TextEditor): void {
    const extent = this.shown(editor.document.uri)?.extent;
    if (extent && !isInside(extent, editor.selection.active)) this.#sourceChanged(editor.document.uri);
  }

  #refreshAll(): void {
    for (const key of this.#shown.keys()) this.#sourceChanged(vscode.Uri.parse(key, true));
  }

  #closed(uri: vscode.Uri): void {
    const source = sourceUri(uri);
    if (source !== undefined) this.#shown.delete(source.toString());
  }
}

const BURST = 40;

/** Where the cursor is in a file that some editor shows. */
function cursorIn(source: vscode.Uri): Position | null {
  const wanted = source.toString();
  const editor = vscode.window.visibleTextEditors.find(it => it.document.uri.toString() === wanted);
  return editor === undefined
    ? null
    : { line: editor.selection.active.line, character: editor.selection.active.character };
}

interface Asked {
  readonly incremental: boolean | null;
  readonly position: Position | null;
}

function nextShown(before: Shown | undefined, compiled: Compiled | null | undefined, asked: Asked): Shown {
  if (compiled === undefined) return before ?? comment('The server does not answer yet.', null);
  if (compiled === null) return comment('Nothing at the cursor is rendered on its own.', asked.position);
  const { name, sql, segments, problem, extent } = compiled;
  if (problem !== null && before?.name === name) return { ...before, problem, extent, stale: true };
  const incremental = compiled.asksIncremental ? asked.incremental : undefined;
  return { name, sql, segments, problem, stale: false, incremental, extent };
}

function comment(text: string, at: Position | null): Shown {
  const extent = at && { start: at, end: at };
  return {
    name: undefined,
    sql: `-- ${text}\n`,
    segments: [],
    problem: null,
    stale: false,
    incremental: undefined,
    extent,
  };
}
