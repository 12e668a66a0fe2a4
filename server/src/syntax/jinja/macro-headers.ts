import type { ExpressionParser } from './expressions.ts';
import type { Expression, Macro, MacroTag, Parameter } from './nodes.ts';
import { SyntaxFailure } from './stream.ts';
import type { TokenStream } from './stream.ts';

/** What the opening tag of something callable says. */
export type MacroHeader = Pick<Macro, 'name' | 'nameRange' | 'fullName' | 'parameters' | 'adapter' | 'typed'>;

/** `{% macro name(…) %}` and `{% test name(…) %}`, behind the tag's name. */
export function macroHeader(stream: TokenStream, expressions: ExpressionParser, tag: MacroTag): MacroHeader {
  const target = expressions.targetName();
  const name = target.kind === 'name' ? target.name : '';
  const parameters = signature(stream, expressions);
  const fullName = tag === 'macro' ? `dbt_macro__${name}` : `dbt_macro__test_${name}`;
  const typed = parameters.some(parameter => parameter.type !== undefined);
  return { name, nameRange: rangeOf(target), fullName, parameters, adapter: undefined, typed };
}

/** `{% docs name %}` and `{% snapshot name %}`. */
export function docsHeader(_stream: TokenStream, expressions: ExpressionParser, tag: MacroTag): MacroHeader {
  const target = expressions.targetName();
  const name = target.kind === 'name' ? target.name : '';
  const prefix = tag === 'docs' ? 'dbt_docs__' : 'dbt_snapshot__';
  const fullName = prefix + name;
  return { name, nameRange: rangeOf(target), fullName, parameters: [], adapter: undefined, typed: false };
}

/** `{% materialization name, adapter='…', supported_languages=[…] %}` or `…, default %}`. */
export function materializationHeader(stream: TokenStream, expressions: ExpressionParser): MacroHeader {
  const target = expressions.targetName();
  const name = target.kind === 'name' ? target.name : '';
  const parameters: Parameter[] = [];
  let adapter = 'default';
  while (stream.skip('comma')) {
    const start = stream.start;
    const option = expressions.targetName();
    const optionName = option.kind === 'name' ? option.name : '';
    if (optionName === 'default') continue;
    if (optionName !== 'adapter' && optionName !== 'supported_languages') {
      failOption(stream, name, optionName);
      continue;
    }
    stream.expect('assign');
    const value = expressions.expression();
    if (optionName === 'adapter') adapter = adapterName(stream, value);
    else parameters.push(languagesParameter(start, expressions.endFrom(start), rangeOf(option), value));
  }
  if (parameters.length === 0) parameters.push(defaultLanguages(stream.start));
  const fullName = `dbt_macro__materialization_${name}_${adapter}`;
  return { name, nameRange: rangeOf(target), fullName, parameters, adapter, typed: false };
}

function failOption(stream: TokenStream, name: string, option: string): void {
  if (stream.tolerant) return;
  const message = `materialization '${name}' received unknown argument '${option}'.`;
  throw new SyntaxFailure(message, undefined, stream.end, 'MaterializationArgError');
}

/** dbt takes the value of whatever constant stands here, and trips over anything else. */
function adapterName(stream: TokenStream, value: Expression): string {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'constant') return value.value === null ? 'None' : value.value ? 'True' : 'False';
  if (value.kind === 'number') return value.float ? floatText(Number(value.value)) : value.value.toString();
  if (!stream.tolerant) {
    const message = `'${value.kind === 'name' ? 'Name' : value.kind}' object has no attribute 'value'`;
    throw new SyntaxFailure(message, undefined, value.end, 'AttributeError');
  }
  return '';
}

const floatText = (value: number): string => (Number.isInteger(value) ? `${value}.0` : `${value}`);

function languagesParameter(
  start: number,
  end: number,
  nameRange: Parameter['nameRange'],
  value: Expression,
): Parameter {
  return { kind: 'parameter', start, end, name: LANGUAGES, nameRange, type: undefined, default: value };
}

const LANGUAGES = 'supported_languages';

/** The parameter that dbt appends when the tag has none. */
function defaultLanguages(at: number): Parameter {
  const place = { start: at, end: at, at };
  const sql: Expression = {
    kind: 'string',
    ...place,
    value: 'sql',
    verbatim: undefined,
    pieces: [],
    closed: true,
  };
  return languagesParameter(at, at, { start: at, end: at }, { kind: 'list', ...place, items: [sql] });
}

/** The parameters of a macro or call block, with the type annotations that dbt allows. */
export function signature(stream: TokenStream, expressions: ExpressionParser): readonly Parameter[] {
  const parameters: Parameter[] = [];
  if (!stream.expect('lparen')) return parameters;
  while (!stream.is('rparen') && !(stream.tolerant && stream.atTagEnd())) {
    if (parameters.length > 0) stream.expect('comma');
    const before = stream.index;
    parameters.push(parameter(stream, expressions, parameters));
    if (stream.index === before && !stream.is('rparen')) stream.advance();
  }
  stream.expect('rparen');
  return parameters;
}

function parameter(stream: TokenStream, expressions: ExpressionParser, before: readonly Parameter[]): Parameter {
  const start = stream.start;
  const target = expressions.targetName();
  const type = stream.skip('colon') ? typeName(stream) : undefined;
  let value: Expression | undefined;
  if (stream.skip('assign')) value = expressions.expression();
  else if (before.some(it => it.default !== undefined)) {
    stream.fail('non-default argument follows default argument');
  }
  const name = target.kind === 'name' ? target.name : '';
  const nameRange = rangeOf(target);
  return { kind: 'parameter', start, end: expressions.endFrom(start), name, nameRange, type, default: value };
}

/** A type annotation, spelled as dbt stores it: `Dict[str, List[int]]`. */
function typeName(stream: TokenStream): string {
  let name = stream.kind === 'name' ? stream.value : '';
  stream.expect('name');
  if (!stream.skip('lbracket')) return name;
  const parameters: string[] = [];
  while (!stream.skip('rbracket')) {
    if (parameters.length > 0 && !stream.expect('comma')) break;
    parameters.push(typeName(stream));
  }
  return parameters.length === 0 ? name : `${name}[${parameters.join(', ')}]`;
}

const rangeOf = (node: { readonly start: number; readonly end: number }): Parameter['nameRange'] => ({
  start: node.start,
  end: node.end,
});
