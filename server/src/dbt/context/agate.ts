import type { Cell, StatementResult } from '../../base/statement.ts';
import { Decimal } from '../../render/python/decimal.ts';
import { floatText } from '../../render/python/float.ts';
import { dictSet } from '../../render/python/hash.ts';
import { strOf } from '../../render/python/strings.ts';
import { repr } from '../../render/python/text.ts';
import { type Callable, Dict, Float, HostObject, List, Tuple, Undefined, type Value } from '../../render/value.ts';
import { hostAction, hostFunction, HostRecord } from './host-function.ts';

/** A table of rows as `run_query` gives it: dbt shows templates agate's tables, and this is what they use of those. */
export class Table extends HostObject {
  readonly typeName = 'Table';
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  constructor(names: readonly string[], rows: readonly (readonly Value[])[]) {
    super();
    this.names = names;
    this.rows = rows.map(values => new Row(names, values));
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'rows':
        return new Sequence('MappedSequence', this.rows, undefined);
      case 'columns':
        return new Sequence('MappedSequence', this.#columns(), this.names);
      case 'column_names':
        return new Tuple(this.names);
      case 'print_table':
        return hostAction(name, [], () => undefined, { rest: true, named: true });
      case 'select':
        return hostFunction(name, ['key'], call => this.#select(call.at(0)));
      case 'exclude':
        return hostFunction(name, ['key'], call => this.#exclude(call.at(0)));
      case 'rename':
        return hostFunction(name, [['column_names', null]], call => this.#rename(call.at(0)), { named: true });
      default:
        return undefined;
    }
  }

  #columns(): readonly Value[] {
    return this.names.map((name, index) => new TableColumn(name, index, this.rows));
  }

  #select(key: Value): Table {
    const wanted = key instanceof List || key instanceof Tuple ? key.items : [key];
    return this.#project(wanted.map(name => this.names.indexOf(strOf(name) ?? '')).filter(index => index >= 0));
  }

  #exclude(key: Value): Table {
    const unwanted = (key instanceof List || key instanceof Tuple ? key.items : [key]).map(strOf);
    return this.#project([...this.names.keys()].filter(index => !unwanted.includes(this.names[index])));
  }

  #project(indexes: readonly number[]): Table {
    const pick = (row: Row): Value[] => indexes.map(index => row.values[index] ?? null);
    return new Table(
      indexes.map(index => this.names[index] ?? ''),
      this.rows.map(pick),
    );
  }

  #rename(names: Value): Table {
    const renamed =
      names instanceof List || names instanceof Tuple ? names.items.map(it => strOf(it) ?? '') : this.names;
    return new Table(
      renamed,
      this.rows.map(row => row.values),
    );
  }

  override iterate(): Iterable<Value> {
    return this.rows;
  }

  override length(): number {
    return this.rows.length;
  }

  override truthy(): boolean {
    return true;
  }

  repr(): string {
    return '<agate.table.Table object>';
  }
}

/** Values in order that also answer to names, with the methods agate's sequences have. */
class Sequence extends HostObject {
  readonly typeName: string;
  readonly #values: readonly Value[];
  readonly #names: readonly string[] | undefined;
  constructor(typeName: string, values: readonly Value[], names: readonly string[] | undefined) {
    super();
    this.typeName = typeName;
    this.#values = values;
    this.#names = names;
  }

  override attribute(name: string): Value | undefined {
    return sequenceMethod(name, this.#values, this.#names);
  }

  override item(key: Value): Value | undefined {
    return sequenceItem(key, this.#values, this.#names);
  }

  override iterate(): Iterable<Value> {
    return this.#values;
  }

  override length(): number {
    return this.#values.length;
  }

  repr(): string {
    return `<agate.MappedSequence: (${this.#values.map(repr).join(', ')})>`;
  }
}

function sequenceItem(key: Value, values: readonly Value[], names: readonly string[] | undefined): Value | undefined {
  if (typeof key === 'number') return values.at(key);
  const name = strOf(key);
  return name === undefined || names === undefined ? undefined : values[names.indexOf(name)];
}

function sequenceMethod(
  name: string,
  values: readonly Value[],
  names: readonly string[] | undefined,
): Callable | undefined {
  switch (name) {
    case 'values':
      return hostFunction(name, [], () => new Tuple(values));
    case 'keys':
      return hostFunction(name, [], () => (names === undefined ? null : new Tuple(names)));
    case 'items':
      return hostFunction(name, [], () => new List(pairsOf(values, names)));
    case 'dict':
      return hostFunction(name, [], () => dictOfPairs(pairsOf(values, names)));
    case 'get':
      return hostFunction(name, ['key', ['default', null]], call => {
        return sequenceItem(call.at(0), values, names) ?? call.at(1);
      });
    default:
      return undefined;
  }
}

const pairsOf = (values: readonly Value[], names: readonly string[] | undefined): Tuple[] =>
  values.map((value, index) => new Tuple([names?.[index] ?? index, value]));

function dictOfPairs(pairs: readonly Tuple[]): Dict {
  const dict = new Dict();
  for (const pair of pairs) dictSet(dict, pair.items[0] ?? null, pair.items[1] ?? null);
  return dict;
}

/** One row: its values by place, by column name, and as attributes. */
export class Row extends HostObject {
  readonly typeName = 'Row';
  readonly names: readonly string[];
  readonly values: readonly Value[];
  constructor(names: readonly string[], values: readonly Value[]) {
    super();
    this.names = names;
    this.values = values;
  }

  override attribute(name: string): Value | undefined {
    return sequenceMethod(name, this.values, this.names);
  }

  override item(key: Value): Value | undefined {
    return sequenceItem(key, this.values, this.names);
  }

  override iterate(): Iterable<Value> {
    return this.values;
  }

  override length(): number {
    return this.values.length;
  }

  repr(): string {
    return `<agate.Row: (${this.values.map(repr).join(', ')})>`;
  }
}

/** One column of a table. */
class TableColumn extends HostObject {
  readonly typeName = 'Column';
  readonly #name: string;
  readonly #index: number;
  readonly #rows: readonly Row[];
  constructor(name: string, index: number, rows: readonly Row[]) {
    super();
    this.#name = name;
    this.#index = index;
    this.#rows = rows;
  }

  #values(): readonly Value[] {
    return this.#rows.map(row => row.values[this.#index] ?? null);
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return this.#name;
      case 'index':
        return this.#index;
      case 'values_distinct':
        return hostFunction(name, [], () => new Tuple([...new Set(this.#values())]));
      case 'values_without_nulls':
        return hostFunction(name, [], () => new Tuple(this.#values().filter(value => value !== null)));
      default:
        return sequenceMethod(name, this.#values(), undefined);
    }
  }

  override item(key: Value): Value | undefined {
    return sequenceItem(key, this.#values(), undefined);
  }

  override iterate(): Iterable<Value> {
    return this.#values();
  }

  override length(): number {
    return this.#rows.length;
  }

  repr(): string {
    return `<agate.Column: (${this.#values().map(repr).join(', ')})>`;
  }
}

/** How a template gets the date and time values of a result; without it they are text. */
export type MakeTemporal = (type: string, text: string) => Value | undefined;

/** A statement's answer as a table: numbers with a fraction become decimals, dates become dates. */
export function tableOf(result: StatementResult, makeTemporal: MakeTemporal = () => undefined): Table {
  const types = result.columns.map(column => column.type.toUpperCase());
  const rows = result.rows.map(row => row.map((cell, index) => cellValue(cell, types[index] ?? '', makeTemporal)));
  return new Table(
    result.columns.map(column => column.name),
    rows,
  );
}

const DECIMAL_TYPE = /^(DECIMAL|NUMERIC|NUMBER)\b/;
const FLOAT_TYPE = /^(DOUBLE|REAL|FLOAT|FLOAT4|FLOAT8)\b/;
const TEMPORAL_TYPE = /^(DATE|TIME|TIMESTAMP)/;

function cellValue(cell: Cell, type: string, makeTemporal: MakeTemporal): Value {
  if (typeof cell === 'number' && (FLOAT_TYPE.test(type) || !Number.isInteger(cell))) {
    return Decimal.parse(floatText(cell)) ?? new Float(cell);
  }
  if (typeof cell === 'string') {
    if (DECIMAL_TYPE.test(type)) return decimalValue(cell);
    return TEMPORAL_TYPE.test(type) ? (makeTemporal(type, cell) ?? cell) : cell;
  }
  if (cell === null || typeof cell !== 'object') return cell;
  if (isList(cell)) return new List(cell.map(item => cellValue(item, '', makeTemporal)));
  return Dict.fromStrings(Object.entries(cell).map(([key, value]) => [key, cellValue(value, '', makeTemporal)]));
}

/** agate takes whole numbers for ints, whatever the warehouse calls their type. */
function decimalValue(text: string): Value {
  if (/^-?\d+$/.test(text)) {
    const whole = Number(text);
    return Number.isSafeInteger(whole) ? whole : BigInt(text);
  }
  return Decimal.parse(text) ?? text;
}

const isList = (cell: object): cell is readonly Cell[] => Array.isArray(cell);

/** What a warehouse says of a statement that it ran. */
export interface ResponseFacts {
  readonly message: string;
  readonly rowsAffected: number | undefined;
  readonly code?: string | undefined;
}

/** What `load_result` shows of an answer's status: it prints as the message, and has the rest as attributes. */
export class AdapterResponse extends HostObject {
  readonly typeName = 'AdapterResponse';
  /** The number of its statement, if that was sent and not waited for. */
  readonly sent: number | undefined;
  readonly #told: ResponseFacts | (() => ResponseFacts);
  /** Facts that are not there yet are asked for each time that they are looked at. */
  constructor(told: ResponseFacts | (() => ResponseFacts), sent?: number) {
    super();
    this.#told = told;
    this.sent = sent;
  }

  get facts(): ResponseFacts {
    return typeof this.#told === 'function' ? this.#told() : this.#told;
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case '_message':
        return this.facts.message;
      case 'rows_affected':
        return this.facts.rowsAffected ?? null;
      case 'code':
        return this.facts.code ?? this.facts.message.replace(/ [\d ]+$/, '');
      case 'query_id':
        return null;
      default:
        return undefined;
    }
  }

  override item(key: Value): Value | undefined {
    const name = strOf(key);
    return name === undefined ? undefined : this.attribute(name);
  }

  override toText(): string {
    return this.facts.message;
  }

  repr(): string {
    return `AdapterResponse(_message=${repr(this.facts.message)})`;
  }
}

/** A kept result: `response`, `data` as rows of values, and `table`. */
export function statementRecord(response: Value, table: Value): HostRecord {
  const data = (): Value => {
    if (table instanceof UnknownTable) return new UnknownSequence(unknownValue);
    return new List(table instanceof Table ? table.rows.map(row => new Tuple(row.values)) : []);
  };
  return new HostRecord('AttrDict', { response, data, table });
}

/** The rows of a query that was never sent: every column is there and empty, every row and value is unknown. */
class UnknownTable extends HostObject {
  readonly typeName = 'Table';

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'columns':
        return new UnknownSequence(key => new TableColumn(strOf(key) ?? '', 0, []));
      case 'rows':
        return new UnknownSequence(unknownValue);
      case 'column_names':
        return new Tuple([]);
      default:
        return new Table([], []).attribute(name);
    }
  }

  override iterate(): Iterable<Value> {
    return [];
  }

  override length(): number {
    return 0;
  }

  override truthy(): boolean {
    return true;
  }

  repr(): string {
    return '<agate.table.Table object>';
  }
}

/** Empty to whoever walks it, and with an answer for every key. */
class UnknownSequence extends HostObject {
  readonly typeName = 'MappedSequence';
  readonly #answer: (key: Value) => Value;
  constructor(answer: (key: Value) => Value) {
    super();
    this.#answer = answer;
  }

  override attribute(name: string): Value | undefined {
    return sequenceMethod(name, [], []);
  }

  override item(key: Value): Value {
    return this.#answer(key);
  }

  override iterate(): Iterable<Value> {
    return [];
  }

  override length(): number {
    return 0;
  }

  repr(): string {
    return '<agate.MappedSequence: ()>';
  }
}

const unknownValue = (): Value => new Undefined('a value that only the warehouse knows', 'unknown', 'capturing');

/** What `run_query` gives where there is no warehouse to ask. */
export const unknownTable: Value = new UnknownTable();
