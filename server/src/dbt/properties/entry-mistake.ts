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
  const errors: SchemaError[] = [];
  const look = (holder: DataMap, path: () => KeyPath): void => {
    if (hasBothKeys(holder)) errors.push({ path: [...path(), 'tests'], message: BOTH_KEYS });
    eachMapping(holder, 'columns', (column, at) => {
      if (hasBothKeys(column)) errors.push({ path: [...path(), 'columns', at, 'tests'], message: BOTH_KEYS });
    });
  };
  look(data, () => []);
  eachMapping(data, 'versions', (version, at) => look(version, () => ['versions', at]));
  return errors;
}

const BOTH_KEYS = "Invalid test config: cannot have both 'tests' and 'data_tests' defined";

const hasBothKeys = (holder: DataMap): boolean =>
  holder.has('tests') && holder.has('data_tests') && asList(holder.get('tests'))?.length !== 0;

function eachMapping(data: DataMap, key: string, visit: (item: DataMap, at: number) => void): void {
  for (const [at, item] of (asList(data.get(key)) ?? []).entries()) if (isMap(item)) visit(item, at);
}
