import { Callable, Dict, Float, List, PySet, Tuple, Undefined, type Value } from '../value.ts';
import { strOf } from './strings.ts';

const words = (text: string): readonly string[] => text.split(' ').map(it => `__${it}__`);

/** The special names that every Python object has. */
const ofEverything = new Set(
  words(
    'class delattr dir doc eq format ge getattribute getstate gt hash init init_subclass le lt ne new reduce reduce_ex ' +
      'repr setattr sizeof str subclasshook',
  ),
);

const ofNumbers = words(
  'abs add bool ceil divmod float floor floordiv getnewargs int mod mul neg pos pow radd rdivmod rfloordiv rmod rmul ' +
    'round rpow rsub rtruediv sub truediv trunc',
);
const ofInts = words('and index invert lshift or rand rlshift ror rrshift rshift rxor xor');
const ofContainers = words('contains iter len');
const ofSequences = words('add getitem mul rmul');
const ofFunctions = words(
  'annotations builtins call closure code defaults dict get globals kwdefaults module name qualname self',
);

/** Whether Python knows an attribute with a leading underscore, all of which the sandbox refuses. */
export function hasUnderscored(value: Value, name: string): boolean {
  return ofEverything.has(name) || extraNames(value).includes(name);
}

function extraNames(value: Value): readonly string[] {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return [...ofNumbers, ...ofInts];
  }
  if (value instanceof Float) return [...ofNumbers, '__getformat__'];
  if (strOf(value) !== undefined) return [...ofContainers, ...ofSequences, ...words('getnewargs mod rmod html')];
  if (value instanceof List) {
    return [...ofContainers, ...ofSequences, ...words('class_getitem delitem iadd imul reversed setitem')];
  }
  if (value instanceof Tuple) return [...ofContainers, ...ofSequences, ...words('class_getitem getnewargs')];
  if (value instanceof Dict) {
    return [...ofContainers, ...words('class_getitem delitem getitem ior or reversed ror setitem')];
  }
  if (value instanceof PySet) {
    return [...ofContainers, ...words('and class_getitem iand ior isub ixor or rand ror rsub rxor sub xor')];
  }
  if (value instanceof Callable) return ofFunctions;
  return value instanceof Undefined ? [...ofContainers, ...ofUndefined] : [];
}

const ofUndefined = [
  ...words(
    'add bool call complex div float floordiv getattr getitem int mod module mul neg pos pow radd rdiv rfloordiv',
  ),
  ...words('rmod rmul rpow rsub rtruediv slots sub truediv'),
  '_undefined_hint',
  '_undefined_obj',
  '_undefined_name',
  '_undefined_exception',
  '_undefined_message',
  '_fail_with_undefined_error',
];
