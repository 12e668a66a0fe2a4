import { parser } from '@lezer/python';
import { isBroken } from './broken.ts';
import { dbtCalls, type DbtCall } from './dbt-calls.ts';
import { shapeMistake, type ShapeMistake } from './model-function.ts';

/** What dbt reads of a Python model. */
export interface PythonModel {
  readonly calls: readonly DbtCall[];
  readonly mistake: ShapeMistake | undefined;
}

/**
 * Reads a Python model. A text that is no Python, as half-written text is not, has the calls that can be made out and no
 * mistake of shape: its syntax is for Python's own tools to judge.
 */
export function parsePythonModel(text: string): PythonModel {
  const root = parser.parse(text).topNode;
  const calls = dbtCalls(root, text);
  return { calls, mistake: isBroken(root) ? undefined : shapeMistake(root, text) };
}
