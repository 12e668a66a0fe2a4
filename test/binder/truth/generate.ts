import { Dice } from './dice.ts';
import type { Schema } from './engine.ts';
import type { Column, Family, Generated, Grammar, Maker, Relation, ValueMaker } from './grammar.ts';
import { SHARED_CONSTANTS, SHARED_VALUES } from './shared-values.ts';

type Ctes = ReadonlyMap<string, Generated>;

const NUMBER = /^(?:U?(?:BIG|TINY|SMALL|HUGE)INT|INTEGER|DOUBLE|FLOAT|DECIMAL|real|numeric)/i;

const familyOf = (type: string): Family => {
  if (/^STRUCT.*\[\]$/i.test(type)) return 'structs';
  if (type.endsWith('[]')) return NUMBER.test(type) ? 'numbers' : 'texts';
  if (NUMBER.test(type)) return 'number';
  const found = FAMILIES_BY_TYPE.find(([pattern]) => pattern.test(type));
  return found?.[1] ?? 'other';
};

const FAMILIES_BY_TYPE: readonly (readonly [RegExp, Family])[] = [
  [/^(?:VARCHAR|text)/i, 'text'],
  [/^DATE/i, 'date'],
  [/^TIMESTAMP WITH TIME ZONE/i, 'zoned'],
  [/^TIMESTAMP/i, 'moment'],
  [/^TIME/i, 'clock'],
  [/^BOOL/i, 'boolean'],
  [/^INTERVAL/i, 'span'],
  [/^STRUCT/i, 'struct'],
  [/^MAP/i, 'map'],
  [/^JSON/i, 'json'],
  [/^(?:BLOB|bytea)/i, 'bytes'],
];

/** What depends on the order in which rows are read, or on chance. */
const UNORDERED =
  /sample|random|positional|asof|any_value|first|last|mode\(|list\(|distinct on|limit|row_number|arg_m|string_agg|lag\(|by\(/;

const COMMON: readonly Family[] = ['number', 'number', 'text', 'date', 'moment', 'boolean'];

/** Writes valid queries over the tables of a schema, with the constructs of a grammar. */
export class Generator {
  readonly #dice: Dice;
  readonly #schema: Schema;
  readonly #grammar: Grammar;
  readonly #isOrdered: boolean;
  readonly #families: readonly Family[];
  readonly #finals: readonly string[];
  #nNames = 0;

  constructor(seed: number, schema: Schema, grammar: Grammar, { isOrdered = false } = {}) {
    this.#isOrdered = isOrdered;
    this.#dice = new Dice(seed);
    this.#schema = schema;
    this.#grammar = grammar;
    this.#finals = grammar.finals.filter(it => !isOrdered || !UNORDERED.test(it));
    const own = Object.keys(grammar.values) as readonly Family[];
    this.#families = [...COMMON, ...COMMON, ...own.filter(it => !COMMON.includes(it))];
  }

  /** The next query. */
  query(): string {
    this.#nNames = 0;
    const dice = this.#dice;
    const ctes = new Map<string, Generated>();
    const texts: string[] = [];
    for (let n = dice.once(3) ? 1 + dice.below(3) : 0; n > 0; n--) {
      const name = this.#name('cte');
      const body = this.#body(1, ctes);
      texts.push(`${name} as (${body.sql})`);
      ctes.set(name, body);
    }
    const main = dice.once(4) ? this.#final(ctes) : this.#body(texts.length === 0 ? 2 : 1, ctes).sql;
    if (/^(?:with|summarize|pivot|unpivot|values)\b/.test(main)) return main;
    return texts.length === 0 ? main : `with ${texts.join(', ')} ${main}`;
  }

  #name(prefix: string): string {
    return `${prefix}_${++this.#nNames}`;
  }

  #maker(depth: number, ctes: Ctes): Maker {
    return {
      dice: this.#dice,
      isOrdered: this.#isOrdered,
      name: prefix => this.#name(prefix),
      value: (family, columns, layers) => this.#value(family, columns, layers),
      column: (family, columns) => this.#column(family, columns),
      relation: () => this.#relation(depth - 1, ctes),
      from: () => this.#from(depth - 1, ctes),
      query: () => this.#body(depth - 1, ctes),
    };
  }

  /** The outermost query may have values without a name. */
  #final(ctes: Ctes): string {
    const dice = this.#dice;
    if (dice.once(2)) return dice.pick(this.#finals);
    const from = this.#from(1, ctes);
    const items = Array.from({ length: 1 + dice.below(4) }, () => this.#anyValue(from.columns, 2));
    return `select ${items.join(', ')} from ${from.sql}`;
  }

  #body(depth: number, ctes: Ctes): Generated {
    const dice = this.#dice;
    if (depth > 0 && dice.once(4)) {
      const made = dice.pick(this.#grammar.queries)(this.#maker(depth, ctes));
      if (made !== undefined) return made;
    }
    if (dice.once(7)) return this.#union(depth, ctes);
    return dice.once(3) ? this.#grouped(depth, ctes) : this.#plain(depth, ctes);
  }

  #union(depth: number, ctes: Ctes): Generated {
    const left = this.#plain(depth - 1, ctes);
    const from = this.#from(0, ctes);
    const operator = this.#dice.pick(this.#grammar.setOperators);
    const items = left.columns.map(({ name, family }) => {
      const value = this.#value(family, from.columns, 1);
      return operator.endsWith('by name') ? `${value} as ${name}` : value;
    });
    return { sql: `${left.sql} ${operator} select ${items.join(', ')} from ${from.sql}`, columns: left.columns };
  }

  /** Relations, and the columns they have. */
  #from(depth: number, ctes: Ctes): Relation {
    let joined = this.#relation(depth, ctes);
    for (let n = this.#dice.below(3); n > 0; n--) joined = this.#joined(joined, depth, ctes);
    return joined;
  }

  #joined(first: Relation, depth: number, ctes: Ctes): Relation {
    const dice = this.#dice;
    if (dice.once(4)) {
      const made = dice.pick(this.#grammar.joins)(this.#maker(depth, ctes), first);
      if (made !== undefined) return made;
    }
    const other = this.#relation(depth - 1, ctes);
    const columns = [...first.columns, ...other.columns];
    const join = dice.pick(this.#grammar.joinWords);
    const [a, b] = [this.#column('number', first.columns), this.#column('number', other.columns)];
    const isFree = join === 'cross join' || join === ',';
    if (isFree || a === undefined || b === undefined) {
      return { sql: `${first.sql} ${isFree ? join : 'cross join'} ${other.sql}`, columns };
    }
    const isEqual = join === 'full join' || !this.#grammar.comparesInJoins;
    return {
      sql: `${first.sql} ${join} ${other.sql} on ${a} ${isEqual ? '=' : dice.pick(['=', '=', '>='])} ${b}`,
      columns,
    };
  }

  #column(family: Family, columns: readonly Column[]): string | undefined {
    const fitting = columns.filter(it => it.family === family);
    return fitting.length === 0 ? undefined : this.#dice.pick(fitting).text;
  }

  #relation(depth: number, ctes: Ctes): Relation {
    const dice = this.#dice;
    if (depth > 0 && dice.once(8)) {
      const made = dice.pick(this.#grammar.relations)(this.#maker(depth, ctes));
      if (made !== undefined) return made;
    }
    const alias = this.#name('t');
    const named = (list: Generated['columns']): readonly Column[] =>
      list.map(it => ({ text: `${alias}.${it.name}`, name: it.name, family: it.family }));
    if (ctes.size > 0 && dice.once(2)) {
      const [name, body] = dice.pick([...ctes]);
      if (body.columns.length > 0) return { sql: `${name} as ${alias}`, columns: named(body.columns) };
    }
    if (depth > 0 && dice.once(3)) {
      const body = this.#body(depth - 1, ctes);
      if (body.columns.length > 0) return { sql: `(${body.sql}) ${alias}`, columns: named(body.columns) };
    }
    const table = dice.pick(Object.keys(this.#schema));
    const columns = Object.entries(this.#schema[table] ?? {}).map(([name, type]) => ({ name, family: familyOf(type) }));
    return { sql: `${table} ${alias}`, columns: named(columns) };
  }

  #plain(depth: number, ctes: Ctes): Generated {
    const dice = this.#dice;
    const from = this.#from(depth, ctes);
    const where = dice.once(2) ? '' : ` where ${this.#value('boolean', from.columns, 2)}`;
    if (dice.once(6) && new Set(from.columns.map(it => it.name)).size === from.columns.length) {
      const columns = from.columns.map(({ name, family }) => ({ name, family }));
      return { sql: `select * from ${from.sql}${where}`, columns };
    }
    const columns: { name: string; family: Family }[] = [];
    const items: string[] = [];
    for (let n = 1 + dice.below(5); n > 0; n--) {
      const family = dice.pick(this.#families);
      const value = dice.once(6) ? this.#window(family, from.columns) : this.#value(family, from.columns, 3);
      const name = this.#name('c');
      items.push(`${value} as ${name}`);
      columns.push({ name, family });
    }
    const distinct = dice.once(8) ? 'distinct ' : '';
    return { sql: `select ${distinct}${items.join(', ')} from ${from.sql}${where}`, columns };
  }

  #grouped(depth: number, ctes: Ctes): Generated {
    const dice = this.#dice;
    const from = this.#from(depth, ctes);
    const columns: { name: string; family: Family }[] = [];
    const items: string[] = [];
    const keys: string[] = [];
    for (let n = dice.below(3); n > 0; n--) {
      const key = dice.pick(from.columns);
      if (key.family === 'json') continue;
      const name = this.#name('k');
      items.push(`${key.text} as ${name}`);
      columns.push({ name, family: key.family });
      keys.push(key.text);
    }
    for (let n = 1 + dice.below(3); n > 0; n--) {
      const [value, family] = this.#aggregate(from.columns);
      const name = this.#name('a');
      items.push(`${value} as ${name}`);
      columns.push({ name, family });
    }
    const where = dice.once(2) ? '' : ` where ${this.#value('boolean', from.columns, 1)}`;
    const having = dice.once(3) ? ` having count(*) > ${dice.below(3)}` : '';
    const sql = `select ${items.join(', ')} from ${from.sql}${where}${this.#groupBy(keys)}${having}`;
    return { sql, columns };
  }

  #groupBy(keys: readonly string[]): string {
    if (keys.length === 0) return '';
    const list = keys.join(', ');
    const sets = [`rollup (${list})`, `cube (${list})`, `grouping sets ((${list}), (${keys[0]}), ())`];
    const plain = [list, list, keys.map((_, at) => at + 1).join(', ')];
    return ` group by ${this.#dice.pick(this.#dice.once(4) ? sets : plain)}`;
  }

  #aggregate(columns: readonly Column[]): readonly [string, Family] {
    const dice = this.#dice;
    const filter = dice.once(6) ? ` filter (where ${this.#value('boolean', columns, 1)})` : '';
    if (dice.once(3)) {
      const [family, rule] = dice.pick(this.#grammar.aggregates);
      return [`${rule(this.#valueMaker(columns, 2))}${filter}`, family];
    }
    const family = dice.pick(COMMON);
    switch (dice.below(6)) {
      case 0:
        return [`count(*)${filter}`, 'number'];
      case 1:
        return [`count(distinct ${this.#value(family, columns, 1)})`, 'number'];
      case 2:
        return [`sum(${this.#value('number', columns, 2)})${filter}`, 'number'];
      case 3:
        return [`avg(${this.#value('number', columns, 1)})`, 'number'];
      case 4: {
        const value = this.#value('text', columns, 1);
        return [this.#isOrdered ? `string_agg(${value}, ',' order by ${value})` : `string_agg(${value}, ',')`, 'text'];
      }
      default: {
        const kept = family === 'boolean' ? 'number' : family;
        return [`${dice.pick(['min', 'max'])}(${this.#value(kept, columns, 2)})${filter}`, kept];
      }
    }
  }

  #window(family: Family, columns: readonly Column[]): string {
    const dice = this.#dice;
    const partition = dice.once(2) ? `partition by ${dice.pick(columns).text} ` : '';
    const order = `order by ${this.#column('number', columns) ?? dice.pick(columns).text}`;
    if (this.#isOrdered) return this.#orderedWindow(family, columns, `over (${partition}${order})`);
    const over = `over (${partition}${order}${dice.once(2) ? ` ${dice.pick(this.#grammar.frames)}` : ''})`;
    if (family !== 'number') {
      const name = dice.pick(['lag', 'lead', 'first_value', 'last_value']);
      return `${name}(${this.#value(family, columns, 1)}) ${over}`;
    }
    const value = this.#value('number', columns, 1);
    return `${dice.pick([
      `${dice.pick(['row_number', 'rank', 'dense_rank', 'percent_rank', 'cume_dist'])}()`,
      'ntile(4)',
      `sum(${value})`,
      `lag(${value}, 2)`,
      `avg(${value})`,
      `nth_value(${value}, 2)`,
      'count(*)',
    ])} ${over}`;
  }

  /** Windows that give rows of equal rank the same value. */
  #orderedWindow(family: Family, columns: readonly Column[], over: string): string {
    const dice = this.#dice;
    if (family !== 'number') {
      const kept = COMMON.includes(family) && family !== 'boolean' ? family : 'text';
      return `max(${this.#value(kept, columns, 1)}) ${over}`;
    }
    const name = dice.pick(['sum', 'avg', 'count']);
    return dice.once(2)
      ? `${dice.pick(['rank', 'dense_rank'])}() ${over}`
      : `${name}(${this.#value('number', columns, 1)}) ${over}`;
  }

  #anyValue(columns: readonly Column[], depth: number): string {
    const family = this.#dice.pick(this.#families);
    return this.#dice.once(8) ? this.#window(family, columns) : this.#value(family, columns, depth);
  }

  #value(family: Family, columns: readonly Column[], depth: number): string {
    const dice = this.#dice;
    const column = this.#column(family, columns);
    if (depth <= 0 || (column !== undefined && dice.once(3))) return column ?? this.#constant(family);
    if (dice.once(8)) {
      const branches = `when ${this.#value('boolean', columns, 1)} then ${this.#value(family, columns, depth - 1)}`;
      const otherwise = dice.once(3) ? '' : ` else ${this.#value(family, columns, depth - 1)}`;
      return `case ${branches}${otherwise} end`;
    }
    if (dice.once(8)) {
      return `coalesce(${this.#value(family, columns, depth - 1)}, ${this.#value(family, columns, depth - 1)})`;
    }
    if (dice.once(20)) return this.#subquery(family, columns);
    return this.#made(family, columns, depth);
  }

  #made(family: Family, columns: readonly Column[], depth: number): string {
    const rules = [...(SHARED_VALUES[family] ?? []), ...(this.#grammar.values[family] ?? [])];
    return this.#dice.pick(rules)(this.#valueMaker(columns, depth));
  }

  #valueMaker(columns: readonly Column[], depth: number): ValueMaker {
    return {
      dice: this.#dice,
      isOrdered: this.#isOrdered,
      of: family => this.#value(family, columns, depth - 1),
      constant: family => this.#constant(family),
      name: prefix => this.#name(prefix),
      relation: () => this.#relation(0, new Map()),
      column: (family, list) => this.#column(family, list),
    };
  }

  /** A scalar subquery, sometimes correlated. */
  #subquery(family: Family, outer: readonly Column[]): string {
    const table = this.#relation(0, new Map());
    const column = this.#column(family, table.columns) ?? this.#constant(family);
    const isPlain = COMMON.includes(family);
    const value = family === 'boolean' ? `count(${column}) > 1` : isPlain ? `max(${column})` : column;
    const [a, b] = [this.#column('number', table.columns), this.#column('number', outer)];
    const where = a !== undefined && b !== undefined && this.#dice.once(2) ? ` where ${a} = ${b}` : '';
    const limit = isPlain ? '' : ' limit 1';
    return `(select ${value} from ${table.sql}${where}${limit})`;
  }

  #constant(family: Family): string {
    const known = [...(this.#grammar.constants[family] ?? []), ...(SHARED_CONSTANTS[family] ?? [])];
    return known.length === 0 ? 'null' : this.#dice.pick(known);
  }
}
