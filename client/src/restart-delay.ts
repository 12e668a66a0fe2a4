/**
 * Milliseconds to wait before a server that ended is started again: short after the first crash, twice as long after
 * each further one within five minutes, half a minute at most. `starts` are the times of its starts so far.
 */
export function restartDelay(starts: readonly number[], now: number): number {
  const nRecent = starts.filter(time => now - time < FIVE_MINUTES).length;
  return Math.min(SHORTEST * 2 ** Math.max(nRecent - 1, 0), LONGEST);
}

const FIVE_MINUTES = 5 * 60_000;
const SHORTEST = 500;
const LONGEST = 30_000;
