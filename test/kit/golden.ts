import { dirname, join } from 'node:path';
import { expect } from 'vitest';

/**
 * Compares a long text, printed for people, with `golden/<name>.txt` beside the running test.
 * `npm run unit -- -u` writes it; with `CI` set nothing is ever written.
 */
export async function expectGolden(name: string, actual: string): Promise<void> {
  const testPath = expect.getState().testPath;
  if (testPath === undefined) throw new Error('expectGolden outside a test');
  await expect(actual).toMatchFileSnapshot(join(dirname(testPath), 'golden', `${name}.txt`));
}
