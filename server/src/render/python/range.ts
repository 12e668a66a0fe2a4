import { type HashKey, type Value } from '../value.ts';
import { bindOne, bindRange, indexArgument } from './arguments.ts';
import { sameItem } from './compare.ts';
import { raise } from './error.ts';
import type { CallArguments } from '../value.ts';
import { boundMethod, methodTable } from './methods/method-table.ts';
import { Sliceable, type SliceIndexes } from './slice.ts';
import { toText } from './text.ts';

/** The sandbox refuses longer ranges. */
const maxRange = 100_000;

/** A Python range. */
export class Range extends Sliceable {
  readonly typeName = 'range';
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  constructor(start: number, stop: number, step: number) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  override length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  override *iterate(): Generator<number, void> {
    const length = this.length();
    for (let index = 0; index < length; index++) yield this.start + index * this.step;
  }

  override item(key: Value): Value | undefined {
    const index = typeof key === 'boolean' ? Number(key) : key;
    if (typeof index !== 'number') return undefined;
    const at = index < 0 ? index + this.length() : index;
    return at >= 0 && at < this.length() ? this.start + at * this.step : undefined;
  }

  slice({ start, stop, step }: SliceIndexes): Range {
    return new Range(this.start + start * this.step, this.start + stop * this.step, step * this.step);
  }

  override attribute(name: string): Value | undefined {
    if (name === 'start') return this.start;
    if (name === 'stop') return this.stop;
    if (name === 'step') return this.step;
    return boundMethod(rangeMethods, this, name);
  }

  override equals(other: Value): boolean {
    if (!(other instanceof Range)) return false;
    const length = this.length();
    if (length !== other.length()) return false;
    return length === 0 || (this.start === other.start && (length === 1 || this.step === other.step));
  }

  override hashKey(): HashKey {
    const length = this.length();
    return `r${length},${length > 0 ? this.start : 0},${length > 1 ? this.step : 0}`;
  }

  repr(): string {
    const ends = `${this.start}, ${this.stop}`;
    return this.step === 1 ? `range(${ends})` : `range(${ends}, ${this.step})`;
  }
}

const rangeMethods = methodTable<Range>({
  index: (range, args) => {
    const value = bindOne('range.index', args);
    const index = [...range.iterate()].findIndex(it => sameItem(it, value));
    return index < 0 ? raise('ValueError', `${toText(value)} is not in range`) : index;
  },
  count: (range, args) => {
    const value = bindOne('range.count', args);
    return [...range.iterate()].filter(it => sameItem(it, value)).length;
  },
});

/** The global function `range`, with the sandbox's limit. */
export function makeRange(args: CallArguments): Range {
  const given = bindRange('range', args, 1, 3).map(indexArgument);
  const [first = 0, second, step = 1] = given;
  if (step === 0) raise('ValueError', 'range() arg 3 must not be zero');
  const range = second === undefined ? new Range(0, first, 1) : new Range(first, second, step);
  if (range.length() > maxRange) {
    raise('OverflowError', `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${maxRange}).`);
  }
  return range;
}
