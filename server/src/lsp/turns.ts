/** Does pieces of work one after another, in the order in which they are given. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Work that fails is a failure for whoever gave it; what comes after it has its turn all the same. */
export function inTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
