import { callableOf } from './python/call.ts';
import { PythonError, raise } from './python/error.ts';
import { iterable } from './python/iterate.ts';
import { itemOf } from './python/attributes.ts';
import { strOf } from './python/strings.ts';
import { typeName } from './python/type-name.ts';
import { undefinedHint } from './python/undefined.ts';
import type { Environment, Site } from './engine.ts';
import type { CallSite } from './rendered.ts';
import { Callable, Dict, HostObject, Spanned } from './value.ts';
import type { CallArguments, CallContext, Value } from './value.ts';
import { weigh } from './weight.ts';

/** What a called function may ask about its call. The evaluator's own functions find the running template in it. */
export class EvaluatorCall implements CallContext {
  readonly environment: Environment;
  readonly place: Site;
  private readonly frame: CallSite['frame'];

  constructor(environment: Environment, place: Site) {
    this.environment = environment;
    this.place = place;
    this.frame = environment.engine.frame;
  }

  get site(): CallSite {
    return { file: this.place.file, range: this.place.range, frame: this.frame };
  }

  readonly call = (callee: Value, args: CallArguments): Value => {
    const callable = callableOf(callee);
    return callable.invoke(callable.keepsSpans ? args : plainArguments(args), this);
  };

  readonly lookup = (name: string): Value | undefined => this.environment.context.resolve(name);
}

/** Calls a value as a template does: `callee(…)`. */
export function invoke(environment: Environment, callee: Value, args: CallArguments, site: Site): Value {
  const { engine } = environment;
  engine.site = site;
  engine.spend(3);
  for (const value of args.positional) weigh(value);
  const callable = callee instanceof Callable ? callee : callableOf(callee);
  const passed = callable.keepsSpans ? args : plainArguments(args);
  try {
    return callable.invoke(passed, new EvaluatorCall(environment, site));
  } catch (error) {
    if (error instanceof PythonError && error.errorClass === 'StopIteration') return stopped();
    throw error;
  }
}

function stopped(): Value {
  const message = 'value was undefined because a callable raised a StopIteration exception';
  return undefinedHint(message, 'default');
}

export const NO_NAMED: ReadonlyMap<string, Value> = new Map();

/** The value without its origins. */
export const plain = (value: Value): Value => (value instanceof Spanned ? value.text : value);

/** The arguments without the origins of their texts. */
export function plainArguments(args: CallArguments): CallArguments {
  if (!hasSpans(args)) return args;
  const named = new Map([...args.named].map(([name, value]) => [name, plain(value)]));
  return { positional: args.positional.map(plain), named };
}

function hasSpans({ positional, named }: CallArguments): boolean {
  for (const value of positional) if (value instanceof Spanned) return true;
  if (named.size === 0) return false;
  for (const value of named.values()) if (value instanceof Spanned) return true;
  return false;
}

/** `f(*value)`: appends the items of `value`. */
export function spreadPositional(positional: Value[], value: Value, callee: () => string): void {
  const items = iterable(value);
  if (items === undefined) {
    raise('TypeError', `${callee()} argument after * must be an iterable, not ${typeName(value)}`);
  }
  for (const item of items) positional.push(item);
}

/** `f(**value)`: adds the entries of `value` to the named arguments. */
export function spreadNamed(named: Map<string, Value>, value: Value, callee: () => string): void {
  for (const [key, entry] of mappingEntries(value, callee)) {
    const name = strOf(key) ?? raise('TypeError', 'keywords must be strings');
    if (named.has(name)) raise('TypeError', `${callee()} got multiple values for keyword argument '${name}'`);
    named.set(name, entry);
  }
}

function mappingEntries(value: Value, callee: () => string): Iterable<readonly [Value, Value]> {
  if (value instanceof Dict) return [...value.entries.values()].map(({ key, value: entry }) => [key, entry] as const);
  // A mapping of the host: it names its keys and has an item for each.
  const keys = value instanceof HostObject && value.attribute('keys') !== undefined ? value.iterate() : undefined;
  if (keys === undefined) {
    return raise('TypeError', `${callee()} argument after ** must be a mapping, not ${typeName(value)}`);
  }
  return [...keys].map(key => [key, itemOf(value, key) ?? raise('KeyError', String(strOf(key) ?? ''))] as const);
}
