import { describe, expect, test } from 'vitest';
import { readArguments, withProjectFlags } from '../../server/src/cli/arguments.ts';
import { commandNamed, commands } from '../../server/src/cli/commands.ts';
import { commandHelp, helpText } from '../../server/src/cli/help.ts';
import { plain } from '../../server/src/cli/style.ts';

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
    ['docs generate --no-compile', { command: 'docs generate', compile: false }],
    ['init shop -s', { command: 'init', words: ['shop'], 'skip-profile-setup': true }],
    ['ls --indirect-selection EAGER', { command: 'ls', 'indirect-selection': 'eager' }],
    ['deps --add-package a/b@1.0.0 --source hub', { command: 'deps', 'add-package': 'a/b@1.0.0', source: 'hub' }],
    ['', { command: undefined }],
  ])('%s', (line, expected) => expect(read(line)).toEqual(expected));

  test.each([
    ['run --ful-refresh', 'No such option: --ful-refresh. Did you mean --full-refresh?'],
    ['run --no-ful-refresh', 'No such option: --no-ful-refresh. Did you mean --no-full-refresh?'],
    ['run --inline x', "No such option: --inline. 'run' does not take it; compile and show do."],
    ['--inline x run', "No such option: --inline. 'run' does not take it; compile and show do."],
    ['list -f', "No such option: -f. 'ls' does not take it"],
    ['compile --inline x -s a', '--inline and --select cannot be given together.'],
    ['run --warn-error --warn-error-options {}', '--warn-error and --warn-error-options cannot be given together.'],
    ['run --log-format xml', "'xml' is not one of 'default', 'text', 'debug', 'json'."],
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

describe('the flags of a project', () => {
  test('count where neither the command line nor the environment says anything', () => {
    const given = readArguments(['run', '--no-fail-fast'], { DBT_LOG_LEVEL: 'warn' });
    const project = new Map<string, boolean | string>([
      ['fail_fast', true],
      ['log_level', 'debug'],
      ['warn_error', true],
      // What dbt does not read from there.
      ['target', 'prod'],
    ]);
    const read = given.ok ? withProjectFlags(given.value, project) : given;
    expect(read.ok && Object.fromEntries([...read.value.switches, ...read.value.texts])).toEqual({
      'fail-fast': false,
      'log-level': 'warn',
      'warn-error': true,
    });
  });

  test('say where a value stands that is none', () => {
    const given = readArguments(['run'], {});
    const read = given.ok ? withProjectFlags(given.value, new Map([['fail_fast', 'perhaps']])) : given;
    expect(read).toEqual({
      ok: false,
      failure: "flags.fail_fast in dbt_project.yml: 'perhaps' is not a valid boolean.",
    });
  });
});

describe('help', () => {
  const layout = { style: plain, width: 80 };

  test.each(commands.map(it => it.name))('of %s shows its own flags, in lines that fit', name => {
    const text = commandHelp(commandNamed(name)!, layout);
    expect(text).toMatch(new RegExp(`^Usage: sluice ${name}`));
    expect(text.includes('--add-package')).toBe(name === 'deps');
    expect(text.includes('--output-keys')).toBe(name === 'ls');
    expect(text.split('\n').filter(line => line.length > 80)).toEqual([]);
  });

  test.each([40, 60, 80, 120])('fits a terminal of %i columns', width => {
    const text = helpText({ style: plain, width });
    expect(text.split('\n').filter(line => line.length > width && !line.startsWith('sluice '))).toEqual([]);
    for (const { name } of commands) expect(text).toContain(`  ${name}`);
  });
});
