import type { Schema } from './engine.ts';

/** Random numbers from a seed: the same ones every time. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 1) >>> 0;
  }

  /** A whole number below `n`. */
  below(n: number): number {
    let t = (this.#state = (this.#state + 0x6d2b79f5) >>> 0);
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }

  /** Whether something happens once in `n` times. */
  once(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(list: readonly T[]): T {
    const it = list[this.below(list.length)];
    if (it === undefined) throw new Error('nothing to pick from');
    return it;
  }
}

/** Families of types: values of one can be put where another of it stands. */
export type Family = 'number' | 'text' | 'date' | 'moment' | 'boolean' | 'other';

/** A column that a query can use. */
interface Column {
  readonly text: string;
  readonly name: string;
  readonly family: Family;
}

/** A query and the names and families of its columns. */
export interface Generated {
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly family: Family }[];
}

const familyOf = (type: string): Family => {
  if (
    /^(?:BIGINT|INTEGER|SMALLINT|TINYINT|DOUBLE|FLOAT|DECIMAL|double precision|real|numeric|integer|bigint|smallint)/i.test(
      type,
    )
  ) {
    return 'number';
  }
  if (/^(?:VARCHAR|text)/i.test(type)) return 'text';
  if (/^DATE/i.test(type)) return 'date';
  if (/^TIMESTAMP/i.test(type)) return 'moment';
  return /^BOOL/i.test(type) ? 'boolean' : 'other';
};

/** Which engine the queries are for. */
export type Flavour = 'duckdb' | 'postgres';

/** Writes valid queries over the tables of a schema: joins, CTEs, subqueries, groups, windows, set operations. */
export class Generator {
  readonly #dice: Dice;
  readonly #schema: Schema;
  readonly #flavour: Flavour;
  /** Whether nothing may depend on the order in which an engine happens to read rows. */
  readonly #isOrdered: boolean;
  #nNames = 0;

  constructor(seed: number, schema: Schema, flavour: Flavour, { isOrdered = false } = {}) {
    this.#isOrdered = isOrdered;
    this.#dice = new Dice(seed);
    this.#schema = schema;
    this.#flavour = flavour;
  }

  /** The next query. */
  query(): Generated {
    this.#nNames = 0;
    const dice = this.#dice;
    if (!dice.once(3)) return this.#body(2, new Map());
    const ctes = new Map<string, Generated>();
    const texts: string[] = [];
    for (let n = 1 + dice.below(3); n > 0; n--) {
      const name = this.#name('cte');
      const body = this.#body(1, ctes);
      texts.push(`${name} as (${body.sql})`);
      ctes.set(name, body);
    }
    const main = this.#body(1, ctes);
    return { sql: `with ${texts.join(', ')} ${main.sql}`, columns: main.columns };
  }

  #name(prefix: string): string {
    return `${prefix}_${++this.#nNames}`;
  }

  #body(depth: number, ctes: ReadonlyMap<string, Generated>): Generated {
    const dice = this.#dice;
    if (dice.once(7)) return this.#union(depth, ctes);
    return dice.once(3) ? this.#grouped(depth, ctes) : this.#plain(depth, ctes);
  }

  #union(depth: number, ctes: ReadonlyMap<string, Generated>): Generated {
    const dice = this.#dice;
    const left = this.#plain(depth - 1, ctes);
    const from = this.#from(0, ctes);
    const items = left.columns.map(({ family }) => this.#value(family, from.columns, 1));
    const operator = dice.pick(['union all', 'union', 'union all', 'intersect', 'except']);
    return { sql: `${left.sql} ${operator} select ${items.join(', ')} from ${from.sql}`, columns: left.columns };
  }

  /** Relations, and the columns they have. */
  #from(
    depth: number,
    ctes: ReadonlyMap<string, Generated>,
  ): { readonly sql: string; readonly columns: readonly Column[] } {
    const dice = this.#dice;
    const first = this.#relation(depth, ctes);
    let { sql } = first;
    const columns = [...first.columns];
    for (let n = dice.below(3); n > 0; n--) {
      const other = this.#relation(depth - 1, ctes);
      const join = dice.pick(['join', 'left join', 'inner join', 'full join', 'right join', 'cross join']);
      if (join === 'cross join') sql += ` cross join ${other.sql}`;
      else {
        const isEqual = join === 'full join' || this.#flavour === 'postgres';
        const [a, b] = [this.#plainColumn('number', columns), this.#plainColumn('number', other.columns)];
        if (a === undefined || b === undefined) sql += ` cross join ${other.sql}`;
        else sql += ` ${join} ${other.sql} on ${a} ${isEqual ? '=' : dice.pick(['=', '=', '>='])} ${b}`;
      }
      columns.push(...other.columns);
    }
    return { sql, columns };
  }

  #plainColumn(family: Family, columns: readonly Column[]): string | undefined {
    const fitting = columns.filter(it => it.family === family);
    return fitting.length === 0 ? undefined : this.#dice.pick(fitting).text;
  }

  #relation(
    depth: number,
    ctes: ReadonlyMap<string, Generated>,
  ): { readonly sql: string; readonly columns: readonly Column[] } {
    const dice = this.#dice;
    const alias = this.#name('t');
    const named = (list: readonly { readonly name: string; readonly family: Family }[]): readonly Column[] =>
      list.map(it => ({ text: `${alias}.${it.name}`, name: it.name, family: it.family }));
    if (ctes.size > 0 && dice.once(2)) {
      const [name, body] = dice.pick([...ctes]);
      return { sql: `${name} as ${alias}`, columns: named(body.columns) };
    }
    if (depth > 0 && dice.once(3)) {
      const body = this.#body(depth - 1, ctes);
      return { sql: `(${body.sql}) ${alias}`, columns: named(body.columns) };
    }
    const table = dice.pick(Object.keys(this.#schema));
    const columns = Object.entries(this.#schema[table] ?? {}).map(([name, type]) => ({ name, family: familyOf(type) }));
    return { sql: `${table} ${alias}`, columns: named(columns) };
  }

  #plain(depth: number, ctes: ReadonlyMap<string, Generated>): Generated {
    const dice = this.#dice;
    const from = this.#from(depth, ctes);
    const where = dice.once(2) ? '' : ` where ${this.#value('boolean', from.columns, 2)}`;
    const names = new Set(from.columns.map(it => it.name));
    if (dice.once(6) && names.size === from.columns.length) {
      const columns = from.columns.map(({ name, family }) => ({ name, family }));
      if (this.#flavour === 'postgres' || dice.once(2)) return { sql: `select * from ${from.sql}${where}`, columns };
      const [gone] = columns;
      if (gone !== undefined && columns.length > 1) {
        return { sql: `select * exclude (${gone.name}) from ${from.sql}${where}`, columns: columns.slice(1) };
      }
    }
    const columns: { name: string; family: Family }[] = [];
    const items: string[] = [];
    for (let n = 1 + dice.below(5); n > 0; n--) {
      const family = dice.pick(FAMILIES);
      const value = dice.once(6) ? this.#window(family, from.columns) : this.#value(family, from.columns, 3);
      const name = this.#name('c');
      items.push(`${value} as ${name}`);
      columns.push({ name, family });
    }
    const distinct = dice.once(8) ? 'distinct ' : '';
    return { sql: `select ${distinct}${items.join(', ')} from ${from.sql}${where}`, columns };
  }

  #grouped(depth: number, ctes: ReadonlyMap<string, Generated>): Generated {
    const dice = this.#dice;
    const from = this.#from(depth, ctes);
    const columns: { name: string; family: Family }[] = [];
    const items: string[] = [];
    const keys: string[] = [];
    for (let n = dice.below(3); n > 0; n--) {
      const key = dice.pick(from.columns);
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
    const group =
      keys.length === 0 ? '' : ` group by ${dice.once(2) ? keys.map((_, at) => at + 1).join(', ') : keys.join(', ')}`;
    const having = dice.once(3) ? ` having count(*) > ${dice.below(3)}` : '';
    return { sql: `select ${items.join(', ')} from ${from.sql}${where}${group}${having}`, columns };
  }

  #aggregate(columns: readonly Column[]): readonly [string, Family] {
    const dice = this.#dice;
    const family = dice.pick(FAMILIES);
    const filter = dice.once(6) ? ` filter (where ${this.#value('boolean', columns, 1)})` : '';
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
    const over = `over (${partition}order by ${dice.pick(columns).text})`;
    if (this.#isOrdered) return this.#orderedWindow(family, columns, over);
    if (family !== 'number') {
      const name = dice.pick(['lag', 'lead', 'first_value', 'last_value']);
      return `${name}(${this.#value(family, columns, 1)}) ${over}`;
    }
    switch (dice.below(4)) {
      case 0:
        return `${dice.pick(['row_number', 'rank', 'dense_rank', 'percent_rank'])}() ${over}`;
      case 1:
        return `sum(${this.#value('number', columns, 1)}) ${over}`;
      case 2:
        return `lag(${this.#value('number', columns, 1)}) ${over}`;
      default:
        return `avg(${this.#value('number', columns, 1)}) ${over}`;
    }
  }

  /** Windows that give rows of equal rank the same value. */
  #orderedWindow(family: Family, columns: readonly Column[], over: string): string {
    const dice = this.#dice;
    if (family !== 'number') return `max(${this.#value(family === 'boolean' ? 'text' : family, columns, 1)}) ${over}`;
    const name = dice.pick(['sum', 'avg', 'count']);
    return dice.once(2)
      ? `${dice.pick(['rank', 'dense_rank'])}() ${over}`
      : `${name}(${this.#value('number', columns, 1)}) ${over}`;
  }

  #value(family: Family, columns: readonly Column[], depth: number): string {
    const dice = this.#dice;
    const column = this.#plainColumn(family, columns);
    if (depth === 0 || (column !== undefined && dice.once(3))) return column ?? this.#constant(family);
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

  /** A scalar subquery, sometimes correlated. */
  #subquery(family: Family, outer: readonly Column[]): string {
    const table = this.#relation(0, new Map());
    const column = this.#plainColumn(family, table.columns) ?? this.#constant(family);
    const value = family === 'boolean' ? `count(${column}) > 1` : `max(${column})`;
    const [a, b] = [this.#plainColumn('number', table.columns), this.#plainColumn('number', outer)];
    const where = a !== undefined && b !== undefined && this.#dice.once(2) ? ` where ${a} = ${b}` : '';
    return `(select ${value} from ${table.sql}${where})`;
  }

  #constant(family: Family): string {
    const dice = this.#dice;
    switch (family) {
      case 'number':
        return dice.pick(['1', '7', '2.5', '100', '0.25', '40000']);
      case 'text':
        return dice.pick(["'paid'", "'x'", "''"]);
      case 'date':
        return "date '2024-03-01'";
      case 'moment':
        return "timestamp '2024-03-01 10:00:00'";
      case 'boolean':
        return dice.pick(['true', 'false']);
      case 'other':
        return 'null';
      default:
        return family satisfies never;
    }
  }

  #made(family: Family, columns: readonly Column[], depth: number): string {
    const dice = this.#dice;
    const of = (it: Family): string => this.#value(it, columns, depth - 1);
    switch (family) {
      case 'number':
        return dice.pick<() => string>([
          () => `(${of('number')} ${dice.pick(['+', '-', '*'])} ${of('number')})`,
          () => `(${of('number')} ${dice.pick(['+', '-', '*'])} ${this.#constant('number')})`,
          () => `(${of('number')} / nullif(${of('number')}, 0))`,
          () => `abs(${of('number')})`,
          () => `length(${of('text')})`,
          () => `extract(${dice.pick(['year', 'month', 'day'])} from ${of('date')})`,
          () =>
            `cast(${of('number')} as ${this.#flavour === 'duckdb' ? dice.pick(['bigint', 'double', 'decimal(12,3)']) : dice.pick(['bigint', 'double precision', 'numeric(12,3)'])})`,
          () => `nullif(${of('number')}, ${this.#constant('number')})`,
          () => `greatest(${of('number')}, ${of('number')})`,
          () => `round(${this.#flavour === 'duckdb' ? of('number') : `cast(${of('number')} as numeric)`}, 1)`,
          () => `(${of('date')} - ${of('date')})`,
        ])();
      case 'text':
        return dice.pick<() => string>([
          () => `upper(${of('text')})`,
          () => `(${of('text')} || ${of('text')})`,
          () => `substring(${of('text')}, 1, 3)`,
          () => `cast(${of('number')} as varchar)`,
          () => `concat(${of('text')}, '-', ${of('number')})`,
          () => `replace(${of('text')}, 'a', 'b')`,
          () => `trim(${of('text')})`,
        ])();
      case 'date':
        return dice.pick<() => string>([
          () => `cast(${of('moment')} as date)`,
          () => `(${of('date')} + ${dice.below(30)})`,
          () => `least(${of('date')}, ${of('date')})`,
        ])();
      case 'moment':
        return dice.pick<() => string>([
          () => `date_trunc('${dice.pick(['day', 'month', 'hour'])}', ${of('moment')})`,
          () => `(${of('date')} + interval '1 day')`,
          () => `(${of('moment')} - interval '2 hours')`,
          () => `cast(${of('date')} as timestamp)`,
        ])();
      case 'boolean':
        return dice.pick<() => string>([
          () => `(${of('number')} ${dice.pick(['>', '<', '=', '<>'])} ${of('number')})`,
          () => `(${of('text')} ${dice.pick(['=', 'like', '<>'])} ${of('text')})`,
          () => `(${of('boolean')} and ${of('boolean')})`,
          () => `not ${of('boolean')}`,
          () => `(${of('text')} is null)`,
          () => `(${of('number')} between 1 and ${of('number')})`,
          () => `(${of('date')} in (date '2024-03-01', ${of('date')}))`,
          () => `exists (select 1 from ${this.#relation(0, new Map()).sql})`,
        ])();
      case 'other':
        return this.#plainColumn('text', columns) ?? "'x'";
      default:
        return family satisfies never;
    }
  }
}

const FAMILIES: readonly Family[] = ['number', 'number', 'text', 'date', 'moment', 'boolean'];
