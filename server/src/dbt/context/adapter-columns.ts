import { md5 } from '../../base/md5.ts';
import { toArray } from '../../render/python/iterate.ts';
import { strOf } from '../../render/python/strings.ts';
import { toText } from '../../render/python/text.ts';
import { dictGet } from '../../render/python/hash.ts';
import { type Callable, Dict, List, type CallContext, type Value } from '../../render/value.ts';
import { Table } from './agate.ts';
import type { AdapterHost, AdapterMethod } from './adapter-host.ts';
import { Column, plainColumn } from './column.ts';
import { DbtError } from './dbt-error.ts';
import { hostAction, hostFunction, HostRecord, isTrue, textOf } from './host-function.ts';
import { Relation } from './relation.ts';
import { SeedRows } from './seed-rows.ts';
import { insertRows } from './warehouse-statements.ts';

/** What of the adapter is about columns, and about what belongs to a table: indexes, grants, strategies. */
export const columnMethods: readonly (readonly [string, AdapterMethod])[] = [
  ['get_columns_in_relation', getColumns],
  ['get_missing_columns', getMissingColumns],
  ['expand_target_column_types', expandColumnTypes],
  ['convert_type', convertType],
  ['insert_seed_rows', insertSeedRows],
  ['parse_index', parseIndex],
  ['index_changes', indexChanges],
  ['standardize_grants_dict', standardizeGrants],
  [
    'valid_incremental_strategies',
    host => hostFunction('valid_incremental_strategies', [], () => new List([...validStrategies(host)])),
  ],
  ['get_incremental_strategy_macro', strategyMacro],
  ['assert_valid_snapshot_target_given_strategy', assertSnapshotTarget],
  [
    'valid_snapshot_target',
    () => hostAction('valid_snapshot_target', ['relation', ['column_names', null]], () => undefined),
  ],
];

/** The columns of a relation, asked of the warehouse; none where there is no warehouse. */
function columnsOf(host: AdapterHost, context: CallContext, relation: Value): readonly Column[] {
  if (!host.session.executing) return [];
  if (host.session.access === undefined) {
    host.session.guessed = true;
    return [];
  }
  const columns = host.callMacro(context, 'get_columns_in_relation', relation);
  return columns instanceof List ? columns.items.filter(it => it instanceof Column) : [];
}

function getColumns(host: AdapterHost): Callable {
  return hostFunction(
    'get_columns_in_relation',
    ['relation'],
    call => new List([...columnsOf(host, call.context, call.at(0))]),
  );
}

function getMissingColumns(host: AdapterHost): Callable {
  return hostFunction('get_missing_columns', ['from_relation', 'to_relation'], call => {
    const there = new Set(columnsOf(host, call.context, call.at(1)).map(column => column.state.name));
    return new List(columnsOf(host, call.context, call.at(0)).filter(column => !there.has(column.state.name)));
  });
}

/** Widens text columns of the target that are too narrow for the new rows. */
function expandColumnTypes(host: AdapterHost): Callable {
  return hostAction('expand_target_column_types', ['from_relation', 'to_relation'], call => {
    const [from, to] = [call.at(0), call.at(1)];
    const target = new Map(columnsOf(host, call.context, to).map(column => [column.state.name, column]));
    for (const column of columnsOf(host, call.context, from)) {
      const old = target.get(column.state.name);
      if (old?.canExpandTo(column) !== true || column.state.charSize === null) continue;
      host.callMacro(call.context, 'alter_column_type', to, column.state.name, column.dataType());
    }
  });
}

/** The column that a driver describes, under the names that Python's drivers have for types. */
export function driverColumn(adapterType: string, name: string, type: string): Column {
  if (adapterType !== 'postgres') return plainColumn(adapterType, name, type);
  // The server's own spelling has the size inside: `timestamp(3) with time zone`.
  const bare = type.toLowerCase().replace(/\s*\([^)]*\)/, '');
  return plainColumn(adapterType, name, DRIVER_TYPES.get(bare) ?? type);
}

const DRIVER_TYPES: ReadonlyMap<string, string> = new Map([
  ['character varying', 'TEXT'],
  ['double precision', 'FLOAT'],
  ['timestamp without time zone', 'DATETIME'],
  ['timestamp with time zone', 'DATETIMETZ'],
  ['time without time zone', 'TIME'],
  ['time with time zone', 'TIME'],
  ...Object.entries({
    INTEGER: 'int2 int4 integer smallint',
    LONGINTEGER: 'int8 bigint',
    FLOAT: 'float4 float8 real double',
    DECIMAL: 'numeric decimal',
    BOOLEAN: 'bool boolean',
    TEXT: 'text varchar bpchar name character',
    DATE: 'date',
    DATETIME: 'timestamp',
    DATETIMETZ: 'timestamptz',
    TIME: 'time timetz',
    INTERVAL: 'interval',
    JSON: 'json',
    JSONB: 'jsonb',
    UUID: 'uuid',
  }).flatMap(([name, types]) => types.split(' ').map(type => [type, name] as const)),
]);

function convertType(host: AdapterHost): Callable {
  return hostFunction('convert_type', ['agate_table', 'col_idx'], call => {
    const rows = call.at(0);
    return rows instanceof SeedRows ? rows.warehouseType(Number(call.at(1)), host.session.view.adapterType) : 'text';
  });
}

/** Fills a seed's table by the fastest way the warehouse has. */
function insertSeedRows(host: AdapterHost): Callable {
  return hostFunction('insert_seed_rows', ['relation', 'rows', 'column_types', 'columns'], call => {
    const { session } = host;
    const rows = call.at(1);
    if (!(rows instanceof SeedRows)) return 0;
    const types = rows.types(call.at(2), session.view.adapterType);
    const columns = toArray(call.at(3)).map(toText);
    return insertRows(session, { relation: toText(call.at(0)), columns, types }, rows.rows);
  });
}

function parseIndex(host: AdapterHost): Callable {
  return hostFunction('parse_index', ['raw_index'], call => {
    const raw = call.at(0);
    if (!(raw instanceof Dict)) return null;
    return indexRecord(host, raw);
  });
}

function indexRecord(host: AdapterHost, raw: Dict): HostRecord {
  const columns = dictGet(raw, 'columns') ?? new List([]);
  const unique = isTrue(dictGet(raw, 'unique') ?? false);
  const type = dictGet(raw, 'type') ?? null;
  // dbt hashes the time as well, so that a rebuilt table's index never meets the name of the old one's.
  const render = hostFunction('render', ['relation'], call =>
    md5([toText(columns), toText(call.at(0)), unique, toText(type), host.session.view.facts.runStartedAt].join('_')),
  );
  return new HostRecord('PostgresIndexConfig', { columns, unique, type, render });
}

/** What has to be dropped and created so that the indexes there are become the ones configured; none when they agree. */
function indexChanges(): Callable {
  return hostFunction('index_changes', ['existing', 'configured'], call => {
    const existing = call.at(0) instanceof Table ? (call.at(0) as Table).rows.map(row => row.values.map(toText)) : [];
    const configured = call.at(1) instanceof List ? (call.at(1) as List).items.filter(it => it instanceof Dict) : [];
    const there = new Map(
      existing.map(([name = '', method = '', unique = '', columns = '']) => [`${method}|${unique}|${columns}`, name]),
    );
    const wanted = new Map(configured.map(index => [indexKey(index), index]));
    const drops = [...there].filter(([key]) => !wanted.has(key)).map(([, name]) => name);
    const creates = [...wanted].filter(([key]) => !there.has(key)).map(([, index]) => index);
    if (drops.length === 0 && creates.length === 0) return null;
    return Dict.fromStrings([
      ['drop', new List(drops)],
      ['create', new List(creates)],
    ]);
  });
}

function indexKey(index: Dict): string {
  const columns = dictGet(index, 'columns');
  const names = columns instanceof List ? columns.items.map(toText).join(',') : '';
  return `${toText(dictGet(index, 'type') ?? 'btree')}|${isTrue(dictGet(index, 'unique') ?? false) ? 'True' : 'False'}|${names}`;
}

function standardizeGrants(): Callable {
  return hostFunction('standardize_grants_dict', ['grants_table'], call => {
    const grants = new Map<string, Value[]>();
    const rows = call.at(0) instanceof Table ? (call.at(0) as Table).rows : [];
    for (const row of rows) {
      const privilege = toText(row.item('privilege_type') ?? '').toLowerCase();
      grants.set(privilege, [...(grants.get(privilege) ?? []), row.item('grantee') ?? null]);
    }
    return Dict.fromStrings([...grants].map(([privilege, grantees]) => [privilege, new List(grantees)]));
  });
}

const BUILTIN_STRATEGIES = ['append', 'delete+insert', 'merge', 'insert_overwrite', 'microbatch'];

function validStrategies(host: AdapterHost): readonly string[] {
  return VALID_STRATEGIES.get(host.session.view.adapterType) ?? ['append', 'delete+insert', 'merge', 'microbatch'];
}

const VALID_STRATEGIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['bigquery', ['merge', 'insert_overwrite', 'microbatch']],
  ['spark', ['append', 'merge', 'insert_overwrite', 'microbatch']],
  ['databricks', ['append', 'merge', 'insert_overwrite', 'delete+insert', 'microbatch']],
  ['trino', ['append', 'merge', 'delete+insert', 'microbatch']],
  ['snowflake', ['append', 'merge', 'delete+insert', 'insert_overwrite', 'microbatch']],
]);

/** The macro of a strategy by its name; a project may bring its own. */
function strategyMacro(host: AdapterHost): Callable {
  return hostFunction('get_incremental_strategy_macro', ['model_context', 'strategy'], call => {
    const strategy = textOf(call.at(1), 'incremental_strategy');
    if (BUILTIN_STRATEGIES.includes(strategy) && !validStrategies(host).includes(strategy)) {
      const message = `The incremental strategy '${strategy}' is not valid for this adapter`;
      throw new DbtError('DbtRuntimeError', message, 'incremental-strategy');
    }
    const name = `get_incremental_${strategy.replaceAll('+', '_')}_sql`;
    const macro = host.findMacro(name);
    if (macro !== undefined) return host.callableOf(macro);
    const message = `dbt could not find an incremental strategy macro with the name "${name}" in ${host.session.view.projectName}`;
    throw new DbtError('DbtRuntimeError', message, 'incremental-strategy');
  });
}

/** A table of the snapshot's name that lacks dbt's own columns is no snapshot. */
function assertSnapshotTarget(host: AdapterHost): Callable {
  return hostAction('assert_valid_snapshot_target_given_strategy', ['relation', 'column_names', 'strategy'], call => {
    const [relation, names] = [call.at(0), call.at(1)];
    if (!(relation instanceof Relation) || !(names instanceof Dict)) return;
    const columns = new Set(columnsOf(host, call.context, relation).map(it => it.state.name.toLowerCase()));
    if (columns.size === 0) return;
    const wanted = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to'].map(
      name => strOf(dictGet(names, name) ?? name) ?? name,
    );
    const missing = wanted.filter(name => !columns.has(name.toLowerCase()));
    if (missing.length === 0) return;
    const message = `Target is not a snapshot table (missing ${missing.map(name => `"${name}"`).join(', ')})`;
    throw new DbtError('SnapshotTargetNotSnapshotTableError', message, 'snapshot-target');
  });
}
