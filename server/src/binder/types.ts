/**
 * Types of values, in one vocabulary for all dialects. Scalars go by the names below; what a dialect has beside them
 * keeps its own name, lower case. `undefined` stands for a type that is not known, everywhere.
 */
export type SqlType = ScalarType | DecimalType | ListType | StructType | MapType;

export interface ScalarType {
  readonly kind: 'scalar';
  /**
   * `null` (the type of NULL), `string-literal` and `integer-literal` (not yet decided), `boolean`, `int8` … `int128`,
   * `uint8` … `uint128`, `float32`, `float64`, `text`, `varchar`, `char`, `binary`, `date`, `time`, `timetz`,
   * `timestamp`, `timestamptz`, `interval`, `uuid`, `json`, `variant` … or a name of the dialect's own.
   */
  readonly name: string;
  /** The length of a text, the digits of a time. */
  readonly size?: number | undefined;
}

export interface DecimalType {
  readonly kind: 'decimal';
  /** `undefined` where a dialect allows any. */
  readonly precision: number | undefined;
  readonly scale: number | undefined;
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
