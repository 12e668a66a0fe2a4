import type { ListedTest } from '../../../server/src/protocol.ts';

/** The tests about one model, or those that are about several (`id` is empty then). */
export interface TestGroup {
  readonly id: string;
  readonly name: string;
  readonly tests: readonly ListedTest[];
}

/** Tests under what they are about, in the order in which they were listed; those about several come last. */
export function groupedTests(tests: readonly ListedTest[]): readonly TestGroup[] {
  const groups = new Map<string, { readonly name: string; readonly tests: ListedTest[] }>();
  for (const test of tests) {
    const { id, name } = test.subject ?? SEVERAL;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { name, tests: [test] });
    else group.tests.push(test);
  }
  const all = [...groups].map(([id, { name, tests: own }]) => ({ id, name, tests: own }));
  return [...all.filter(it => it.id !== SEVERAL.id), ...all.filter(it => it.id === SEVERAL.id)];
}

const SEVERAL = { id: '', name: 'several models' };
