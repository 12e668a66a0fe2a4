import type { TextRange } from '../base/text-range.ts';
import type { BoundColumn } from '../binder/rows.ts';
import type { VisibleScope } from '../binder/scope-at.ts';
import type { Declaration, ModelDb } from '../model/db.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { dialectFunctions, dialectTypes, typeName, visibleAt } from '../model/sql-meaning.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { WordExpectations } from '../syntax/sql/expected-words.ts';
import type { CompletionItem } from './completion.ts';
import type { FilePosition } from './file-position.ts';
import { functionText, signatureText } from './function-text.ts';
import { typedSqlAt, type SqlCursor } from './sql-cursor.ts';
import { keywordsAt, shouts } from './sql-keywords.ts';

/**
 * What SQL can go on with at the cursor, in text that may be half written: columns and functions where a value belongs,
 * CTEs and models where a relation does, and the keywords of the dialect.
 */
export function sqlCompletion(
  db: ModelDb,
  at: FilePosition,
  expectations: WordExpectations | undefined,
): readonly CompletionItem[] {
  const cursor = typedSqlAt(db, at);
  const scope = cursor && visibleAt(cursor.statement, cursor.offset);
  if (cursor === undefined || scope === undefined || scope.expects === 'nothing') return [];
  const place: Place = { db, cursor, scope, replace: replacedText(cursor, at, scope.replace) };
  if (scope.qualifier.length > 0) return memberItems(place);
  const keywords = keywordsAt(cursor.statement, scope.replace.start, scope.expects, expectations).map(it =>
    keywordItem(place, it),
  );
  return [...namesAt(place), ...keywords];
}

interface Place {
  readonly db: ModelDb;
  readonly cursor: SqlCursor;
  readonly scope: VisibleScope;
  /** What is being typed, in the template. */
  readonly replace: TextRange;
}

/** The word around the cursor, as far as its characters are the template's own. */
function replacedText({ statement, offset }: SqlCursor, at: FilePosition, word: TextRange): TextRange {
  const place = word.start < word.end ? sqlPlace(statement, at.file, word) : undefined;
  if (place?.isVerbatim !== true) return { start: at.offset, end: at.offset };
  return { start: at.offset - (offset - word.start), end: at.offset + (word.end - offset) };
}

function namesAt(place: Place): readonly CompletionItem[] {
  switch (place.scope.expects) {
    case 'value':
      return [...columnItems(place), ...aliasItems(place), ...relationNames(place), ...functionItems(place)];
    case 'relation':
      return [...cteItems(place), ...modelItems(place)];
    case 'using-column':
      return sharedColumns(place);
    case 'type':
      return typeItems(place);
    case 'new-name':
    case 'clause':
      return place.scope.lacksComma ? columnItems(place) : [];
    case 'nothing':
      return [];
  }
}

type VisibleRelation = VisibleScope['relations'][number];

/** `o.`: the columns of the relation, or the fields of a column that has some. */
function memberItems(place: Place): readonly CompletionItem[] {
  const { scope } = place;
  const wanted = scope.qualifier.at(-1)?.toLowerCase();
  const visible = scope.relations.length > 0 ? scope.relations : withoutFrom(scope);
  const relations = visible.filter(it => it.name.toLowerCase() === wanted);
  if (relations.length > 0) {
    return relations.slice(0, 1).flatMap(it => it.columns.map(column => columnItem(place, column, it, { rank: 0 })));
  }
  const owner = scope.relations.flatMap(it => it.columns).find(it => it.name.toLowerCase() === wanted);
  const fields = owner?.type?.kind === 'struct' ? owner.type.fields : [];
  return fields.map(({ name, type }) =>
    plainItem(place, {
      label: name,
      kind: 'column',
      detail: typeName(type, place.cursor.statement.dialect) ?? '',
      rank: 0,
    }),
  );
}

/** Columns of all relations that can be seen; where several have one of the name, each comes with its relation. */
function columnItems(place: Place): readonly CompletionItem[] {
  const { scope } = place;
  const visible: readonly VisibleRelation[] = scope.relations.length > 0 ? scope.relations : withoutFrom(scope);
  const nOfKey = new Map<string, number>();
  for (const column of visible.filter(it => !it.isOuter).flatMap(it => it.columns)) {
    nOfKey.set(column.key, (nOfKey.get(column.key) ?? 0) + 1);
  }
  const merged = new Set<string>();
  return visible.flatMap(relation =>
    relation.columns.flatMap(column => {
      if (column.name === '') return [];
      if (scope.merged.has(column.key)) {
        if (merged.has(column.key)) return [];
        merged.add(column.key);
        return [columnItem(place, column, relation, { rank: 0 })];
      }
      const isShared = !relation.isOuter && (nOfKey.get(column.key) ?? 0) > 1;
      const isHidden = relation.isOuter && nOfKey.has(column.key);
      if ((isShared || isHidden) && relation.name === '') return [];
      const qualifier = isShared || isHidden ? relation.name : undefined;
      return [columnItem(place, column, relation, { rank: relation.isOuter ? 1 : 0, qualifier })];
    }),
  );
}

/** Before FROM is written, every CTE may be what it will name; the last one usually is. */
const withoutFrom = ({ ctes }: VisibleScope): readonly VisibleRelation[] =>
  ctes.map(({ name, columns, isOpen, range }) => ({ name, columns, isOpen, range, kind: 'cte', isOuter: true }));

function columnItem(
  place: Place,
  column: BoundColumn,
  relation: Pick<VisibleRelation, 'name'>,
  { rank, qualifier }: { readonly rank: CompletionItem['rank']; readonly qualifier?: string | undefined },
): CompletionItem {
  const { statement } = place.cursor;
  const type = typeName(column.type, statement.dialect);
  const label = qualifier === undefined ? column.name : `${qualifier}.${column.name}`;
  const name = quotedWhereNeeded(column.name, statement);
  const prefix = qualifier === undefined ? '' : `${quotedWhereNeeded(qualifier, statement)}.`;
  return {
    ...plainItem(place, {
      label,
      kind: 'column',
      detail: [type, relation.name].filter(it => it !== undefined && it !== '').join(' · '),
      rank,
    }),
    insertText: prefix + name,
    declaration: declarationOf(place, column),
  };
}

/** The upstream column that a column is a copy of, whose description helps to choose. */
function declarationOf({ db, cursor }: Place, { sources }: BoundColumn): Declaration | undefined {
  const [only, ...others] = sources;
  if (only === undefined || others.length > 0 || only.kind !== 'copied') return undefined;
  const uniqueId = cursor.statement.tables.get(only.table);
  const node = uniqueId === undefined ? undefined : db.node(uniqueId);
  return node && { kind: 'column', name: only.column, packageName: node.packageName, uniqueId, file: node.file };
}

/** A name that its dialect reads as written stands alone, any other in quotes. */
function quotedWhereNeeded(name: string, { dialect }: BoundStatement): string {
  const isPlain = dialect === 'snowflake' ? /^[A-Z_][A-Z0-9_$]*$|^[a-z_][a-z0-9_$]*$/ : /^[A-Za-z_][A-Za-z0-9_$]*$/;
  if (isPlain.test(name) && !(dialect === 'postgres' && name !== name.toLowerCase())) return name;
  const quote = dialect === 'bigquery' || dialect === 'databricks' ? '`' : '"';
  return quote + name.replaceAll(quote, quote + quote) + quote;
}

function aliasItems(place: Place): readonly CompletionItem[] {
  const known = new Set(place.scope.relations.flatMap(it => it.columns.map(column => column.key)));
  return place.scope.aliases
    .filter(it => isWritten(place, it) && !known.has(it.key))
    .map(it => columnItem(place, it, { name: 'select list' }, { rank: 0 }));
}

/** Engines name what has no name of its own; those names are rarely meant. */
const isWritten = ({ cursor }: Place, { name, definition }: BoundColumn): boolean =>
  definition !== undefined && /^[\p{L}_"`]/u.test(name) && cursor.statement.text.includes(name, definition.start);

/** The relations themselves, to be followed by a dot. */
function relationNames(place: Place): readonly CompletionItem[] {
  const names = place.scope.relations.filter(it => it.name !== '').map(it => it.name);
  return [...new Set(names)].map(label => plainItem(place, { label, kind: 'alias', detail: 'relation', rank: 1 }));
}

function sharedColumns(place: Place): readonly CompletionItem[] {
  const { relations } = place.scope;
  const right = relations.at(-1);
  const left = new Set(relations.slice(0, -1).flatMap(it => it.columns.map(column => column.key)));
  return (right?.columns ?? [])
    .filter(it => it.name !== '' && left.has(it.key))
    .map(it => columnItem(place, it, { name: 'both sides' }, { rank: 0 }));
}

function cteItems(place: Place): readonly CompletionItem[] {
  return place.scope.ctes.map(({ name, columns }) =>
    plainItem(place, { label: name, kind: 'cte', detail: `CTE · ${columns.length} columns`, rank: 0 }),
  );
}

/** Models, seeds, snapshots and sources, each as the call that names it. */
function modelItems(place: Place): readonly CompletionItem[] {
  const { db } = place;
  const { models, seeds, snapshots, sources } = db.names();
  const refs = [...models, ...seeds, ...snapshots].flatMap(([name, [declaration]]) =>
    declaration === undefined ? [] : [refItem(place, name, `{{ ref('${name}') }}`, declaration)],
  );
  const tables = [...sources].flatMap(([key, [declaration]]) => {
    const [source = '', ...table] = key.split('.');
    const call = `{{ source('${source}', '${table.join('.')}') }}`;
    return declaration === undefined ? [] : [refItem(place, key, call, declaration)];
  });
  return [...refs, ...tables];
}

function refItem(place: Place, label: string, insertText: string, declaration: Declaration): CompletionItem {
  const kinds = { model: 'model', seed: 'seed', snapshot: 'snapshot', source: 'table' } as const;
  const kind = kinds[declaration.kind as keyof typeof kinds];
  return { ...plainItem(place, { label, kind, detail: declaration.kind, rank: 1 }), insertText, declaration };
}

function functionItems(place: Place): readonly CompletionItem[] {
  return [...dialectFunctions(place.cursor.statement.dialect)]
    .filter(it => it.kind !== 'table')
    .map(info => {
      const [signature] = info.signatures;
      const detail = signature === undefined ? 'function' : signatureText(info.name, signature);
      return {
        ...plainItem(place, { label: info.name, kind: 'function', detail, rank: 2 }),
        documentation: functionText(info),
      };
    });
}

/** The dialect's types, in small letters unless the text shouts: engines do not care, readers do. */
function typeItems(place: Place): readonly CompletionItem[] {
  const { dialect, text } = place.cursor.statement;
  return dialectTypes(dialect)
    .filter(it => /^[a-z]/i.test(it))
    .map(it =>
      plainItem(place, { label: shouts(text) ? it : it.toLowerCase(), kind: 'type', detail: 'type', rank: 0 }),
    );
}

const keywordItem = (place: Place, label: string): CompletionItem =>
  plainItem(place, { label, kind: 'keyword', detail: 'keyword', rank: 2 });

function plainItem(
  { replace }: Place,
  { label, kind, detail, rank }: Pick<CompletionItem, 'label' | 'kind' | 'detail' | 'rank'>,
): CompletionItem {
  return { label, kind, detail, insertText: label, replace, rank, declaration: undefined };
}
