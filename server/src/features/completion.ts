import { touches, type TextRange } from '../base/text-range.ts';
import type { Declaration, ModelDb, NameTable, Names, Use } from '../model/db.ts';
import { asString, callsIn, stringContents } from '../syntax/jinja/views.ts';
import { contextCompletion } from './completion-context.ts';
import { describe } from './describe.ts';
import { describeColumn } from './describe-column.ts';
import type { WordExpectations } from '../syntax/sql/expected-words.ts';
import type { FilePosition } from './file-position.ts';
import { sqlCompletion } from './sql-completion.ts';

/** What an item stands for, so that an editor can choose its icon. */
export type CompletionKind =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'source'
  | 'table'
  | 'var'
  | 'doc'
  | 'macro'
  | 'column'
  | 'cte'
  | 'alias'
  | 'type'
  | 'function'
  | 'keyword';

/** One offer: inserting it replaces `replace` by `insertText`. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label: the package, the materialization, the signature. */
  readonly detail: string;
  readonly insertText: string;
  readonly replace: TextRange;
  /** Items of the project itself come before those of packages. */
  readonly rank: 0 | 1 | 2;
  /** What `completionDocumentation` describes when the item is looked at; describing all of them at once would be waste. */
  readonly declaration: Declaration | undefined;
  /** Markdown, for what no file declares. */
  readonly documentation?: string;
}

/**
 * What can stand at the cursor: names inside `ref('…')` and its like, functions and macros where Jinja expects an
 * expression, and what SQL can go on with everywhere else.
 */
export function completion(db: ModelDb, at: FilePosition, expectations?: WordExpectations): readonly CompletionItem[] {
  for (const use of db.uses(at.file)) {
    const items = insideUse(db, use, at);
    if (items !== undefined) return items;
  }
  const inJinja = unfinishedSource(db, at) ?? contextCompletion(db, at);
  return inJinja.length > 0 ? inJinja : sqlCompletion(db, at, expectations);
}

/** The description of an item's declaration, in Markdown; `undefined` for items that declare nothing. */
export function completionDocumentation(db: ModelDb, item: Pick<CompletionItem, 'declaration'>): string | undefined {
  const { declaration } = item;
  if (declaration?.kind === 'column' && declaration.uniqueId !== undefined) {
    return describeColumn(db, { uniqueId: declaration.uniqueId, column: declaration.name });
  }
  return declaration === undefined ? undefined : describe(db, declaration);
}

function insideUse(db: ModelDb, use: Use, at: FilePosition): readonly CompletionItem[] | undefined {
  if (use.kind === 'macro') return undefined;
  if (use.kind === 'source' && touches(use.tableRange, at.offset)) return sourceTables(db, use.source, use.tableRange);
  if (!touches(use.range, at.offset)) return undefined;
  const names = db.names();
  switch (use.kind) {
    case 'ref':
      return refables(db, names, use.range);
    case 'source':
      return sourceNames(names, use.range);
    case 'var':
      return itemsOf(db, names.vars, 'var', use.range);
    case 'doc':
      return itemsOf(db, names.docs, 'doc', use.range);
  }
}

/** `source('…` whose table is not written yet is no use of anything, but its first argument is a source all the same. */
function unfinishedSource(db: ModelDb, at: FilePosition): readonly CompletionItem[] | undefined {
  const tree = db.syntax(at.file);
  for (const call of tree === undefined ? [] : callsIn(tree)) {
    const [source] = call.positional.map(asString);
    if (call.path.join('.') !== 'source' || source === undefined) continue;
    const range = stringContents(source);
    if (touches(range, at.offset)) return sourceNames(db.names(), range);
  }
  return undefined;
}

function refables(db: ModelDb, names: Names, replace: TextRange): readonly CompletionItem[] {
  return [
    ...itemsOf(db, names.models, 'model', replace),
    ...itemsOf(db, names.seeds, 'seed', replace),
    ...itemsOf(db, names.snapshots, 'snapshot', replace),
  ];
}

function itemsOf(db: ModelDb, table: NameTable, kind: CompletionKind, replace: TextRange): readonly CompletionItem[] {
  return [...table].flatMap(([name, [declaration]]) =>
    declaration === undefined ? [] : [itemOf(db, declaration, { label: name, kind, replace })],
  );
}

function itemOf(
  db: ModelDb,
  declaration: Declaration,
  { label, kind, replace }: Pick<CompletionItem, 'label' | 'kind' | 'replace'>,
): CompletionItem {
  const isOwn = declaration.packageName === db.project().name;
  const detail = isOwn ? kind : `${kind} · ${declaration.packageName}`;
  return { label, kind, detail, insertText: label, replace, rank: isOwn ? 0 : 1, declaration };
}

/** Keys of the source table are `source_name.table_name`; each source is offered once. */
function sourceNames(names: Names, replace: TextRange): readonly CompletionItem[] {
  const sources = new Set([...names.sources.keys()].map(it => it.slice(0, it.indexOf('.'))));
  return [...sources].map(label => plainItem({ label, kind: 'source', replace }));
}

function plainItem({ label, kind, replace }: Pick<CompletionItem, 'label' | 'kind' | 'replace'>): CompletionItem {
  return { label, kind, detail: kind, insertText: label, replace, rank: 0, declaration: undefined };
}

function sourceTables(db: ModelDb, source: string, replace: TextRange): readonly CompletionItem[] {
  const prefix = `${source}.`;
  return [...db.names().sources].flatMap(([key, [declaration]]) => {
    if (!key.startsWith(prefix) || declaration === undefined) return [];
    return [itemOf(db, declaration, { label: key.slice(prefix.length), kind: 'table', replace })];
  });
}
