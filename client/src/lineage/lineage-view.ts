import * as vscode from 'vscode';
import type { LineageNeighbours, LineageNode } from '../../../server/src/protocol.ts';
import type { Projects } from '../projects.ts';
import type { ServerLink } from '../server-link.ts';
import { detailOf, iconOf } from './node-look.ts';

/** Which way a branch of the tree leads. Tests have a branch of their own, so that they do not hide the models. */
type Direction = 'parents' | 'children' | 'tests';

/** `group`: one of the two headings; `node`: a node found by walking from the model in one direction. */
type Item =
  | { readonly kind: 'group'; readonly direction: Direction }
  | { readonly kind: 'node'; readonly direction: Direction; readonly node: LineageNode; readonly path: string };

/** The tree of the side bar: what the model in front is made from, and what is made from it, step by step. */
export class LineageView implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  readonly #link: ServerLink;
  readonly #projects: Projects;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Item>;
  readonly #subscriptions: readonly vscode.Disposable[];
  #file: vscode.Uri | undefined;
  #root: LineageNeighbours | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(link: ServerLink, projects: Projects) {
    this.#link = link;
    this.#projects = projects;
    this.#view = vscode.window.createTreeView('sluice.lineage', { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = [
      this.#view,
      this.#view.onDidChangeVisibility(() => this.#follow()),
      projects.onChange(() => this.#follow()),
      link.on('sluice/changed', () => void this.#load()),
    ];
  }

  /** Shows a file's lineage from now on, until another model comes to the front. */
  async show(file: vscode.Uri): Promise<void> {
    this.#file = file;
    await this.#load();
  }

  getTreeItem(item: Item): vscode.TreeItem {
    return item.kind === 'group' ? this.#groupItem(item.direction) : nodeItem(item);
  }

  async getChildren(item?: Item): Promise<Item[]> {
    const root = this.#root;
    if (root === undefined) return [];
    if (item === undefined) {
      return [
        { kind: 'group', direction: 'parents' },
        { kind: 'group', direction: 'children' },
        ...(nodesIn(root, 'tests').length === 0 ? [] : [{ kind: 'group', direction: 'tests' } as const]),
      ];
    }
    if (item.kind === 'group') return nodesOf(root, item.direction, item.direction);
    const found = await this.#link.request('sluice/lineageOfNode', { project: root.project, id: item.node.id });
    return found ? nodesOf(found, item.direction, item.path) : [];
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    const active = vscode.window.activeTextEditor?.document.uri;
    if (active?.scheme === 'file' && this.#projects.owner(active) !== undefined) this.#file = active;
    void this.#load();
  }

  async #load(): Promise<void> {
    const file = this.#file;
    if (!this.#view.visible || file === undefined) return;
    const found = await this.#link.request('sluice/lineageOfFile', { uri: file.toString() });
    // While the answer was on its way, the user may have gone to another file.
    if (found === undefined || file !== this.#file) return;
    // A file that declares no node (a properties file, a macro) leaves the last model's lineage in view.
    if (found === null && this.#root !== undefined) return;
    this.#root = found ?? undefined;
    this.#view.description = this.#root?.node.name ?? '';
    this.#changed.fire();
  }

  #groupItem(direction: Direction): vscode.TreeItem {
    const nodes = this.#root === undefined ? [] : nodesIn(this.#root, direction);
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(
      TITLES[direction],
      nodes.length === 0 ? None : direction === 'tests' ? Collapsed : Expanded,
    );
    // The identity holds the model, so that going to another one does not inherit what was collapsed.
    item.id = `${this.#root?.node.id ?? ''} ${direction}`;
    item.description = nodes.length === 0 ? 'nothing' : String(nodes.length);
    item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[direction]);
    return item;
  }
}

const TITLES: Readonly<Record<Direction, string>> = {
  parents: 'Made from',
  children: 'Used by',
  tests: 'Tested by',
};

const GROUP_ICONS: Readonly<Record<Direction, string>> = {
  parents: 'arrow-up',
  children: 'arrow-down',
  tests: 'beaker',
};

function nodesIn(found: LineageNeighbours, direction: Direction): readonly LineageNode[] {
  switch (direction) {
    case 'parents':
      return found.parents;
    case 'children':
      return found.children.filter(it => !isTest(it));
    case 'tests':
      return found.children.filter(isTest);
  }
}

const isTest = (node: LineageNode): boolean => node.kind === 'test' || node.kind === 'unit-test';

function nodesOf(found: LineageNeighbours, direction: Direction, path: string): Item[] {
  return nodesIn(found, direction).map(node => ({
    kind: 'node',
    direction,
    node,
    path: `${path} ${found.node.id}>${node.id}`,
  }));
}

function nodeItem(item: Item & { readonly kind: 'node' }): vscode.TreeItem {
  const { node, direction } = item;
  const nFurther = { parents: node.parentCount, children: node.childCount, tests: 0 }[direction];
  const treeItem = new vscode.TreeItem(
    node.name,
    nFurther === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  treeItem.id = item.path;
  treeItem.iconPath = new vscode.ThemeIcon(iconOf(node.kind));
  treeItem.description = detailOf(node);
  treeItem.tooltip = tooltip(node);
  treeItem.contextValue = node.kind;
  if (node.place !== null) {
    treeItem.command = { command: 'sluice.openPlace', title: 'Open', arguments: [node.place] };
  }
  return treeItem;
}

function tooltip(node: LineageNode): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(node.name).appendMarkdown('** ').appendText(detailOf(node));
  if (node.description !== null && node.description !== '') text.appendMarkdown('\n\n').appendText(node.description);
  return text;
}
