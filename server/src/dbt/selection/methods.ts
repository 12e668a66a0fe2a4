import { isList, isMap, sameData, stringList, type Data, type DataMap } from '../manifest/data.ts';
import type { ResourceType } from '../manifest/node.ts';
import { compareVersions } from '../properties/versions.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { isExecutable, isNamed, type Selectable } from './candidates.ts';
import { fnmatch } from './glob.ts';
import { nameMatches } from './name.ts';
import { pathTest } from './path-method.ts';
import { runtimeRefusal, unknownMethod, type Refusal } from './refusal.ts';
import type { Criterion } from './spec.ts';
import { resultTest, sourceStatusTest, stateTest, type StateComparison } from './state-methods.ts';

/** A question to ask of each node. */
export type NodeTest = (node: Selectable) => boolean;

/** What methods know beyond the node. */
export interface MethodContext {
  readonly projectName: string;
  readonly nodes: Iterable<Selectable>;
  readonly comparison: StateComparison | undefined;
}

/** What a criterion asks, or dbt's message when it cannot be asked. */
export function nodeTest(criterion: Criterion, context: MethodContext): Result<NodeTest, Refusal> {
  const { method } = criterion;
  const make = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  return make === undefined ? err(unknownMethod(method)) : make(criterion.value, context, criterion);
}

type Method = (value: string, context: MethodContext, criterion: Criterion) => Result<NodeTest, Refusal>;

const METHODS: Readonly<Record<string, Method>> = {
  fqn: value => ok(node => isNamed(node) && nameMatches(node, value)),
  tag: value => ok(node => tagsOf(node).some(tag => fnmatch(tag, value))),
  group: value => ok(node => fnmatchOptional(groupOf(node), value)),
  access: value => ok(node => node.resourceType === 'model' && node.access === value),
  path: (value, { projectName, nodes }) => ok(pathTest(value, projectName, nodes)),
  file: value => ok(node => fileMatches(node, value)),
  package: (value, { projectName }) => {
    const pattern = value === 'this' ? projectName : value;
    return ok(node => fnmatch(node.packageName, pattern));
  },
  config: (_, __, criterion) => ok(node => isConfigurable(node) && configMatches(node.config, criterion)),
  source: value => sourceTest(value),
  exposure: value => dottedName(value, 'exposure', 'Exposures'),
  metric: value => dottedName(value, 'metric', 'Metrics'),
  semantic_model: value => dottedName(value, 'semantic_model', 'Semantic models'),
  saved_query: value => dottedName(value, 'saved_query', 'Saved queries'),
  unit_test: value => dottedName(value, 'unit_test', 'Saved queries'),
  resource_type: value =>
    RESOURCE_TYPES.has(value)
      ? ok(node => node.resourceType === value)
      : err(runtimeRefusal(`Invalid resource_type selector "${value}"`)),
  test_name: value => ok(node => testNameMatches(node, value)),
  test_type: value => testType(value),
  version: value => versionTest(value),
  state: (value, { comparison }) => stateTest(value, comparison),
  result: (value, { comparison }) => resultTest(value, comparison),
  source_status: (value, { comparison }) => sourceStatusTest(value, comparison),
};

const RESOURCE_TYPES: ReadonlySet<string> = new Set(
  [
    'model analysis test snapshot operation seed rpc sql_operation doc source macro exposure metric group saved_query',
    'semantic_model unit_test fixture function',
  ].flatMap(line => line.split(' ')),
);

function tagsOf(node: Selectable): readonly string[] {
  if ('tags' in node) return node.tags;
  return node.resourceType === 'semantic_model' ? [] : stringList(node.data.get('tags'));
}

const fnmatchOptional = (text: string | undefined, pattern: string): boolean =>
  text !== undefined && fnmatch(text, pattern);

/** The group that a node or a metric is configured to be in; tests that follow their model into one are not. */
function groupOf(node: Selectable): string | undefined {
  if (!isExecutable(node) && node.resourceType !== 'metric') return undefined;
  const group = node.config.get('group');
  return typeof group === 'string' && group !== '' ? group : undefined;
}

function fileMatches(node: Selectable, value: string): boolean {
  const name = node.originalPath.slice(node.originalPath.lastIndexOf('/') + 1);
  return fnmatch(name, value) || fnmatch(name.replace(/(?<=.)\.[^.]*$/, ''), value);
}

/** `name` or `package.name` of a kind of node. */
function dottedName(value: string, type: ResourceType, title: string): Result<NodeTest, Refusal> {
  const parts = value.split('.');
  const [packageName = '*', name = ''] = parts.length === 1 ? ['*', ...parts] : parts;
  if (parts.length <= 2) {
    return ok(node => node.resourceType === type && fnmatch(node.packageName, packageName) && fnmatch(node.name, name));
  }
  const kind = type.replaceAll('_', ' ');
  const inPackage = type === 'unit_test' ? 'unit_test_package_name.unit_test_name' : `${type}_package.${type}_name`;
  return err(
    runtimeRefusal(
      `Invalid ${kind} selector value "${value}". ${title} must be of the form \${${type}_name} or \${${inPackage}}`,
    ),
  );
}

function sourceTest(value: string): Result<NodeTest, Refusal> {
  const parts = value.split('.');
  if (parts.length > 3) {
    return err(
      runtimeRefusal(
        `Invalid source selector value "${value}". Sources must be of the form \`\${source_name}\`, ` +
          `\`\${source_name}.\${target_name}\`, or \`\${package_name}.\${source_name}.\${target_name}`,
      ),
    );
  }
  const [packageName, source, table] = parts.length === 3 ? parts : ['*', ...parts];
  return ok(
    node =>
      node.resourceType === 'source' &&
      fnmatch(node.packageName, packageName ?? '*') &&
      fnmatch(node.sourceName, source ?? '*') &&
      fnmatch(node.name, table ?? '*'),
  );
}

/** The name of a generic test's macro, or of a unit test. */
function testNameMatches(node: Selectable, value: string): boolean {
  if (node.resourceType === 'unit_test') return fnmatch(node.name, value);
  return node.resourceType === 'test' && fnmatchOptional(node.testMetadata?.name, value);
}

function testType(value: string): Result<NodeTest, Refusal> {
  switch (value) {
    case 'generic':
    case 'schema':
      return ok(node => node.resourceType === 'test' && node.testMetadata !== undefined);
    case 'singular':
      return ok(node => node.resourceType === 'test' && node.testMetadata === undefined);
    case 'data':
      return ok(node => node.resourceType === 'test');
    case 'unit':
      return ok(node => node.resourceType === 'unit_test');
    default:
      return err(
        runtimeRefusal(`Invalid test type selector ${value}: expected "generic", "singular", "unit", or "data"`),
      );
  }
}

function versionTest(value: string): Result<NodeTest, Refusal> {
  const compare = VERSIONS.get(value);
  if (compare === undefined) {
    return err(
      runtimeRefusal(
        `Invalid version type selector ${value}: expected one of: "latest", "prerelease", "old", or "none"`,
      ),
    );
  }
  return ok(node => {
    if (node.resourceType !== 'model') return false;
    if (node.version === undefined) return value === 'none';
    return compare(compareVersions(node.version, node.latestVersion ?? node.version));
  });
}

const VERSIONS: ReadonlyMap<string, (order: number) => boolean> = new Map<string, (order: number) => boolean>([
  ['latest', order => order === 0],
  ['prerelease', order => order > 0],
  ['old', order => order < 0],
  ['none', () => false],
]);

/** What dbt keeps in `nodes`, and sources. */
const isConfigurable = (node: Selectable): boolean => isExecutable(node) || node.resourceType === 'source';

/** The value under the keys, or one of the list there: the same text, or the truth value that the text spells. */
function configMatches(config: DataMap, { methodArguments, value, data }: Criterion): boolean {
  let at: Data | undefined = config;
  for (const key of methodArguments) at = isMap(at) ? at.get(key) : undefined;
  if (at === undefined || at === null) return false;
  const wanted = data ?? value;
  const ignoresCase = methodArguments.length === 1 && methodArguments[0] === 'severity';
  const equals = (item: Data): boolean => {
    if (typeof item === 'boolean' && typeof wanted === 'string') return wanted.toLowerCase() === String(item);
    if (ignoresCase && typeof item === 'string' && typeof wanted === 'string') {
      return item.toUpperCase() === wanted.toUpperCase();
    }
    return sameData(item, wanted);
  };
  return isList(at) ? at.some(equals) : equals(at);
}
