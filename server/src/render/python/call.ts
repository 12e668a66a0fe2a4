import { Callable, HostObject, Undefined, type Value } from '../value.ts';
import { failUndefined, raise } from './error.ts';
import { typeName } from './type-name.ts';

/** What `value(...)` calls; raises for a value that cannot be called. dbt's parse-time undefined answers with itself. */
export function callableOf(value: Value): Callable {
  if (value instanceof Callable) return value;
  if (value instanceof Undefined) {
    return value.flavour === 'capturing' ? new Callable(value.name ?? '', () => value) : failUndefined(value);
  }
  const callable = value instanceof HostObject ? value.callable() : undefined;
  return callable ?? raise('TypeError', `'${typeName(value)}' object is not callable`);
}
