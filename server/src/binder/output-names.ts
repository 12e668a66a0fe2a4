import type { TextRange } from '../base/text-range.ts';
import type { Argument, Call, Expression, NamePart } from '../syntax/sql/expression-nodes.ts';
import type { Query } from '../syntax/sql/nodes.ts';
import { callName } from './call-names.ts';
import { keyOf, type Place } from './context.ts';
import { duckdbText } from './duckdb-text.ts';

/** A name that a select item has without an alias. */
export interface OutputName {
  readonly text: string;
  readonly key: string;
  readonly range: TextRange;
}

/** The name that a value without an alias gets; `undefined` when the engine makes one up that is not known here. */
export function outputName(place: Place, value: Expression, position: number): OutputName | undefined {
  const part = namedPart(value);
  if (part?.kind === 'name') return columnName(place, value, part);
  const text = madeName(place, value, position);
  if (text === undefined) return undefined;
  const range = { start: value.start, end: value.end };
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(text);
  return { text, key: keyOf(place, { kind: 'name', text, quoted: !isPlain, ...range }), range };
}

/** A column's or field's last part. */
function namedPart(value: Expression): NamePart | undefined {
  if (value.kind === 'column') return value.parts.at(-1);
  if (value.kind === 'parentheses' && value.value.kind === 'column') return value.value.parts.at(-1);
  return undefined;
}

/** DuckDB names the output as the catalog spells the column, the others as the text does. */
function columnName(place: Place, value: Expression, part: NamePart & { readonly kind: 'name' }): OutputName {
  const { context } = place;
  const range = { start: part.start, end: part.end };
  const reference = value.kind === 'column' ? context.references.get(value) : undefined;
  const isWhole = reference?.kind === 'column' && value.kind === 'column' && reference.nParts === value.parts.length;
  if (context.dialect === 'duckdb' && isWhole && reference.column.name !== '') {
    return { text: reference.column.name, key: reference.column.key, range };
  }
  return { text: shown(place, part), key: keyOf(place, part), range };
}

function madeName(place: Place, value: Expression, position: number): string | undefined {
  switch (place.context.dialect) {
    case 'duckdb':
      return duckdbText(place, value);
    case 'postgres':
    case 'redshift':
      return postgresName(value)?.text ?? '?column?';
    case 'bigquery':
      return value.kind === 'field' && value.name.kind === 'name' ? value.name.text : undefined;
    case 'trino':
      return value.kind === 'field' && value.name.kind === 'name' ? value.name.text : `_col${position}`;
    case 'snowflake':
    case 'databricks':
      return fieldName(value);
    default:
      return place.context.dialect satisfies never;
  }
}

const fieldName = (value: Expression): string | undefined => {
  if (value.kind === 'field' && value.name.kind === 'name') return value.name.text;
  return value.kind === 'cast' && value.operator === '::' ? fieldName(value.operand) : columnText(value);
};

const columnText = (value: Expression): string | undefined => {
  const part = value.kind === 'column' ? value.parts.at(-1) : undefined;
  return part?.kind === 'name' ? part.text : undefined;
};

/** A name, and whether a CASE or a cast around it has to leave it alone. */
interface PostgresName {
  readonly text: string;
  readonly isStrong: boolean;
}

const strong = (text: string | undefined): PostgresName | undefined =>
  text === undefined ? undefined : { text, isStrong: true };
const weak = (text: string): PostgresName => ({ text, isStrong: false });

/** PostgreSQL calls a value after its column, function or type, whichever is outermost. */
function postgresName(value: Argument): PostgresName | undefined {
  switch (value.kind) {
    case 'column':
    case 'field': {
      const part = value.kind === 'column' ? value.parts.at(-1) : value.name;
      return part?.kind === 'name' ? strong(part.quoted ? part.text : part.text.toLowerCase()) : undefined;
    }
    case 'call':
      return strong(callShown(value));
    case 'case': {
      const otherwise = value.otherwise === undefined ? undefined : postgresName(value.otherwise);
      return otherwise?.isStrong === true ? otherwise : weak('case');
    }
    case 'cast': {
      const operand = postgresName(value.operand);
      return operand?.isStrong === true || value.type.kind !== 'type' ? operand : weak(typeShown(value.type.name));
    }
    case 'typed-literal':
      return weak(typeShown(value.type.name));
    case 'interval':
      return weak('interval');
    case 'parentheses':
      return postgresName(value.value);
    case 'query':
      return strong(queryName(value));
    case 'index':
      return postgresName(value.base);
    case 'collate':
      return postgresName(value.operand);
    case 'at-time-zone':
      return strong('timezone');
    case 'exists':
      return strong('exists');
    case 'array':
    case 'array-query':
      return strong('array');
    case 'row':
      return strong('row');
    case 'literal':
      return value.type === 'boolean' ? weak('bool') : undefined;
    case 'subquery':
      return strong(queryName(value.query));
    case 'aliased-argument':
    case 'between':
    case 'binary':
    case 'comprehension':
    case 'in':
    case 'is':
    case 'json-path':
    case 'keyword':
    case 'lambda':
    case 'like':
    case 'missing':
    case 'named-argument':
    case 'pair':
    case 'parameter':
    case 'quantified':
    case 'star':
    case 'struct':
    case 'table-name':
    case 'typed-argument':
    case 'unary':
    default:
      return undefined;
  }
}

function callShown(call: Call): string {
  const name = callName(call);
  return SPELT.get(name) ?? name;
}

/** What the grammar spells in its own way under the hood. */
const SPELT: ReadonlyMap<string, string> = new Map([
  ['trim', 'btrim'],
  ['position', 'position'],
  ['substring', 'substring'],
]);

const TYPES: ReadonlyMap<string, string> = new Map([
  ['int', 'int4'],
  ['integer', 'int4'],
  ['bigint', 'int8'],
  ['smallint', 'int2'],
  ['real', 'float4'],
  ['float', 'float8'],
  ['double precision', 'float8'],
  ['decimal', 'numeric'],
  ['boolean', 'bool'],
  ['character varying', 'varchar'],
  ['char', 'bpchar'],
  ['character', 'bpchar'],
  ['timestamp with time zone', 'timestamptz'],
  ['timestamp without time zone', 'timestamp'],
  ['time without time zone', 'time'],
  ['time with time zone', 'timetz'],
]);

const typeShown = (name: string): string => TYPES.get(name) ?? name;

function queryName({ body }: Query): string | undefined {
  const item = body.kind === 'select' ? body.items[0] : undefined;
  if (item?.kind !== 'select-item') return undefined;
  if (item.alias?.kind === 'name') return item.alias.quoted ? item.alias.text : item.alias.text.toLowerCase();
  return postgresName(item.value)?.text ?? '?column?';
}

/** PostgreSQL and its like fold the names that are not quoted. */
export function shown({ context }: Place, name: { readonly text: string; readonly quoted: boolean }): string {
  const folds = context.dialect === 'postgres' || context.dialect === 'redshift';
  return folds && !name.quoted ? name.text.toLowerCase() : name.text;
}
