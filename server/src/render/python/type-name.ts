import {
  Callable,
  Dict,
  Float,
  HostObject,
  List,
  Marked,
  Markup,
  PySet,
  Spanned,
  Tuple,
  Undefined,
  type Mark,
  type Value,
} from '../value.ts';

const markNames: Record<Mark, string> = {
  text: 'TextMarker',
  native: 'NativeMarker',
  bool: 'BoolMarker',
  number: 'NumberMarker',
};

/** The name CPython's messages use for the type of a value: `int`, `NoneType`, `datetime.date` … */
export function typeName(value: Value): string {
  if (typeof value === 'string') return 'str';
  if (typeof value === 'number' || typeof value === 'bigint') return 'int';
  if (typeof value === 'boolean') return 'bool';
  return value === null ? 'NoneType' : objectTypeName(value);
}

function objectTypeName(value: Exclude<Value, null | string | number | bigint | boolean>): string {
  if (value instanceof List) return 'list';
  if (value instanceof Dict) return 'dict';
  if (value instanceof Float) return 'float';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Spanned) return 'str';
  if (value instanceof PySet) return 'set';
  if (value instanceof Markup) return 'Markup';
  if (value instanceof Marked) return markNames[value.mark];
  if (value instanceof Undefined) return 'Undefined';
  return value.typeName;
}

/** How Jinja names the object of a failed lookup: `dict object`, `None`, `markupsafe.Markup object`. */
export function objectTypeRepr(value: Value): string {
  if (value === null) return 'None';
  if (value instanceof HostObject) return `${value.qualifiedTypeName()} object`;
  if (value instanceof Markup) return 'markupsafe.Markup object';
  if (value instanceof Marked) return `dbt_common.clients.jinja.${typeName(value)} object`;
  if (value instanceof Callable && value.typeName === 'Macro') return 'jinja2.runtime.Macro object';
  return `${typeName(value)} object`;
}
