import type { Call } from '../syntax/sql/expression-nodes.ts';
import type { FunctionInfo } from './functions.ts';

/** The last part of a call's name, lower case. */
export function callName(call: Call): string {
  const last = call.name.at(-1);
  return last?.kind === 'name' ? last.text.toLowerCase() : '';
}

/** Whether a call puts many rows into one value: an aggregate without a window. */
export const isAggregateCall = (call: Call, info: FunctionInfo | undefined): boolean =>
  call.over === undefined &&
  (info?.kind === 'aggregate' || call.filter !== undefined || call.withinGroup !== undefined || call.distinct);
