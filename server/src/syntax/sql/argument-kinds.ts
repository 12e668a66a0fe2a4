import type { Argument, Expression } from './expression-nodes.ts';

const NO_VALUES: ReadonlySet<Argument['kind']> = new Set<Argument['kind']>([
  'named-argument',
  'aliased-argument',
  'typed-argument',
  'query',
  'table-name',
  'pair',
]);

/** Whether an argument is a plain expression. */
export const isValue = (argument: Argument): argument is Expression => !NO_VALUES.has(argument.kind);
