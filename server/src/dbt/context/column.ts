import { strOf } from '../../render/python/strings.ts';
import { raise } from '../../render/python/error.ts';
import { repr } from '../../render/python/text.ts';
import { type Callable, HostObject, stringKey, type HashKey, type Value } from '../../render/value.ts';
import { relationStyle } from '../manifest/relation.ts';
import { hostFunction, textOf, type HostCall } from './host-function.ts';

/** What a column is made of. Sizes are what the catalog says, numbers or none. */
export interface ColumnState {
  readonly adapterType: string;
  readonly name: string;
  readonly dtype: string;
  readonly charSize: Value;
  readonly precision: Value;
  readonly scale: Value;
}

/** A column of a relation, as `get_columns_in_relation` gives it. */
export class Column extends HostObject {
  readonly typeName = 'Column';
  readonly state: ColumnState;
  constructor(state: ColumnState) {
    super();
    this.state = state;
  }

  get #type(): string {
    return this.state.dtype.toLowerCase();
  }

  isString(): boolean {
    return STRING_TYPES.has(this.#type);
  }

  isNumeric(): boolean {
    return NUMERIC_TYPES.has(this.#type);
  }

  isInteger(): boolean {
    return INTEGER_TYPES.has(this.#type);
  }

  isFloat(): boolean {
    return FLOAT_TYPES.has(this.#type);
  }

  /** How many characters fit; 256 where nothing limits them. */
  stringSize(): number {
    if (!this.isString()) raise('DbtRuntimeError', 'Called string_size() on non-string field!');
    const { charSize } = this.state;
    return this.#type === 'text' || charSize === null ? 256 : Number(charSize);
  }

  /** The type with its size, as a `create table` or a cast needs it. */
  dataType(): string {
    const { dtype, charSize, precision, scale } = this.state;
    if (this.isString()) return charSize === null || this.#type === 'text' ? dtype : stringType(this.stringSize());
    return this.isNumeric() ? numericType(dtype, precision, scale) : dtype;
  }

  canExpandTo(other: Column): boolean {
    return this.isString() && other.isString() && other.stringSize() > this.stringSize();
  }

  quoted(): string {
    const mark = relationStyle(this.state.adapterType).quoteCharacter;
    return `${mark}${this.state.name}${mark}`;
  }

  override attribute(name: string): Value | undefined {
    const { state } = this;
    switch (name) {
      case 'name':
      case 'column':
        return state.name;
      case 'dtype':
        return state.dtype;
      case 'char_size':
        return state.charSize;
      case 'numeric_precision':
        return state.precision;
      case 'numeric_scale':
        return state.scale;
      case 'data_type':
      case 'expanded_data_type':
        return this.dataType();
      case 'quoted':
        return this.quoted();
      default:
        return COLUMN_METHODS.get(name)?.(this) ?? columnFunction(state.adapterType, name);
    }
  }

  override equals(other: Value): boolean {
    return other instanceof Column && this.repr() === other.repr();
  }

  override hashKey(): HashKey {
    return stringKey(this.repr());
  }

  repr(): string {
    const { adapterType, name, dtype, charSize, precision, scale } = this.state;
    const fields = [
      `column=${repr(name)}`,
      `dtype=${repr(dtype)}`,
      `char_size=${repr(charSize)}`,
      `numeric_precision=${repr(precision)}`,
      `numeric_scale=${repr(scale)}`,
    ];
    return `${adapterType.charAt(0).toUpperCase()}${adapterType.slice(1)}Column(${fields.join(', ')})`;
  }
}

const COLUMN_METHODS: ReadonlyMap<string, (column: Column) => Callable> = new Map([
  ['is_string', it => hostFunction('is_string', [], () => it.isString())],
  ['is_number', it => hostFunction('is_number', [], () => it.isInteger() || it.isNumeric() || it.isFloat())],
  ['is_numeric', it => hostFunction('is_numeric', [], () => it.isNumeric())],
  ['is_integer', it => hostFunction('is_integer', [], () => it.isInteger())],
  ['is_float', it => hostFunction('is_float', [], () => it.isFloat())],
  ['string_size', it => hostFunction('string_size', [], () => it.stringSize())],
  ['literal', it => hostFunction('literal', ['value'], call => `${textOf(call.at(0), 'value')}::${it.dataType()}`)],
  ['can_expand_to', it => hostFunction('can_expand_to', ['other_column'], call => canExpand(it, call.at(0)))],
]);

const canExpand = (column: Column, other: Value): boolean => other instanceof Column && column.canExpandTo(other);

const words = (text: string): ReadonlySet<string> => new Set(text.split('|'));
const STRING_TYPES = words('text|character varying|character|varchar|string|char|nvarchar|bpchar');
const NUMERIC_TYPES = words('numeric|decimal');
const INTEGER_TYPES = words(
  'smallint|integer|bigint|smallserial|serial|bigserial|int2|int4|int8|int|serial2|serial4|serial8|tinyint|hugeint|utinyint|usmallint|uinteger|ubigint',
);
const FLOAT_TYPES = words('real|float4|float|double precision|float8|double');

const stringType = (size: number): string => `character varying(${size})`;

function numericType(dtype: string, precision: Value, scale: Value): string {
  if (precision === null || scale === null || /[()]/.test(dtype)) return dtype;
  return `${dtype}(${repr(precision)},${repr(scale)})`;
}

/** What an adapter calls a type that templates ask for by dbt's name. */
function typeLabels(adapterType: string): ReadonlyMap<string, string> {
  return TYPE_LABELS.get(adapterType) ?? STANDARD_LABELS;
}

const STANDARD_LABELS = new Map([['STRING', 'TEXT']]);
const TYPE_LABELS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'bigquery',
    new Map([
      ['STRING', 'string'],
      ['FLOAT', 'FLOAT64'],
      ['INTEGER', 'INT64'],
    ]),
  ],
  [
    'databricks',
    new Map([
      ['STRING', 'string'],
      ['TEXT', 'string'],
      ['LONG', 'BIGINT'],
    ]),
  ],
  ['spark', new Map([['STRING', 'string']])],
  ['trino', new Map([['STRING', 'VARCHAR']])],
]);

function columnFunction(adapterType: string, name: string): Callable | undefined {
  switch (name) {
    case 'translate_type':
      return hostFunction(name, ['dtype'], call => {
        const dtype = textOf(call.at(0), 'dtype');
        return typeLabels(adapterType).get(dtype.toUpperCase()) ?? dtype;
      });
    case 'create':
      return hostFunction(name, ['name', 'label_or_dtype'], call => {
        const dtype = textOf(call.at(1), 'dtype');
        const label = typeLabels(adapterType).get(dtype.toUpperCase()) ?? dtype;
        return plainColumn(adapterType, textOf(call.at(0), 'name'), label);
      });
    case 'string_type':
      return hostFunction(name, ['size'], call => stringType(Number(call.at(0))));
    case 'numeric_type':
      return hostFunction(name, ['dtype', 'precision', 'scale'], call => {
        const dtype = textOf(call.at(0), 'dtype');
        return adapterType === 'bigquery' ? dtype : numericType(dtype, call.at(1), call.at(2));
      });
    default:
      return undefined;
  }
}

/** A column without sizes. */
export const plainColumn = (adapterType: string, name: string, dtype: string): Column =>
  new Column({ adapterType, name, dtype, charSize: null, precision: null, scale: null });

/** `api.Column`: makes columns and knows the adapter's types. */
export class ColumnClass extends HostObject {
  readonly typeName = 'type';
  readonly #adapterType: string;
  constructor(adapterType: string) {
    super();
    this.#adapterType = adapterType;
  }

  override attribute(name: string): Value | undefined {
    return columnFunction(this.#adapterType, name);
  }

  override callable(): Callable {
    return hostFunction('Column', COLUMN_PARAMETERS, call => this.#construct(call));
  }

  #construct(call: HostCall): Column {
    const [name, dtype, charSize, precision, scale] = call.values;
    return new Column({
      adapterType: this.#adapterType,
      name: strOf(name ?? null) ?? '',
      dtype: strOf(dtype ?? null) ?? '',
      charSize: charSize ?? null,
      precision: precision ?? null,
      scale: scale ?? null,
    });
  }

  repr(): string {
    return '<class Column>';
  }
}

const COLUMN_PARAMETERS = [
  'column',
  'dtype',
  ['char_size', null],
  ['numeric_precision', null],
  ['numeric_scale', null],
] as const;
