import type { Scenario } from './check.ts';
import { editing } from './editing.ts';

/** Every scenario, in the order they run. */
export const scenarios: readonly Scenario[] = [editing];
