import { describe, expect, test } from 'vitest';
import { getAttribute, getItem } from '../../../server/src/render/python/attributes.ts';
import { builtinGlobals } from '../../../server/src/render/python/globals.ts';
import { templateModules } from '../../../server/src/render/python/modules/modules.ts';
import { setOf } from '../../../server/src/render/python/hash.ts';
import { typeName } from '../../../server/src/render/python/type-name.ts';
import { Dict, Float, List, Marked, Markup, Tuple, Undefined, type Value } from '../../../server/src/render/value.ts';

const { modules } = templateModules({ epochMilliseconds: () => 0, localOffsetMinutes: () => 0 });

const subjects: readonly Value[] = [
  null,
  true,
  1,
  2n ** 70n,
  new Float(1.5),
  'text',
  new List([1]),
  new Tuple([1]),
  Dict.fromStrings([['a', 1]]),
  setOf([1]),
  new Markup('m'),
  new Marked('5', 'number'),
  modules,
  ...builtinGlobals().values(),
];

/** What JavaScript knows about its objects and Python does not. */
const foreign = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'entries',
  'invoke',
  'text',
];

describe('lookups', () => {
  test.each(foreign)('%s of no value is reachable', name => {
    for (const subject of subjects) {
      expect(getAttribute(subject, name), typeName(subject)).toBeInstanceOf(Undefined);
      expect(getItem(subject, name), typeName(subject)).toBeInstanceOf(Undefined);
    }
  });

  test('names with underscores that Python has are unsafe, those it has not are merely undefined', () => {
    const unsafe = getAttribute('text', '__class__');
    expect(unsafe).toMatchObject({
      errorClass: 'SecurityError',
      message: "access to attribute '__class__' of 'str' object is unsafe.",
    });
    expect(getAttribute('text', '_nothing')).toMatchObject({
      errorClass: 'UndefinedError',
      message: "'str object' has no attribute '_nothing'",
    });
    expect(getAttribute(Dict.fromStrings([['_x', 1]]), '_x')).toBe(1);
  });

  test('an attribute goes before an item, an item before an attribute in brackets', () => {
    const dict = Dict.fromStrings([['items', 'mine']]);
    expect(typeName(getAttribute(dict, 'items'))).toBe('builtin_function_or_method');
    expect(getItem(dict, 'items')).toBe('mine');
  });
});
