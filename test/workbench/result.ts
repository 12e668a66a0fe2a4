/** What a suite of tests came to, as it is handed from the process that ran it to the one that counts. */
export interface CountedResult {
  readonly passed: number;
  readonly failed: number;
  /** The titles of the failed tests. */
  readonly failures: readonly string[];
}
