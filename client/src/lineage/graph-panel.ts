import * as vscode from 'vscode';
import type { ColumnLineage, LineageGraph, Place, Uri } from '../../../server/src/protocol.ts';
import type { FromLineagePage, ToLineagePage } from '../../webview/lineage-messages.ts';
import { openPlace } from '../place.ts';
import type { Projects } from '../projects.ts';
import type { ServerLink } from '../server-link.ts';
import { loadPage } from '../webview-page.ts';

/** The node in the middle of the graph and the project it belongs to; with a column, its lineage is drawn instead. */
interface Middle {
  readonly project: Uri;
  readonly id: string | null;
  readonly column: string | null;
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
  #columns: ColumnLineage | undefined;
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
    this.#middle = { project, id: found?.node.id ?? null, column: null };
    this.#open();
    await this.#draw();
  }

  /** Draws the lineage of the column that a place in a file is about; says so when it is about none. */
  async showColumn(file: vscode.Uri, { line, character }: vscode.Position): Promise<void> {
    const found = await this.#link.request('sluice/columnLineageAt', {
      uri: file.toString(),
      position: { line, character },
      ...this.#steps(),
    });
    const focus = found?.columns.find(it => it.id === found.focus);
    if (!found || focus === undefined) {
      void vscode.window.showInformationMessage('There is no column of a model at the cursor.');
      return;
    }
    this.#middle = { project: found.project, id: focus.node.id, column: focus.name };
    this.#columns = found;
    this.#open();
    this.#post();
  }

  #steps(): { readonly upstream: number; readonly downstream: number } {
    const steps = this.#depth ?? EVERYTHING;
    return { upstream: steps, downstream: steps };
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
    if (middle.column !== null && middle.id !== null) return this.#drawColumn(middle.project, middle.id, middle.column);
    const whole = this.#depth === null || middle.id === null;
    const graph = await this.#link.request('sluice/lineageGraph', {
      project: middle.project,
      around: whole ? null : middle.id,
      upstream: this.#depth ?? 0,
      downstream: this.#depth ?? 0,
    });
    if (graph === undefined || middle !== this.#middle) return;
    this.#graph = graph ?? undefined;
    this.#columns = undefined;
    this.#post();
  }

  async #drawColumn(project: Uri, node: string, column: string): Promise<void> {
    const middle = this.#middle;
    const found = await this.#link.request('sluice/columnLineage', { project, node, column, ...this.#steps() });
    if (found === undefined || middle !== this.#middle) return;
    this.#columns = found ?? undefined;
    this.#graph = undefined;
    this.#post();
  }

  #post(): void {
    void this.#panel?.webview.postMessage(this.#message());
  }

  #message(): ToLineagePage {
    if (this.#columns !== undefined) return { kind: 'columns', lineage: this.#columns };
    return this.#graph === undefined
      ? { kind: 'none', message: 'The model is no longer part of the project.' }
      : { kind: 'graph', graph: this.#graph, selected: this.#middle?.id ?? null };
  }

  async #receive(message: FromLineagePage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.#post();
      case 'open': {
        const nodes = this.#graph?.nodes ?? this.#columns?.columns.map(it => it.node);
        return openBeside(nodes?.find(it => it.id === message.id)?.place);
      }
      case 'open-column':
        return openBeside(this.#columns?.columns.find(it => it.id === message.id)?.place);
      case 'around':
        this.#middle = this.#middle && { ...this.#middle, id: message.id, column: null };
        return this.#draw();
      case 'around-column': {
        const column = this.#columns?.columns.find(it => it.id === message.id);
        if (column === undefined) return undefined;
        this.#middle = this.#middle && { ...this.#middle, id: column.node.id, column: column.name };
        return this.#draw();
      }
      case 'depth':
        this.#depth = message.depth;
        return this.#draw();
    }
  }
}

/** Far enough for every project. */
const EVERYTHING = 1000;

async function openBeside(place: Place | null | undefined): Promise<void> {
  if (place) await openPlace(place, { preview: true, viewColumn: textColumn() });
}

/** Where texts are: a model that is opened from the drawing must not cover it. */
function textColumn(): vscode.ViewColumn {
  return vscode.window.visibleTextEditors.find(it => it.viewColumn !== undefined)?.viewColumn ?? vscode.ViewColumn.One;
}
