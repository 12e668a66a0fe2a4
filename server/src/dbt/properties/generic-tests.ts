import type { FileId } from '../../render/rendered.ts';
import {
  asList,
  asMap,
  asString,
  emptyMap,
  isList,
  isMap,
  stringList,
  textOfKey,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';
import { dataRepr, dataText, dataType } from '../schema/data-repr.ts';
import { hasJinja, plainText } from '../project/render-data.ts';
import type { Entry, GenericTest, PatchSection, SourceTableEntry, TestTarget } from './properties.ts';
import type { PropertiesContext, Report } from './read-properties.ts';
import { syntheticTestName, testHash } from './test-names.ts';
import { versionsOf } from './versions.ts';

/** What reading the tests of a file needs. */
export interface TestContext extends PropertiesContext {
  readonly file: FileId;
}

/** All generic tests of a file, in the order dbt makes them: for each entry the columns' tests, then its own. */
export function genericTestsOf(
  entries: readonly Entry[],
  tables: readonly SourceTableEntry[],
  context: TestContext,
  report: Report,
): readonly GenericTest[] {
  const reader = new TestReader(context, report);
  for (const entry of entries) if (TESTED.has(entry.section)) reader.readEntry(entry);
  for (const table of tables) reader.readTable(table);
  return reader.tests;
}

const TESTED: ReadonlySet<string> = new Set(['models', 'seeds', 'snapshots']);

/** The keys that a test takes as configuration wherever they stand, in the order dbt collects them. */
const CONFIG_KEYS: readonly string[] =
  'severity tags enabled where limit warn_if error_if fail_calc store_failures store_failures_as meta database schema alias'.split(
    ' ',
  );

const TEST_NAME = /^(?:([a-zA-Z_][0-9a-zA-Z_]*)\.)?([a-zA-Z_][0-9a-zA-Z_]*)/;

/** Lives for one file and collects its tests. */
class TestReader {
  readonly tests: GenericTest[] = [];
  /** What a source and its table pass on to their tests. */
  #inheritedTags: readonly string[] = [];
  readonly #context: TestContext;
  readonly #report: Report;

  constructor(context: TestContext, report: Report) {
    this.#context = context;
    this.#report = report;
  }

  readEntry(entry: Entry): void {
    const section = entry.section as PatchSection;
    const quoteColumns = entry.data.get('quote_columns') === true;
    const versions = section === 'models' ? versionsOf(entry.data) : [];
    const target = (version: string | number | undefined): TestTarget => ({
      kind: 'node',
      section,
      name: entry.name,
      version,
    });
    if (versions.length === 0) this.#read(target(undefined), entry.data, entry.path, quoteColumns);
    for (const version of versions) {
      const at = [...entry.path, 'versions', version.index];
      for (const column of version.columns(entry.data)) {
        this.#readColumn(
          target(version.v),
          column.data,
          [...(column.own ? at : entry.path), 'columns', column.index],
          quoteColumns,
        );
      }
      const own = version.data.has('tests') || version.data.has('data_tests');
      this.#readTests(target(version.v), own ? version.data : entry.data, own ? at : entry.path, undefined);
    }
  }

  readTable({ source, sourceName, table, name, path }: SourceTableEntry): void {
    const target: TestTarget = { kind: 'source', source: sourceName, table: name };
    const quoteColumns = asMap(table.get('quoting'))?.get('column') ?? asMap(source.get('quoting'))?.get('column');
    this.#inheritedTags = [source, table].flatMap(data => stringList(data.get('tags')));
    this.#read(target, table, path, quoteColumns === true);
    this.#inheritedTags = [];
  }

  #read(target: TestTarget, data: DataMap, path: KeyPath, quoteColumns: boolean): void {
    for (const [at, column] of (asList(data.get('columns')) ?? []).entries()) {
      if (isMap(column)) this.#readColumn(target, column, [...path, 'columns', at], quoteColumns);
    }
    this.#readTests(target, data, path, undefined);
  }

  #readColumn(target: TestTarget, column: DataMap, path: KeyPath, quoteColumns: boolean): void {
    const name = asString(column.get('name'));
    if (name === undefined) return;
    const quote = column.get('quote') ?? null;
    const quoted = quote === true || (quote === null && quoteColumns);
    this.#readTests(target, column, path, {
      name: quoted ? this.#context.quoteColumn(name) : name,
      tags: [...stringList(column.get('tags')), ...stringList(asMap(column.get('config'))?.get('tags'))],
    });
  }

  #readTests(target: TestTarget, data: DataMap, path: KeyPath, column: TestedColumn | undefined): void {
    for (const key of ['tests', 'data_tests']) {
      const value = data.get(key);
      if (value === undefined || value === null) continue;
      const list = asList(value);
      for (const [at, item] of (list ?? []).entries()) this.#readTest(target, item, [...path, key, at], column);
    }
  }

  #readTest(target: TestTarget, item: Data, path: KeyPath, column: TestedColumn | undefined): void {
    const split = splitTest(item);
    if (typeof split === 'string') return this.#reportDefinition(target, path, split);
    const match = TEST_NAME.exec(split.test);
    if (match === null) {
      return this.#reportUse(target, path, `Test name string did not match expected pattern: ${split.test}`);
    }
    if (split.args.has('model')) return this.#reportUse(target, path, RESERVED_ARGUMENT);
    const args = this.#arguments(split.args, column);
    args.set('model', `{{ get_where_subquery(${targetCall(target)}) }}`);
    const config = this.#takeConfig(target, args, path);
    const description = asString(args.get('description')) ?? '';
    args.delete('description');
    this.#add(target, match[1], match[2] ?? '', args, config, { description, column, path });
  }

  /** Since dbt 1.11 the arguments of a test may stand below `arguments:`. */
  #arguments(args: DataMap, column: TestedColumn | undefined): Map<DataScalar, Data> {
    const named: readonly [DataScalar, Data][] = column === undefined ? [] : [['column_name', column.name]];
    if (!args.has('arguments') || !this.#context.argumentsProperty) return new Map([...args, ...named]);
    // What holds no arguments is left out without a word.
    const nested = asMap(args.get('arguments')) ?? emptyMap;
    const rest = [...args].filter(([key]) => key !== 'arguments' && !nested.has(key));
    return new Map([...rest, ...named, ...nested, ...[...args].filter(([key]) => nested.has(key))]);
  }

  /** Takes what configures the test out of its arguments. */
  #takeConfig(target: TestTarget, args: Map<DataScalar, Data>, path: KeyPath): Map<DataScalar, Data> {
    const nested = new Map(asMap(args.get('config')) ?? emptyMap);
    const config = new Map<DataScalar, Data>();
    const keep = (key: DataScalar, value: Data | undefined): void => {
      // Most of the keys are in no test at all.
      if (value === undefined || value === null) return;
      const rendered = this.#rendered(value, [...path, textOfKey(key)]);
      if (rendered !== null) config.set(key, rendered);
    };
    for (const key of CONFIG_KEYS) {
      const top = args.get(key);
      args.delete(key);
      const inner = nested.get(key);
      if (isTruthy(top) && nested.has(key)) this.#reportUse(target, path, SAME_KEY);
      if (!isTruthy(top)) nested.delete(key);
      keep(key, isTruthy(top) ? top : (inner ?? top));
    }
    args.delete('config');
    this.#checkTags(config, path);
    for (const [key, value] of nested) keep(key, value);
    return config;
  }

  #checkTags(config: Map<DataScalar, Data>, path: KeyPath): void {
    const tags = config.get('tags');
    if (tags === undefined || typeof tags === 'string') return;
    const wrong = isList(tags) ? tags.find(it => typeof it !== 'string') : tags;
    if (wrong === undefined) return;
    const [errorClass, wanted] = isList(tags)
      ? ['TagNotStringError', 'tag, expected a str']
      : ['TagsNotListOfStringsError', 'tags, expected a list of strings'];
    const message = `got ${dataText(wrong)} (${dataType(wrong)}) for ${wanted}`;
    this.#report(path, message, { dbt: { class: errorClass, message: `Compilation Error\n  ${message}` } });
    config.delete('tags');
  }

  /** A test that is no test, in the words of dbt's `ParsingError`. */
  #reportDefinition(target: TestTarget, path: KeyPath, message: string): void {
    const text = `Parsing Error\n  Invalid test config given in ${this.#context.file}:\n  \t${message}\n  \t@: ${this.#shown(target)}`;
    this.#report(path, message, { dbt: { class: 'ParsingError', message: text } });
  }

  /** A test that cannot be used as it is written, in the words of dbt's `CompilationError`. */
  #reportUse(target: TestTarget, path: KeyPath, message: string): void {
    const text = `Compilation Error\n  Invalid generic test configuration given in ${this.#context.file}: \n${message}\n  \t@: ${this.#shown(target)}`;
    this.#report(path, message, { dbt: { class: 'CompilationError', message: text } });
  }

  /** How dbt prints whom a test was written for: the first and the last characters of its object. */
  #shown(target: TestTarget): string {
    if (target.kind === 'source') return `UnpatchedSourceDefinition(name='${target.source}'...`;
    const name = target.section === 'models' ? 'UnparsedModelUpdate' : 'UnparsedNodeUpdate';
    return `${`${name}(original_file_path='${this.#context.file}`.slice(0, 44)}...ne)`;
  }

  #rendered(value: Data, path: KeyPath): Data {
    if (typeof value !== 'string') return value;
    if (!hasJinja(value)) return plainText(value);
    const result = this.#context.render(value);
    if ('value' in result) return result.value;
    this.#report(path, result.problem, { code: 'yaml-jinja' });
    return value;
  }

  #add(
    target: TestTarget,
    namespace: string | undefined,
    test: string,
    args: Map<DataScalar, Data>,
    config: Map<DataScalar, Data>,
    about: { readonly description: string; readonly column: TestedColumn | undefined; readonly path: KeyPath },
  ): void {
    const chosen = asString(args.get('name'));
    if (chosen !== undefined) args.delete('name');
    const synthetic = syntheticTestName(prefixed(target, namespace, test), targetName(target), args);
    const { short, full } = chosen === undefined ? synthetic : { short: chosen, full: chosen };
    if (short !== full && !config.has('alias')) config.set('alias', short);
    const metadata = { name: test, namespace, kwargs: args };
    this.tests.push({
      name: full,
      shortName: short,
      hash: testHash(full, metadata),
      target,
      metadata,
      columnName: about.column?.name,
      config,
      description: about.description,
      tags: [...this.#inheritedTags, ...(about.column?.tags ?? [])],
      path: about.path,
    });
  }
}

interface TestedColumn {
  readonly name: string;
  readonly tags: readonly string[];
}

const RESERVED_ARGUMENT = 'Test arguments include "model", which is a reserved argument';
const SAME_KEY = 'Test cannot have the same key at the top-level and in config';

const isTruthy = (data: Data | undefined): boolean =>
  !(
    data === undefined ||
    data === null ||
    data === false ||
    data === 0 ||
    data === '' ||
    (Array.isArray(data) && data.length === 0)
  );

/** A test is a name, a mapping of one name to its arguments, or a mapping with `test_name` among the arguments. */
function splitTest(item: Data): { readonly test: string; readonly args: DataMap } | string {
  if (typeof item === 'string') return { test: item, args: emptyMap };
  if (!isMap(item)) return 'test must be dict or str';
  const named = item.get('test_name');
  if (typeof named === 'string') return { test: named, args: without(item, 'test_name') };
  const [first, ...others] = [...item];
  if (first === undefined || others.length > 0) {
    const pairs = [...item].map(([key, value]) => `(${dataRepr(key)}, ${dataRepr(value)})`);
    return `test definition dictionary must have exactly one key, got [${pairs.join(', ')}] instead (${item.size} keys)`;
  }
  const [test, args] = first;
  if (typeof test !== 'string') return 'test name must be a str';
  return isMap(args)
    ? { test, args }
    : `test arguments must be a dict, got ${dataType(args)} (value ${dataText(args)})`;
}

const without = (map: DataMap, key: string): DataMap => new Map([...map].filter(([it]) => it !== key));

function targetCall(target: TestTarget): string {
  if (target.kind === 'source') return `source('${target.source}', '${target.table}')`;
  return target.version === undefined ? `ref('${target.name}')` : `ref('${target.name}', version='${target.version}')`;
}

function targetName(target: TestTarget): string {
  if (target.kind === 'source') return `${target.source}_${target.table}`;
  return target.version === undefined ? target.name : `${target.name}_v${target.version}`;
}

function prefixed(target: TestTarget, namespace: string | undefined, test: string): string {
  const name = target.kind === 'source' ? `source_${test}` : test;
  return namespace === undefined ? name : `${namespace}_${name}`;
}
