import type { ModelDb } from '../model/db.ts';
import type { BoundStatement, ColumnAuthority } from '../model/sql-facts.ts';
import { typeName } from '../model/sql-meaning.ts';
import type { BoundColumn } from '../binder/rows.ts';
import { dialectOfAdapter } from '../syntax/sql/dialect.ts';
import { sameColumn } from './column-place.ts';
import type { ColumnKey } from './column-lineage.ts';

/** A column of a node in words: its type and who says so, the project's own description. Markdown. */
export function describeColumn(db: ModelDb, { uniqueId, column }: ColumnKey): string {
  const known = db.columns(uniqueId).columns.find(it => sameColumn(it.name, column));
  const dialect = dialectOfAdapter(db.project().adapterType ?? 'duckdb');
  const type = typeName(known?.type, dialect);
  const owner = nameOf(db, uniqueId);
  return joined([
    `**${known?.name ?? column}**${type === undefined ? '' : ` \`${type}\``} · column of ${owner}`,
    columnDescription(db, { uniqueId, column }),
    known === undefined || known.type === undefined ? '' : `*${authorityText(db, uniqueId, known.source)}*`,
  ]);
}

/** A column of a statement in words: its type, and the columns of other nodes that it is made from. Markdown. */
export function describeBoundColumn(
  db: ModelDb,
  statement: BoundStatement,
  column: BoundColumn,
  from: string | undefined,
): string {
  const type = typeName(column.type, statement.dialect);
  const sources = column.sources.map(it => {
    const uniqueId = statement.tables.get(it.table);
    const table = uniqueId === undefined ? statement.text.slice(it.table.start, it.table.end) : nameOf(db, uniqueId);
    return { uniqueId, column: it.column, text: `${table}.${it.column}`, kind: it.kind };
  });
  const [only, ...others] = sources;
  const origin = others.length === 0 && only?.kind === 'copied' ? keyOf(only) : undefined;
  const known = origin && db.columns(origin.uniqueId).columns.find(it => sameColumn(it.name, origin.column));
  const where = from === undefined ? 'column' : `column of ${from}`;
  return joined([
    `**${column.name}**${type === undefined ? '' : ` \`${type}\``} · ${where}`,
    origin === undefined ? '' : columnDescription(db, origin),
    sources.length === 0 ? '' : `Made from ${listed(sources.map(it => `\`${it.text}\`${WAYS[it.kind]}`))}`,
    origin === undefined || known?.type === undefined ? '' : `*${authorityText(db, origin.uniqueId, known.source)}*`,
  ]);
}

const keyOf = ({ uniqueId, column }: { uniqueId: string | undefined; column: string }): ColumnKey | undefined =>
  uniqueId === undefined ? undefined : { uniqueId, column };

const WAYS: Readonly<Record<BoundColumn['sources'][number]['kind'], string>> = {
  copied: '',
  transformed: ' (transformed)',
  aggregated: ' (aggregated)',
};

const joined = (sections: readonly string[]): string => sections.filter(it => it !== '').join('\n\n');

const MOST_NAMED = 8;

function listed(texts: readonly string[]): string {
  const rest = texts.length - MOST_NAMED;
  return rest > 0 ? `${texts.slice(0, MOST_NAMED).join(', ')} and ${rest} more` : texts.join(', ');
}

/** What a person calls a node. */
export function nameOf(db: ModelDb, uniqueId: string): string {
  const node = db.node(uniqueId);
  if (node === undefined) return uniqueId;
  return node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name;
}

/** The project's own words about a column; empty when it has none. */
export function columnDescription(db: ModelDb, { uniqueId, column }: ColumnKey): string {
  const node = db.node(uniqueId);
  if (node === undefined || !('columns' in node)) return '';
  return node.columns.find(it => sameColumn(it.name, column))?.description.trim() ?? '';
}

/** Who says what type a column has. */
export function authorityText(db: ModelDb, uniqueId: string, source: ColumnAuthority): string {
  const name = nameOf(db, uniqueId);
  switch (source.kind) {
    case 'query':
      return `type from the query of ${name}`;
    case 'declared':
      return `type declared in the properties of ${name}`;
    case 'contract':
      return `type enforced by the contract of ${name}`;
    case 'seed':
      return `type from the values of the seed ${name}`;
    case 'snapshot':
      return `added by dbt to the snapshot ${name}`;
    case 'catalog':
      return `type in the warehouse, seen ${source.takenAt.slice(0, 16).replace('T', ' ')}`;
  }
}
