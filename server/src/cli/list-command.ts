import { dataAt, stringEntries, toJson, type Json } from '../dbt/manifest/data.ts';
import type { ManifestNode, ResourceType, UniqueId } from '../dbt/manifest/node.ts';
import { nothingSelected } from './nothing-selected.ts';
import { refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import type { Invocation } from './project.ts';
import { selectedIds } from './selection.ts';

/** `ls`: the selected nodes, one a line, as names, paths, selectors or JSON. Answers the exit code. */
export function listCommand(invocation: Invocation): number {
  const { output, arguments: given, db } = invocation;
  if (stopsOnErrors(invocation)) return 2;
  const format = given.texts.get('output') ?? 'selector';
  if (!FORMATS.includes(format)) {
    const known = FORMATS.map(it => `'${it}'`).join(', ');
    return refuse(output, `Invalid value for '--output': '${format}' is not one of ${known}.`);
  }
  const selected = selectedIds(invocation, listedTypes(invocation));
  if (!selected.ok) return refuse(output, selected.failure.message);
  if (selected.value.length === 0) return nothingSelected(invocation);
  for (const id of selected.value) {
    const node = db.node(id);
    if (node !== undefined) output.terminal.line(listed(invocation, id, node, format));
  }
  return 0;
}

const FORMATS: readonly string[] = ['selector', 'name', 'path', 'json'];

/** Everything but analyses, unless `--resource-type` asks for them; `--models` means models alone. */
function listedTypes({ arguments: given }: Invocation): ReadonlySet<ResourceType> {
  if (['m', 'model', 'models'].some(name => given.typed.has(name))) return new Set(['model']);
  const wantsAnalyses = given.lists.get('resource-type')?.some(it => it === 'analysis' || it === 'all') ?? false;
  return new Set<ResourceType>([...LISTED, ...(wantsAnalyses ? (['analysis'] as const) : [])]);
}

const LISTED: readonly ResourceType[] = [
  'model',
  'seed',
  'snapshot',
  'test',
  'source',
  'exposure',
  'metric',
  'saved_query',
  'semantic_model',
  'unit_test',
];

function listed(invocation: Invocation, id: UniqueId, node: ManifestNode, format: string): string {
  switch (format) {
    case 'name':
      return searchName(node);
    case 'path':
      return node.originalPath;
    case 'json':
      return JSON.stringify(describe(invocation, id));
    default:
      return selectorOf(node);
  }
}

/** The name that `ref` and selections use: with its version, where there are several. */
function searchName(node: ManifestNode): string {
  const version = 'version' in node ? node.version : undefined;
  return version === undefined || version === null ? node.name : `${node.name}.v${version}`;
}

/** What can be given to `--select` to mean this node. */
function selectorOf(node: ManifestNode): string {
  if (node.resourceType === 'source') return `source:${node.packageName}.${node.sourceName}.${node.name}`;
  if (BY_METHOD.has(node.resourceType)) return `${node.resourceType}:${node.packageName}.${node.name}`;
  return 'fqn' in node ? node.fqn.join('.') : node.name;
}

/** Kinds that a bare name does not reach. */
const BY_METHOD: ReadonlySet<ResourceType> = new Set([
  'exposure',
  'metric',
  'saved_query',
  'semantic_model',
  'unit_test',
]);

const KEYS: ReadonlySet<string> = new Set(
  'alias name source_name depends_on unique_id package_name original_file_path resource_type tags config'.split(' '),
);

/** The node as dbt describes it: the usual keys, or those that `--output-keys` names, where a dot leads inside. */
function describe({ db, arguments: given }: Invocation, id: UniqueId): Json {
  const data = db.view().describe(id);
  const wanted = given.lists.get('output-keys')?.flatMap(it => it.split(/\s+/));
  if (wanted === undefined) {
    return Object.fromEntries(
      stringEntries(data).flatMap(([key, value]) => (KEYS.has(key) ? [[key, toJson(value)]] : [])),
    );
  }
  const found = wanted.flatMap(key => {
    const isNested = key.includes('.');
    const value = isNested ? dataAt(data, ...key.split('.')) : data.get(key);
    return value === undefined || (isNested && value === null) ? [] : [[key, toJson(value)] as const];
  });
  return Object.fromEntries(found);
}
