/** Thrown when the fuel is gone. No `catch` of a template feature may stop it. */
export class FuelError extends Error {}

/** What counts the work of a rendering. A unit is about as much as calling a function. */
export interface Meter {
  /** Counts work done or about to be done; throws a `FuelError` when it was too much. */
  spend(units: number): void;
  /** How many characters one text may have. */
  readonly largestText: number;
  /** How many items one list may have. */
  readonly mostItems: number;
}

/**
 * The meter of the rendering at hand. Rendering is synchronous, so there is one at a time, and everything that Python's
 * values do belongs to it, however deep inside a filter it happens.
 */
let current: Meter | undefined;

/** Does something at the cost of a meter. */
export function metered<T>(meter: Meter, work: () => T): T {
  const before = current;
  current = meter;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** The meter that is counting, when there is one. */
export const currentMeter = (): Meter | undefined => current;

/** Counts units of work. */
export function spend(units: number): void {
  current?.spend(units);
}

/** Counts the work of going through a text of that length. */
export function spendOnText(length: number): void {
  if (length >= 16) current?.spend(length >> 4);
}

/** Counts the work of going through that many items without looking at them. */
export function spendOnItems(count: number): void {
  if (count >= 8) current?.spend(count >> 3);
}

/** Refuses a text that would be longer than any template needs, before it is made. */
export function makeText(length: number): void {
  if (length > (current?.largestText ?? LARGEST_TEXT)) {
    throw new FuelError(`rendering was stopped at a text of ${length} characters`);
  }
  if (length >= 64) current?.spend(length >> 6);
}

/** Refuses a list that would be longer than any template needs, before it is made. */
export function makeItems(count: number): void {
  if (count > (current?.mostItems ?? MOST_ITEMS)) {
    throw new FuelError(`rendering was stopped at a list of ${count} items`);
  }
  spendOnItems(count);
}

/** What memory bears, where nothing else is said. */
export const LARGEST_TEXT = 50_000_000;
export const MOST_ITEMS = 10_000_000;
