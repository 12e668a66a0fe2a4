import { Tuple, type Value } from '../value.ts';

/** A tuple whose items also have names: a group of `groupby`, the date of `isocalendar()`. */
export class NamedTuple extends Tuple {
  readonly names: readonly string[];
  /** Python's name of the type, when its repr shows the names; a group prints as a plain tuple. */
  readonly shownAs: string | undefined;
  constructor(names: readonly string[], items: readonly Value[], shownAs?: string) {
    super(items);
    this.names = names;
    this.shownAs = shownAs;
  }

  /** The item of that name. */
  named(name: string): Value | undefined {
    const index = this.names.indexOf(name);
    return index < 0 ? undefined : this.items[index];
  }
}
