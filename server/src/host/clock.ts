/** Time, as an input: runs and tests decide which clock they read. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  elapsed(): number;
  /** The time of day, as ISO 8601 in UTC with microseconds: `2024-05-01T10:00:00.000000Z`. */
  now(): string;
}

export const systemClock: Clock = {
  elapsed: () => performance.now(),
  now: () => new Date().toISOString().replace('Z', '000Z'),
};
