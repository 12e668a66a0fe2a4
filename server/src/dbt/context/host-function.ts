import {
  bindArguments,
  type BoundArguments,
  type Catching,
  type Parameter,
  type ParameterSpec,
  parameters,
} from '../../render/python/arguments.ts';
import { strOf } from '../../render/python/strings.ts';
import { typeName } from '../../render/python/type-name.ts';
import { truthy } from '../../render/python/truth.ts';
import { Callable, HostObject, Undefined, type CallContext, type Value } from '../../render/value.ts';
import { DbtError } from './dbt-error.ts';

/** What a host function is given: its arguments by position in the parameter list, and the call they came with. */
export interface HostCall {
  readonly values: readonly Value[];
  /** The argument at a place of the parameter list. */
  readonly at: (index: number) => Value;
  readonly rest: BoundArguments['rest'];
  readonly named: BoundArguments['named'];
  readonly context: CallContext;
}

/** A function of the context, with Python's rules and messages for its arguments. */
export function hostFunction(
  name: string,
  specs: readonly ParameterSpec[],
  body: (call: HostCall) => Value,
  catching: Catching = {},
): Callable {
  const list: readonly Parameter[] = parameters(...specs);
  return new Callable(name, (args, context) => {
    const { values, rest, named } = bindArguments(name, list, args, catching);
    return body({ values, at: index => values[index] ?? null, rest, named, context });
  });
}

/** A method: a host function that answers nothing. */
export function hostAction(
  name: string,
  specs: readonly ParameterSpec[],
  body: (call: HostCall) => void,
  catching: Catching = {},
): Callable {
  return hostFunction(
    name,
    specs,
    call => {
      body(call);
      return '';
    },
    catching,
  );
}

/** The text of a string argument; anything else is a compilation error that names the function. */
export function textOf(value: Value, what: string): string {
  const text = strOf(value);
  if (text !== undefined) return text;
  throw new DbtError('CompilationError', `${what} must be a string, got <class '${typeName(value)}'>`, 'argument-type');
}

/** The text of an optional string argument. */
export function optionalText(value: Value, what: string): string | undefined {
  return value === null || value instanceof Undefined ? undefined : textOf(value, what);
}

/** Whether a value holds as a condition. */
export const isTrue = (value: Value): boolean => truthy(value);

/** A value, or a function that makes it when it is first asked for. */
export type Member = Value | (() => Value);

/** A host object that is no more than its members: a module, a namespace, a bag of constants. */
export class HostRecord extends HostObject {
  readonly typeName: string;
  readonly #members: ReadonlyMap<string, Member>;
  constructor(typeName: string, members: Readonly<Record<string, Member>> | ReadonlyMap<string, Member>) {
    super();
    this.typeName = typeName;
    this.#members = members instanceof Map ? members : new Map(Object.entries(members));
  }

  override attribute(name: string): Value | undefined {
    const member = this.#members.get(name);
    return typeof member === 'function' ? member() : member;
  }

  override item(key: Value): Value | undefined {
    const name = strOf(key);
    return name === undefined ? undefined : this.attribute(name);
  }

  override has(item: Value): boolean {
    const name = strOf(item);
    return name !== undefined && this.#members.has(name);
  }

  override iterate(): Iterable<Value> {
    return this.#members.keys();
  }

  override truthy(): boolean {
    return true;
  }

  repr(): string {
    return `<${this.typeName}>`;
  }
}
