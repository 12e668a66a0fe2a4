/** A state that this code promised could not happen: our mistake, never the user's. */
export class Bug extends Error {
  override readonly name = 'Bug';
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(message: string, facts: Readonly<Record<string, unknown>>) {
    super(message);
    this.facts = facts;
  }
}

/** Throws a `Bug`; the dispatcher of the outermost layer reports it and answers with nothing. */
export function bug(message: string, facts: Readonly<Record<string, unknown>> = {}): never {
  throw new Bug(message, facts);
}

/** The default branch of an exhaustive switch: a new kind breaks the build before it gets here. */
export function unreachable(value: never): never {
  return bug('a kind that no switch knows', { value });
}
