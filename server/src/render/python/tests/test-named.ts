import {
  Callable,
  Dict,
  Float,
  HostObject,
  List,
  Markup,
  Tuple,
  Undefined,
  type CallArguments,
  type Value,
} from '../../value.ts';
import { attributeOf } from '../attributes.ts';
import { characterTests } from '../case.ts';
import { compare, contains, equal, type CompareOperator } from '../compare.ts';
import { Complex } from '../complex.ts';
import { Decimal } from '../decimal.ts';
import { raise } from '../error.ts';
import { define, passing, signature, type FilterCall, type FilterSignature } from '../filters/define.ts';
import type { JinjaTest } from '../filters/filter.ts';
import { filterNames } from '../filters/filter-names.ts';
import { hashKey } from '../hash.ts';
import { iterable } from '../iterate.ts';
import { binary, isCallable } from '../operators.ts';
import { Sliceable } from '../slice.ts';
import { strOf } from '../strings.ts';
import { toText } from '../text.ts';

const ask = (name: string, holds: (value: Value) => Value): JinjaTest =>
  define(name, signature(`test_${name}`, 'value'), ({ value }) => holds(value));

const askOther = (name: string, parameter: string, holds: (value: Value, other: Value) => Value): JinjaTest =>
  define(name, signature(`test_${name}`, 'value', parameter), ({ value, args: [other = null] }) => holds(value, other));

const known = (name: string, of: FilterSignature, isKnown: (call: FilterCall) => boolean): JinjaTest =>
  define(name, passing('environment', of), isKnown);

const isInt = (value: Value): boolean => typeof value === 'number' || typeof value === 'bigint';

const isNumber = (value: Value): boolean =>
  isInt(value) ||
  typeof value === 'boolean' ||
  value instanceof Float ||
  value instanceof Decimal ||
  value instanceof Complex;

/** Names are keys, so what cannot be a key cannot be asked for. */
function isName(value: Value, holds: (name: string) => boolean): boolean {
  const name = strOf(value);
  if (name === undefined) hashKey(value);
  return name !== undefined && holds(name);
}

/** A host object with keys is what Python registers as a mapping. */
const isMapping = (value: Value): boolean =>
  value instanceof Dict ||
  (value instanceof HostObject && value.attribute('keys') !== undefined && value.iterate() !== undefined);

/** Jinja asks for a length and `__getitem__`, which sets, views and iterators lack. */
function isSequence(value: Value): boolean {
  if (strOf(value) !== undefined || value instanceof List || value instanceof Tuple || value instanceof Dict) {
    return true;
  }
  if (value instanceof Undefined || value instanceof Sliceable) return true;
  return (
    value instanceof HostObject && value.length() !== undefined && (isMapping(value) || value.item(0) !== undefined)
  );
}

const comparisons: readonly (readonly [string, CompareOperator, string])[] = [
  ['==', '==', 'eq'],
  ['eq', '==', 'eq'],
  ['equalto', '==', 'eq'],
  ['!=', '!=', 'ne'],
  ['ne', '!=', 'ne'],
  ['>', '>', 'gt'],
  ['gt', '>', 'gt'],
  ['greaterthan', '>', 'gt'],
  ['ge', '>=', 'ge'],
  ['>=', '>=', 'ge'],
  ['<', '<', 'lt'],
  ['lt', '<', 'lt'],
  ['lessthan', '<', 'lt'],
  ['<=', '<=', 'le'],
  ['le', '<=', 'le'],
];

/** The comparison tests are functions of Python's `operator` module, with its messages. */
function comparison(name: string, operator: CompareOperator, callee: string): JinjaTest {
  return {
    name,
    apply: (value, args) => compare(operator, value, otherOperand(callee, args)),
  };
}

function otherOperand(callee: string, { positional, named }: CallArguments): Value {
  if (named.size > 0) raise('TypeError', `_operator.${callee}() takes no keyword arguments`);
  const [other] = positional;
  if (other !== undefined && positional.length === 1) return other;
  return raise('TypeError', `${callee} expected 2 arguments, got ${positional.length + 1}`);
}

const tests: ReadonlyMap<string, JinjaTest> = new Map(
  [
    ask('odd', value => equal(binary('%', value, 2), 1)),
    ask('even', value => equal(binary('%', value, 2), 0)),
    askOther('divisibleby', 'num', (value, other) => equal(binary('%', value, other), 0)),
    ask('defined', value => !(value instanceof Undefined)),
    ask('undefined', value => value instanceof Undefined),
    known('filter', signature('test_filter', 'value'), ({ value }) => isName(value, name => filterNames.has(name))),
    known('test', signature('test_test', 'value'), ({ value }) => isName(value, name => testNamed(name) !== undefined)),
    ask('none', value => value === null),
    ask('boolean', value => typeof value === 'boolean'),
    ask('false', value => value === false),
    ask('true', value => value === true),
    ask('integer', isInt),
    ask('float', value => value instanceof Float),
    ask('lower', value => characterTests['islower']?.(toText(value)) ?? false),
    ask('upper', value => characterTests['isupper']?.(toText(value)) ?? false),
    ask('string', value => strOf(value) !== undefined),
    ask('mapping', isMapping),
    ask('number', isNumber),
    ask('sequence', isSequence),
    ask('iterable', value => iterable(value) !== undefined),
    ask(
      'escaped',
      value => value instanceof Markup || (value instanceof HostObject && attributeOf(value, '__html__') !== undefined),
    ),
    askOther('sameas', 'other', (value, other) => value === other),
    askOther('in', 'seq', (value, container) => contains(container, value)),
    {
      name: 'callable',
      apply: (value, args) => {
        if (args.positional.length > 0) {
          raise('TypeError', `callable() takes exactly one argument (${args.positional.length + 1} given)`);
        }
        return isCallable(value) || value instanceof Undefined || value instanceof Callable;
      },
    } satisfies JinjaTest,
    ...comparisons.map(([name, operator, callee]) => comparison(name, operator, callee)),
  ].map(test => [test.name, test]),
);

/** The test of that name; `undefined` when Jinja has none. */
export function testNamed(name: string): JinjaTest | undefined {
  return tests.get(name);
}
