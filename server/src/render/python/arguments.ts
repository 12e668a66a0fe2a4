import { HostObject, Undefined, type CallArguments, type Value } from '../value.ts';
import { raise } from './error.ts';
import { typeName } from './type-name.ts';

/** A parameter of a function: one without a default is required. */
export interface Parameter {
  readonly name: string;
  readonly default?: Value;
}

/** What a parameter list says beyond its parameters. */
export interface Catching {
  /** `*args`: further positional arguments are allowed. */
  readonly rest?: boolean;
  /** `**kwargs`: further named arguments are allowed. */
  readonly named?: boolean;
}

/** The arguments of a call by parameter, and what `*args` and `**kwargs` caught. */
export interface BoundArguments {
  readonly values: readonly Value[];
  readonly rest: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** No arguments at all. */
export const noArguments: CallArguments = { positional: [], named: new Map() };

/** The arguments of a call that passes only positional ones. */
export const positionalArguments = (...positional: Value[]): CallArguments => ({
  positional,
  named: noArguments.named,
});

/** A parameter written short: its name, or its name and default. */
export type ParameterSpec = string | readonly [string, Value];

/** A parameter list from names, and from pairs of a name and its default. */
export function parameters(...specs: readonly ParameterSpec[]): readonly Parameter[] {
  return specs.map(spec => (typeof spec === 'string' ? { name: spec } : { name: spec[0], default: spec[1] }));
}

/** Binds a call to the parameters of a function written in Python, with Python's messages when they do not fit. */
export function bindArguments(
  callee: string,
  list: readonly Parameter[],
  args: CallArguments,
  catching: Catching = {},
): BoundArguments {
  const values: (Value | undefined)[] = list.map((_, index) => args.positional[index]);
  const extra = bindNamed(callee, list, args, values, catching);
  if (args.positional.length > list.length && catching.rest !== true) failSurplus(callee, list, args.positional.length);
  const missing = list.filter((it, index) => values[index] === undefined && it.default === undefined);
  if (missing.length > 0) failMissing(callee, missing);
  return {
    // None is a value like any other, so only what was not given takes the default.
    values: values.map((value, index) => (value === undefined ? (list[index]?.default ?? null) : value)),
    rest: args.positional.slice(list.length),
    named: extra,
  };
}

function bindNamed(
  callee: string,
  list: readonly Parameter[],
  args: CallArguments,
  values: (Value | undefined)[],
  catching: Catching,
): ReadonlyMap<string, Value> {
  if (args.named.size === 0) return args.named;
  const extra = new Map<string, Value>();
  for (const [name, value] of args.named) {
    const index = list.findIndex(it => it.name === name);
    if (index >= 0) {
      if (values[index] !== undefined) raise('TypeError', `${callee}() got multiple values for argument '${name}'`);
      values[index] = value;
    } else if (catching.named === true) extra.set(name, value);
    else raise('TypeError', `${callee}() got an unexpected keyword argument '${name}'`);
  }
  return extra;
}

function failSurplus(callee: string, list: readonly Parameter[], given: number): never {
  const nRequired = list.filter(it => it.default === undefined).length;
  const takes = nRequired === list.length ? String(list.length) : `from ${nRequired} to ${list.length}`;
  const plural = list.length === 1 ? '' : 's';
  return raise(
    'TypeError',
    `${callee}() takes ${takes} positional argument${plural} but ${given} ${given === 1 ? 'was' : 'were'} given`,
  );
}

function failMissing(callee: string, missing: readonly Parameter[]): never {
  const names = missing.map(it => `'${it.name}'`);
  const last = names.pop() ?? '';
  const joined =
    names.length === 0 ? last : names.length === 1 ? `${names[0]} and ${last}` : `${names.join(', ')}, and ${last}`;
  const plural = missing.length === 1 ? '' : 's';
  return raise('TypeError', `${callee}() missing ${missing.length} required positional argument${plural}: ${joined}`);
}

/** Refuses named arguments to a builtin that takes none. */
export function refuseNamed(callee: string, args: CallArguments): void {
  if (args.named.size > 0) raise('TypeError', `${callee}() takes no keyword arguments`);
}

/** A builtin method without parameters: `callee` is its qualified name, `str.upper`. */
export function bindNone(callee: string, args: CallArguments): void {
  refuseNamed(callee, args);
  const given = args.positional.length;
  if (given > 0) raise('TypeError', `${callee}() takes no arguments (${given} given)`);
}

/** The argument of a builtin method with exactly one parameter. */
export function bindOne(callee: string, args: CallArguments): Value {
  refuseNamed(callee, args);
  const [value] = args.positional;
  const given = args.positional.length;
  if (value === undefined || given !== 1) {
    return raise('TypeError', `${callee}() takes exactly one argument (${given} given)`);
  }
  return value;
}

/** The arguments of a builtin that takes from `least` to `most` positional ones. */
export function bindRange(callee: string, args: CallArguments, least: number, most: number): readonly Value[] {
  refuseNamed(callee, args);
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  const given = args.positional.length;
  if (given < least) failCount(name, least === most ? '' : 'at least ', least, given);
  if (given > most) failCount(name, least === most ? '' : 'at most ', most, given);
  return args.positional;
}

function failCount(name: string, bound: string, n: number, given: number): never {
  return raise('TypeError', `${name} expected ${bound}${n} argument${n === 1 ? '' : 's'}, got ${given}`);
}

/** Binds a call to a builtin written in C that takes named arguments; the first `required` have no default. */
export function bindBuiltin(callee: string, list: readonly Parameter[], args: CallArguments): readonly Value[] {
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  const given = args.positional.length + args.named.size;
  if (given > list.length) {
    const plural = list.length === 1 ? '' : 's';
    raise('TypeError', `${name}() takes at most ${list.length} argument${plural} (${given} given)`);
  }
  const values: (Value | undefined)[] = list.map((_, index) => args.positional[index]);
  for (const [key, value] of args.named) {
    const index = list.findIndex(it => it.name === key);
    if (index < 0) raise('TypeError', `'${key}' is an invalid keyword argument for ${name}()`);
    if (values[index] !== undefined) {
      raise('TypeError', `argument for ${name}() given by name ('${key}') and position (${index + 1})`);
    }
    values[index] = value;
  }
  return list.map((it, index) => {
    const given = values[index];
    const value = given === undefined ? it.default : given;
    if (value !== undefined) return value;
    // A constructor in C does not know its own name.
    const shown = callee === 'function' ? callee : `${name}()`;
    return raise('TypeError', `${shown} missing required argument '${it.name}' (pos ${index + 1})`);
  });
}

/** The int an argument must be, as `operator.index` wants it. */
export function indexArgument(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return raise('OverflowError', 'Python int too large to convert to C ssize_t');
  const index = value instanceof HostObject ? value.index() : undefined;
  if (index !== undefined) return index;
  const shown = value instanceof Undefined ? 'Undefined' : typeName(value);
  return raise('TypeError', `'${shown}' object cannot be interpreted as an integer`);
}
