import { Callable, type Value } from './value.ts';
import { raise } from './python/error.ts';

/**
 * Ends the macro that dbt runs, with a value. It is thrown like an exception but is none: macros return thousands of
 * times while a project is read, and an `Error` would record the stack each time.
 */
export class MacroReturn {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** dbt's `return(value)`. */
export const returnFunction = new Callable(
  'return',
  ({ positional, named }) => {
    const value = positional.length > 0 ? positional[0] : named.get('data');
    if (value === undefined || positional.length + named.size !== 1) {
      return raise('TypeError', 'BaseContext._return() takes 1 positional argument');
    }
    throw new MacroReturn(value);
  },
  { keepsSpans: true },
);
