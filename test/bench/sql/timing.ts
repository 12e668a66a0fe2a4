/** Times of many single calls after a warm-up, in milliseconds. */
export interface Timing {
  readonly name: string;
  /** What an idle machine comes near to. */
  readonly least: number;
  readonly median: number;
  readonly p99: number;
}

/** Times `runs` calls one by one, after a fifth as many that do not count. */
export function timed(name: string, runs: number, call: () => unknown): Timing {
  for (let i = 0; i < runs / 5; i++) call();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    call();
    times.push(performance.now() - start);
  }
  return summed(name, times);
}

/** Least, median and 99th percentile of times. */
export function summed(name: string, times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { name, least: at(0), median: at(0.5), p99: at(0.99) };
}

/** Prints a line for a timing. */
export function print({ name, least, median, p99 }: Timing, note = ''): void {
  const [a, b, c] = [least, median, p99].map(it => it.toFixed(3).padStart(9));
  console.log(`  ${name.padEnd(34)} least ${a} ms  median ${b} ms  p99 ${c} ms  ${note}`);
}
