import {
  asBoolean,
  asList,
  asMap,
  asString,
  emptyMap,
  isMap,
  stringList,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';
import type { ColumnInfo } from '../manifest/node.ts';

/** Renders a description, `doc()` included; the text itself when it cannot be rendered. */
export type Describe = (text: string) => string;

/** The columns that an entry of a properties file describes, in order; a later one of the same name wins. */
export function columnsOf(columns: readonly DataMap[], describe: Describe): readonly ColumnInfo[] {
  const found = new Map<string, ColumnInfo>();
  for (const column of columns) {
    const name = asString(column.get('name'));
    if (name !== undefined) found.set(name, columnOf(name, column, describe));
  }
  return [...found.values()];
}

/** The items of a `columns` list that are mappings. */
export const columnItems = (data: Data | undefined): readonly DataMap[] => (asList(data) ?? []).filter(isMap);

const KNOWN: ReadonlySet<DataScalar> = new Set(
  'name description data_type quote tags meta constraints config granularity tests data_tests docs dimension entity'.split(
    ' ',
  ),
);

function columnOf(name: string, column: DataMap, describe: Describe): ColumnInfo {
  const config = asMap(column.get('config')) ?? emptyMap;
  const written = asString(column.get('description')) ?? '';
  return {
    name,
    description: describe(written),
    written,
    dataType: asString(column.get('data_type')),
    quote: asBoolean(column.get('quote')),
    tags: tagsOf(column.get('tags'), config.get('tags')),
    meta: joined(asMap(column.get('meta')), asMap(config.get('meta'))),
    constraints: asList(column.get('constraints')) ?? NOTHING,
    granularity: asString(column.get('granularity')),
    config,
    extra: extraOf(column),
  };
}

// A project has tens of thousands of columns of which nothing more is said than a name: they share what is empty.
const NOTHING: readonly Data[] = [];

const NO_TAGS: readonly string[] = [];

const tagsOf = (own: Data | undefined, configured: Data | undefined): readonly string[] =>
  own === undefined && configured === undefined ? NO_TAGS : [...stringList(own), ...stringList(configured)];

function joined(first: DataMap | undefined, second: DataMap | undefined): DataMap {
  if (second === undefined) return first ?? emptyMap;
  return first === undefined ? second : new Map([...first, ...second]);
}

function extraOf(column: DataMap): DataMap {
  const extra = new Map<DataScalar, Data>();
  for (const [key, value] of column) if (!KNOWN.has(key)) extra.set(key, value);
  return extra.size === 0 ? emptyMap : extra;
}
