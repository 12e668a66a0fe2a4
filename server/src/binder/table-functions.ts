import type { Argument, Call } from '../syntax/sql/expression-nodes.ts';
import type { LateralView, Relation, TableFunction } from '../syntax/sql/nodes.ts';
import { callName } from './call-names.ts';
import { keyOf, type Place } from './context.ts';
import type { BoundColumn, ColumnSource, Rows } from './rows.ts';
import { unifyAll } from './type-rules.ts';
import { INT64, scalar, TEXT, TIMESTAMP, type SqlType } from './types.ts';
import { bindValue, type Value } from './evaluate.ts';

/** The rows that a function in FROM gives. What is not known of them is made from the function's arguments. */
export function bindTableFunction(place: Place, relation: Relation, source: TableFunction): Rows {
  const [first] = source.calls;
  const call = first === undefined ? undefined : callOf(first);
  const rows =
    call === undefined || source.calls.length > 1
      ? besideEachOther(place, relation, source.calls)
      : callRows(place, relation, call);
  if (!relation.ordinality) return rows;
  const column = columnNamed(place, 'ordinality', INT64, relation, []);
  return { ...rows, columns: [...rows.columns, column] };
}

/** ROWS FROM: the columns of all its functions, the first rows of each beside those of the others. */
function besideEachOther(place: Place, relation: Relation, nodes: readonly Argument[]): Rows {
  const calls = nodes.flatMap(it => callOf(it) ?? []);
  if (calls.length < nodes.length || calls.length === 0) return openRows(place, nodes);
  const all = calls.map(it => callRows(place, { ...relation, alias: undefined }, it));
  const rests = all.flatMap(it => (it.rest === undefined ? [] : [it.rest]));
  return {
    columns: all.flatMap(it => it.columns),
    isOpen: all.some(it => it.isOpen),
    influences: [],
    rest: rests.length === 0 ? undefined : place.context.sources.union(rests),
  };
}

/** The call inside TABLE(…) and parentheses. */
function callOf(argument: Argument): Call | undefined {
  if (argument.kind === 'parentheses' || argument.kind === 'named-argument') return callOf(argument.value);
  if (argument.kind !== 'call') return undefined;
  const [inner] = argument.arguments;
  return callName(argument) === 'table' && inner !== undefined ? callOf(inner) : argument;
}

function openRows(place: Place, nodes: readonly Argument[]): Rows {
  const sources = place.context.sources.union(nodes.map(it => bindValue(place, it).sources));
  return { columns: [], isOpen: true, influences: [], rest: place.context.sources.through('transformed', sources) };
}

function callRows(place: Place, relation: Relation, call: Call): Rows {
  const name = callName(call);
  const values = call.arguments.map(it => bindValue(place, it));
  const sources = place.context.sources.through(
    'transformed',
    place.context.sources.union(values.map(it => it.sources)),
  );
  if (name === 'unnest') return unnestRows(place, relation, call, values, sources);
  const known = knownColumns(name, values, place);
  if (known === undefined) return { columns: [], isOpen: true, influences: [], rest: sources };
  const columns = known.map(([text, type]) =>
    columnNamed(place, ownName(place, relation, text, known.length), type, call, sources),
  );
  return { columns, isOpen: false, influences: [] };
}

/** In PostgreSQL the alias of a function that gives one column names that column too. */
function ownName(place: Place, { alias }: Relation, name: string, nColumns: number): string {
  const isNamed = alias?.name?.kind === 'name' && nColumns === 1;
  return isNamed && alias?.name?.kind === 'name' && isPostgres(place) ? alias.name.text : name;
}

const isPostgres = ({ context }: Place): boolean => context.dialect === 'postgres' || context.dialect === 'redshift';

type Columns = readonly (readonly [name: string, type: SqlType | undefined])[];

const VARIANT = scalar('variant');
const FLATTEN: Columns = [
  ['SEQ', undefined],
  ['KEY', TEXT],
  ['PATH', TEXT],
  ['INDEX', undefined],
  ['VALUE', VARIANT],
  ['THIS', VARIANT],
];

/** What DuckDB tells of each value in a document. */
const JSON_TREE: Columns = [
  ['key', TEXT],
  ['value', scalar('json')],
  ['type', TEXT],
  ['atom', scalar('json')],
  ['id', scalar('uint64')],
  ['parent', scalar('uint64')],
  ['fullkey', TEXT],
  ['path', TEXT],
];

const pairs = (value: SqlType): Columns => [
  ['key', TEXT],
  ['value', value],
];

function knownColumns(name: string, values: readonly Value[], { context }: Place): Columns | undefined {
  const [first] = values;
  const element = first?.type?.kind === 'list' ? first.type.element : undefined;
  switch (name) {
    case 'flatten':
      return context.dialect === 'snowflake' ? FLATTEN : undefined;
    case 'split_to_table':
    case 'strtok_split_to_table':
      return [
        ['SEQ', undefined],
        ['INDEX', undefined],
        ['VALUE', TEXT],
      ];
    case 'generate_series':
    case 'range':
      if (context.dialect === 'databricks') return [['id', INT64]];
      return [[name, seriesType(values, context.dialect)]];
    case 'explode':
    case 'explode_outer':
      return first?.type?.kind === 'map'
        ? [
            ['key', first.type.key],
            ['value', first.type.value],
          ]
        : first?.type?.kind === 'list'
          ? [['col', element]]
          : undefined;
    case 'posexplode':
    case 'posexplode_outer':
      return first?.type?.kind === 'list'
        ? [
            ['pos', scalar('int32')],
            ['col', element],
          ]
        : undefined;
    case 'regexp_split_to_table':
    case 'string_to_table':
      return [[name, TEXT]];
    case 'json_each':
    case 'json_tree':
      return context.dialect === 'duckdb'
        ? JSON_TREE
        : context.dialect === 'postgres'
          ? pairs(scalar('json'))
          : undefined;
    case 'jsonb_each':
      return pairs(scalar('jsonb'));
    case 'json_each_text':
    case 'jsonb_each_text':
      return pairs(TEXT);
    case 'json_object_keys':
    case 'jsonb_object_keys':
      return [[name, TEXT]];
    case 'json_array_elements':
    case 'jsonb_array_elements':
      return [['value', scalar(name.startsWith('jsonb') ? 'jsonb' : 'json')]];
    case 'json_array_elements_text':
    case 'jsonb_array_elements_text':
      return [['value', TEXT]];
    default:
      return undefined;
  }
}

function seriesType(values: readonly Value[], dialect: Place['context']['dialect']): SqlType | undefined {
  const type = unifyAll(
    values.slice(0, 2).map(it => it.type),
    dialect,
  );
  if (type?.kind !== 'scalar') return dialect === 'postgres' ? type : undefined;
  if (type.name === 'date') return dialect === 'postgres' ? scalar('timestamptz') : TIMESTAMP;
  if (dialect === 'duckdb' && type.name.startsWith('int')) return INT64;
  return scalar(type.name);
}

/** One column for each list; a list of structs gives their fields where the dialect takes them apart. */
function unnestRows(
  place: Place,
  relation: Relation,
  call: Call,
  values: readonly Value[],
  sources: readonly ColumnSource[],
): Rows {
  const { dialect } = place.context;
  const elements = values.map(it => (it.type?.kind === 'list' ? it.type.element : undefined));
  const [element] = elements;
  const takesApart = dialect === 'bigquery' || dialect === 'trino';
  if (takesApart && values.length === 1 && element?.kind === 'struct') {
    const columns = element.fields.map(it => columnNamed(place, it.name, it.type, call, sources));
    return { columns, isOpen: false, influences: [], rest: sources };
  }
  const alias = relation.alias?.name?.kind === 'name' ? relation.alias.name : undefined;
  const named = dialect === 'bigquery' || isPostgres(place) ? alias?.text : undefined;
  if (dialect === 'bigquery' && named === undefined) {
    return { columns: [], isOpen: true, influences: [], rest: sources };
  }
  const isMap = values[0]?.type?.kind === 'map';
  const columns = values.flatMap((value, at) => {
    const own = place.context.sources.through('transformed', value.sources);
    if (isMap && value.type?.kind === 'map') {
      return [
        columnNamed(place, 'key', value.type.key, call, own),
        columnNamed(place, 'value', value.type.value, call, own),
      ];
    }
    return [columnNamed(place, named ?? 'unnest', elements[at], alias ?? call, own)];
  });
  // What is not known to be a plain value may be a struct, whose fields are columns.
  const isOpen = takesApart && element === undefined;
  return { columns, isOpen, influences: [], rest: sources };
}

/** The rows of a LATERAL VIEW under the names it gives them. */
export function lateralViewRows(place: Place, { call, columns }: LateralView): Rows {
  const value = bindValue(place, call);
  const sources = place.context.sources.through('transformed', value.sources);
  const argument = call.kind === 'call' ? call.arguments[0] : undefined;
  const values = argument === undefined ? [] : [bindValue(place, argument)];
  const known = call.kind === 'call' ? knownColumns(callName(call), values, place) : undefined;
  if (columns.length === 0) {
    if (known === undefined) return { columns: [], isOpen: true, influences: [], rest: sources };
    return {
      columns: known.map(([name, type]) => columnNamed(place, name, type, call, sources)),
      isOpen: false,
      influences: [],
    };
  }
  const named = columns.flatMap((it, at) =>
    it.kind === 'name'
      ? [{ ...columnNamed(place, it.text, known?.[at]?.[1], it, sources), key: keyOf(place, it) }]
      : [],
  );
  return { columns: named, isOpen: named.length === 0, influences: [], rest: sources };
}

function columnNamed(
  place: Place,
  name: string,
  type: SqlType | undefined,
  { start, end }: { readonly start: number; readonly end: number },
  sources: readonly ColumnSource[],
): BoundColumn {
  return {
    name,
    key: keyOf(place, { kind: 'name', text: name, quoted: false, start, end }),
    definition: { start, end },
    expression: { start, end },
    type,
    nullable: undefined,
    sources,
  };
}
