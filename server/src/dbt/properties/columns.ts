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
  const meta = new Map([...(asMap(column.get('meta')) ?? emptyMap), ...(asMap(config.get('meta')) ?? emptyMap)]);
  const written = asString(column.get('description')) ?? '';
  return {
    name,
    description: describe(written),
    written,
    dataType: asString(column.get('data_type')),
    quote: asBoolean(column.get('quote')),
    tags: [...stringList(column.get('tags')), ...stringList(config.get('tags'))],
    meta,
    constraints: asList(column.get('constraints')) ?? [],
    granularity: asString(column.get('granularity')),
    config,
    extra: new Map([...column].filter(([key]) => !KNOWN.has(key))),
  };
}
