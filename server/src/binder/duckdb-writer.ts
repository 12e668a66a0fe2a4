import type { Argument } from '../syntax/sql/expression-nodes.ts';
import type { Query } from '../syntax/sql/nodes.ts';
import type { Place } from './context.ts';

/** Writes parts of a query as DuckDB would; each answer is `undefined` when it is not known how. */
export interface Writer {
  readonly place: Place;
  /** The same at another place. */
  readonly at: (place: Place) => Writer;
  readonly value: (node: Argument) => string | undefined;
  readonly query: (node: Query) => string | undefined;
  /** Values with commas between them. */
  readonly list: (nodes: readonly Argument[]) => string | undefined;
}

/** A text with holes; nothing when one of them cannot be filled. */
export function filled(parts: TemplateStringsArray, ...holes: readonly (string | undefined)[]): string | undefined {
  if (holes.includes(undefined)) return undefined;
  return parts.map((part, at) => part + (holes[at] ?? '')).join('');
}

/** Texts in a row; nothing when one of them is not known. */
export function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(separator);
}
