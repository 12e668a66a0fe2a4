import { strOf } from '../../render/python/strings.ts';
import { raise } from '../../render/python/error.ts';
import { equal } from '../../render/python/compare.ts';
import { dictGet } from '../../render/python/hash.ts';
import { type Callable, Dict, HostObject, stringKey, type HashKey, type Value } from '../../render/value.ts';
import { relationStyle, type QuotePolicy } from '../manifest/relation.ts';
import { DbtError } from './dbt-error.ts';
import { hostFunction, isTrue, optionalText, type HostCall } from './host-function.ts';

/** What a relation is made of; `Relation` objects are immutable, and every method gives a new one. */
export interface RelationState {
  readonly adapterType: string;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly identifier: string | undefined;
  readonly type: string | undefined;
  readonly quote: QuotePolicy;
  readonly include: QuotePolicy;
  /** `--empty`: 0 rows of it; `undefined` for all. */
  readonly limit: number | undefined;
  /** Only the rows of a batch, by the time of their events. */
  readonly timeFilter?: TimeFilter | undefined;
  /** For an information schema: the view of it that is meant. */
  readonly view?: string | undefined;
}

/** Rows whose event lies at `start` or later and before `end`; the times are texts as Python prints them. */
export interface TimeFilter {
  readonly field: string;
  readonly start: string;
  readonly end: string;
}

/** Python's names of the classes, which messages show and packages look at the ends of. */
const CLASS_NAMES: ReadonlyMap<string, string> = new Map([
  ['postgres', 'PostgresRelation'],
  ['redshift', 'RedshiftRelation'],
  ['duckdb', 'DuckDBRelation'],
  ['snowflake', 'SnowflakeRelation'],
  ['bigquery', 'BigQueryRelation'],
  ['databricks', 'DatabricksRelation'],
  ['spark', 'SparkRelation'],
  ['trino', 'TrinoRelation'],
]);

const everything: QuotePolicy = { database: true, schema: true, identifier: true };

/** A relation with the adapter's own quoting unless told otherwise. */
export function relationState(adapterType: string, parts: Partial<Omit<RelationState, 'adapterType'>>): RelationState {
  const style = relationStyle(adapterType);
  const include = { ...everything, database: style.includesDatabase };
  const none = { database: undefined, schema: undefined, identifier: undefined, type: undefined, limit: undefined };
  return { adapterType, ...none, quote: style.quote, include, ...parts };
}

/** A table, view or common table expression as templates know it: it prints as the name to select from. */
export class Relation extends HostObject {
  readonly typeName: string;
  readonly state: RelationState;
  constructor(state: RelationState) {
    super();
    this.state = state;
    this.typeName = CLASS_NAMES.get(state.adapterType) ?? 'BaseRelation';
    const limit = relationStyle(state.adapterType).maxIdentifierLength;
    const { identifier, type } = state;
    if (limit === undefined || identifier === undefined || type === undefined || identifier.length <= limit) return;
    const message = `Relation name '${identifier}' is longer than ${limit} characters`;
    throw new DbtError('DbtRuntimeError', message, 'relation-name-too-long');
  }

  /** The same relation with other parts. */
  with(change: Partial<RelationState>): Relation {
    return new Relation({ ...this.state, ...change });
  }

  /** The name alone, as SQL writes it. */
  render(): string {
    const { database, schema, identifier, quote, include } = this.state;
    const parts = [
      include.database ? this.#part(database, quote.database) : undefined,
      include.schema ? this.#part(schema, quote.schema) : undefined,
      include.identifier ? this.#part(identifier, quote.identifier) : undefined,
      this.state.view,
    ];
    return parts.filter(part => part !== undefined).join('.');
  }

  #part(name: string | undefined, quoted: boolean): string | undefined {
    if (name === undefined) return undefined;
    const mark = quoted ? relationStyle(this.state.adapterType).quoteCharacter : '';
    return `${mark}${name}${mark}`;
  }

  override toText(): string {
    return this.#filtered(this.#limited());
  }

  #limited(): string {
    const { type, identifier, limit } = this.state;
    const name = type === 'cte' && identifier !== undefined ? identifier : this.render();
    if (limit === undefined) return name;
    const condition = limit === 0 ? 'where false limit 0' : `limit ${limit}`;
    return `(select * from ${name} ${condition})${this.#subqueryName('limit')}`;
  }

  #filtered(rows: string): string {
    const { timeFilter, adapterType } = this.state;
    if (timeFilter === undefined) return rows;
    const { field, time } = relationStyle(adapterType).timeFilter;
    const column = field(timeFilter.field);
    const condition = `${column} >= ${time(timeFilter.start)} and ${column} < ${time(timeFilter.end)}`;
    return `(select * from ${rows} where ${condition})${this.#subqueryName('et_filter')}`;
  }

  #subqueryName(what: string): string {
    const isNamed = relationStyle(this.state.adapterType).namesSubqueries;
    return isNamed ? ` _dbt_${what}_subq_${this.state.identifier ?? ''}` : '';
  }

  repr(): string {
    return `<${this.typeName} ${this.render()}>`;
  }

  override equals(other: Value): boolean {
    return other instanceof Relation && this.hashKey() === other.hashKey();
  }

  override hashKey(): HashKey {
    return stringKey(`relation:${this.state.type ?? ''}:${this.render()}`);
  }

  override truthy(): boolean {
    return true;
  }

  override attribute(name: string): Value | undefined {
    const part = partOf(this, name);
    return part === undefined ? (kindOf(this, name) ?? METHODS.get(name)?.(this)) : part;
  }

  override item(key: Value): Value | undefined {
    const name = strOf(key);
    return name === undefined ? undefined : this.attribute(name);
  }

  /** Packages tell relations from other values by asking for a mapping; its entries cannot be listed all the same. */
  override *iterate(): Iterable<Value> {
    raise('DataclassNotDictError', notDict(this));
    yield null;
  }

  override toJson(): Value {
    const path = Dict.fromStrings([
      ['database', this.state.database ?? null],
      ['schema', this.state.schema ?? null],
      ['identifier', this.state.identifier ?? null],
    ]);
    return Dict.fromStrings([
      ['path', path],
      ['type', this.state.type ?? null],
    ]);
  }
}

function partOf(relation: Relation, name: string): Value | undefined {
  const { database, schema, identifier, type, quote, include } = relation.state;
  switch (name) {
    case 'database':
      return database ?? null;
    case 'schema':
    case 'dataset':
      return schema ?? null;
    case 'project':
      return relation.state.adapterType === 'bigquery' ? (database ?? null) : undefined;
    case 'identifier':
    case 'name':
    case 'table':
      return identifier ?? null;
    case 'type':
      return type ?? null;
    case 'path':
      return Dict.fromStrings([
        ['database', database ?? null],
        ['schema', schema ?? null],
        ['identifier', identifier ?? null],
      ]);
    case 'quote_policy':
      return policyDict(quote);
    case 'include_policy':
      return policyDict(include);
    case 'information_schema_view':
      return relation.state.view ?? null;
    case 'limit':
      return relation.state.limit ?? null;
    case 'quote_character':
      return relationStyle(relation.state.adapterType).quoteCharacter;
    default:
      return undefined;
  }
}

const policyDict = (policy: QuotePolicy): Dict =>
  Dict.fromStrings([
    ['database', policy.database],
    ['schema', policy.schema],
    ['identifier', policy.identifier],
  ]);

/** The names under which a relation, and the class of relations, hold dbt's words for kinds. */
export const KIND_CONSTANTS: ReadonlyMap<string, string> = new Map([
  ['View', 'view'],
  ['Table', 'table'],
  ['CTE', 'cte'],
  ['MaterializedView', 'materialized_view'],
  ['External', 'external'],
  ['PointerTable', 'pointer_table'],
  ['Function', 'function'],
]);

const RENAMEABLE: ReadonlySet<string | undefined> = new Set(['view', 'table', 'materialized_view']);
const REPLACEABLE: ReadonlySet<string | undefined> = new Set(['view', 'table']);

function kindOf(relation: Relation, name: string): Value | undefined {
  const { type } = relation.state;
  switch (name) {
    case 'is_table':
      return type === 'table';
    case 'is_view':
      return type === 'view';
    case 'is_cte':
      return type === 'cte';
    case 'is_materialized_view':
      return type === 'materialized_view';
    case 'is_pointer':
      return type === 'pointer_table';
    case 'is_function':
      return type === 'function';
    case 'is_external':
      return type === 'external';
    case 'can_be_renamed':
      return RENAMEABLE.has(type);
    case 'can_be_replaced':
      return REPLACEABLE.has(type);
    default:
      return KIND_CONSTANTS.get(name);
  }
}

type Method = (relation: Relation) => Callable;

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['render', it => hostFunction('render', [], () => it.render())],
  ['include', it => policyMethod(it, 'include')],
  ['quote', it => policyMethod(it, 'quote')],
  ['incorporate', it => hostFunction('incorporate', [], call => incorporate(it, call), { named: true })],
  ['replace_path', it => hostFunction('replace_path', [], call => it.with(pathChange(call.named)), { named: true })],
  ['replace', it => hostFunction('replace', [], call => incorporate(it, call), { named: true })],
  ['without_identifier', it => hostFunction('without_identifier', [], () => includeOnly(it, { identifier: false }))],
  [
    'information_schema',
    it => hostFunction('information_schema', [['view_name', null]], call => schemaView(it, strOf(call.at(0)))),
  ],
  ['information_schema_only', it => hostFunction('information_schema_only', [], () => schemaView(it, undefined))],
  ['keys', it => hostFunction('keys', [], () => raise('DataclassNotDictError', notDict(it)))],
  ['matches', it => hostFunction('matches', MATCH_PARAMETERS, call => matches(it, call))],
  ['get', it => hostFunction('get', ['key', ['default', null]], call => entryOf(it, call))],
  ['to_dict', it => hostFunction('to_dict', [['omit_none', false]], () => it.toJson())],
  [
    'relation_max_name_length',
    it =>
      hostFunction(
        'relation_max_name_length',
        [],
        () => relationStyle(it.state.adapterType).maxIdentifierLength ?? 127,
      ),
  ],
]);

const PART_NAMES = ['database', 'schema', 'identifier'] as const;
const MATCH_PARAMETERS = PART_NAMES.map(name => [name, null] as const);

/** `include(database=false)` and `quote(identifier=true)`: one policy with some parts changed. */
function policyMethod(relation: Relation, policy: 'include' | 'quote'): Callable {
  return hostFunction(policy, MATCH_PARAMETERS, call => {
    const changed = { ...relation.state[policy] };
    PART_NAMES.forEach((part, index) => {
      if (call.at(index) !== null) changed[part] = isTrue(call.at(index));
    });
    return relation.with({ [policy]: changed });
  });
}

/** Packages ask for `metadata.type` to see whether they hold a relation. */
function entryOf(relation: Relation, call: HostCall): Value {
  if (strOf(call.at(0)) === 'metadata') return Dict.fromStrings([['type', relation.typeName]]);
  const value = relation.item(call.at(0));
  return value === undefined ? call.at(1) : value;
}

const notDict = (relation: Relation): string =>
  `The object ("${relation.repr()}") was used as a dictionary. This capability has been removed from objects of this type.`;

const includeOnly = (relation: Relation, change: Partial<QuotePolicy>): Relation =>
  relation.with({ include: { ...relation.state.include, ...change } });

function incorporate(relation: Relation, call: HostCall): Relation {
  const path = call.named.get('path');
  const quote = call.named.get('quote_policy');
  const include = call.named.get('include_policy');
  const type = call.named.get('type');
  const view = call.named.get('information_schema_view');
  return relation.with({
    ...(path instanceof Dict ? pathChange(entriesOf(path)) : {}),
    ...(quote instanceof Dict ? { quote: policyFrom(relation.state.quote, quote) } : {}),
    ...(include instanceof Dict ? { include: policyFrom(relation.state.include, include) } : {}),
    ...(type === undefined ? {} : { type: optionalText(type, 'type') }),
    ...(view === undefined ? {} : { view: optionalText(view, 'information_schema_view') }),
  });
}

const entriesOf = (dict: Dict): ReadonlyMap<string, Value> =>
  new Map([...dict.entries.values()].map(({ key, value }) => [strOf(key) ?? '', value]));

function pathChange(entries: ReadonlyMap<string, Value>): Partial<RelationState> {
  const change: { -readonly [P in (typeof PART_NAMES)[number]]?: string | undefined } = {};
  for (const part of PART_NAMES) {
    const value = entries.get(part);
    if (value !== undefined) change[part] = optionalText(value, part);
  }
  return change;
}

/** A policy dict over another policy: parts that it leaves out stay as they are. */
export function policyFrom(base: QuotePolicy, dict: Dict): QuotePolicy {
  const part = (name: keyof QuotePolicy): boolean => {
    const value = dictGet(dict, name);
    return value === undefined || value === null ? base[name] : isTrue(value);
  };
  return { database: part('database'), schema: part('schema'), identifier: part('identifier') };
}

/** Names compare without case where they are not quoted; dbt compares all of them so, and refuses a near miss. */
function matches(relation: Relation, call: HostCall): boolean {
  return PART_NAMES.every((part, index) => {
    const wanted = call.at(index);
    return wanted === null || equal(wanted, relation.state[part] ?? null);
  });
}

/** The information schema of a relation's database, or one view of it. */
function schemaView(relation: Relation, view: string | undefined): Relation {
  const { database, include, quote } = relation.state;
  return relation.with({
    schema: undefined,
    identifier: 'INFORMATION_SCHEMA',
    type: 'view',
    include: { database: database !== undefined && include.database, schema: false, identifier: true },
    quote: { ...quote, identifier: false },
    view,
  });
}
