import type { Value } from '../../value.ts';
import { bindArguments, parameters, type Catching, type Parameter, type ParameterSpec } from '../arguments.ts';
import type { Filter, FilterContext } from './filter.ts';

/** What a filter was called with: its first argument is the value it filters, the others as its parameters say. */
export interface FilterCall {
  readonly value: Value;
  readonly args: readonly Value[];
  readonly rest: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly context: FilterContext;
}

/** The function behind a filter: its name and parameters as Jinja's messages know them. */
export interface FilterSignature {
  readonly callee: string;
  readonly parameters: readonly Parameter[];
  readonly catching?: Catching;
  /** Jinja passes some of its filters the environment first, and counts it in its messages. */
  readonly passes?: 'context' | 'environment' | 'eval_ctx';
}

/** A signature: the name of the function, then its parameters, the filtered value first. */
export function signature(callee: string, ...specs: readonly ParameterSpec[]): FilterSignature {
  return { callee, parameters: parameters(...specs) };
}

/** The same signature, called with the environment, context or evaluation context before the value. */
export function passing(passes: 'context' | 'environment' | 'eval_ctx', of: FilterSignature): FilterSignature {
  return { ...of, passes, parameters: [{ name: passes }, ...of.parameters] };
}

/** The filter (or test) `name` with a signature and a body. */
export function define(name: string, of: FilterSignature, body: (call: FilterCall) => Value): Filter {
  const nLeading = of.passes === undefined ? 0 : 1;
  return {
    name,
    apply: (value, args, context) => {
      const leading = nLeading === 0 ? [value] : [null, value];
      const bound = bindArguments(
        of.callee,
        of.parameters,
        { positional: args.positional.length === 0 ? leading : [...leading, ...args.positional], named: args.named },
        of.catching,
      );
      return body({
        value,
        args: bound.values.slice(nLeading + 1),
        rest: bound.rest,
        named: bound.named,
        context,
      });
    },
  };
}
