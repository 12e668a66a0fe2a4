import { Callable, type CallArguments, type CallContext, type Value } from '../../value.ts';

/** A builtin method: what it does with the object it is bound to and the arguments of a call. */
export type Method<S> = (self: S, args: CallArguments, context: CallContext) => Value;

/** The builtin methods of a type, by name. A map, so that no name reaches a JavaScript prototype. */
export type MethodTable<S> = ReadonlyMap<string, Method<S>>;

/** A table from an object literal of methods. */
export function methodTable<S>(methods: Readonly<Record<string, Method<S>>>): MethodTable<S> {
  return new Map(Object.entries(methods));
}

const noAttributes: ReadonlyMap<string, Value> = new Map();
const builtin = { typeName: 'builtin_function_or_method', attributes: noAttributes };

/** The method of that name bound to `self`, or `undefined`. */
export function boundMethod<S>(table: MethodTable<S>, self: S, name: string): Callable | undefined {
  const method = table.get(name);
  if (method === undefined) return undefined;
  return new Callable(name, (args, context) => method(self, args, context), builtin);
}

/** A builtin function that is no method. */
export function builtinFunction(name: string, invoke: (args: CallArguments, context: CallContext) => Value): Callable {
  return new Callable(name, invoke, builtin);
}
