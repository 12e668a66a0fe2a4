import { beginsClause } from './clause-starts.ts';
import type { Cursor } from './cursor.ts';
import type { Literal, Missing, TypeField, TypeName } from './expression-nodes.ts';
import { nameHere } from './names.ts';
import { INTERVAL_UNITS, words } from './words.ts';

/** A type: `numeric(10, 2)`, `timestamp with time zone`, `array<struct<a int64>>`, `row(x bigint)[]`. */
export function typeName(p: Cursor): TypeName | Missing {
  const isUnion = p.grammar.name === 'duckdb' && p.is('union', '(');
  const isType = isUnion || (p.isName() && !beginsClause(p));
  if (!isType) return p.missing('type');
  const isDeepEnough = p.enter();
  const type = isDeepEnough ? namedType(p) : p.blank('type');
  p.leave();
  return type;
}

function namedType(p: Cursor): TypeName {
  const { start } = p.current;
  const words = [typeWord(p)];
  p.repeat(() => qualify(p, words));
  continueWords(p, words);
  const args = typeArguments(p, words[0] ?? '');
  zoneWords(p, words);
  p.repeat(() => p.acceptAll('character', 'set') && nameHere(p, 'character set').kind === 'name');
  // Where element types stand in angles, a bracket behind the type is an index or a list.
  const dimensions = p.textOf({ start: p.before - 1, end: p.before }) === '>' ? 0 : arrayDimensions(p);
  return { kind: 'type', name: words.join(' '), arguments: args, dimensions, start, end: p.endFrom(start) };
}

function typeWord(p: Cursor): string {
  const { word, ...range } = p.advance();
  return word === '' ? p.textOf(range) : word;
}

function qualify(p: Cursor, words: string[]): boolean {
  if (!p.is('.') || !p.isName(1)) return false;
  p.advance();
  words.push(`${words.pop() ?? ''}.${typeWord(p)}`);
  return true;
}

/** Which words may follow the first one of a type of several words. */
const CONTINUATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['double', ['precision']],
  ['character', ['varying', 'large', 'object']],
  ['char', ['varying', 'large', 'object']],
  ['national', ['character', 'char', 'varying']],
  ['nchar', ['varying']],
  ['bit', ['varying']],
  ['binary', ['varying', 'large', 'object']],
  ['long', ['raw', 'varchar']],
  ['signed', ['integer', 'int', 'bigint']],
  ['unsigned', ['integer', 'int', 'bigint', 'smallint', 'tinyint']],
  ['setof', []],
]);

function continueWords(p: Cursor, words: string[]): void {
  const first = words[0] ?? '';
  if (first === 'interval') return intervalWords(p, words);
  const continuations = CONTINUATIONS.get(first) ?? [];
  p.repeat(() => {
    if (!continuations.includes(p.word())) return false;
    words.push(p.advance().word);
    return true;
  });
}

function intervalWords(p: Cursor, words: string[]): void {
  if (!p.isOneOf(INTERVAL_UNITS)) return;
  words.push(p.advance().word);
  if (p.is('to') && INTERVAL_UNITS.has(p.word(1))) words.push(p.advance().word, p.advance().word);
}

/** `with time zone`, `without local time zone`, also behind a precision. */
function zoneWords(p: Cursor, words: string[]): void {
  const isZone = (p.is('with') || p.is('without')) && (p.word(1) === 'time' || p.word(1) === 'local');
  if (!isZone) return;
  words.push(p.advance().word);
  if (p.is('local')) words.push(p.advance().word);
  if (p.is('time', 'zone')) words.push(p.advance().word, p.advance().word);
}

const ANGLE_TYPES: ReadonlySet<string> = new Set(['array', 'struct', 'map', 'range', 'table', 'any']);
const CONTAINER_TYPES: ReadonlySet<string> = words(
  'row struct union object array map tuple nested table setof function vector',
);

type TypeArgument = TypeName['arguments'][number];

function typeArguments(p: Cursor, first: string): readonly TypeArgument[] {
  if (p.is('<>') && ANGLE_TYPES.has(first)) p.advance();
  else if (p.is('<') && ANGLE_TYPES.has(first)) return angleArguments(p);
  else if (p.is('(')) return parenthesized(p, CONTAINER_TYPES.has(first));
  return [];
}

function angleArguments(p: Cursor): readonly TypeArgument[] {
  p.advance();
  const args = p.is('>') ? [] : p.list(() => field(p));
  if (p.word().startsWith('>') && p.word().length > 1) p.advanceByCharacter();
  else p.expect('>');
  return args;
}

function parenthesized(p: Cursor, isContainer: boolean): readonly TypeArgument[] {
  p.advance();
  const args = p.is(')')
    ? []
    : p.list(
        () => (isContainer ? field(p) : typeParameter(p)),
        () => p.is(')'),
      );
  p.expect(')');
  return args;
}

/** A number, a value of an enumeration, or a word such as MAX. */
function typeParameter(p: Cursor): TypeArgument {
  p.accept('-');
  const isLiteral = p.kind() === 'number' || p.kind() === 'string' || p.kind() === 'parameter';
  return isLiteral ? literal(p) : wordOrType(p);
}

function wordOrType(p: Cursor): TypeArgument {
  const type = typeName(p);
  // Oracle-style lengths: `varchar(10 char)`.
  if (p.isName()) p.advance();
  return type;
}

function literal(p: Cursor): Literal {
  const { kind, start, end } = p.advance();
  if (p.is('char') || p.is('byte')) p.advance();
  return { kind: 'literal', type: kind === 'number' ? 'number' : 'string', start, end };
}

/** An element type, a field with a name, or a number in `vector(float, 3)`. */
function field(p: Cursor): TypeArgument {
  if (p.kind() === 'number') return literal(p);
  if (!isFieldName(p)) {
    const type = typeName(p);
    constraints(p);
    return type;
  }
  const name = nameHere(p, 'field name');
  p.accept(':');
  const type = typeName(p);
  constraints(p);
  return { kind: 'type-field', name, type, start: name.start, end: p.endFrom(name.start) } satisfies TypeField;
}

/** Two names are a field and its type, unless they are one type of two words. */
function isFieldName(p: Cursor): boolean {
  if (!p.isName()) return false;
  if (p.word(1) === ':') return true;
  if (!p.isName(1)) return false;
  const next = p.word(1);
  if (next === 'not' || next === 'options' || next === 'comment' || next === 'collate') return false;
  return !(CONTINUATIONS.get(p.word()) ?? ['with', 'without']).includes(next);
}

function constraints(p: Cursor): void {
  p.repeat(() => {
    if (p.acceptAll('not', 'null')) return true;
    if (p.accept('comment') || p.accept('collate')) {
      p.advance();
      return true;
    }
    if (!p.is('options', '(')) return false;
    p.advance();
    p.advanceBy((p.distanceToCloser() ?? 0) + 1);
    return true;
  });
}

function arrayDimensions(p: Cursor): number {
  let dimensions = 0;
  p.repeat(() => {
    if (p.is('[', ']')) p.advanceBy(2);
    else if (p.is('[') && p.kind(1) === 'number' && p.word(2) === ']') p.advanceBy(3);
    else if (p.is('array') && p.word(1) !== '(') p.advance();
    else return false;
    dimensions += 1;
    return true;
  });
  return dimensions;
}
