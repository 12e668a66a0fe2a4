import { expect } from 'vitest';
import type { Problem } from '../../server/src/model/problems.ts';
import { parseFixture } from './fixture.ts';
import { projectDb } from './project.ts';

/**
 * Compares all problems of a fixture with its annotations, both ways. An annotation says `error[code]` or
 * `error[code]: message` below the words that the problem stands at.
 */
export function checkProblems(source: string): void {
  const fixture = parseFixture(source);
  const db = projectDb(fixture);
  const problems = [...db.files().flatMap(file => db.problems(file)), ...db.projectProblems()];
  const expected = fixture.marks.map(({ path, start, end, note }) => `${path} ${start}..${end} ${note}`);
  const notes = new Set(fixture.marks.map(({ note }) => note));
  const actual = problems.map(problem => {
    const { file, start, end } = problem.origin;
    return `${file} ${start}..${end} ${noteOf(problem, notes)}`;
  });
  expect(actual.toSorted()).toEqual(expected.toSorted());
}

/** With its message where the fixture gives one, else without. */
function noteOf({ severity, code, message }: Problem, notes: ReadonlySet<string>): string {
  const short = `${severity}[${code}]`;
  return notes.has(short) ? short : `${short}: ${message}`;
}
