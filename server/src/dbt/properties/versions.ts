import { Float } from '../../render/value.ts';
import { asList, asString, isMap, stringList, type Data, type DataMap } from '../manifest/data.ts';

/** One item of a model's `versions`. */
export interface ModelVersion {
  readonly v: string | number;
  readonly data: DataMap;
  readonly index: number;
  /** The file's name without extension: `defined_in`, else `<model>_v<v>`, or the model's own name. */
  readonly fileStems: readonly string[];
  /** The columns of this version: those of the model that it includes, and its own, which come later. */
  readonly columns: (model: DataMap) => readonly VersionColumn[];
}

export interface VersionColumn {
  readonly data: DataMap;
  /** Whether it stands in the version's own list, and at which place of the list it does. */
  readonly own: boolean;
  readonly index: number;
}

/** The versions of a model's entry, in order; none for a model without versions. */
export function versionsOf(model: DataMap): readonly ModelVersion[] {
  const name = asString(model.get('name')) ?? '';
  return (asList(model.get('versions')) ?? []).flatMap((item, index) => {
    const v = isMap(item) ? versionOf(item.get('v')) : undefined;
    if (!isMap(item) || v === undefined) return [];
    const definedIn = asString(item.get('defined_in'));
    const fileStems = definedIn === undefined ? [`${name}_v${v}`, `${name}.v${v}`] : [definedIn];
    return [{ v, data: item, index, fileStems, columns: (entry: DataMap) => columnsOf(entry, item) }];
  });
}

/** A version as dbt spells it: `2.1` and `1.0` keep their fraction. */
function versionOf(data: Data | undefined): string | number | undefined {
  if (typeof data === 'string' || typeof data === 'number') return data;
  if (!(data instanceof Float)) return undefined;
  return Number.isInteger(data.value) ? `${data.value}.0` : data.value;
}

/** What `latest_version` says, else the greatest version: as numbers if all are numbers, else as texts. */
export function latestVersion(model: DataMap): string | number | undefined {
  const chosen = versionOf(model.get('latest_version'));
  if (chosen !== undefined) return chosen;
  const versions = versionsOf(model).map(({ v }) => v);
  return versions.toSorted(compareVersions).at(-1);
}

/** dbt compares versions as numbers when both can be read as such, else as texts. */
export function compareVersions(a: string | number, b: string | number): number {
  const left = Number(a);
  const right = Number(b);
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function columnsOf(model: DataMap, version: DataMap): readonly VersionColumn[] {
  const base = listed(model.get('columns'), false);
  const listing = asList(version.get('columns'));
  if (listing === undefined) return base;
  const rule = listing.find(item => isMap(item) && (item.has('include') || item.has('exclude')));
  const own = listed(listing, true).filter(({ data }) => !data.has('include') && !data.has('exclude'));
  const inherited = isMap(rule) ? base.filter(({ data }) => includes(rule, asString(data.get('name')) ?? '')) : base;
  return [...inherited, ...own];
}

function listed(columns: Data | undefined, own: boolean): readonly VersionColumn[] {
  return (asList(columns) ?? []).flatMap((data, index) => (isMap(data) ? [{ data, own, index }] : []));
}

/** `include: all` (or `*`), or a list; `exclude` takes names out again. */
export function includes(rule: DataMap, name: string): boolean {
  const include = rule.get('include');
  const isIncluded =
    include === undefined || include === 'all' || include === '*' || stringList(include).includes(name);
  return isIncluded && !stringList(rule.get('exclude')).includes(name);
}
