import type { FileId } from '../../render/rendered.ts';
import { asList, isMap, type Data, type DataMap, type DataScalar } from '../manifest/data.ts';
import type { KeyPath, Mistake } from '../manifest/mistake.ts';
import { dataRepr } from '../schema/data-repr.ts';
import { schemaMessage, type SchemaError } from '../schema/schema.ts';
import type { Entry, Section } from './properties.ts';

/** A mistake in the shape of an entry, with dbt's exception, which quotes the whole entry. */
export function entryMistake(
  { section, data, path }: Entry,
  error: SchemaError,
  { file, packageName }: { readonly file: FileId; readonly packageName: string },
  shownAt: KeyPath = error.path,
): Mistake {
  const noted: readonly (readonly [DataScalar, Data])[] = [
    ['original_file_path', file],
    ['yaml_key', section],
    ['package_name', packageName],
  ];
  const quoted = dataRepr(NOTED.has(section) ? new Map([...data, ...noted]) : data);
  const message = `Invalid ${section} config given in ${file} @ ${section}: ${quoted} - ${schemaMessage(error)}`;
  return {
    code: 'properties-invalid',
    message: error.message,
    file,
    path: [...path, ...shownAt, ...(error.key === undefined ? [] : [error.key])],
    on: error.key === undefined ? 'value' : 'key',
    dbt: { class: 'YamlParseDictError', message: `Parsing Error\n  ${message}` },
  };
}

/** The sections whose entries dbt notes its own keys in before it checks them. */
const NOTED: ReadonlySet<Section> = new Set<Section>(['models', 'seeds', 'snapshots', 'analyses', 'macros']);

/** A properties file that is no mapping. */
export function notADictionary(
  file: FileId,
  { packageName, path }: { readonly packageName: string; readonly path: string },
): Mistake {
  const message = `Contents of file '${file}' are not valid. Dictionary expected.`;
  const report = `Parsing Error\n  Error reading ${packageName}: ${path} - Runtime Error\n    ${message}`;
  return {
    code: 'properties-invalid',
    message,
    file,
    path: [],
    on: 'value',
    dbt: { class: 'YamlLoadError', message: report },
  };
}

/** Whoever has both spellings of the list of tests: an entry, its columns, its versions and theirs. */
export function bothTestKeys({ data }: Entry): readonly SchemaError[] {
  const versions = mappings(data, 'versions', []);
  const holders = [{ data, path: [] }, ...versions].flatMap(it => [it, ...mappings(it.data, 'columns', it.path)]);
  return holders
    .filter(it => it.data.has('tests') && it.data.has('data_tests') && asList(it.data.get('tests'))?.length !== 0)
    .map(it => ({
      path: [...it.path, 'tests'],
      message: "Invalid test config: cannot have both 'tests' and 'data_tests' defined",
    }));
}

interface Placed {
  readonly data: DataMap;
  readonly path: KeyPath;
}

const mappings = (data: DataMap, key: string, path: KeyPath): readonly Placed[] =>
  (asList(data.get(key)) ?? []).flatMap((item, at) => (isMap(item) ? [{ data: item, path: [...path, key, at] }] : []));
