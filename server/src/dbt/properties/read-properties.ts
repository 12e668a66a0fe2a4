import type { FileId } from '../../render/rendered.ts';
import {
  asList,
  asMap,
  asString,
  dataAt,
  dataUnder,
  emptyMap,
  isList,
  isMap,
  textOfKey,
  type Data,
  type DataMap,
} from '../manifest/data.ts';
import type { KeyPath, Mistake } from '../manifest/mistake.ts';
import { renderData, type RenderText } from '../project/render-data.ts';
import { entrySchemas } from '../schema/entry-schemas.ts';
import { dataText, dataType } from '../schema/data-repr.ts';
import { schemaErrors } from '../schema/schema.ts';
import { createdMetrics } from './created-metrics.ts';
import { genericTestsOf } from './generic-tests.ts';
import { rendersLater } from './late-keys.ts';
import { deprecationMistakes, freshnessMistakes, ownerErrors, type LateMistake } from './late-mistakes.ts';
import { bothTestKeys, entryMistake, notADictionary } from './entry-mistake.ts';
import { metricNameErrors, semanticKindMistakes, unitTestVersionErrors } from './semantic-mistakes.ts';
import { versionMistakes } from './version-mistakes.ts';
import type { Entry, Properties, Section, SourceTableEntry } from './properties.ts';

export interface PropertiesContext {
  /** The package that the file belongs to, and its path below the folder of its kind: messages name them. */
  readonly packageName: string;
  readonly path: string;
  readonly render: RenderText;
  /** Puts a column name in the adapter's quotes, for tests of columns with `quote: true`. */
  readonly quoteColumn: (name: string) => string;
  /** Whether `arguments:` of a test holds its arguments, as since dbt 1.11. */
  readonly argumentsProperty: boolean;
}

/** Reads the data of a properties file. An entry that makes no sense is reported and left out; the others stay. */
export function readProperties(data: Data, file: FileId, context: PropertiesContext): Properties {
  return tolerantOfTests(readSections(data, file, context));
}

/** At the first mistake of `data_tests:` dbt warns, forgets the rest of that section, and goes on. */
function tolerantOfTests({ entries, mistakes, ...rest }: Properties): Properties {
  const isTolerated = ({ code, path }: Mistake): boolean => code === 'properties-invalid' && path[0] === 'data_tests';
  const tolerated = mistakes.filter(isTolerated);
  if (tolerated.length === 0) return { entries, mistakes, ...rest };
  const end = Math.min(...tolerated.map(({ path }) => Number(path[1] ?? 0)));
  return {
    ...rest,
    entries: entries.filter(({ section, path }) => section !== 'data_tests' || Number(path[1]) < end),
    mistakes: mistakes.map(it => (isTolerated(it) ? asWarning(it) : it)),
  };
}

function asWarning({ message, file, path, on }: Mistake): Mistake {
  return { code: 'test-properties-invalid', message, file, path, on };
}

function readSections(data: Data, file: FileId, context: PropertiesContext): Properties {
  const mistakes: Mistake[] = [];
  const report: Report = (path, message, { code = 'properties-invalid', dbt } = {}) => {
    mistakes.push({ code, message, file, path, on: 'value', ...(dbt === undefined ? {} : { dbt }) });
  };
  if (data === null) return { entries: [], tables: [], tests: [], mistakes };
  const root = asMap(data);
  if (root === undefined) {
    mistakes.push(notADictionary(file, context));
    return { entries: [], tables: [], tests: [], mistakes };
  }
  const written = [...root].flatMap(([key, value]) => entriesOf(textOfKey(key), value, { ...context, file }, report));
  for (const entry of written) mistakes.push(...entryMistakes(entry, file, context));
  const entries = [...written, ...written.flatMap(createdMetrics)];
  const tables = entries.flatMap(entry => (entry.section === 'sources' ? tablesOf(entry) : []));
  const tests = genericTestsOf(entries, tables, { ...context, file }, report);
  return { entries, tables, tests, mistakes };
}

/** Notes a mistake; its code and dbt's exception are given where they are not those of a properties file. */
export type Report = (path: KeyPath, message: string, more?: Partial<Pick<Mistake, 'code' | 'dbt'>>) => void;

const SECTIONS: ReadonlyMap<string, Section> = new Map<string, Section>([
  ['models', 'models'],
  ['seeds', 'seeds'],
  ['snapshots', 'snapshots'],
  ['analyses', 'analyses'],
  ['macros', 'macros'],
  ['data_tests', 'data_tests'],
  ['functions', 'functions'],
  ['sources', 'sources'],
  ['exposures', 'exposures'],
  ['groups', 'groups'],
  ['unit_tests', 'unit_tests'],
  ['metrics', 'metrics'],
  ['semantic_models', 'semantic_models'],
  ['saved_queries', 'saved_queries'],
]);

type InFile = PropertiesContext & { readonly file: FileId };

function entriesOf(key: string, list: Data, context: InFile, report: Report): readonly Entry[] {
  const section = SECTIONS.get(key);
  if (section === undefined) return [];
  const items = asList(list);
  if (items === undefined) {
    const message = `the value of '${key}' is not a list`;
    report([key], message, LATER_SECTIONS.has(section) ? parsingError(notAList(key, list)) : {});
    return [];
  }
  return items.flatMap((item, at) => entryOf(section, item, [key, at], context, report));
}

/** The sections whose shape dbt does not look at until it reads their entries. */
const LATER_SECTIONS: ReadonlySet<Section> = new Set<Section>(['groups', 'unit_tests', 'data_tests']);

const parsingError = (message: string): Pick<Mistake, 'dbt'> => ({
  dbt: { class: 'ParsingError', message: `Parsing Error\n  ${message}` },
});

function notAList(key: string, list: Data): string {
  const shown = dataText(list);
  const trimmed = shown.length < 50 ? shown : `${shown.slice(0, 44)}...${shown.slice(-3)}`;
  return `${key} must be a list, got ${dataType(list)} instead: (${trimmed})`;
}

function entryOf(section: Section, item: Data, path: KeyPath, context: InFile, report: Report): readonly Entry[] {
  if (!isMap(item)) {
    report(path, `a list element for '${section}' is not a dictionary`);
    return [];
  }
  const data = renderData(item, {
    render: context.render,
    keeps: at => rendersLater(section, at),
    onProblem: (at, message) => report([...path, ...at], message, { code: 'properties-jinja' }),
  });
  const name = dataAt(data, 'name');
  if (isMap(data) && (typeof name === 'string' || typeof name === 'number')) {
    return [{ section, name: String(name), data, path }];
  }
  const unnamed = { section, name: '', data: asMap(data) ?? emptyMap, path };
  const lack = `a list element for '${section}' does not have a name attribute.`;
  const isLate = LATER_SECTIONS.has(section) && !item.has('model');
  const dbt = isLate ? parsingError('Entry did not contain a name') : {};
  if (item.has('name') || (item.has('model') && LATER_SECTIONS.has(section))) reportShape(unnamed, context, report);
  else report(path, lack, dbt);
  return [];
}

/** An entry whose name is none is not kept, but what its schema says of it is. */
function reportShape(entry: Entry, context: InFile, report: Report): void {
  for (const { path, message, dbt } of entryMistakes(entry, context.file, context)) {
    report(path, message, dbt === undefined ? {} : { dbt });
  }
}

function tablesOf(entry: Entry): readonly SourceTableEntry[] {
  const tables = entry.data.get('tables');
  if (tables === undefined || tables === null) return [];
  if (!isList(tables)) return [];
  return tables.flatMap((table, at) => {
    const path = [...entry.path, 'tables', at];
    const name = asString(dataAt(table, 'name'));
    if (name !== undefined && isMap(table)) {
      return [{ sourceName: entry.name, name, source: entry.data, table, sourcePath: entry.path, path }];
    }
    return [];
  });
}

/** What dbt's schema of a section forbids in an entry. */
function entryMistakes(entry: Entry, file: FileId, { packageName }: PropertiesContext): readonly Mistake[] {
  const schema = entrySchemas.get(entry.section);
  if (schema === undefined) return [];
  const place = { file, packageName };
  const shape = schemaErrors(schema, entry.data).filter(error => !isTemplate(dataUnder(entry.data, error.path)));
  if (shape.length > 0) return shape.map(error => entryMistake(entry, error, place));
  return [
    ...bothTestKeys(entry).map(error => entryMistake(entry, { ...error, path: [] }, place, error.path)),
    ...[...ownerErrors(entry), ...metricNameErrors(entry), ...unitTestVersionErrors(entry)].map(error =>
      entryMistake(entry, { ...error, path: [] }, place, error.path),
    ),
    ...deprecationMistakes(entry).map(it => lateMistake(entry, file, it)),
    ...semanticKindMistakes(entry).map(it => lateMistake(entry, file, it)),
    ...freshnessMistakes(entry).map(it => lateMistake(entry, file, it)),
    ...versionMistakes(entry, file),
  ];
}

function lateMistake({ path }: Entry, file: FileId, { path: below, message, errorClass }: LateMistake): Mistake {
  const heading = errorClass === 'ParsingError' ? 'Parsing Error\n  ' : '';
  const dbt = { class: errorClass, message: `${heading}${message}` };
  return { code: 'properties-invalid', message, file, path: [...path, ...below], on: 'value', dbt };
}

/** A text that could not be rendered, as without a profile, is told elsewhere if at all; what it will be is unknown. */
const isTemplate = (data: Data | undefined): boolean => typeof data === 'string' && /\{[{%]/.test(data);

/** The mapping under a key, for readers of entries. */
export const mapAt = (data: DataMap, ...path: readonly string[]): DataMap | undefined => asMap(dataAt(data, ...path));
