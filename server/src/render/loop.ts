import { raise } from './python/error.ts';
import { equal } from './python/compare.ts';
import { iterate, knownLength } from './python/iterate.ts';
import { identityKey } from './python/hash.ts';
import { undefinedHint } from './python/undefined.ts';
import { Callable, HostObject, List, Tuple } from './value.ts';
import type { CallArguments, HashKey, UndefinedFlavour, Value } from './value.ts';

/** The values a loop goes through, drawn one at a time; `undefined` is the end. */
export interface Drawn {
  readonly next: () => Value | undefined;
}

/** Draws the values of `for x in value`. A list that grows on the way gives its new items too, as in Python. */
export function draw(value: Value): Drawn {
  if (!(value instanceof List || value instanceof Tuple)) return drawFrom(iterate(value));
  const { items } = value;
  let at = 0;
  return { next: () => items[at++] };
}

/** Draws from any iterable. */
export function drawFrom(values: Iterable<Value>): Drawn {
  const iterator = values[Symbol.iterator]();
  return {
    next: () => {
      const step = iterator.next();
      return step.done === true ? undefined : step.value;
    },
  };
}

/** The `loop` of a `for`: where the loop stands. */
export class LoopContext extends HostObject {
  readonly typeName = 'LoopContext';
  private index0 = -1;
  private readonly iterable: Value | undefined;
  private source: Drawn;
  private readonly flavour: UndefinedFlavour;
  private readonly recurse: ((value: Value, depth: number) => Value) | undefined;
  private readonly depth0: number;
  private size: number | undefined = undefined;
  private peeked: { readonly value: Value | undefined } | undefined = undefined;
  private current: Value | undefined = undefined;
  private before: Value | undefined = undefined;
  private lastChanged: Value | undefined = undefined;

  constructor(
    /** What is looped over; `undefined` when it is filtered on the way and so has no length. */
    iterable: Value | undefined,
    source: Drawn,
    flavour: UndefinedFlavour,
    recursion: { readonly depth: number; readonly recurse: (value: Value, depth: number) => Value } | undefined,
  ) {
    super();
    this.iterable = iterable;
    this.source = source;
    this.flavour = flavour;
    this.recurse = recursion?.recurse;
    this.depth0 = recursion?.depth ?? 0;
  }

  /** Goes to the next value; `undefined` at the end. */
  next(): Value | undefined {
    const value = this.peeked === undefined ? this.source.next() : this.peeked.value;
    this.peeked = undefined;
    if (value === undefined) return undefined;
    this.index0++;
    this.before = this.current;
    this.current = value;
    return value;
  }

  private peek(): Value | undefined {
    this.peeked ??= { value: this.source.next() };
    return this.peeked.value;
  }

  override length(): number {
    if (this.size !== undefined) return this.size;
    const known = this.iterable === undefined ? undefined : knownLength(this.iterable);
    this.size = known ?? this.drain();
    return this.size;
  }

  /** Counts what is left by drawing it all. */
  private drain(): number {
    const rest: Value[] = [];
    for (let value = this.source.next(); value !== undefined; value = this.source.next()) rest.push(value);
    this.source = drawFrom(rest);
    const isPeeked = this.peeked?.value !== undefined;
    return rest.length + this.index0 + 1 + (isPeeked ? 1 : 0);
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return this.index0 + 1;
      case 'index0':
        return this.index0;
      case 'length':
        return this.length();
      case 'revindex':
        return this.length() - this.index0;
      case 'revindex0':
        return this.length() - this.index0 - 1;
      case 'first':
        return this.index0 === 0;
      case 'last':
        return this.peek() === undefined;
      case 'depth':
        return this.depth0 + 1;
      case 'depth0':
        return this.depth0;
      case 'previtem':
        return this.index0 === 0 ? undefinedHint('there is no previous item', this.flavour) : (this.before ?? null);
      case 'nextitem': {
        const next = this.peek();
        return next === undefined ? undefinedHint('there is no next item', this.flavour) : next;
      }
      case 'cycle':
        return new Callable('cycle', args => this.cycle(args), { typeName: 'method' });
      case 'changed':
        return new Callable('changed', args => this.changed(args), { typeName: 'method' });
      default:
        return undefined;
    }
  }

  private cycle({ positional }: CallArguments): Value {
    if (positional.length === 0) raise('TypeError', 'no items for cycling given');
    const size = positional.length;
    return positional[((this.index0 % size) + size) % size] ?? null;
  }

  private changed({ positional }: CallArguments): Value {
    const value = new Tuple(positional);
    if (this.lastChanged !== undefined && equal(this.lastChanged, value)) return false;
    this.lastChanged = value;
    return true;
  }

  override callable(): Callable {
    return new Callable('loop', ({ positional, named }) => this.call(positional, named), { typeName: 'LoopContext' });
  }

  private call(positional: readonly Value[], named: ReadonlyMap<string, Value>): Value {
    const iterable = positional.length > 0 ? positional[0] : named.get('iterable');
    const count = positional.length + named.size;
    if (iterable === undefined) {
      raise('TypeError', "LoopContext.__call__() missing 1 required positional argument: 'iterable'");
    }
    if (count > 1) {
      raise('TypeError', `LoopContext.__call__() takes 2 positional arguments but ${count + 1} were given`);
    }
    if (this.recurse === undefined) {
      raise('TypeError', "The loop must have the 'recursive' marker to be called recursively.");
    }
    return this.recurse(iterable, this.depth0 + 1);
  }

  /** A loop over the loop goes on where it stands, and gives each value with the loop itself. */
  override *iterate(): Generator<Value, void> {
    for (let value = this.next(); value !== undefined; value = this.next()) yield new Tuple([value, this]);
  }

  override qualifiedTypeName(): string {
    return 'jinja2.runtime.LoopContext';
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    return `<LoopContext ${this.index0 + 1}/${this.length()}>`;
  }
}
