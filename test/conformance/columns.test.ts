import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bothTruths, NOTHING_BUILT, type Truth } from '../binder/truth/built.ts';
import { truthOfCaseNamed, truthOfStep } from './dbt/built-columns.ts';
import { readCase, type ConformanceCase } from './dbt/case.ts';
import type { RecordedRelations } from './dbt/relations.ts';
import type { RecordedRun } from './dbt/run-case.ts';

const FOLDER = path.join(import.meta.dirname, 'dbt');

test('the columns of what the cases build are those that PostgreSQL had when dbt built it', () => {
  const root = path.join(FOLDER, 'cases');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(it => it.endsWith('.txt')).toSorted();
  const truths = files.map(file => {
    const name = file.replaceAll('\\', '/').replace(/\.txt$/, '');
    return truthOfCase(readCase(name, readFileSync(path.join(root, file), 'utf8')), recordedRuns(name));
  });
  const { nNodes, nColumns, wrong, unknown } = truths.reduce(bothTruths, NOTHING_BUILT);
  expect(wrong).toEqual([]);
  expect(nNodes).toBeGreaterThan(200);
  expect(unknown.length / nColumns, unknown.join('\n')).toBeLessThanOrEqual(0.01);
});

function recordedRuns(name: string): readonly RecordedRun[] {
  const text = readFileSync(path.join(FOLDER, 'expected', `${name}.json`), 'utf8');
  return (JSON.parse(text.replaceAll(/: -?(?:Infinity|NaN)\b/g, ': null')) as { readonly steps: readonly RecordedRun[] }).steps;
}

/** Only what a step makes anew: a table that an earlier step left may keep the columns of then. */
function truthOfCase({ name, files: given, steps }: ConformanceCase, recorded: readonly RecordedRun[]): Truth {
  const files = new Map(given);
  let truth = NOTHING_BUILT;
  let before: RecordedRelations = {};
  let nInvoked = 0;
  for (const step of steps) {
    if (step.kind === 'write') for (const [file, text] of Object.entries(step.files)) files.set(file, text);
    if (step.kind === 'delete') files.delete(step.path);
    if (step.kind !== 'invoke') continue;
    const run = recorded[nInvoked++];
    const after = run?.relations === 'same_as_previous_step' ? before : (run?.relations ?? before);
    if (run === undefined) continue;
    const found = truthOfStep({ step, files, root: '/conf', results: run.results ?? [], before, after, dialect: 'postgres' });
    if (found === undefined) continue;
    truth = bothTruths(truth, truthOfCaseNamed(name, found));
    before = after;
  }
  return truth;
}
