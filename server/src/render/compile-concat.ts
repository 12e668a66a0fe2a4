import type { Concat, Expression } from '../syntax/jinja/nodes.ts';
import type { Compilation } from './compilation.ts';
import { originOf } from './engine.ts';
import type { Evaluate } from './engine.ts';
import { escapeValue } from './python/markup.ts';
import { toText } from './python/text.ts';
import { Markup, Spanned } from './value.ts';
import type { Piece, Value } from './value.ts';
import { spendOnItems } from './python/meter.ts';
import { joined } from './weight.ts';

/** `a ~ b`: the texts of the values joined; parts with origins keep them. */
export function compileConcat(
  compilation: Compilation,
  node: Concat,
  compile: (node: Expression) => Evaluate,
): Evaluate {
  const items = node.items.map(compile);
  if (compilation.autoescape && !compilation.volatile) {
    return environment => joinMarkup(items.map(item => item(environment)));
  }
  const origins = node.items.map(item => originOf(compilation.file, item));
  return environment => {
    const values = items.map(item => item(environment));
    if (!values.some(value => value instanceof Spanned)) return joinTexts(values);
    const { frame } = environment.engine;
    const pieces: Piece[] = [];
    let text = '';
    values.forEach((value, index) => {
      const part = toText(value);
      text += part;
      if (value instanceof Spanned) pieces.push(...value.pieces);
      else if (part !== '') pieces.push({ length: part.length, origin: origins[index], kind: 'computed', frame });
    });
    spendOnItems(pieces.length);
    joined(text.length, 0);
    return new Spanned(text, pieces);
  };
}

function joinTexts(values: readonly Value[]): string {
  let text = '';
  for (const value of values) {
    const part = toText(value);
    joined(text.length + part.length, Math.min(text.length, part.length));
    text += part;
  }
  return text;
}

/** From the first part on that is markup, the rest is escaped. */
function joinMarkup(values: readonly Value[]): Value {
  if (!values.some(value => value instanceof Markup)) return values.map(toText).join('');
  return new Markup(values.map(value => escapeValue(value).text).join(''));
}
