import type { Cursor } from './cursor.ts';
import type { Argument, Lambda, NamedArgument, NamePart } from './expression-nodes.ts';
import { dottedName, nameHere } from './names.ts';
import { typeName } from './types.ts';

/** One argument of a call, element of a list or value in parentheses. */
export function argument(p: Cursor): Argument {
  if (p.is('select') || (p.is('with') && p.isName(1))) return p.rules.query(p);
  if (p.is('variadic') && (p.word(2) === '=>' || p.word(2) === ':=')) p.advance();
  if (p.isName() && (p.word(1) === '=>' || p.word(1) === ':=')) return named(p);
  const isTable = (p.is('table') || p.is('model') || p.is('connection')) && p.isName(1);
  if (isTable) return tableArgument(p);
  return lambda(p) ?? p.rules.expression(p, 0);
}

function named(p: Cursor): NamedArgument {
  const name = p.name(p.advance());
  p.advance();
  const isDeepEnough = p.enter();
  const value = isDeepEnough ? argument(p) : p.blank('value');
  p.leave();
  return { kind: 'named-argument', name, value, start: name.start, end: p.endFrom(name.start) };
}

/** `table t`, `model m`: a name that a function takes as a whole. */
function tableArgument(p: Cursor): Argument {
  p.advance();
  return dottedName(p) ?? p.missing('table name');
}

/** `x -> value`, `(x, y) -> value`, `lambda x, y: value`. */
function lambda(p: Cursor): Lambda | undefined {
  const { start } = p.current;
  if (p.is('lambda') && p.isName(1) && (p.word(2) === ':' || p.word(2) === ',')) return wordLambda(p);
  if (!p.has('arrow-lambdas')) return undefined;
  const width = parametersWidth(p);
  // DuckDB reads documents with the same arrow; then a string or a number follows.
  const isPath = p.kind(width + 1) === 'string' || p.kind(width + 1) === 'number';
  if (width === 0 || p.word(width) !== '->' || (isPath && p.has('custom-operators'))) return undefined;
  const parameters = p.is('(') ? parameterList(p) : [parameter(p)];
  p.expect('->');
  const body = p.rules.expression(p, 0);
  return { kind: 'lambda', parameters, body, start, end: p.endFrom(start) };
}

/** How many lexemes the parameters before an arrow take: a name, a name with its type, or a list in parentheses. */
function parametersWidth(p: Cursor): number {
  if (p.is('(')) return (p.distanceToCloser() ?? -1) + 1;
  if (!p.isName()) return 0;
  return p.isName(1) ? 2 : 1;
}

function parameterList(p: Cursor): readonly NamePart[] {
  p.advance();
  const parameters = p.is(')') ? [] : p.list(() => parameter(p));
  p.expect(')');
  return parameters;
}

function parameter(p: Cursor): NamePart {
  const name = nameHere(p, 'parameter');
  if (p.isName()) typeName(p);
  return name;
}

function wordLambda(p: Cursor): Lambda {
  const { start } = p.advance();
  const parameters = p.list(() => nameHere(p, 'parameter'));
  p.expect(':');
  const body = p.rules.expression(p, 0);
  return { kind: 'lambda', parameters, body, start, end: p.endFrom(start) };
}
