import * as vscode from 'vscode';
import type { LineageGraph, Uri } from '../../../server/src/protocol.ts';
import type { FromLineagePage, ToLineagePage } from '../../webview/lineage-messages.ts';
import { openPlace } from '../place.ts';
import type { Projects } from '../projects.ts';
import type { ServerLink } from '../server-link.ts';
import { loadPage } from '../webview-page.ts';

/** The node in the middle of the graph and the project it belongs to. */
interface Middle {
  readonly project: Uri;
  readonly id: string | null;
}

/** The panel that draws the graph around a model, or that of the whole project. */
export class GraphPanel implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #link: ServerLink;
  readonly #projects: Projects;
  readonly #subscription: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #middle: Middle | undefined;
  #graph: LineageGraph | undefined;
  /** Steps in each direction; `null` draws the whole project. */
  #depth: number | null = 2;

  constructor(extension: vscode.Uri, link: ServerLink, projects: Projects) {
    this.#extension = extension;
    this.#link = link;
    this.#projects = projects;
    this.#subscription = link.on('sluice/changed', () => void this.#draw());
  }

  /** Draws the graph around what a file declares; without such a file, that of the whole project. */
  async show(file: vscode.Uri | undefined): Promise<void> {
    const found = file && (await this.#link.request('sluice/lineageOfFile', { uri: file.toString() }));
    const project = found?.project ?? this.#projects.current?.root;
    if (project === undefined) return;
    this.#middle = { project, id: found?.node.id ?? null };
    this.#open();
    await this.#draw();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
  }

  #open(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      'sluice.lineageGraph',
      'Lineage',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { retainContextWhenHidden: true },
    );
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'client', 'media', 'sluice.svg');
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: FromLineagePage) => void this.#receive(message));
    loadPage(panel.webview, this.#extension, 'lineage', 'Lineage');
    this.#panel = panel;
  }

  async #draw(): Promise<void> {
    const middle = this.#middle;
    if (this.#panel === undefined || middle === undefined) return;
    const whole = this.#depth === null || middle.id === null;
    const graph = await this.#link.request('sluice/lineageGraph', {
      project: middle.project,
      around: whole ? null : middle.id,
      upstream: this.#depth ?? 0,
      downstream: this.#depth ?? 0,
    });
    if (graph === undefined || middle !== this.#middle) return;
    this.#graph = graph ?? undefined;
    this.#post();
  }

  #post(): void {
    const message: ToLineagePage =
      this.#graph === undefined
        ? { kind: 'none', message: 'The model is no longer part of the project.' }
        : { kind: 'graph', graph: this.#graph, selected: this.#middle?.id ?? null };
    void this.#panel?.webview.postMessage(message);
  }

  async #receive(message: FromLineagePage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.#post();
      case 'open': {
        const place = this.#graph?.nodes.find(it => it.id === message.id)?.place;
        return place ? openPlace(place, { preview: true, viewColumn: textColumn() }) : undefined;
      }
      case 'around':
        this.#middle = this.#middle && { ...this.#middle, id: message.id };
        return this.#draw();
      case 'depth':
        this.#depth = message.depth;
        return this.#draw();
    }
  }
}

/** Where texts are: a model that is opened from the drawing must not cover it. */
function textColumn(): vscode.ViewColumn {
  return vscode.window.visibleTextEditors.find(it => it.viewColumn !== undefined)?.viewColumn ?? vscode.ViewColumn.One;
}
