import type { CallSite, Frame, Origin, SegmentKind } from './rendered.ts';

/**
 * The values a template can hold: Python's, as far as Jinja lets a template see them.
 *
 * - `None` is `null`, `bool` is `boolean`, `str` is `string` (or `Spanned`, below).
 * - `int` is a JavaScript `number` that is a safe integer, or a `bigint` beyond that; never a `number` with a fraction.
 * - `float` is a `Float`, so that `1.0` prints as Python prints it.
 * - everything else is a class below, or a `HostObject` for what dbt puts into the context.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Spanned
  | Float
  | List
  | Tuple
  | Dict
  | PySet
  | Markup
  | Marked
  | Undefined
  | Callable
  | HostObject;

/** A Python float. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A Python list: mutable, compared by content. */
export class List {
  readonly items: Value[];
  constructor(items: Value[]) {
    this.items = items;
  }
}

/** A Python tuple: immutable, hashable if its items are. */
export class Tuple {
  readonly items: readonly Value[];
  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

/** One entry of a `Dict`; the key keeps the spelling it was first inserted with (`1` and `True` are one key). */
export interface DictEntry {
  readonly key: Value;
  value: Value;
}

/** A key of `Dict` and `PySet` entries: equal for exactly the values that Python holds equal and hashes alike. */
export type HashKey = string | number | bigint | null;

/** A Python dict in insertion order. `python/hash.ts` makes its keys. */
export class Dict {
  readonly entries: Map<HashKey, DictEntry>;
  constructor(entries: Map<HashKey, DictEntry> = new Map()) {
    this.entries = entries;
  }

  /** A dict with string keys, in the order given. */
  static fromStrings(entries: Iterable<readonly [string, Value]>): Dict {
    const dict = new Dict();
    for (const [key, value] of entries) dict.entries.set(stringKey(key), { key, value });
    return dict;
  }

  /** The value under a string key. */
  getString(key: string): Value | undefined {
    return this.entries.get(stringKey(key))?.value;
  }

  /** Sets the value under a string key, keeping its place if it is there already. */
  setString(key: string, value: Value): void {
    const hash = stringKey(key);
    const entry = this.entries.get(hash);
    if (entry === undefined) this.entries.set(hash, { key, value });
    else entry.value = value;
  }
}

/** The hash key of a string: prefixed, so that it never meets the key of a number or a tuple. */
export const stringKey = (text: string): HashKey => `s${text}`;

/** A Python set; the template can observe no order, so insertion order is as good as any. */
export class PySet {
  readonly entries: Map<HashKey, Value>;
  constructor(entries: Map<HashKey, Value> = new Map()) {
    this.entries = entries;
  }
}

/** markupsafe's `Markup`: a str that escaping leaves alone. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What the native renderer does with a `Marked` text: dbt's filters `as_text`, `as_native`, `as_bool`, `as_number`. */
export type Mark = 'text' | 'native' | 'bool' | 'number';

/** A str that dbt's `as_…` filters marked for the native renderer. To everything else it is its text. */
export class Marked {
  readonly text: string;
  readonly mark: Mark;
  constructor(text: string, mark: Mark) {
    this.text = text;
    this.mark = mark;
  }
}

/**
 * A str that still knows where its characters came from: captured template output, a macro's result, `caller()`.
 * It is a `str` to the template. The evaluator hands plain strings to every function that did not ask for spans.
 */
export class Spanned {
  readonly text: string;
  readonly pieces: readonly Piece[];
  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.pieces = pieces;
  }
}

/** A segment without its place in the output yet: `length` characters of one origin. */
export interface Piece {
  readonly length: number;
  readonly origin: Origin | undefined;
  readonly kind: SegmentKind;
  readonly frame: Frame | undefined;
}

/** How an undefined value behaves: Jinja's default, dbt's native marker, or dbt's parse-time one that swallows everything. */
export type UndefinedFlavour = 'default' | 'capturing' | 'native';

/** A name, attribute or item that is not there. It prints `''`; most uses of it raise `UndefinedError` with `message`. */
export class Undefined {
  readonly name: string | undefined;
  readonly message: string;
  readonly flavour: UndefinedFlavour;
  /** The exception class that a use raises: `UndefinedError`, or `SecurityError` for unsafe attributes. */
  readonly errorClass: 'UndefinedError' | 'SecurityError';
  constructor(
    message: string,
    name: string | undefined,
    flavour: UndefinedFlavour = 'default',
    errorClass: 'UndefinedError' | 'SecurityError' = 'UndefinedError',
  ) {
    this.name = name;
    this.message = message;
    this.flavour = flavour;
    this.errorClass = errorClass;
  }
}

/** The arguments of one call, as Python would bind them: `f(*positional, **named)`. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** What a function may ask about the call that reached it. The evaluator makes it; the value library only passes it on. */
export interface CallContext {
  /** Calls any callable value, as the template itself would. */
  readonly call: (callee: Value, args: CallArguments) => Value;
  /** Where in its file the call expression stands, and in which chain of macros. */
  readonly site: CallSite;
  /** The variables the template sees at the call, by name; `undefined` for a name that is not there. */
  readonly lookup: (name: string) => Value | undefined;
}

/** Something a template can call: a macro, a bound method, a function of the context. */
export class Callable {
  readonly name: string;
  /** Python's name of the type, for messages and `repr`: `function`, `Macro`, `builtin_function_or_method` … */
  readonly typeName: string;
  readonly invoke: (args: CallArguments, context: CallContext) => Value;
  /** Attributes a template may read (`macro.name`, `caller.arguments` …). */
  readonly attributes: ReadonlyMap<string, Value>;
  /** Whether `invoke` takes `Spanned` arguments as they are, to keep their provenance. */
  readonly keepsSpans: boolean;
  constructor(
    name: string,
    invoke: (args: CallArguments, context: CallContext) => Value,
    options: {
      readonly typeName?: string;
      readonly attributes?: ReadonlyMap<string, Value>;
      readonly keepsSpans?: boolean;
    } = {},
  ) {
    this.name = name;
    this.invoke = invoke;
    this.typeName = options.typeName ?? 'function';
    this.attributes = options.attributes ?? new Map();
    this.keepsSpans = options.keepsSpans ?? false;
  }
}

/**
 * An object of the host with a Python face: a relation, the adapter, a datetime, a module, `loop`, a namespace.
 * A template reaches only what these methods answer, never a JavaScript property or prototype.
 */
export abstract class HostObject {
  /** Python's name of the type, for messages: `Relation`, `datetime`, `module` … */
  abstract readonly typeName: string;

  /** The name of the type with its module, as Jinja's messages show it. */
  qualifiedTypeName(): string {
    return this.typeName;
  }

  /** `x.name`, and after that fails `x['name']`; `undefined` when there is no such attribute. */
  attribute(_name: string): Value | undefined {
    return undefined;
  }

  /** `x[key]`; `undefined` when there is no such item. */
  item(_key: Value): Value | undefined {
    return undefined;
  }

  /** Sets an attribute (`{% set ns.x = … %}`); `false` when the object has none that can be set. */
  setAttribute(_name: string, _value: Value): boolean {
    return false;
  }

  /** The values of a `for` over the object; `undefined` when it cannot be iterated. */
  iterate(): Iterable<Value> | undefined {
    return undefined;
  }

  /** `len(x)`; `undefined` when it has none. */
  length(): number | undefined {
    return undefined;
  }

  /** `x(...)`; `undefined` when it cannot be called. */
  callable(): Callable | undefined {
    return undefined;
  }

  /** `bool(x)`, without which Python falls back to `len`, then to true. */
  truthy(): boolean {
    const length = this.length();
    return length === undefined || length > 0;
  }

  /** `x == other`; identity unless the type says otherwise. */
  equals(other: Value): boolean {
    return this === other;
  }

  /** `operator.index(x)`; `undefined` when it is no int. */
  index(): number | undefined {
    return undefined;
  }

  /** Negative, zero or positive as `x` sorts before, with or after `other`; `undefined` when they cannot be ordered. */
  compare(_other: Value): number | undefined {
    return undefined;
  }

  /** Python's hash, as a key; `undefined` for an unhashable type. */
  hashKey(): HashKey | undefined {
    return undefined;
  }

  /** `x <operator> other` (or `other <operator> x` when `reflected`); `undefined` is Python's NotImplemented. */
  arithmetic(_operator: string, _other: Value, _options: { readonly reflected: boolean }): Value | undefined {
    return undefined;
  }

  /** `item in x`; `undefined` falls back to iteration. */
  has(_item: Value): boolean | undefined {
    return undefined;
  }

  /** `str(x)`: what `{{ x }}` prints. */
  toText(): string {
    return this.repr();
  }

  /** `repr(x)`: how it prints inside a list. */
  abstract repr(): string;

  /** `format(x, spec)`; `undefined` when the type knows only the empty spec. */
  format(_spec: string): string | undefined {
    return undefined;
  }

  /** What `tojson` writes; `undefined` when Python's json refuses the type. */
  toJson(): Value | undefined {
    return undefined;
  }
}
