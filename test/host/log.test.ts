import { expect, test } from 'vitest';
import { redact, redactedLog } from '../../server/src/host/log.ts';

test('every occurrence of every secret is replaced, the longest first', () => {
  expect(redact('abc abcdef abc', ['abc', 'abcdef'])).toBe('***** ***** *****');
});

test('a secret too short to be one leaves the text alone', () => {
  expect(redact('a b c', ['', 'a'])).toBe('a b c');
});

test('a redacted log shows no secret on any level', () => {
  const lines: string[] = [];
  const log = redactedLog({ info: it => lines.push(it), warn: it => lines.push(it), error: it => lines.push(it) }, [
    'key1',
  ]);
  log.info('with key1');
  log.warn('with key1');
  log.error('with key1');
  expect(lines).toEqual(['with *****', 'with *****', 'with *****']);
});
