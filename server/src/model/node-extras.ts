import { sha256 } from '../base/sha256.ts';
import { macroIndex } from '../dbt/context/macro-index.ts';
import { mergedLevels } from '../dbt/config/unrendered.ts';
import { freshnessData } from '../dbt/manifest/node-data-parts.ts';
import {
  asList,
  asMap,
  asString,
  emptyMap,
  isMap,
  stringList,
  type Data,
  type DataMap,
  type DataScalar,
} from '../dbt/manifest/data.ts';
import { macrosCalledBy } from '../dbt/manifest/macro-calls.ts';
import type { Checksum, MacroExtras, NodeExtras } from '../dbt/manifest/node-extras.ts';
import type { ExecutableNode, MacroNode, ManifestNode, ModelNode, NodeConfig, UniqueId } from '../dbt/manifest/node.ts';
import { testedKey, type KeyTest } from '../dbt/manifest/primary-key.ts';
import { hasJinja } from '../dbt/project/render-data.ts';
import type { GenericTest, SourceTableEntry } from '../dbt/properties/properties.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import type { Use } from './db.ts';
import type { Descriptions } from './descriptions.ts';
import type { TemplateEngine } from './engine.ts';
import type { Inputs } from './inputs.ts';
import type { NodeFacts } from './node-facts.ts';
import type { ProjectView } from './project-view.ts';
import type { SourceFacts } from './source-facts.ts';
import type { Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';
import { usesInTemplate } from './uses.ts';

/** What the extras draw on. */
export interface ExtrasParts {
  readonly inputs: Inputs;
  readonly structure: Structure;
  readonly summaries: Summaries;
  readonly facts: NodeFacts;
  readonly sources: SourceFacts;
  readonly descriptions: Descriptions;
  readonly engine: TemplateEngine;
  readonly view: ProjectView;
}

/** What only artifacts and the variable `model` show of nodes. Each answer reads no more than the node it is about. */
export class ProjectNodeExtras implements NodeExtras {
  readonly #parts: ExtrasParts;

  constructor(parts: ExtrasParts) {
    this.#parts = parts;
  }

  get createdAt(): number {
    const milliseconds = Date.parse(this.#parts.inputs.currentSettings.runStartedAt);
    return Number.isNaN(milliseconds) ? 0 : milliseconds / 1000;
  }

  rootPath = (packageName: string): string => {
    const { inputs, structure } = this.#parts;
    const { folder } = structure.projectNamed(packageName);
    return folder === '' ? inputs.root : `${inputs.root}/${folder.replace(/\/$/, '')}`;
  };

  checksum = (node: ExecutableNode): Checksum => {
    const declared = this.#parts.facts.declared(node.uniqueId);
    if (declared === undefined || !HAS_FILE.has(declared.at.kind)) return NO_CHECKSUM;
    // A model's code is its file's contents without the white space around them.
    if (declared.at.kind === 'file' && node.resourceType !== 'seed') return fingerprint(node.rawCode);
    const text = this.#parts.inputs.text.get(declared.file) ?? '';
    // dbt does not read seeds of more than a megabyte for this.
    const isBig = node.resourceType === 'seed' && text.length > MAXIMUM_SEED && byteLength(text) > MAXIMUM_SEED;
    if (isBig) return { name: 'path', checksum: declared.originalPath };
    return fingerprint(text.trim());
  };

  unrenderedConfig = (node: ManifestNode): DataMap => {
    const { facts, structure } = this.#parts;
    const declared = facts.declared(node.uniqueId);
    if (declared === undefined) return emptyMap;
    const source = this.#parts.sources.entry.get(node.uniqueId);
    const entry = declared.at.kind === 'entry' ? facts.entryOf(declared) : undefined;
    const isYaml = declared.at.kind === 'entry' && declared.kind !== 'snapshot';
    const patch = facts.patchConfig(node.uniqueId)?.config ?? emptyMap;
    const own = entry === undefined ? patch : (asMap(entry.data.get('config')) ?? emptyMap);
    const test = facts.genericTest(declared);
    const captured = isYaml || !('configCall' in node) ? emptyMap : withPlainHooks(node.configCall);
    return mergedLevels({
      type: declared.kind,
      fqn: 'fqn' in node ? node.fqn : [],
      project: facts.projectOf(declared),
      root: structure.rootProject(),
      properties: source !== undefined && 'config' in node ? sourceConfig(source, node.config) : own,
      inFile: test === undefined ? captured : new Map([...captured, ...test.config]),
    });
  };

  docBlocks = (packageName: string, written: string): readonly UniqueId[] => {
    if (!hasJinja(written)) return NO_BLOCKS;
    return docsIn(written).flatMap(use => {
      const doc = this.#parts.descriptions.resolveDoc(use.package, use.name, packageName);
      return doc === undefined ? [] : [doc.uniqueId];
    });
  };

  macro = (node: Pick<MacroNode, 'uniqueId' | 'packageName' | 'name'>): MacroExtras => {
    const { view, engine, structure } = this.#parts;
    const { fileText, range } = engine.builtinMacroText(node.uniqueId) ?? view.macroText(node.uniqueId);
    const text = fileText.slice(range.start, range.end);
    const scope = {
      index: macroIndex(view),
      adapterType: view.adapterType,
      rootPackage: structure.rootProject().name,
      dispatchOrder: (namespace: string) => view.dispatchOrder(namespace),
    };
    const declared = this.#parts.facts.declared(node.uniqueId);
    const block = declared?.at.kind === 'block' ? declared.at.block : undefined;
    return { text, dependsOn: macrosCalledBy({ ...node, text }, scope), supportedLanguages: block?.supportedLanguages };
  };

  metric = (name: string): DataMap | undefined => {
    const [declared] = this.#parts.inputs.declared.get(`metric:${name}`) ?? [];
    return declared && this.#parts.facts.entryOf(declared)?.data;
  };

  testedKey = (node: ModelNode): readonly string[] => {
    const { facts, summaries } = this.#parts;
    const patch = facts.patch.get(node.uniqueId);
    if (patch === undefined) return [];
    const tests = testsByTarget(summaries.properties.get(patch.file).tests);
    return testedKey((tests.get(`${node.name} ${String(node.version)}`) ?? []).map(keyTest));
  };
}

const grouped = new WeakMap<readonly GenericTest[], ReadonlyMap<string, readonly GenericTest[]>>();

/** The tests of a file by the model and version they are hung on; made once for a list of tests. */
function testsByTarget(tests: readonly GenericTest[]): ReadonlyMap<string, readonly GenericTest[]> {
  const known = grouped.get(tests);
  if (known !== undefined) return known;
  const groups = new Map<string, GenericTest[]>();
  for (const test of tests) {
    if (test.target.kind !== 'node') continue;
    const key = `${test.target.name} ${String(test.target.version)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [test]);
    else group.push(test);
  }
  grouped.set(tests, groups);
  return groups;
}

const NO_BLOCKS: readonly UniqueId[] = [];

/** What `doc()` names in a text. The same few texts describe many columns. */
function docsIn(written: string): readonly DocUse[] {
  const known = docsOfTexts.get(written);
  if (known !== undefined) return known;
  const docs = usesInTemplate(parseJinja(written)).filter(use => use.kind === 'doc');
  if (docsOfTexts.size < KEPT_TEXTS) docsOfTexts.set(written, docs);
  return docs;
}

type DocUse = Extract<Use, { readonly kind: 'doc' }>;
const docsOfTexts = new Map<string, readonly DocUse[]>();
const KEPT_TEXTS = 1000;

const fingerprint = (text: string): Checksum => ({ name: 'sha256', checksum: sha256(text) });

const NO_CHECKSUM: Checksum = { name: 'none', checksum: '' };
const HAS_FILE: ReadonlySet<string> = new Set(['file', 'block', 'entry', 'hook']);
const MAXIMUM_SEED = 1024 * 1024;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** What the YAML of a source and its table configures, as dbt puts it together before it looks at the project. */
function sourceConfig({ source, table }: SourceTableEntry, config: NodeConfig): DataMap {
  const written = [source, table].flatMap(it => [...(asMap(it.get('config')) ?? emptyMap)]);
  const merged = new Map<DataScalar, Data>(written);
  const freshness = asMap(config.get('freshness'));
  if (freshness === undefined) merged.delete('freshness');
  else merged.set('freshness', freshnessData(freshness));
  for (const key of ['loaded_at_field', 'loaded_at_query', 'meta', 'tags']) merged.set(key, config.get(key) ?? null);
  return merged;
}

/** Hooks as a template writes them: one text, or several. */
function withPlainHooks(config: DataMap): DataMap {
  const plain = new Map(config);
  for (const key of ['pre-hook', 'post-hook']) {
    const texts = (asList(config.get(key)) ?? []).map(hook => (isMap(hook) ? (hook.get('sql') ?? null) : hook));
    if (texts.length > 0) plain.set(key, texts.length === 1 ? (texts[0] ?? null) : texts);
  }
  return plain;
}

function keyTest({ metadata, config, columnName }: GenericTest): KeyTest {
  const combination = stringList(metadata.kwargs.get('combination_of_columns'));
  const column = asString(metadata.kwargs.get('column_name')) ?? columnName;
  return {
    name: metadata.name,
    columns: column === undefined ? combination : [column],
    enabled: config.get('enabled') !== false,
  };
}
