import { raise } from './python/error.ts';
import { strOf } from './python/strings.ts';
import { typeName } from './python/type-name.ts';
import type { Piece, Value } from './value.ts';
import { Spanned } from './value.ts';

/** Where output goes: text with the origin of each stretch, or in native mode the values themselves. */
export type Sink = TextSink | NativeSink;

export const newSink = (mode: 'text' | 'native'): Sink => (mode === 'text' ? new TextSink() : new NativeSink());

/** Collects text and, in step with it, where each stretch came from. */
export class TextSink {
  readonly kind = 'text';
  readonly texts: string[] = [];
  readonly pieces: Piece[] = [];
  /** The first value that is no text: a block may write one, and Python notices when everything is joined. */
  stray: { readonly index: number; readonly value: Value } | undefined = undefined;
}

/** Collects values: what native rendering joins, or hands out when it is only one. */
export class NativeSink {
  readonly kind = 'native';
  readonly values: Value[] = [];
}

/** Appends a value that must be text. */
export function addRaw(sink: Sink, value: Value, piece: (length: number) => Piece): void {
  if (sink.kind === 'native') {
    sink.values.push(value);
    return;
  }
  const text = strOf(value);
  if (text === undefined) sink.stray ??= { index: sink.texts.length, value };
  else if (value instanceof Spanned) addSpanned(sink, value);
  else if (text !== '') {
    sink.texts.push(text);
    sink.pieces.push(piece(text.length));
  }
}

/** Appends a text that knows its origins. */
export function addSpanned(sink: TextSink, value: Spanned): void {
  if (value.text === '') return;
  sink.texts.push(value.text);
  for (const piece of value.pieces) sink.pieces.push(piece);
}

/** Everything a sink has collected, as one text: a value of the template. */
export function sinkValue(sink: Sink): Value {
  if (sink.kind === 'native') return joinValues(sink.values);
  const text = sinkText(sink);
  return text === '' ? '' : new Spanned(text, sink.pieces);
}

/** Everything a text sink has collected. */
export function sinkText(sink: TextSink): string {
  if (sink.stray !== undefined) failJoin(sink.stray.index, sink.stray.value);
  const { texts } = sink;
  return texts.length === 1 ? (texts[0] ?? '') : texts.join('');
}

function joinValues(values: readonly Value[]): string {
  return values.map((value, index) => strOf(value) ?? failJoin(index, value)).join('');
}

function failJoin(index: number, value: Value): never {
  return raise('TypeError', `sequence item ${index}: expected str instance, ${typeName(value)} found`);
}
