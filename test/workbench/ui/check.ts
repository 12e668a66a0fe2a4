import type { Window, WindowSetup } from './window.ts';

/** One thing a person can see or do, named by a sentence about it; it throws when it is not so. */
export interface Check {
  readonly title: string;
  readonly run: (window: Window) => Promise<void>;
}

/** Checks that share one window; each begins with every editor closed. */
export interface Scenario {
  readonly title: string;
  readonly setUp: () => WindowSetup | Promise<WindowSetup>;
  readonly checks: readonly Check[];
  /** Looks at what is left after the window was closed. */
  readonly afterwards?: readonly CheckAfterwards[];
}

/** A check that has no window any more. */
export interface CheckAfterwards {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** A named check. */
export function check(title: string, run: (window: Window) => Promise<void>): Check {
  return { title, run };
}
