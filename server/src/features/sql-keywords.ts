import type { BoundStatement } from '../model/sql-facts.ts';
import { pathAt } from '../syntax/sql/visit.ts';
import type { WordExpectations } from '../syntax/sql/expected-words.ts';

/** What kind of thing the grammar expects at a place of a query. */
export type Expectation = 'value' | 'relation' | 'using-column' | 'type' | 'new-name' | 'clause' | 'nothing';

/**
 * The keywords that can stand at a place of a statement, in the case that the statement is written in: those that the
 * dialect's grammar expects where it can follow the text so far, and those that always may where it cannot.
 */
export function keywordsAt(
  statement: BoundStatement,
  offset: number,
  expects: Expectation,
  expectations: WordExpectations | undefined,
): readonly string[] {
  const expected = expectations?.(beginningOf(statement, offset), statement.dialect);
  const phrases = expected === undefined ? FALLBACK[expects] : expected.flatMap(it => PHRASES.get(it) ?? []);
  const added = EXTRA.get(statement.dialect)?.[expects] ?? [];
  const isUpper = shouts(statement.text);
  return [...new Set([...phrases, ...added])].map(it => (isUpper ? it.toUpperCase() : it));
}

/** The text before the cursor from where its own SELECT begins: what stands around that decides nothing about the next word. */
function beginningOf({ text, tree }: BoundStatement, offset: number): string {
  const select = pathAt(tree, offset).findLast(it => it.kind === 'select' && it.start < offset);
  return text.slice(select?.start ?? 0, offset);
}

/** Whether the text spells its keywords in capitals. */
export function shouts(text: string): boolean {
  const words = text.match(/\b(?:select|from|where|join|group by|order by|with|as)\b/gi) ?? [];
  const nUpper = words.filter(it => it === it.toUpperCase()).length;
  return nUpper * 2 > words.length;
}

/** What to offer for a word of the grammar: the whole phrase that it begins. Words without an entry are not worth offering. */
const PHRASES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...words(
    'select from where having limit offset qualify window with as on using and or not in between like ilike exists',
  ),
  ...words('distinct case when then else end asc desc over filter lateral unnest values interval null true false join'),
  ...words('tablesample escape cast rows range preceding following pivot unpivot all any intersect except'),
  ['group', ['group by']],
  ['order', ['order by']],
  ['partition', ['partition by']],
  ['left', ['left join']],
  ['right', ['right join']],
  ['full', ['full join']],
  ['inner', ['inner join']],
  ['cross', ['cross join']],
  ['union', ['union all', 'union']],
  ['nulls', ['nulls first', 'nulls last']],
  ['is', ['is null', 'is not null']],
  ['similar', ['similar to']],
]);

/** Words that stand for themselves. */
function words(list: string): readonly [string, readonly string[]][] {
  return list.split(' ').map(word => [word, [word]]);
}

const FALLBACK: Readonly<Record<Expectation, readonly string[]>> = {
  value: 'case cast distinct exists not null true false interval'.split(' '),
  relation: ['lateral', 'unnest', 'values'],
  'using-column': [],
  type: [],
  'new-name': [],
  clause: [
    ...'as from where having limit offset join on using union intersect except and or in between like asc desc'.split(
      ' ',
    ),
    ...'when then else end over select'.split(' '),
    'group by',
    'order by',
    'left join',
    'inner join',
    'right join',
    'full join',
    'cross join',
    'union all',
    'is null',
    'is not null',
  ],
  nothing: [],
};

type Extra = Readonly<Partial<Record<Expectation, readonly string[]>>>;

/** Words of dialects that node-sql-parser's grammars lack. */
const EXTRA: ReadonlyMap<string, Extra> = new Map<string, Extra>([
  ['duckdb', { clause: ['qualify', 'asof join', 'positional join', 'exclude', 'replace', 'semi join', 'anti join'] }],
  ['snowflake', { clause: ['qualify', 'asof join', 'exclude', 'rename'] }],
  ['bigquery', { clause: ['qualify', 'except', 'replace'] }],
  ['databricks', { clause: ['qualify', 'lateral view', 'except', 'left semi join', 'left anti join'] }],
  ['redshift', { clause: ['qualify'] }],
]);
