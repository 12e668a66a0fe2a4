import type { TextRange } from '../base/text-range.ts';
import type { Expression, Output, Statement } from '../syntax/jinja/nodes.ts';
import type { Compilation, Scope } from './compilation.ts';
import { compileExpression } from './compile-expression.ts';
import { GO_ON, originOf } from './engine.ts';
import type { Environment, Evaluate, Execute } from './engine.ts';
import { constantOf, isWritable } from './fold.ts';
import { PythonError } from './python/error.ts';
import { escapeValue } from './python/markup.ts';
import { toText } from './python/text.ts';
import type { Origin, SegmentKind } from './rendered.ts';
import { addRaw, addSpanned } from './sink.ts';
import { Spanned } from './value.ts';
import type { Piece, Value } from './value.ts';

/** Whether Jinja makes one unit of the node and those like it next to it. */
export function isOutput(node: Statement): boolean {
  return node.kind === 'text' || node.kind === 'output' || node.kind === 'comment';
}

/** Turns adjacent text and `{{ … }}` into code. */
export function compileOutputs(
  compilation: Compilation,
  scope: Scope,
  nodes: readonly Statement[],
): readonly Execute[] {
  return compilation.mode === 'text'
    ? nodes.flatMap(node => compileTextOutput(compilation, scope, node))
    : compileNativeOutputs(compilation, scope, nodes);
}

function compileTextOutput(compilation: Compilation, scope: Scope, node: Statement): readonly Execute[] {
  if (node.kind === 'text') return literalParts(compilation, node).map(write);
  if (node.kind !== 'output') return [];
  const { expression } = node;
  const constant = outputConstant(compilation, expression);
  if (constant !== undefined) return [compileConstantOutput(compilation, node, constant)];
  compilation.mark(expression.at);
  const value = compileExpression(compilation, scope, expression);
  return [compileValueOutput(compilation, node, value)];
}

/** A constant of the template's text; any error is left for the moment when it runs. */
function outputConstant(compilation: Compilation, node: Expression): Value | undefined {
  try {
    return constantOf(compilation, node);
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

interface LiteralPart {
  readonly text: string;
  readonly origin: Origin;
  readonly kind: SegmentKind;
}

/** Literal text in stretches whose characters are those of the file: at CRs, which come out as LF, a new one starts. */
function literalParts(compilation: Compilation, range: TextRange): readonly LiteralPart[] {
  const { text, file } = compilation;
  const parts: LiteralPart[] = [];
  const add = (start: number, end: number): void => {
    if (end <= start) return;
    parts.push({ text: text.slice(start, end), origin: originOf(file, { start, end }), kind: 'verbatim' });
  };
  let start = range.start;
  for (let cr = text.indexOf('\r', start); cr >= 0 && cr < range.end; cr = text.indexOf('\r', start)) {
    add(start, cr);
    const isPair = text.charCodeAt(cr + 1) === LF;
    if (!isPair) parts.push({ text: '\n', origin: originOf(file, { start: cr, end: cr + 1 }), kind: 'computed' });
    start = cr + 1;
  }
  add(start, range.end);
  return parts;
}

const LF = 10;

/** Writes a text that is known ahead. */
function write({ text, origin, kind }: LiteralPart): Execute {
  const { length } = text;
  const outermost: Piece = { length, origin, kind, frame: undefined };
  return ({ engine }) => {
    const { sink, frame } = engine;
    if (sink.kind === 'native') return GO_ON;
    engine.step();
    engine.write(length);
    sink.texts.push(text);
    sink.pieces.push(frame === undefined ? outermost : { length, origin, kind, frame });
    return GO_ON;
  };
}

function compileConstantOutput(compilation: Compilation, node: Output, constant: Value): Execute {
  const { expression } = node;
  const text = constantText(compilation, constant);
  if (text === '') return () => GO_ON;
  const verbatim = expression.kind === 'string' ? expression.verbatim : undefined;
  if (verbatim !== undefined && verbatim.end - verbatim.start === text.length) {
    return write({ text, origin: originOf(compilation.file, verbatim), kind: 'verbatim' });
  }
  return write({ text, origin: originOf(compilation.file, node), kind: 'computed' });
}

/** What is known ahead is not escaped in native mode. */
function constantText({ autoescape, mode }: Compilation, constant: Value): string {
  return autoescape && mode === 'text' ? escapeValue(constant).text : toText(constant);
}

function compileValueOutput(compilation: Compilation, range: TextRange, value: Evaluate): Execute {
  const origin = originOf(compilation.file, range);
  return environment => {
    writeValue(environment, value(environment), origin);
    return GO_ON;
  };
}

function writeValue(environment: Environment, value: Value, origin: Origin): void {
  const { engine, context } = environment;
  const { sink, frame } = engine;
  engine.step();
  if (sink.kind === 'native') {
    sink.values.push(value);
    return;
  }
  if (value instanceof Spanned && !context.autoescape) {
    engine.write(value.text.length);
    addSpanned(sink, value);
    return;
  }
  const text = typeof value === 'string' && !context.autoescape ? value : outputText(value, context.autoescape);
  if (text === '') return;
  engine.write(text.length);
  sink.texts.push(text);
  sink.pieces.push({ length: text.length, origin, kind: 'computed', frame });
}

const outputText = (value: Value, autoescape: boolean): string =>
  autoescape ? escapeValue(value).text : toText(value);

/** In native mode text and constants next to each other are one value, and every other value stands for itself. */
function compileNativeOutputs(compilation: Compilation, scope: Scope, nodes: readonly Statement[]): readonly Execute[] {
  const code: Execute[] = [];
  let pending: string | undefined;
  const flush = (): void => {
    if (pending !== undefined) code.push(writeNative(pending));
    pending = undefined;
  };
  for (const node of nodes) {
    if (node.kind === 'text') {
      const parts = literalParts(compilation, node);
      pending = (pending ?? '') + parts.map(part => part.text).join('');
    } else if (node.kind === 'output') {
      const constant = outputConstant(compilation, node.expression);
      if (constant !== undefined && isWritable(constant)) {
        pending = (pending ?? '') + constantText(compilation, constant);
        continue;
      }
      flush();
      compilation.mark(node.expression.at);
      const value = compileExpression(compilation, scope, node.expression);
      code.push(compileValueOutput(compilation, node, value));
    }
  }
  flush();
  return code;
}

function writeNative(text: string): Execute {
  return ({ engine }) => {
    if (engine.sink.kind === 'native') engine.sink.values.push(text);
    return GO_ON;
  };
}

/** The code that writes the value of a block (`call`, `filter`), which Jinja takes for text without asking. */
export function compileRawOutput(
  compilation: Compilation,
  range: TextRange,
): (environment: Environment, value: Value) => void {
  const origin = originOf(compilation.file, range);
  return ({ engine }, value) => {
    if (value instanceof Spanned) engine.write(value.text.length);
    addRaw(engine.sink, value, length => {
      engine.write(length);
      return { length, origin, kind: 'computed', frame: engine.frame };
    });
  };
}
