/**
 * Types of values, in one vocabulary for all dialects. Scalars go by the names below; what a dialect has beside them
 * keeps its own name, lower case. `undefined` stands for a type that is not known, everywhere.
 */
export type SqlType = ScalarType | DecimalType | ListType | StructType | MapType;

export interface ScalarType {
  readonly kind: 'scalar';
  /**
   * `null` (the type of NULL), `boolean`, `int8` … `int128` by the number of bits, `uint8` … `uint128`, `float32`,
   * `float64`, `text`, `varchar`, `char`, `binary`, `date`, `time`, `timetz`, `timestamp`, `timestamptz`, `interval`,
   * `uuid`, `json`, `variant` … or a name of the dialect's own.
   */
  readonly name: string;
  /** The value of a literal, whose type gives way to that of what it meets. Never on the type of a column. */
  readonly literal?: number | string | undefined;
  /** The length of a text, the digits of a time. */
  readonly size?: number | undefined;
}

export interface DecimalType {
  readonly kind: 'decimal';
  /** `undefined` where a dialect allows any. */
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  /** Whether it is the type of a literal. Never on the type of a column. */
  readonly literal?: boolean | undefined;
}

export interface ListType {
  readonly kind: 'list';
  readonly element: SqlType | undefined;
  /** The length of an array of fixed length. */
  readonly size?: number | undefined;
}

export interface StructField {
  readonly name: string;
  readonly type: SqlType | undefined;
}

export interface StructType {
  readonly kind: 'struct';
  readonly fields: readonly StructField[];
}

export interface MapType {
  readonly kind: 'map';
  readonly key: SqlType | undefined;
  readonly value: SqlType | undefined;
}

/** A scalar type by its name. */
export const scalar = (name: string): ScalarType => ({ kind: 'scalar', name });

export const BOOLEAN = scalar('boolean');
export const INT32 = scalar('int32');
export const INT64 = scalar('int64');
export const INT128 = scalar('int128');
export const FLOAT32 = scalar('float32');
export const FLOAT64 = scalar('float64');
export const TEXT = scalar('text');
export const DATE = scalar('date');
export const TIMESTAMP = scalar('timestamp');
export const INTERVAL = scalar('interval');
export const NULL = scalar('null');

/** The name of a scalar type, `decimal`, or nothing. */
export function scalarName(type: SqlType | undefined): string | undefined {
  if (type?.kind === 'decimal') return 'decimal';
  return type?.kind === 'scalar' ? type.name : undefined;
}

/** Whether two types are the same to the last digit. */
export function sameType(a: SqlType | undefined, b: SqlType | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && a.name === b.name && a.size === b.size;
    case 'decimal':
      return b.kind === 'decimal' && a.precision === b.precision && a.scale === b.scale;
    case 'list':
      return b.kind === 'list' && a.size === b.size && sameType(a.element, b.element);
    case 'map':
      return b.kind === 'map' && sameType(a.key, b.key) && sameType(a.value, b.value);
    case 'struct':
      return (
        b.kind === 'struct' &&
        a.fields.length === b.fields.length &&
        a.fields.every((it, at) => sameField(it, b.fields[at]))
      );
    default:
      return a satisfies never;
  }
}

const sameField = (a: StructField, b: StructField | undefined): boolean =>
  b !== undefined && a.name.toLowerCase() === b.name.toLowerCase() && sameType(a.type, b.type);
