import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { getAttribute } from '../../../server/src/render/python/attributes.ts';
import { callableOf } from '../../../server/src/render/python/call.ts';
import { PythonError } from '../../../server/src/render/python/error.ts';
import { FuelError, metered } from '../../../server/src/render/python/meter.ts';
import { regexModule } from '../../../server/src/render/python/modules/regex/module.ts';
import { repr } from '../../../server/src/render/python/text.ts';
import type { CallContext, Value } from '../../../server/src/render/value.ts';

/** What CPython's `re` answers to random patterns on random texts, recorded; malformed patterns among them. */
interface Recorded {
  readonly pattern: string;
  readonly text: string;
  readonly flags: number;
  readonly python: Readonly<Record<string, string>>;
}

const recorded = readFileSync(path.join(import.meta.dirname, 'cases/regex.jsonl'), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as Recorded);

const module = regexModule();
const none: ReadonlyMap<string, Value> = new Map();
const context: CallContext = {
  call: (callee, args) => callableOf(callee).invoke(args, context),
  site: { file: 'models/m.sql', range: { start: 0, end: 0 }, frame: undefined },
  lookup: () => undefined,
};
const called = (callee: Value, ...positional: readonly Value[]): Value =>
  callableOf(callee).invoke({ positional, named: none }, context);
const asked = (name: string, ...args: readonly Value[]): Value => called(module.getString(name) ?? null, ...args);
const of = (match: Value, method: string): string => repr(called(getAttribute(match, method)));

function shown(match: Value): string {
  if (match === null) return 'None';
  return `${repr(match)} ${of(match, 'groups')} ${of(match, 'span')} ${repr(getAttribute(match, 'lastindex'))}`;
}

const questions: Readonly<Record<string, (it: Recorded) => string>> = {
  match: ({ pattern, text, flags }) => shown(asked('match', pattern, text, flags)),
  full: ({ pattern, text, flags }) => shown(asked('fullmatch', pattern, text, flags)),
  search: ({ pattern, text, flags }) => shown(asked('search', pattern, text, flags)),
  findall: ({ pattern, text, flags }) => repr(asked('findall', pattern, text, flags)),
  split: ({ pattern, text, flags }) => repr(asked('split', pattern, text, 0, flags)),
  sub: ({ pattern, text, flags }) => repr(asked('sub', pattern, '<\\g<0>>', text, 0, flags)),
};

function answer(name: string, it: Recorded): string {
  try {
    return questions[name]?.(it) ?? 'no such question';
  } catch (error) {
    if (error instanceof PythonError) return `${error.errorClass}: ${error.message}`;
    throw error;
  }
}

describe('regular expressions match as Python has them match', () => {
  test.each(recorded)('$pattern', it => {
    const answers = Object.keys(it.python).map(name => [name, answer(name, it)]);
    expect(Object.fromEntries(answers)).toEqual(it.python);
  });
});

describe('a pattern that would take for ever ends', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(40)}b`],
    ['(x+x+)+y', 'x'.repeat(60)],
    ['(a|a)*b', 'a'.repeat(40)],
    ['(a?){30}a{30}', 'a'.repeat(29)],
    ['.*.*.*.*.*.*=', 'a'.repeat(3000)],
    ['(?:(?:a*)*)*b', 'a'.repeat(40)],
  ])('%s', (pattern, text) => {
    let left = 300_000;
    const spend = (units: number): void => {
      left -= units;
      if (left < 0) throw new FuelError('too much');
    };
    const search = (): Value => asked('search', pattern, text);
    expect(() => metered({ spend, largestText: 1_000_000, mostItems: 100_000 }, search)).toThrow(FuelError);
  });
});
