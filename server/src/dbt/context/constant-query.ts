import type { Cell, StatementResult } from '../../base/statement.ts';
import {
  added,
  atTimeZone,
  castTo,
  compared,
  multiplied,
  periodsBetween,
  partOf,
  truncated,
  type Constant,
} from './constants.ts';

/**
 * The answer to a query that reads no table, such as how many days lie between two dates: every warehouse gives the
 * same, so none has to be asked. `undefined` for everything that takes more than dates and numbers.
 */
export function constantAnswer(sql: string, now: string): StatementResult | undefined {
  const value = new ConstantQuery(tokensOf(sql), Date.parse(now)).answer();
  const shown = value && cellOf(value);
  if (shown === undefined) return undefined;
  return { columns: [{ name: '?column?', type: shown.type }], rows: [[shown.cell]], status: '', rowsAffected: 1 };
}

function cellOf(value: Constant): { readonly type: string; readonly cell: Cell } | undefined {
  switch (value.kind) {
    case 'number':
      return { type: value.isFloat ? 'DOUBLE' : 'INTEGER', cell: value.value };
    case 'boolean':
      return { type: 'BOOLEAN', cell: value.value };
    case 'text':
      return { type: 'TEXT', cell: value.value };
    case 'date':
      return { type: 'DATE', cell: new Date(value.at).toISOString().slice(0, 10) };
    case 'timestamp':
      return { type: 'TIMESTAMP', cell: new Date(value.at).toISOString().slice(0, 19).replace('T', ' ') };
    case 'interval':
    case 'word':
      return undefined;
  }
}

const TOKEN = /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|('(?:[^']|'')*'|\d+(?:\.\d+)?|\w+|::|<=|>=|<>|!=|\/\/|[-+*/(),<>=;])/y;

/** The words of a statement; none when something in it is no word of these. */
function tokensOf(sql: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < sql.length) {
    const found = TOKEN.exec(sql);
    if (found === null) return [];
    if (found[1] !== undefined) tokens.push(found[1]);
  }
  return tokens;
}

/** Reads and computes at once; whatever it does not know makes the whole answer `undefined`. */
class ConstantQuery {
  readonly #tokens: readonly string[];
  readonly #now: number;
  #at = 0;

  constructor(tokens: readonly string[], now: number) {
    this.#tokens = tokens;
    this.#now = now;
  }

  answer(): Constant | undefined {
    if (!this.#takes('select')) return undefined;
    const value = this.#comparison();
    if (this.#takes('as')) this.#at++;
    this.#takes(';');
    return this.#at === this.#tokens.length ? value : undefined;
  }

  get #word(): string {
    return this.#tokens[this.#at]?.toLowerCase() ?? '';
  }

  #takes(word: string): boolean {
    if (this.#word !== word) return false;
    this.#at++;
    return true;
  }

  #comparison(): Constant | undefined {
    const left = this.#sum();
    const operator = this.#word;
    if (!COMPARISONS.has(operator)) return left;
    this.#at++;
    const right = this.#sum();
    return left && right && compared(operator, left, right);
  }

  #sum(): Constant | undefined {
    let left = this.#product();
    for (let sign = this.#word; sign === '+' || sign === '-'; sign = this.#word) {
      this.#at++;
      const right = this.#product();
      left = left && right && added(left, right, sign === '+' ? 1 : -1);
    }
    return left;
  }

  #product(): Constant | undefined {
    let left = this.#cast();
    for (let sign = this.#word; sign === '*' || sign === '/' || sign === '//'; sign = this.#word) {
      this.#at++;
      const right = this.#cast();
      left = left && right && multiplied(left, right, sign);
    }
    return left;
  }

  #cast(): Constant | undefined {
    if (this.#takes('-')) {
      const value = this.#cast();
      return value && multiplied(value, { kind: 'number', value: -1, isFloat: false }, '*');
    }
    let value = this.#primary();
    for (;;) {
      if (this.#takes('::')) {
        const type = this.#type();
        value = value && castTo(value, type);
      } else if (this.#takes('at')) {
        if (!this.#takes('time') || !this.#takes('zone')) return undefined;
        const zone = this.#primary();
        value = value && zone && atTimeZone(value, zone);
      } else return value;
    }
  }

  #type(): string {
    const words: string[] = [];
    while (/^[a-z]\w*$/.test(this.#word) && !AFTER_TYPES.has(this.#word)) words.push(this.#tokens[this.#at++] ?? '');
    if (this.#takes('(')) while (this.#at < this.#tokens.length && !this.#takes(')')) this.#at++;
    return words.join(' ').toLowerCase();
  }

  #primary(): Constant | undefined {
    const word = this.#word;
    this.#at++;
    if (word.startsWith("'")) return { kind: 'text', value: textOf(this.#tokens[this.#at - 1] ?? '') };
    if (/^\d/.test(word)) return { kind: 'number', value: Number(word), isFloat: word.includes('.') };
    switch (word) {
      case '(': {
        const value = this.#comparison();
        return this.#takes(')') ? value : undefined;
      }
      case 'case':
        return this.#case();
      case 'cast':
      case 'try_cast':
        return this.#castCall();
      case 'interval':
      case 'date':
      case 'timestamp':
        if (!this.#word.startsWith("'")) break;
        return castTo({ kind: 'text', value: textOf(this.#tokens[this.#at++] ?? '') }, word);
      case 'current_date':
        if (this.#takes('(') && !this.#takes(')')) return undefined;
        return castTo({ kind: 'timestamp', at: this.#now }, 'date');
      case 'current_timestamp':
        if (this.#word !== '(') return { kind: 'timestamp', at: this.#now, isInstant: true };
        break;
      default:
    }
    return this.#takes('(') ? this.#call(word) : { kind: 'word', value: word };
  }

  #case(): Constant | undefined {
    let chosen: Constant | undefined;
    let isKnown = true;
    while (this.#takes('when')) {
      const condition = this.#comparison();
      if (!this.#takes('then')) return undefined;
      const value = this.#comparison();
      if (condition?.kind !== 'boolean') isKnown = false;
      else if (condition.value) chosen ??= value;
    }
    const otherwise = this.#takes('else') ? this.#comparison() : undefined;
    return this.#takes('end') && isKnown ? (chosen ?? otherwise) : undefined;
  }

  #castCall(): Constant | undefined {
    if (!this.#takes('(')) return undefined;
    const value = this.#comparison();
    if (!this.#takes('as')) return undefined;
    const type = this.#type();
    return this.#takes(')') ? value && castTo(value, type) : undefined;
  }

  #call(name: string): Constant | undefined {
    const values: (Constant | undefined)[] = [];
    while (!this.#takes(')')) {
      values.push(this.#comparison());
      if (!this.#takes(',') && this.#word !== ')') return undefined;
    }
    const [a, b, c] = values;
    switch (name) {
      case 'now':
      case 'getdate':
      case 'current_timestamp':
        return values.length === 0 ? { kind: 'timestamp', at: this.#now, isInstant: true } : undefined;
      case 'floor':
        return a?.kind === 'number' ? { ...a, value: Math.floor(a.value) } : undefined;
      case 'date':
        return values.length === 1 && a !== undefined ? castTo(a, 'date') : undefined;
      case 'date_part':
        return a && b && partOf(a, b);
      case 'date_trunc':
        return a && b && truncated(a, b);
      case 'datediff':
      case 'date_diff':
        return a && b && c && periodsBetween(a, b, c);
      case 'datetime_diff':
        return a && b && c && periodsBetween(c, b, a);
      default:
        return undefined;
    }
  }
}

const AFTER_TYPES: ReadonlySet<string> = new Set(['as', 'at', 'when', 'then', 'else', 'end']);
const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '=', '<>', '!=']);

const textOf = (literal: string): string => literal.slice(1, -1).replaceAll("''", "'");
