import {
  asMap,
  asString,
  emptyMap,
  isList,
  isMap,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';
import { parseCriterion } from './parse.ts';

/** The definitions of a `selectors.yml` by name, as dbt keeps them in its manifest: texts taken apart, names replaced. */
export function manifestSelectors(data: Data): DataMap {
  const entries = asMap(data)?.get('selectors');
  const known = new Map<DataScalar, Data>();
  for (const entry of isList(entries) ? entries.filter(isMap) : []) {
    const name = asString(entry.get('name'));
    if (name === undefined) continue;
    const definition = normal(entry.get('definition') ?? null, known);
    known.set(
      name,
      new Map<DataScalar, Data>([...entry].map(([key, value]) => [key, key === 'definition' ? definition : value])),
    );
  }
  return known;
}

function normal(data: Data, known: DataMap): Data {
  if (typeof data === 'string') return criterionData(data);
  if (!isMap(data)) return data;
  for (const kind of ['union', 'intersection']) {
    const items = data.get(kind);
    if (isList(items)) return new Map<DataScalar, Data>([[kind, items.map(item => normal(item, known))]]);
  }
  const [[key, value] = []] = data;
  if (key === undefined || value === undefined) return data;
  const parts = isList(value) ? value.map(item => normal(item, known)) : value;
  if (key === 'exclude') return new Map<DataScalar, Data>([[key, parts]]);
  if (data.size === 1) {
    return new Map<DataScalar, Data>([
      ['method', key],
      ['value', parts],
    ]);
  }
  if (key !== 'method' || value !== 'selector') return data;
  const other = asMap(known.get(asString(data.get('value')) ?? ''));
  return other?.get('definition') ?? data;
}

/** A text such as `2+tag:nightly+` as the mapping that means the same. */
function criterionData(text: string): DataMap {
  const criterion = parseCriterion(text, 'eager');
  if (!criterion.ok) return emptyMap;
  const { method, methodArguments, value, parents, children, childrensParents } = criterion.value;
  const entries: [string, Data][] = [];
  if (childrensParents) entries.push(['childrens_parents', true]);
  if (parents !== undefined) entries.push(['parents', true], ...depthEntry('parents_depth', parents));
  entries.push(['method', [method, ...methodArguments].join('.')]);
  if (value !== '') entries.push(['value', value]);
  if (children !== undefined) entries.push(['children', true], ...depthEntry('children_depth', children));
  return new Map(entries);
}

const depthEntry = (key: string, depth: number): [string, Data][] =>
  Number.isFinite(depth) ? [[key, String(depth)]] : [];
