import { describe, expect, test } from 'vitest';
import { readArguments } from '../../server/src/cli/arguments.ts';

function read(line: string, environment: Readonly<Record<string, string>> = {}) {
  const read = readArguments(line.split(' ').filter(Boolean), environment);
  if (!read.ok) return read.failure;
  const { command, words, switches, texts, numbers, lists } = read.value;
  return {
    command,
    ...(words.length === 0 ? {} : { words }),
    ...Object.fromEntries([...switches, ...texts, ...numbers, ...lists]),
  };
}

describe('the command line', () => {
  test.each([
    ['run', { command: 'run' }],
    ['--quiet run', { command: 'run', quiet: true }],
    ['run -s a+ tag:b --exclude c', { command: 'run', select: ['a+', 'tag:b'], exclude: ['c'] }],
    ['run -s a -s b', { command: 'run', select: ['a', 'b'] }],
    ['ls -m a', { command: 'ls', select: ['a'] }],
    ['run --select=a --threads=2', { command: 'run', select: ['a'], threads: 2 }],
    ['show --limit -1', { command: 'show', limit: -1 }],
    ['run --no-full-refresh', { command: 'run', 'full-refresh': false }],
    ['run -f -x -t prod', { command: 'run', 'full-refresh': true, 'fail-fast': true, target: 'prod' }],
    ['run --no-partial-parse --no-version-check', { command: 'run', 'partial-parse': false, 'version-check': false }],
    ['run --full_refresh', { command: 'run', 'full-refresh': true }],
    ['run-operation grant --args {x: 1}', { command: 'run-operation', words: ['grant', '1}'], args: '{x:' }],
    ['', { command: undefined }],
  ])('%s', (line, expected) => expect(read(line)).toEqual(expected));

  test.each([
    ['run --ful-refresh', 'No such option: --ful-refresh'],
    ['run --select', "Option '--select' requires an argument."],
    ['run --target', "Option '--target' requires an argument."],
    ['run --threads many', "Invalid value for '--threads': 'many' is not a valid integer."],
    ['run --quiet=yes', "Option '--quiet' does not take a value."],
    ['ls --indirect-selection some', "'some' is not one of 'eager', 'cautious', 'buildable', 'empty'"],
  ])('%s is refused', (line, message) => expect(read(line)).toContain(message));
});

describe('the environment', () => {
  test('sets flags that the command line does not', () => {
    const environment = { DBT_TARGET: 'prod', DBT_FULL_REFRESH: 'true', DBT_QUIET: '0', DBT_THREADS: '3' };
    // dbt reads no DBT_THREADS.
    expect(read('run', environment)).toEqual({
      command: 'run',
      target: 'prod',
      'full-refresh': true,
      quiet: false,
    });
    expect(read('run -t dev', environment)).toMatchObject({ target: 'dev' });
  });

  test('says which value it cannot read', () => {
    expect(read('run', { DBT_FULL_REFRESH: 'perhaps' })).toContain("'perhaps' is not a valid boolean");
  });
});
