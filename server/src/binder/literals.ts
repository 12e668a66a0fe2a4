import type { Literal, TypedLiteral } from '../syntax/sql/expression-nodes.ts';
import type { Place } from './context.ts';
import { typeOfName } from './type-names.ts';
import { BOOLEAN, FLOAT64, INTERVAL, NULL, scalar, TEXT, type SqlType } from './types.ts';
import type { Value } from './evaluate.ts';

/** A constant. */
export function literal(place: Place, node: Literal): Value {
  const text = place.context.text.slice(node.start, node.end);
  return { type: literalType(place, node, text), nullable: node.type === 'null', sources: [] };
}

function literalType(place: Place, node: Literal, text: string): SqlType | undefined {
  switch (node.type) {
    case 'null':
      return NULL;
    case 'boolean':
      return BOOLEAN;
    case 'number':
      return numberType(place, text);
    case 'string':
      return stringType(place, text);
    case 'default':
      return undefined;
    default:
      return node.type satisfies never;
  }
}

/** Letters before a quote make bytes or bits of it. */
function stringType({ context }: Place, text: string): SqlType | undefined {
  const prefix = text.startsWith("'") ? '' : (/^[A-Za-z&]+/.exec(text)?.[0].toLowerCase() ?? '');
  if (prefix === '' || prefix === 'e' || prefix === 'r' || prefix === 'n' || prefix === 'u&') {
    return {
      kind: 'scalar',
      name: context.dialect === 'trino' || context.dialect === 'redshift' ? 'varchar' : 'text',
      literal: text,
    };
  }
  if (context.dialect === 'bigquery') return scalar('binary');
  if (prefix === 'x') {
    return context.dialect === 'postgres' ? scalar('bit') : context.dialect === 'duckdb' ? TEXT : scalar('binary');
  }
  return prefix === 'b' && context.dialect === 'postgres' ? scalar('bit') : undefined;
}

function numberType({ context }: Place, text: string): SqlType | undefined {
  if (/^\d+$/.test(text)) return wholeNumber(text, context.dialect);
  const digits = text.replaceAll('_', '').toLowerCase();
  if (!/^[\d.]+(?:e[+-]?\d+)?$/.test(digits)) return undefined;
  const { dialect } = context;
  if (digits.includes('e')) return dialect === 'postgres' || dialect === 'redshift' ? anyDecimal : FLOAT64;
  if (!digits.includes('.')) return wholeNumber(digits, dialect);
  switch (dialect) {
    case 'bigquery':
      return FLOAT64;
    case 'postgres':
      return anyDecimal;
    case 'databricks':
    case 'duckdb':
    case 'redshift':
    case 'snowflake':
    case 'trino':
    default: {
      const [whole = '', fraction = ''] = digits.split('.');
      const scale = fraction.length;
      // DuckDB counts every digit that is written.
      const precision = Math.max(1, (dialect === 'duckdb' ? whole : whole.replace(/^0+/, '')).length + scale);
      if (precision > 38) return FLOAT64;
      return {
        kind: 'decimal',
        precision,
        scale,
        literal: true,
      };
    }
  }
}

const anyDecimal: SqlType = { kind: 'decimal', precision: undefined, scale: undefined };

function wholeNumber(digits: string, dialect: Place['context']['dialect']): SqlType {
  const value = Number(digits);
  if (dialect === 'snowflake') return { kind: 'decimal', precision: Math.min(38, digits.length), scale: 0 };
  if (dialect === 'bigquery') return { kind: 'scalar', name: 'int64', literal: value };
  if (value <= 2_147_483_647) return { kind: 'scalar', name: 'int32', literal: value };
  if (BigInt(digits) <= 9_223_372_036_854_775_807n) return { kind: 'scalar', name: 'int64', literal: value };
  if (dialect !== 'duckdb') return anyDecimal;
  const name = WIDE.find(([most]) => BigInt(digits) <= most)?.[1];
  return name === undefined ? FLOAT64 : { kind: 'scalar', name, literal: value };
}

/** DuckDB's widest whole numbers, with and without a sign. */
const WIDE: readonly (readonly [bigint, string])[] = [
  [2n ** 127n - 1n, 'int128'],
  [2n ** 128n - 1n, 'uint128'],
];

/** `date '2024-01-01'`. */
export function typedLiteral({ context }: Place, node: TypedLiteral): Value {
  return { type: typeOfName(node.type, context.text, context.dialect), nullable: false, sources: [] };
}

/** An interval is one, however it is put together. */
export const interval = (value: Value): Value => ({ ...value, type: INTERVAL });
