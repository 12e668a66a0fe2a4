import { describe, expect, test } from 'vitest';
import { compiledAt, templateAt } from '../../client/src/preview/source-map.ts';
import type { CompiledSegment, LineRange } from '../../server/src/protocol.ts';

/** `1:2-3:4`, lines and characters from 0. */
function range(text: string): LineRange {
  const [start = '', end = ''] = text.split('-');
  return { start: position(start), end: position(end) };
}

function position(text: string): LineRange['start'] {
  const [line, character] = text.split(':').map(Number);
  return { line: line ?? 0, character: character ?? 0 };
}

function segment(kind: CompiledSegment['kind'], template: string, compiled: string): CompiledSegment {
  return { kind, template: range(template), compiled: range(compiled) };
}

const shown = (range: LineRange): string => [range.start, range.end].map(it => `${it.line}:${it.character}`).join('-');

/** `select\n  {{ x }} as a,\n` with x rendered as `one\ntwo`, and ` as a` moved a line down. */
const segments = [
  segment('verbatim', '0:0-1:2', '0:0-1:2'),
  segment('computed', '1:2-1:9', '1:2-2:3'),
  segment('verbatim', '1:9-2:0', '2:3-3:0'),
];

describe('cursor sync', () => {
  test('inside copied text a cursor maps to the same character', () => {
    expect(compiledAt(segments, position('0:3')).map(it => shown(it.range))).toEqual(['0:3-0:3']);
    expect(compiledAt(segments, position('1:12')).map(it => shown(it.range))).toEqual(['2:6-2:6']);
    expect(templateAt(segments, position('2:6')).map(it => shown(it.range))).toEqual(['1:12-1:12']);
  });

  test('anywhere in an expression it maps to all that the expression rendered, and back', () => {
    expect(compiledAt(segments, position('1:5'))).toEqual([{ range: range('1:2-2:3'), exact: false }]);
    expect(templateAt(segments, position('2:1'))).toEqual([{ range: range('1:2-1:9'), exact: false }]);
  });

  test('the body of a loop maps to each of its rounds', () => {
    const loop = [segment('verbatim', '1:0-1:8', '0:0-0:8'), segment('verbatim', '1:0-1:8', '1:0-1:8')];
    expect(compiledAt(loop, position('1:4')).map(it => shown(it.range))).toEqual(['0:4-0:4', '1:4-1:4']);
  });

  test('a branch that was not taken maps to nothing', () => {
    expect(compiledAt(segments, position('7:0'))).toEqual([]);
  });

  test('a cursor at the very end still belongs to the last stretch', () => {
    expect(compiledAt(segments, position('2:0')).map(it => shown(it.range))).toEqual(['3:0-3:0']);
  });
});
