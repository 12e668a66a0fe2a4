import * as vscode from 'vscode';
import type { ColumnEdgeKind, ColumnLineage, LineageColumn } from '../../../server/src/protocol.ts';
import type { Projects } from '../projects.ts';
import type { ServerLink } from '../server-link.ts';
import { fullName, iconOfEdges, isValueEdge, wordsOf } from './column-look.ts';

/** `rows`: the columns that decide which rows there are. */
type Direction = 'inputs' | 'uses' | 'rows';

/** `group`: a heading; `column`: a column found by walking from the one in the middle in one direction. */
type Item =
  | { readonly kind: 'group'; readonly direction: Direction }
  | {
      readonly kind: 'column';
      readonly direction: Direction;
      readonly column: LineageColumn;
      readonly ways: readonly ColumnEdgeKind[];
      readonly path: string;
    };

/** The tree of the side bar that follows the cursor: what the column under it is made from, and what is made of it. */
export class ColumnView implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  readonly #link: ServerLink;
  readonly #projects: Projects;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<Item>;
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #root: ColumnLineage | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(link: ServerLink, projects: Projects) {
    this.#link = link;
    this.#projects = projects;
    this.#view = vscode.window.createTreeView('sluice.columnLineage', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.#subscriptions = [
      this.#view,
      this.#view.onDidChangeVisibility(() => this.#schedule()),
      vscode.window.onDidChangeTextEditorSelection(() => this.#schedule()),
      projects.onChange(() => this.#schedule()),
      link.on('sluice/changed', () => this.#schedule()),
    ];
    this.#tell();
  }

  getTreeItem(item: Item): vscode.TreeItem {
    return item.kind === 'group' ? this.#groupItem(item.direction) : columnItem(item);
  }

  async getChildren(item?: Item): Promise<Item[]> {
    const root = this.#root;
    if (root === undefined) return [];
    if (item === undefined) {
      const groups: readonly Direction[] =
        found(root, 'rows').length === 0 ? ['inputs', 'uses'] : ['inputs', 'uses', 'rows'];
      return groups.map(direction => ({ kind: 'group', direction }));
    }
    if (item.kind === 'group') return columnsOf(root, item.direction, item.direction);
    const next = await this.#link.request('sluice/columnLineage', {
      project: root.project,
      node: item.column.node.id,
      column: item.column.name,
      ...ONE_STEP,
    });
    return next ? columnsOf(next, item.direction, item.path) : [];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const it of this.#subscriptions) it.dispose();
    this.#changed.dispose();
  }

  /** A cursor that is on its way somewhere asks nothing. */
  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#view.visible) this.#timer = setTimeout(() => void this.#load(), PAUSE_MS);
  }

  async #load(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.scheme !== 'file' || this.#projects.owner(editor.document.uri) === undefined) return;
    const { line, character } = editor.selection.active;
    const answer = await this.#link.request('sluice/columnLineageAt', {
      uri: editor.document.uri.toString(),
      position: { line, character },
      ...ONE_STEP,
    });
    // A place that is about no column leaves the last one in view.
    if (!answer) return;
    this.#root = answer;
    this.#tell();
    this.#changed.fire();
  }

  #tell(): void {
    const column = this.#root?.columns.find(it => it.id === this.#root?.focus);
    this.#view.description = column === undefined ? '' : fullName(column);
    this.#view.message = column === undefined ? 'Put the cursor on a column of a model.' : '';
  }

  #groupItem(direction: Direction): vscode.TreeItem {
    const nColumns = this.#root === undefined ? 0 : found(this.#root, direction).length;
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(
      TITLES[direction],
      nColumns === 0 ? None : direction === 'rows' ? Collapsed : Expanded,
    );
    item.id = `${this.#root?.focus ?? ''} ${direction}`;
    item.description = nColumns === 0 ? 'nothing' : String(nColumns);
    item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[direction]);
    return item;
  }
}

const PAUSE_MS = 200;
const ONE_STEP = { upstream: 1, downstream: 1 };

const TITLES: Readonly<Record<Direction, string>> = {
  inputs: 'Made from',
  uses: 'Used by',
  rows: 'Rows decided by',
};

const GROUP_ICONS: Readonly<Record<Direction, string>> = { inputs: 'arrow-up', uses: 'arrow-down', rows: 'filter' };

interface FoundColumn {
  readonly column: LineageColumn;
  readonly ways: readonly ColumnEdgeKind[];
}

/** The columns one step away in a direction, with how they are joined to the one in the middle. */
function found(lineage: ColumnLineage, direction: Direction): readonly FoundColumn[] {
  const near = lineage.edges.filter(({ from, to, kind }) => {
    if (direction === 'uses') return from === lineage.focus && to !== lineage.focus;
    return to === lineage.focus && isValueEdge(kind) === (direction === 'inputs');
  });
  return lineage.columns.flatMap(column => {
    const ways = near.filter(it => (direction === 'uses' ? it.to : it.from) === column.id).map(it => it.kind);
    return ways.length === 0 ? [] : [{ column, ways: [...new Set(ways)] }];
  });
}

function columnsOf(lineage: ColumnLineage, direction: Direction, path: string): Item[] {
  return found(lineage, direction).map(({ column, ways }) => ({
    kind: 'column',
    direction,
    column,
    ways,
    path: `${path} ${lineage.focus}>${column.id}`,
  }));
}

function columnItem({ column, ways, path, direction }: Item & { readonly kind: 'column' }): vscode.TreeItem {
  const nFurther = { inputs: column.inputCount, uses: column.useCount, rows: 0 }[direction];
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(column.name, nFurther === 0 ? None : Collapsed);
  item.id = path;
  item.iconPath = new vscode.ThemeIcon(iconOfEdges(ways));
  item.description = `${column.node.name} · ${wordsOf(ways)}`;
  item.tooltip = tooltip(column);
  if (column.place !== null) {
    item.command = { command: 'sluice.openPlace', title: 'Open', arguments: [column.place] };
  }
  return item;
}

function tooltip(column: LineageColumn): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(fullName(column)).appendMarkdown('**');
  if (column.type !== null) text.appendMarkdown(' ').appendText(column.type);
  if (column.description !== null) text.appendMarkdown('\n\n').appendText(column.description);
  if (column.typeSource !== null) text.appendMarkdown('\n\n').appendText(column.typeSource);
  return text;
}
