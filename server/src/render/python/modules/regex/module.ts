import { Callable, Dict, Tuple, type CallArguments, type CallContext, type Value } from '../../../value.ts';
import { bindArguments, indexArgument, parameters } from '../../arguments.ts';
import { raise } from '../../error.ts';
import { strOf } from '../../strings.ts';
import { typeName } from '../../type-name.ts';
import { PyType } from '../py-type.ts';
import { flagBits, flagsOf, RegexFlag } from './flags.ts';
import { allMatches, allTexts, Pattern, splitBy, subject, substitute, wholeOf } from './pattern.ts';

/** The `re` module as dbt hands it to templates. */
export function regexModule(): Dict {
  const functions = Object.entries(functionsByName).map(([name, { list, body }]): [string, Value] => [
    name,
    new Callable(name, (args, context) => body(bindArguments(name, parameters(...list), args).values, args, context)),
  ]);
  const flags = Object.entries(flagBits)
    .filter(([name]) => name !== 'DEBUG')
    .flatMap(([name, bits]): [string, Value][] => {
      const flag = new RegexFlag(bits);
      return [
        [name, flag],
        [name === 'VERBOSE' ? 'X' : name === 'DOTALL' ? 'S' : name.slice(0, 1), flag],
      ];
    });
  return Dict.fromStrings([
    ...functions,
    ...flags,
    ['NOFLAG', new RegexFlag(0)],
    ['Pattern', new PyType('re.Pattern', () => raise('TypeError', "cannot create 're.Pattern' instances"))],
    ['Match', new PyType('re.Match', () => raise('TypeError', "cannot create 're.Match' instances"))],
    ['error', new PyType('re.error', () => raise('TypeError', "cannot create 're.error' instances"))],
  ]);
}

/** The compiled pattern of an argument: a text, or a pattern that is compiled already. */
function compiled(value: Value, flags: Value): Pattern {
  const bits =
    flagsOf(flags) ?? raise('TypeError', `unsupported operand type(s) for &: '${typeName(flags)}' and 'RegexFlag'`);
  if (value instanceof Pattern) {
    return bits === 0 ? value : raise('ValueError', 'cannot process flags argument with a compiled pattern');
  }
  const text = strOf(value) ?? raise('TypeError', 'first argument must be string or compiled pattern');
  return new Pattern(text, bits);
}

interface ModuleFunction {
  readonly list: readonly (string | readonly [string, Value])[];
  readonly body: (values: readonly Value[], args: CallArguments, context: CallContext) => Value;
}

const finding = (where: 'start' | 'whole' | 'anywhere'): ModuleFunction => ({
  list: ['pattern', 'string', ['flags', 0]],
  body: ([pattern = null, text = null, flags = 0]) => compiled(pattern, flags).find(wholeOf(text), where) ?? null,
});

const functionsByName: Readonly<Record<string, ModuleFunction>> = {
  compile: { list: ['pattern', ['flags', 0]], body: ([pattern = null, flags = 0]) => compiled(pattern, flags) },
  match: finding('start'),
  fullmatch: finding('whole'),
  search: finding('anywhere'),
  findall: {
    list: ['pattern', 'string', ['flags', 0]],
    body: ([pattern = null, text = null, flags = 0]) => allTexts(compiled(pattern, flags), wholeOf(text)),
  },
  finditer: {
    list: ['pattern', 'string', ['flags', 0]],
    body: ([pattern = null, text = null, flags = 0]) => allMatches(compiled(pattern, flags), wholeOf(text)),
  },
  split: {
    list: ['pattern', 'string', ['maxsplit', 0], ['flags', 0]],
    body: ([pattern = null, text = null, limit = 0, flags = 0]) =>
      splitBy(compiled(pattern, flags), wholeOf(text), indexArgument(limit)),
  },
  sub: {
    list: ['pattern', 'repl', 'string', ['count', 0], ['flags', 0]],
    body: ([pattern = null, by = null, text = null, count = 0, flags = 0], _args, context) =>
      substitute(compiled(pattern, flags), by, wholeOf(text), indexArgument(count), context).text,
  },
  subn: {
    list: ['pattern', 'repl', 'string', ['count', 0], ['flags', 0]],
    body: ([pattern = null, by = null, text = null, count = 0, flags = 0], _args, context) => {
      const made = substitute(compiled(pattern, flags), by, wholeOf(text), indexArgument(count), context);
      return new Tuple([made.text, made.n]);
    },
  },
  escape: {
    list: ['pattern'],
    body: ([pattern = null]) => subject(pattern).replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&'),
  },
  purge: { list: [], body: () => null },
};
