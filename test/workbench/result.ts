/**
 * What a suite of tests came to, as it is handed from the process that runs it to the one that counts. It is written
 * after every test, so that a process that dies takes no result with it.
 */
export interface CountedResult {
  readonly passed: number;
  readonly failed: number;
  /** The titles of the failed tests. */
  readonly failures: readonly string[];
  /** Whether every test has been run. */
  readonly isComplete: boolean;
}
