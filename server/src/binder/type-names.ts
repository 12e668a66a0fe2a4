import type { DialectName } from '../syntax/sql/dialect.ts';
import type { Literal, Missing, TypeField, TypeName } from '../syntax/sql/expression-nodes.ts';
import { parseSql } from '../syntax/sql/parse.ts';
import { duckdbQuoted } from './duckdb-words.ts';
import { spellingsOf, type Spellings } from './type-spellings.ts';
import { scalar, type SqlType, type StructField } from './types.ts';

/**
 * The type that a dialect writes as `text`, as in `data_type:` or a catalog. `undefined` when it is none that the
 * dialect is known to have.
 */
export function parseType(text: string, dialect: DialectName): SqlType | undefined {
  const known = spellingsOf(dialect).names.get(text.toLowerCase());
  if (known !== undefined) return known;
  const tree = parseSql(`select cast(null as ${text})`, dialect);
  const body = tree.root.statements[0]?.query?.body;
  const item = body?.kind === 'select' ? body.items[0] : undefined;
  if (tree.problems.length > 0 || item?.kind !== 'select-item' || item.value.kind !== 'cast') return undefined;
  return typeOfName(item.value.type, tree.text, dialect);
}

/** The type that a name in a tree stands for; `text` is what the tree was read from. */
export function typeOfName(name: TypeName | Missing, text: string, dialect: DialectName): SqlType | undefined {
  if (name.kind === 'missing') return undefined;
  const spellings = spellingsOf(dialect);
  let type = elementType(name, text, dialect, spellings);
  for (let at = 0; at < name.dimensions; at++) {
    type = { kind: 'list', element: type, size: fixedSize(name, text, dialect, at) };
    // Any number of brackets is one kind of array.
    if (dialect === 'postgres' || dialect === 'redshift') break;
  }
  return type;
}

/** DuckDB's `INTEGER[3]`: the number is not part of the tree. */
function fixedSize(name: TypeName, text: string, dialect: DialectName, dimension: number): number | undefined {
  if (dialect !== 'duckdb') return undefined;
  const brackets = [...text.slice(name.start, name.end).matchAll(/\[\s*(\d*)\s*\]/g)].slice(-name.dimensions);
  const digits = brackets[dimension]?.[1] ?? '';
  return digits === '' ? undefined : Number(digits);
}

function elementType(name: TypeName, text: string, dialect: DialectName, spellings: Spellings): SqlType | undefined {
  const types = name.arguments.filter((it): it is TypeName => it.kind === 'type');
  const ofType = (at: number): SqlType | undefined => {
    const type = types[at];
    return type === undefined ? undefined : typeOfName(type, text, dialect);
  };
  switch (name.name) {
    case 'struct':
    case 'row':
      return { kind: 'struct', fields: name.arguments.flatMap(it => fieldOf(it, text, dialect)) };
    case 'map':
      return { kind: 'map', key: ofType(0), value: ofType(1) };
    case 'enum':
    case 'union':
      return dialect === 'duckdb' ? namedInFull(name, text) : undefined;
    case 'array':
      return dialect === 'snowflake' && types.length === 0
        ? spellings.names.get('array')
        : { kind: 'list', element: ofType(0) };
    default:
      return sized(spellings.names.get(name.name), numbersOf(name, text), dialect);
  }
}

/** Types of DuckDB that are known by all of their text. */
function namedInFull(name: TypeName, text: string): SqlType | undefined {
  const parts = name.arguments.map(it => {
    if (it.kind === 'literal') return text.slice(it.start, it.end);
    if (it.kind !== 'type-field' || it.name.kind !== 'name') return undefined;
    const type = typeText(typeOfName(it.type, text, 'duckdb'), 'duckdb');
    return type === undefined ? undefined : `${duckdbQuoted(it.name.text)} ${type}`;
  });
  if (parts.includes(undefined) || parts.length === 0) return undefined;
  return { kind: 'scalar', name: `${name.name.toUpperCase()}(${parts.join(', ')})` };
}

function fieldOf(
  field: Literal | TypeName | TypeField | Missing,
  text: string,
  dialect: DialectName,
): readonly StructField[] {
  if (field.kind !== 'type-field' || field.name.kind !== 'name') return [];
  return [{ name: field.name.text, type: typeOfName(field.type, text, dialect) }];
}

const numbersOf = (name: TypeName, text: string): readonly number[] =>
  name.arguments.flatMap(it => (it.kind === 'literal' ? [Number(text.slice(it.start, it.end))] : []));

/** A type with the numbers behind its name. */
function sized(
  type: SqlType | undefined,
  [first, second]: readonly number[],
  dialect: DialectName,
): SqlType | undefined {
  if (first === undefined || type === undefined) return type;
  if (type.kind === 'decimal') return { kind: 'decimal', precision: first, scale: second ?? 0 };
  if (type.kind !== 'scalar') return type;
  if (dialect === 'duckdb' && type.name === 'timestamp') return scalar(DIGITS_OF_SECONDS[first] ?? type.name);
  return type.name === 'varchar' || type.name === 'char' || type.size !== undefined ? { ...type, size: first } : type;
}

/** DuckDB has a type for some numbers of digits behind the seconds. */
const DIGITS_OF_SECONDS: Readonly<Record<number, string>> = { 0: 'timestamp_s', 3: 'timestamp_ms', 9: 'timestamp_ns' };

/** A type as the dialect writes it; `undefined` when it is not known. */
export function typeText(type: SqlType | undefined, dialect: DialectName): string | undefined {
  if (type === undefined) return undefined;
  const { texts } = spellingsOf(dialect);
  switch (type.kind) {
    case 'scalar': {
      const text = texts.get(type.name) ?? type.name;
      return type.size === undefined ? text : `${text}(${type.size})`;
    }
    case 'decimal': {
      const text = texts.get('decimal') ?? 'decimal';
      return type.precision === undefined ? text : `${text}(${type.precision},${type.scale ?? 0})`;
    }
    case 'list':
      return listText(type.element, type.size, dialect);
    case 'struct': {
      // A row of PostgreSQL has the name of its table, which is not known here.
      if (dialect === 'postgres') return undefined;
      const fields = type.fields.map(it => fieldText(it, dialect));
      return structText(fields, dialect);
    }
    case 'map': {
      const [key, value] = [typeText(type.key, dialect) ?? '?', typeText(type.value, dialect) ?? '?'];
      if (dialect === 'databricks') return `map<${key},${value}>`;
      return dialect === 'duckdb' || dialect === 'snowflake' ? `MAP(${key}, ${value})` : `map(${key}, ${value})`;
    }
    default:
      return type satisfies never;
  }
}

function listText(element: SqlType | undefined, size: number | undefined, dialect: DialectName): string {
  const text = typeText(element, dialect) ?? '?';
  if (dialect === 'bigquery') return `ARRAY<${text}>`;
  if (dialect === 'databricks') return `array<${text}>`;
  if (dialect === 'trino') return `array(${text})`;
  if (dialect === 'snowflake') return `ARRAY(${text})`;
  return `${text}[${size ?? ''}]`;
}

function fieldText({ name, type }: StructField, dialect: DialectName): string {
  const text = typeText(type, dialect) ?? '?';
  if (dialect === 'databricks') return `${name}:${text}`;
  if (dialect !== 'duckdb') return name === '' ? text : `${name} ${text}`;
  return name === '' ? text : `${duckdbQuoted(name)} ${text}`;
}

function structText(fields: readonly string[], dialect: DialectName): string {
  if (dialect === 'bigquery') return `STRUCT<${fields.join(', ')}>`;
  if (dialect === 'databricks') return `struct<${fields.join(',')}>`;
  if (dialect === 'trino') return `row(${fields.join(', ')})`;
  return dialect === 'snowflake' ? `OBJECT(${fields.join(', ')})` : `STRUCT(${fields.join(', ')})`;
}
