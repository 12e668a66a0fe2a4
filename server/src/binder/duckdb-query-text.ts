import type { Argument, NamePart } from '../syntax/sql/expression-nodes.ts';
import type {
  FromItem,
  GroupBy,
  GroupItem,
  Join,
  OrderBy,
  Query,
  QueryBody,
  Relation,
  Select,
  TableAlias,
  TableSource,
  TailClause,
  Values,
  With,
} from '../syntax/sql/nodes.ts';
import { orderText } from './duckdb-call-text.ts';
import { duckdbQuoted } from './duckdb-words.ts';
import { filled, joined, type Writer } from './duckdb-writer.ts';
import { windowsOf } from './windows.ts';

/** A query as DuckDB writes it inside the name of a column; clauses that are not known there make all of it unknown. */
export function queryText(outer: Writer, query: Query): string | undefined {
  if (query.pipes.length > 0 || query.alias !== undefined) return undefined;
  const writer = inside(outer, query.body);
  const tail = query.tail.map(it => tailText(writer, it));
  return filled`${query.with === undefined ? '' : withText(outer, query.with)}${joined([bodyText(writer, query.body), ...tail], ' ')}`;
}

/** The windows that a query names are its own. */
const inside = (writer: Writer, body: QueryBody): Writer =>
  body.kind === 'select' ? writer.at({ ...writer.place, windows: windowsOf(body.clauses) }) : writer;

const nameText = (part: NamePart): string | undefined => (part.kind === 'name' ? duckdbQuoted(part.text) : undefined);

function withText(writer: Writer, { ctes, recursive }: With): string | undefined {
  const isRecursive = ctes.map(({ name, query }) => {
    const body = query.kind === 'subquery' ? query.query.body : undefined;
    return (
      recursive &&
      body?.kind === 'set-operation' &&
      body.operator === 'union' &&
      name.kind === 'name' &&
      reads(writer, query, name.text)
    );
  });
  const texts = ctes.map((it, at) => {
    const between = writer.place.context.text.slice(it.start, it.query.start);
    if (it.query.kind !== 'subquery' || it.skipped !== undefined || /\busing\b/i.test(between)) return undefined;
    const columns = it.columns.length === 0 ? '' : filled` (${joined(it.columns.map(nameText), ', ')})`;
    const materialized = it.materialized === undefined ? '' : it.materialized ? 'MATERIALIZED ' : 'NOT MATERIALIZED ';
    const text = writer.query(it.query.query);
    // The words UNION and ALL stand two blanks apart in the text of a recursion.
    const whole =
      isRecursive[at] === true ? filled`(${text?.replace(') UNION ALL (', ') UNION  ALL (')})` : filled`(${text})`;
    return filled`${nameText(it.name)}${columns} AS ${materialized}${whole}`;
  });
  return filled`WITH ${isRecursive.includes(true) ? 'RECURSIVE ' : ''}${joined(texts, ', ')}`;
}

/** Whether a query names a table; its text is looked at, for only a recursion names itself. */
const reads = ({ place }: Writer, { start, end }: { start: number; end: number }, name: string): boolean =>
  place.context.text.slice(start, end).toLowerCase().split(/\W+/).includes(name.toLowerCase());

function bodyText(writer: Writer, body: QueryBody): string | undefined {
  switch (body.kind) {
    case 'select':
      return selectText(writer, body);
    case 'set-operation': {
      const words = [body.operator.toUpperCase(), ...(body.all ? ['ALL'] : []), ...(body.byName ? ['BY NAME'] : [])];
      return filled`(${bodyText(inside(writer, body.left), body.left)}) ${words.join(' ')} (${bodyText(inside(writer, body.right), body.right)})`;
    }
    case 'values':
      return valuesText(writer, body);
    case 'subquery':
      return writer.query(body.query);
    case 'table-query':
      return filled`SELECT * FROM ${body.table.kind === 'missing' ? undefined : joined(body.table.parts.map(nameText), '.')}`;
    case 'describe':
    case 'missing':
    case 'pivot-statement':
      return undefined;
    default:
      return body satisfies never;
  }
}

function selectText(writer: Writer, select: Select): string | undefined {
  const { items, distinct, distinctOn, from } = select;
  const on = distinctOn.length === 0 ? '' : filled`ON (${writer.list(distinctOn)}) `;
  const list =
    select.explicit || items.length > 0
      ? joined(
          items.map(it => itemText(writer, it)),
          ', ',
        )
      : '*';
  const clauses = select.clauses
    .filter(it => it.kind !== 'window')
    .map(it => {
      switch (it.kind) {
        case 'where':
        case 'having':
        case 'qualify':
          return filled`${it.kind.toUpperCase()} ${writer.value(it.condition)}`;
        case 'group-by':
          return groupText(writer, it);
        case 'connect-by':
        case 'error':
        case 'sample':
        case 'star-except':
        case 'start-with':
        default:
          return undefined;
      }
    });
  const head = filled`SELECT ${distinct || distinctOn.length > 0 ? 'DISTINCT ' : ''}${on}${list}`;
  const tables =
    from === undefined
      ? []
      : [
          filled`FROM ${joined(
            from.items.map(it => fromText(writer, it)),
            ' , ',
          )}`,
        ];
  return joined([head, ...tables, ...clauses], ' ');
}

function itemText(writer: Writer, item: Select['items'][number]): string | undefined {
  if (item.kind !== 'select-item' || item.skipped !== undefined) return undefined;
  const text = writer.value(item.value);
  return item.alias === undefined ? text : filled`${text} AS ${nameText(item.alias)}`;
}

function groupText(writer: Writer, { all, items }: GroupBy): string | undefined {
  if (all) return 'GROUP BY ALL';
  if (items.every(it => it.kind !== 'grouping-sets' && !(it.kind === 'row' && it.elements.length === 0))) {
    return filled`GROUP BY ${writer.list(items as readonly Argument[])}`;
  }
  const seen: string[] = [];
  const sets = items.reduce<readonly (readonly string[])[] | undefined>(
    (product, item) => {
      const own = setsOf(writer, item);
      if (own === undefined || product === undefined) return undefined;
      for (const it of own.flat()) if (!seen.includes(it)) seen.push(it);
      return product.flatMap(left => own.map(right => [...left, ...right]));
    },
    [[]],
  );
  if (sets?.length === 1 && sets[0]?.length === 0) return 'GROUP BY ()';
  const texts = sets?.map(set => `(${seen.filter(it => set.includes(it)).join(', ')})`);
  return texts && `GROUP BY GROUPING SETS (${texts.join(',')})`;
}

/** The sets that one item of GROUP BY stands for, each of the texts of its values. */
function setsOf(writer: Writer, item: GroupItem): readonly (readonly string[])[] | undefined {
  if (item.kind === 'grouping-sets') {
    const parts = item.items.map(it => setsOf(writer, it));
    if (parts.includes(undefined)) return undefined;
    const known = parts.flatMap(it => (it === undefined ? [] : [it]));
    if (item.type === 'sets') return known.flat();
    const units = known.map(it => it.flat());
    return item.type === 'rollup' ? [[], ...units.map((_, at) => units.slice(0, at + 1).flat())] : cube(units);
  }
  const values = item.kind === 'row' ? item.elements : [item.kind === 'parentheses' ? item.value : item];
  const texts = values.map(it => writer.value(it));
  return texts.includes(undefined) ? undefined : [texts.flatMap(it => (it === undefined ? [] : [it]))];
}

/** All subsets, those with the first units before the others. */
function cube(units: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [[], ...units.flatMap((unit, at) => cube(units.slice(at + 1)).map(rest => [...unit, ...rest]))];
}

function tailText(writer: Writer, clause: TailClause): string | undefined {
  if (clause.kind === 'order-by') return orderText(writer, clause);
  if (clause.kind !== 'limit' && clause.kind !== 'offset' && clause.kind !== 'fetch') return undefined;
  if (clause.count === undefined || clause.offset !== undefined) return undefined;
  const isPercent =
    writer.place.context.text.slice(clause.count.end, clause.end).trim() !== '' && clause.kind === 'limit';
  if (isPercent) return filled`LIMIT (${writer.value(clause.count)}) %`;
  return filled`${clause.kind === 'offset' ? 'OFFSET' : 'LIMIT'} ${writer.value(clause.count)}`;
}

function fromText(writer: Writer, item: FromItem): string | undefined {
  switch (item.kind) {
    case 'relation':
      return relationText(writer, item);
    case 'join':
      return joinText(writer, item);
    case 'error':
    case 'lateral-view':
    case 'missing':
      return undefined;
    default:
      return item satisfies never;
  }
}

function relationText(writer: Writer, { source, alias, ordinality, offset, modifiers }: Relation): string | undefined {
  if (ordinality || offset !== undefined || modifiers.length > 0) return undefined;
  if (source.kind === 'from-parentheses' && alias === undefined) {
    return joined(
      source.items.map(it => fromText(writer, it)),
      ' , ',
    );
  }
  return filled`${sourceText(writer, source)}${alias === undefined ? '' : aliasText(alias)}`;
}

function aliasText({ name, columns }: TableAlias): string | undefined {
  const list =
    columns.length === 0
      ? ''
      : filled`(${joined(
          columns.map(it => nameText(it.name)),
          ', ',
        )})`;
  return name === undefined ? undefined : filled` AS ${nameText(name)}${list}`;
}

function sourceText(writer: Writer, source: TableSource): string | undefined {
  switch (source.kind) {
    case 'table-name':
      return joined(source.parts.map(nameText), '.');
    case 'subquery':
      return filled`(${writer.query(source.query)})`;
    case 'values':
      return filled`(${valuesText(writer, source)})`;
    case 'table-function': {
      const [call] = source.calls;
      return call === undefined || source.calls.length > 1 ? undefined : writer.value(call);
    }
    case 'from-parentheses':
    case 'match-recognize':
    case 'missing':
    case 'pivot':
    case 'unpivot':
    case 'unpivot-object':
      return undefined;
    default:
      return source satisfies never;
  }
}

const valuesText = (writer: Writer, { rows }: Values): string | undefined => {
  const texts = rows.map(row => {
    const elements = row.kind === 'row' ? row.elements : row.kind === 'parentheses' ? [row.value] : [];
    return filled`(${writer.list(elements)})`;
  });
  return filled`SELECT * FROM (VALUES ${joined(texts, ', ')}) AS valueslist`;
};

function joinText(writer: Writer, join: Join): string | undefined {
  const [left, right] = [fromText(writer, join.left), fromText(writer, join.right)];
  if (join.apply || join.match !== undefined || join.skipped !== undefined) return undefined;
  const words = [
    ...(join.natural ? ['NATURAL'] : []),
    ...(join.asof ? ['ASOF'] : []),
    join.type.toUpperCase(),
    'JOIN',
  ].join(' ');
  const using = join.using.length === 0 ? '' : filled` USING (${joined(join.using.map(nameText), ', ')})`;
  const on = join.on === undefined ? '' : filled` ON (${writer.value(join.on)})`;
  return filled`${left} ${words} ${right}${using}${on}`;
}

/** DuckDB gathers `array(select …)` with an aggregate, in the order of the query. */
export function arrayQueryText(writer: Writer, query: Query): string | undefined {
  const { body } = query;
  const order = query.tail.find((it): it is OrderBy => it.kind === 'order-by');
  if (body.kind === 'set-operation' || order === undefined) {
    const argument = body.kind === 'set-operation' ? 'COLUMNS(*)' : '#1';
    return order === undefined ? gathered(argument, '', writer.query(query)) : undefined;
  }
  const added: string[] = [];
  const keys = order.items.map(({ value, direction, nulls }) => {
    const text = writer.value(value);
    const key = /^\d+$/.test(text ?? '') ? `#${text ?? ''}` : `__array_internal_idx_${added.length + 1}`;
    if (!key.startsWith('#')) added.push(text === undefined ? '' : `${text} AS ${key}`);
    return `${key}${direction === undefined ? '' : ` ${direction.toUpperCase()}`}${nulls === undefined ? '' : ` NULLS ${nulls.toUpperCase()}`}`;
  });
  const plain = writer.query(query);
  const items =
    body.kind === 'select'
      ? joined(
          body.items.map(it => itemText(writer, it)),
          ', ',
        )
      : undefined;
  if (items === undefined || plain === undefined || added.includes('')) return undefined;
  const text = plain.replace(items, () => [items, ...added].join(', '));
  return gathered('#1', ` ORDER BY ${keys.join(', ')}`, text);
}

function gathered(argument: string, order: string, query: string | undefined): string | undefined {
  const list = `array_agg(${argument}${order})`;
  return filled`(SELECT CASE  WHEN ((${list} IS NULL)) THEN (list_value()) ELSE ${list} END FROM (${query}))`;
}
