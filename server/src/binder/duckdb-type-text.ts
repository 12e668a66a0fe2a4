import type { Missing, TypeName } from '../syntax/sql/expression-nodes.ts';
import type { Place } from './context.ts';
import { duckdbQuoted } from './duckdb-words.ts';
import { filled, joined } from './duckdb-writer.ts';
import { typeOfName, typeText } from './type-names.ts';

/** Types that DuckDB's grammar has words for; the names of all others are written in quotes. */
const GRAMMAR = new Set('INTEGER BIGINT SMALLINT FLOAT VARCHAR BOOLEAN DECIMAL TIMESTAMP TIME INTERVAL BIT'.split(' '));

/** A type as DuckDB writes it in a cast that it names a column after. */
export function castTypeText(place: Place, type: TypeName | Missing): string | undefined {
  if (type.kind === 'missing') return undefined;
  const { text } = place.context;
  const brackets = [...text.slice(type.start, type.end).matchAll(/\[\s*(\d*)\s*\]/g)].slice(
    type.dimensions === 0 ? Infinity : -type.dimensions,
  );
  const element = elementText(place, { ...type, dimensions: 0 });
  return filled`${element}${brackets.map(([, size]) => `[${size ?? ''}]`).join('')}`;
}

function elementText(place: Place, type: TypeName): string | undefined {
  if (type.name === 'struct' || type.name === 'row' || type.name === 'union') {
    const fields = type.arguments.map(it => {
      if (it.kind !== 'type-field' || it.name.kind !== 'name') return undefined;
      return filled`${duckdbQuoted(it.name.text)} ${castTypeText(place, it.type)}`;
    });
    return filled`${type.name === 'union' ? 'UNION' : 'STRUCT'}(${joined(fields, ', ')})`;
  }
  if (type.name === 'map') {
    const parts = type.arguments.map(it => (it.kind === 'type' ? castTypeText(place, it) : undefined));
    return filled`MAP(${joined(parts, ', ')})`;
  }
  return scalarText(place, type);
}

function scalarText(place: Place, type: TypeName): string | undefined {
  const { text } = place.context;
  const numbers = type.arguments.map(it => (it.kind === 'literal' ? text.slice(it.start, it.end) : undefined));
  if (type.name === 'enum') return filled`"ENUM"(${joined(numbers, ', ')})`;
  if (type.name === 'json') return '"json"';
  const isOne = type.name === 'char' || type.name === 'bit';
  const size = numbers.length > 0 ? filled`(${joined(numbers, ', ')})` : isOne ? '(1)' : '';
  const known = typeText(typeOfName({ ...type, arguments: [] }, text, 'duckdb'), 'duckdb')?.replace(/\(.*/, '');
  if (known === undefined) return undefined;
  return filled`${GRAMMAR.has(known) ? known : `"${known}"`}${size}`;
}
