import { parseType } from '../binder/type-names.ts';
import type { SqlType } from '../binder/types.ts';
import { asMap, asString } from '../dbt/manifest/data.ts';
import type { ColumnInfo, NodeConfig } from '../dbt/manifest/node.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import { graver, type Hearsay, type NodeColumn, type NodeColumns } from './sql-facts.ts';

/** The columns that a properties file lists: rarely all there are, unless dbt enforces the list. */
export function declaredColumns(
  columns: readonly ColumnInfo[],
  { dialect, isContract }: { readonly dialect: DialectName; readonly isContract: boolean },
): NodeColumns {
  const source = isContract ? ({ kind: 'contract' } as const) : ({ kind: 'declared' } as const);
  return {
    columns: columns.map(({ name, dataType }) => {
      return {
        name,
        type: dataType === undefined ? undefined : parseType(dataType, dialect),
        nullable: undefined,
        source,
      };
    }),
    isOpen: !isContract || columns.length === 0,
    hearsay: isContract || columns.every(it => it.dataType === undefined) ? undefined : 'types',
  };
}

/**
 * Several lists of the columns of one relation as one, the most trusted first: it decides on order and types, the others
 * fill in the types and columns it does not know. Once a list is complete, the ones behind it add no columns.
 */
export function mergedColumns(dialect: DialectName, lists: readonly (NodeColumns | undefined)[]): NodeColumns {
  const columns = new Map<string, NodeColumn>();
  let isOpen = true;
  let hearsay: Hearsay | undefined;
  for (const list of lists) {
    if (isOpen) hearsay = graver(hearsay, list?.hearsay);
    for (const column of list?.columns ?? []) {
      const key = nameKey({ text: column.name, quoted: false }, dialect);
      const known = columns.get(key);
      if (known === undefined && isOpen) columns.set(key, column);
      else if (known?.type === undefined && known !== undefined && column.type !== undefined) {
        columns.set(key, { ...known, type: column.type, source: column.source });
        if (list?.hearsay !== undefined) hearsay ??= 'types';
      }
    }
    if (list?.isOpen === false) isOpen = false;
  }
  return { columns: [...columns.values()], isOpen, hearsay };
}

/**
 * dbt adds columns to a snapshot, under names that the project may choose; rows of older queries may have left others.
 * Their types are known where the built-in macros make them, which a project that `makesOwn` snapshots does not use.
 */
export function snapshotColumns(
  query: NodeColumns,
  config: NodeConfig,
  { dialect, makesOwn }: { readonly dialect: DialectName; readonly makesOwn: boolean },
): NodeColumns {
  const names = asMap(config.get('snapshot_meta_column_names'));
  const keepsDeleted = config.get('hard_deletes') === 'new_record';
  const types = makesOwn ? undefined : metaTypes(query, config, dialect);
  const added = META_COLUMNS.filter(it => keepsDeleted || it !== 'dbt_is_deleted').map(name => ({
    name: asString(names?.get(name)) ?? name,
    type: types?.get(name),
    nullable: undefined,
    source: { kind: 'snapshot' as const },
  }));
  return { columns: [...query.columns, ...added], isOpen: true, hearsay: query.hearsay };
}

const META_COLUMNS = ['dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to', 'dbt_is_deleted'];

/** The types that the built-in macros of PostgreSQL and DuckDB give dbt's own columns. */
function metaTypes(
  query: NodeColumns,
  config: NodeConfig,
  dialect: DialectName,
): ReadonlyMap<string, SqlType | undefined> | undefined {
  if (dialect !== 'postgres' && dialect !== 'duckdb') return undefined;
  const text = parseType('text', dialect);
  const moment = snapshotMoment(query, config, dialect);
  return new Map([
    ['dbt_scd_id', text],
    ['dbt_updated_at', moment],
    ['dbt_valid_from', moment],
    ['dbt_valid_to', asString(config.get('dbt_valid_to_current')) === undefined ? moment : undefined],
    ['dbt_is_deleted', text],
  ]);
}

/** The type of the column that says when a row was changed; without one it is the time of the run. */
function snapshotMoment(query: NodeColumns, config: NodeConfig, dialect: DialectName): SqlType | undefined {
  const strategy = config.get('strategy');
  if (strategy !== 'timestamp' && strategy !== 'check') return undefined;
  const updatedAt = asString(config.get('updated_at'));
  if (updatedAt === undefined) return strategy === 'check' ? parseType('timestamp', dialect) : undefined;
  const key = (name: string): string => nameKey({ text: name, quoted: false }, dialect);
  return query.columns.find(it => key(it.name) === key(updatedAt))?.type;
}
