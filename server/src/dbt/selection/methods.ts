import { isList, isMap, textOfKey, type Data, type DataMap } from '../manifest/data.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { isExecutable, isNamed, type Selectable } from './candidates.ts';
import { fnmatch, matchesPath } from './glob.ts';
import { nameMatches } from './name.ts';
import { runtimeRefusal, type Refusal } from './refusal.ts';
import { resultTest, sourceStatusTest, stateTest, type StateComparison } from './state-methods.ts';
import { scalarText } from './scalar-text.ts';

/** A question to ask of each node. */
export type NodeTest = (node: Selectable) => boolean;

/** What a method of a criterion asks, or dbt's message when it cannot be asked. */
export function nodeTest(
  method: string,
  methodArguments: readonly string[],
  value: string,
  context: MethodContext,
): Result<NodeTest, Refusal> {
  const make = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (make === undefined) return err(runtimeRefusal(`'${method}' is not a valid method name`, 'InvalidSelectorError'));
  return make(value, methodArguments, context);
}

/** What methods know beyond the node. */
export interface MethodContext {
  readonly projectName: string;
  readonly comparison: StateComparison | undefined;
}

type Method = (value: string, methodArguments: readonly string[], context: MethodContext) => Result<NodeTest, Refusal>;

const METHODS: Readonly<Record<string, Method>> = {
  fqn: value => ok(node => isNamed(node) && nameMatches(node, value)),
  tag: value => ok(node => 'tags' in node && node.tags.some(tag => fnmatch(tag, value))),
  group: value => ok(node => groupOf(node) !== undefined && fnmatch(groupOf(node) ?? '', value)),
  access: value => ok(node => node.resourceType === 'model' && fnmatch(node.access, value)),
  path: value => ok(node => matchesPath(node.originalPath, value) || isPatchedIn(node, value)),
  file: value => ok(node => fileMatches(node, value)),
  package: (value, _, { projectName }) => {
    const pattern = value === 'this' ? projectName : value;
    return ok(node => fnmatch(node.packageName, pattern));
  },
  config: (value, keys) => ok(node => 'config' in node && configMatches(node.config, keys, value)),
  source: value => sourceTest(value),
  exposure: value => ok(node => node.resourceType === 'exposure' && dottedNameMatches(node, value)),
  metric: value => ok(node => node.resourceType === 'metric' && dottedNameMatches(node, value)),
  semantic_model: value => ok(node => node.resourceType === 'semantic_model' && dottedNameMatches(node, value)),
  saved_query: value => ok(node => node.resourceType === 'saved_query' && dottedNameMatches(node, value)),
  unit_test: value => ok(node => node.resourceType === 'unit_test' && dottedNameMatches(node, value)),
  resource_type: value => ok(node => node.resourceType === value),
  test_name: value =>
    ok(
      node => node.resourceType === 'test' && node.testMetadata !== undefined && fnmatch(node.testMetadata.name, value),
    ),
  test_type: value => testType(value),
  version: value => versionTest(value),
  state: (value, _, { comparison }) => stateTest(value, comparison),
  result: (value, _, { comparison }) => resultTest(value, comparison),
  source_status: (value, _, { comparison }) => sourceStatusTest(value, comparison),
};

function groupOf(node: Selectable): string | undefined {
  return isExecutable(node) ? node.group : undefined;
}

function isPatchedIn(node: Selectable, pattern: string): boolean {
  // Only the file itself counts here: a folder of properties does not select what they describe.
  return 'patchFile' in node && node.patchFile !== undefined && exactPath(node.patchFile, pattern);
}

function exactPath(path: string, pattern: string): boolean {
  return /\.ya?ml$/.test(pattern) && matchesPath(path, pattern);
}

function fileMatches(node: Selectable, value: string): boolean {
  const name = node.originalPath.slice(node.originalPath.lastIndexOf('/') + 1);
  return fnmatch(name, value) || fnmatch(name.replace(/\.[^.]*$/, ''), value);
}

function dottedNameMatches(node: Selectable, value: string): boolean {
  const [packageName, name] = value.includes('.') ? splitAtLastDot(value) : ['*', value];
  return fnmatch(node.packageName, packageName) && fnmatch(node.name, name);
}

function splitAtLastDot(value: string): readonly [string, string] {
  const at = value.lastIndexOf('.');
  return [value.slice(0, at), value.slice(at + 1)];
}

function sourceTest(value: string): Result<NodeTest, Refusal> {
  const parts = value.split('.');
  if (parts.length > 3) {
    return err(
      runtimeRefusal(
        `Invalid source selector value "${value}". Sources must be of the form \`\${source_name}\`, ` +
          `\`\${source_name}.\${target_name}\`, or \`\${package_name}.\${source_name}.\${target_name}\``,
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

function compareVersions(a: string | number, b: string | number): number {
  if (Number.isFinite(Number(a)) && Number.isFinite(Number(b))) return Number(a) - Number(b);
  const [left, right] = [String(a), String(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The value under the keys: equal as text whatever its case, one of a list, or a key of a mapping. */
function configMatches(config: DataMap, keys: readonly string[], value: string): boolean {
  let at: Data | undefined = config;
  for (const key of keys) at = isMap(at) ? at.get(key) : undefined;
  if (at === undefined || at === null) return false;
  const wanted = value.toLowerCase();
  if (isList(at)) return at.some(item => scalarText(item)?.toLowerCase() === wanted);
  if (isMap(at)) return [...at.keys()].some(key => textOfKey(key).toLowerCase() === wanted);
  return scalarText(at)?.toLowerCase() === wanted;
}
