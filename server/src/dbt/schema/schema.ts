import { Float } from '../../render/value.ts';
import { isList, isMap, type Data, type DataMap, Timestamp } from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';
import { dataRepr } from './data-repr.ts';

/** What data may look like: the part of JSON Schema that dbt's own classes need. */
export type Schema =
  | { readonly kind: 'type'; readonly type: TypeName }
  | { readonly kind: 'list'; readonly items: Schema }
  | { readonly kind: 'any'; readonly of: readonly Schema[] }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'record'; readonly record: RecordSchema };

export type TypeName = 'string' | 'boolean' | 'integer' | 'number' | 'null' | 'object';

export interface RecordSchema {
  /** In the order in which dbt looks at them. */
  readonly properties: ReadonlyMap<string, Schema>;
  readonly required: readonly string[];
  /** Whether other keys are welcome. */
  readonly isOpen: boolean;
}

/** Something that a schema forbids, in the words of Python's `jsonschema`, which dbt passes on. */
export interface SchemaError {
  readonly path: KeyPath;
  readonly message: string;
  /** The key that is wrong, when the mistake is that it is there. */
  readonly key?: string;
}

/** Everything that a schema forbids in some data; the first is the one that dbt would report. */
export function schemaErrors(schema: Schema, data: Data): readonly SchemaError[] {
  return isValid(schema, data) ? NONE : errorsIn(schema, data, []);
}

/** The same as a yes or no, which nearly always is all that is wanted, without paths and in any order. */
function isValid(schema: Schema, data: Data): boolean {
  switch (schema.kind) {
    case 'type':
      return hasType(data, schema.type);
    case 'enum':
      return typeof data === 'string' && schema.values.includes(data);
    case 'pattern':
      return typeof data === 'string' && schema.pattern.test(data);
    case 'any':
      return schema.of.some(it => isValid(it, data));
    case 'list':
      return isList(data) && data.every(item => isValid(schema.items, item));
    case 'record':
      return isMap(data) && isValidRecord(schema.record, data);
  }
}

function isValidRecord({ properties, required, isOpen }: RecordSchema, data: DataMap): boolean {
  for (const [key, value] of data) {
    const of = typeof key === 'string' ? properties.get(key) : undefined;
    if (of === undefined ? !isOpen : !isValid(of, value)) return false;
  }
  return required.every(key => data.has(key));
}

function errorsIn(schema: Schema, data: Data, path: KeyPath): readonly SchemaError[] {
  switch (schema.kind) {
    case 'type':
      return hasType(data, schema.type) ? NONE : [{ path, message: isNotOfType(data, schema.type) }];
    case 'enum':
      return typeof data === 'string' && schema.values.includes(data)
        ? NONE
        : [{ path, message: isNoneOf(data, schema.values) }];
    case 'pattern':
      if (typeof data !== 'string') return [{ path, message: isNotOfType(data, 'string') }];
      if (schema.pattern.test(data)) return NONE;
      return [{ path, message: `${dataRepr(data)} does not match ${dataRepr(schema.pattern.source)}` }];
    case 'any': {
      if (isValid(schema, data)) return NONE;
      return [{ path, message: `${dataRepr(data)} is not valid under any of the given schemas` }];
    }
    case 'list':
      if (!isList(data)) return [{ path, message: isNotOfType(data, 'array') }];
      return data.flatMap((item, at) => errorsIn(schema.items, item, [...path, at]));
    case 'record':
      if (!isMap(data)) return [{ path, message: isNotOfType(data, 'object') }];
      return recordErrors(schema.record, data, path);
  }
}

const NONE: readonly SchemaError[] = [];

function recordErrors(schema: RecordSchema, data: DataMap, path: KeyPath): readonly SchemaError[] {
  const found: SchemaError[] = [];
  for (const [key, of] of schema.properties) {
    const value = data.get(key);
    if (value !== undefined) found.push(...errorsIn(of, value, [...path, key]));
  }
  if (!schema.isOpen) found.push(...unexpectedKeys(schema, data, path));
  for (const key of schema.required) {
    if (!data.has(key)) found.push({ path, message: `'${key}' is a required property` });
  }
  return found;
}

function unexpectedKeys({ properties }: RecordSchema, data: DataMap, path: KeyPath): readonly SchemaError[] {
  const extra = [...data.keys()]
    .map(String)
    .filter(key => !properties.has(key))
    .toSorted();
  const [key] = extra;
  if (key === undefined) return NONE;
  const verb = extra.length === 1 ? 'was' : 'were';
  const keys = extra.map(it => dataRepr(it)).join(', ');
  return [{ path, message: `Additional properties are not allowed (${keys} ${verb} unexpected)`, key }];
}

/** YAML's dates count as texts, because dbt reads them as such where a schema asks for one. */
function hasType(data: Data, type: TypeName): boolean {
  switch (type) {
    case 'string':
      return typeof data === 'string' || data instanceof Timestamp;
    case 'boolean':
      return typeof data === 'boolean';
    case 'integer':
      return isInteger(data) || (data instanceof Float && Number.isInteger(data.value));
    case 'number':
      return isInteger(data) || data instanceof Float;
    case 'null':
      return data === null;
    case 'object':
      return isMap(data);
  }
}

const isInteger = (data: Data): boolean => typeof data === 'number' || typeof data === 'bigint';

const isNotOfType = (data: Data, type: TypeName | 'array'): string => `${dataRepr(data)} is not of type '${type}'`;

const isNoneOf = (data: Data, values: readonly string[]): string =>
  `${dataRepr(data)} is not one of ${dataRepr(values)}`;

/** A path as dbt's messages have it: `['columns'][0]`. */
export const pathText = (path: KeyPath): string =>
  path.length === 0 ? '[]' : path.map(it => (typeof it === 'number' ? `[${it}]` : `['${it}']`)).join('');

/** A mistake with its place, as dbt's messages have it. */
export const schemaMessage = ({ path, message }: SchemaError): string => `at path ${pathText(path)}: ${message}`;

const ofType = (type: TypeName): Schema => ({ kind: 'type', type });

export const text: Schema = ofType('string');
export const boolean: Schema = ofType('boolean');
export const integer: Schema = ofType('integer');
export const numeral: Schema = ofType('number');
export const mapping: Schema = ofType('object');
export const listOf = (items: Schema): Schema => ({ kind: 'list', items });
export const anyOf = (...of: readonly Schema[]): Schema => ({ kind: 'any', of });
export const oneOf = (values: string): Schema => ({ kind: 'enum', values: values.split(' ') });

/** A text that a regular expression finds itself in. */
export const patternOf = (pattern: RegExp): Schema => ({ kind: 'pattern', pattern });

/** What may also be null. */
export const optional = (...of: readonly Schema[]): Schema => anyOf(...of, ofType('null'));

/** A mapping of known keys; those whose names end in `!` must be there. */
export function recordOf(properties: Readonly<Record<string, Schema>>, isOpen = false): Schema {
  const entries = Object.entries(properties);
  const required = entries.flatMap(([key]) => (key.endsWith('!') ? [key.slice(0, -1)] : []));
  const named = entries.map(([key, schema]) => [key.replace(/!$/, ''), schema] as const);
  return { kind: 'record', record: { properties: new Map(named), required, isOpen } };
}
