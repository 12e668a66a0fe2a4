import { HostObject, type HashKey, type Value } from '../../../value.ts';

/** The flags of Python's `re`, by name and short name. */
export const flagBits: Readonly<Record<string, number>> = {
  TEMPLATE: 1,
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  DEBUG: 128,
  ASCII: 256,
};

/** The letter of each flag that a pattern may set inline. */
export const inlineFlags: ReadonlyMap<string, number> = new Map([
  ['i', 2],
  ['L', 4],
  ['m', 8],
  ['s', 16],
  ['u', 32],
  ['x', 64],
  ['a', 256],
]);

/** `re.IGNORECASE` and its like: an int with a name. */
export class RegexFlag extends HostObject {
  readonly typeName = 'RegexFlag';
  readonly bits: number;
  constructor(bits: number) {
    super();
    this.bits = bits;
  }

  override attribute(name: string): Value | undefined {
    if (name === 'value') return this.bits;
    return name === 'name' ? flagNames(this.bits).join('|') : undefined;
  }

  override truthy(): boolean {
    return this.bits !== 0;
  }

  override equals(other: Value): boolean {
    return flagsOf(other) === this.bits;
  }

  override index(): number {
    return this.bits;
  }

  override hashKey(): HashKey {
    return this.bits;
  }

  override arithmetic(operator: string, other: Value): Value | undefined {
    const bits = flagsOf(other);
    return operator === '+' && bits !== undefined ? this.bits + bits : undefined;
  }

  repr(): string {
    return this.bits === 0
      ? 're.NOFLAG'
      : flagNames(this.bits)
          .map(it => `re.${it}`)
          .join('|');
  }
}

/** The names of the flags that are set. */
export const flagNames = (bits: number): readonly string[] =>
  Object.entries(flagBits).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name]));

/** The bits of a flags argument, or `undefined` when it is none. */
export function flagsOf(value: Value): number | undefined {
  if (value instanceof RegexFlag) return value.bits;
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : undefined;
}
