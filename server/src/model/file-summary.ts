import { asList, asMap, asString } from '../dbt/manifest/data.ts';
import { toValue } from '../dbt/manifest/data-value.ts';
import { toText } from '../render/python/text.ts';
import { latestVersion, versionsOf } from '../dbt/properties/versions.ts';
import type { MacroParameter, ResourceType, UniqueId } from '../dbt/manifest/node.ts';
import type { KeyPath } from '../dbt/manifest/mistake.ts';
import { genericTestId, type Entry, type Properties, type Section } from '../dbt/properties/properties.ts';
import type { RoleOfFile } from '../dbt/project/file-roles.ts';
import type { FileId } from '../render/rendered.ts';
import type { Macro } from '../syntax/jinja/nodes.ts';
import { parseJinja, sourceOf } from '../syntax/jinja/parse.ts';
import { MACRO_BLOCKS, scanBlocks } from '../syntax/jinja/blocks.ts';
import type { Use } from './db.ts';

/** A resource that a file declares. Holds no position: `at` leads to it through the file's tree. */
export interface Declared {
  readonly kind: ResourceType;
  readonly name: string;
  readonly uniqueId: UniqueId;
  readonly packageName: string;
  readonly file: FileId;
  readonly path: string;
  readonly originalPath: string;
  readonly at: DeclaredAt;
  readonly version?: string | number;
  /** Which versions of its model a unit test is for; all of them when absent. */
  readonly versions?: VersionRule;
}

/** `include` or `exclude` of a unit test's `versions`. */
export interface VersionRule {
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[];
}

/** Whether a rule lets a version through. */
export const includesVersion = (rule: VersionRule | undefined, version: string | number): boolean =>
  rule?.include?.includes(String(version)) !== false && rule?.exclude.includes(String(version)) !== true;

export type DeclaredAt =
  | { readonly kind: 'file' }
  /** The n-th block of the file. */
  | { readonly kind: 'block'; readonly index: number; readonly block: MacroBlock | undefined }
  | { readonly kind: 'entry'; readonly path: KeyPath }
  | { readonly kind: 'table'; readonly index: number; readonly path: KeyPath }
  | { readonly kind: 'generic-test'; readonly index: number; readonly path: KeyPath }
  | { readonly kind: 'hook'; readonly path: KeyPath; readonly index: number; readonly sql: string };

/** What a macro's header says. */
export interface MacroBlock {
  readonly block: 'macro' | 'test' | 'materialization';
  readonly parameters: readonly MacroParameter[];
  readonly supportedLanguages: readonly string[] | undefined;
}

/** An entry of a properties file about a resource declared elsewhere. */
export interface PatchRef {
  readonly section: Section;
  readonly name: string;
  readonly packageName: string;
  readonly file: FileId;
  /** Its place among the entries of the file. */
  readonly index: number;
}

/** A file that `versions:` of a model takes for one of its versions. */
export interface VersionClaim {
  readonly packageName: string;
  readonly fileStem: string;
  readonly model: string;
  readonly version: string | number;
  /** The file that has the version by its name, where the claim on another file only counts without it. */
  readonly insteadOf?: string;
  readonly patch: PatchRef;
}

/** All that one file says about names, without any position in it. */
export interface FileSummary {
  readonly declares: readonly Declared[];
  readonly patches: readonly PatchRef[];
  readonly claims: readonly VersionClaim[];
  /** The names it uses, each once, as `useKey` spells them. */
  readonly uses: readonly string[];
}

export const emptySummary: FileSummary = { declares: [], patches: [], claims: [], uses: [] };

/** Under what key the index finds what a use names. */
export function useKey(use: Use): string {
  switch (use.kind) {
    case 'ref':
      return `ref:${use.name}`;
    case 'source':
      return `source:${use.source}.${use.table}`;
    case 'var':
    case 'doc':
    case 'macro':
      return `${use.kind}:${use.name}`;
  }
}

/** Where a file stands in the project: its package and its part in it. */
export interface FilePlace {
  readonly file: FileId;
  readonly packageName: string;
  readonly role: RoleOfFile;
}

/** What a file that holds one resource declares: a model, a seed, an analysis, a singular test. */
export function declaredByPath(kind: 'model' | 'seed' | 'analysis' | 'test', place: FilePlace): Declared {
  const name = fileStem(place.role.path);
  const path = kind === 'analysis' ? `analysis/${place.role.path}` : place.role.path;
  const uniqueId = `${kind}.${place.packageName}.${name}`;
  return resource(kind, name, uniqueId, place, { kind: 'file' }, path);
}

/** A query that is no part of the project: dbt's kind for what `show --inline` is given. */
export function declaredScratch(place: FilePlace): Declared {
  const name = fileStem(place.role.path);
  const uniqueId = `sql_operation.${place.packageName}.${place.role.path}`;
  return resource('sql_operation', name, uniqueId, place, { kind: 'file' });
}

export const fileStem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');

/** Without a spread: that gives each of the many declarations a shape of its own, which costs time and memory. */
function resource(
  kind: ResourceType,
  name: string,
  uniqueId: UniqueId,
  { file, packageName, role }: FilePlace,
  at: DeclaredAt,
  path = role.path,
): Declared {
  return { kind, name, uniqueId, packageName, file, path, originalPath: role.originalPath, at };
}

/** The snapshots of a file, or its docs. */
export function declaredByBlocks(kind: 'snapshot' | 'doc', text: string, place: FilePlace): readonly Declared[] {
  const tag = kind === 'doc' ? 'docs' : 'snapshot';
  return scanBlocks(text, { allowed: new Set([tag]), withData: false }).blocks.flatMap((block, index) => {
    const { name } = block;
    if (name === undefined) return [];
    const uniqueId = `${kind}.${place.packageName}.${name}`;
    return [resource(kind, name, uniqueId, place, { kind: 'block', index, block: undefined })];
  });
}

/** The macros, generic tests and materializations of a file. */
export function declaredMacros(text: string, place: FilePlace): readonly Declared[] {
  return scanBlocks(text, { allowed: MACRO_BLOCKS, withData: false }).blocks.flatMap(({ full, type }, index) => {
    // Generic tests in a tests folder are the only blocks that count there.
    if (place.role.generic && type !== 'test' && type !== 'data_test') return [];
    const tree = parseJinja(text.slice(full.start, full.end), { tags: 'file' });
    const macro = tree.body.find(node => node.kind === 'macro');
    if (macro === undefined) return [];
    const name = macro.fullName.replace(/^dbt_macro__/, '');
    const uniqueId = `macro.${place.packageName}.${name}`;
    const block = macroBlock(macro, range => sourceOf(tree, range));
    return [resource('macro', name, uniqueId, place, { kind: 'block', index, block })];
  });
}

function macroBlock(macro: Macro, textOf: (range: { start: number; end: number }) => string): MacroBlock {
  const parameters = macro.parameters.map(it => ({
    name: it.name,
    defaultText: it.default === undefined ? undefined : textOf(it.default),
  }));
  if (macro.tag === 'materialization') {
    const languages = macro.parameters.find(it => it.name === 'supported_languages')?.default;
    const items = languages?.kind === 'list' ? languages.items : [];
    const supportedLanguages = items.flatMap(item => (item.kind === 'string' ? [item.value] : []));
    return { block: 'materialization', parameters: [], supportedLanguages };
  }
  const block = macro.tag === 'macro' ? 'macro' : 'test';
  return { block, parameters, supportedLanguages: undefined };
}

/** What a properties file declares, describes and claims. */
export function declaredByProperties(properties: Properties, place: FilePlace): Omit<FileSummary, 'uses'> {
  const declares: Declared[] = [];
  const patches: PatchRef[] = [];
  const claims: VersionClaim[] = [];
  for (const [index, entry] of properties.entries.entries()) {
    const kind = DECLARED.get(entry.section);
    if (kind !== undefined) declares.push(declaredEntry(kind, entry, place));
    else if (isYamlSnapshot(entry)) declares.push(declaredEntry('snapshot', entry, place));
    if (kind !== undefined) continue;
    const { packageName, file } = place;
    const patch: PatchRef = { section: entry.section, name: entry.name, packageName, file, index };
    patches.push(patch);
    if (entry.section === 'models') claims.push(...claimsOf(entry, patch));
  }
  for (const [index, { source, sourceName, name, path }] of properties.tables.entries()) {
    const overrides = asString(source.get('overrides'));
    if (overrides !== undefined && overrides !== place.packageName) continue;
    const uniqueId = `source.${place.packageName}.${sourceName}.${name}`;
    declares.push(resource('source', name, uniqueId, place, { kind: 'table', index, path }));
  }
  for (const [index, test] of properties.tests.entries()) {
    const uniqueId = genericTestId(place.packageName, test);
    const at = { kind: 'generic-test' as const, index, path: test.path };
    declares.push(resource('test', test.name, uniqueId, place, at, `${test.shortName}.sql`));
  }
  return { declares, patches, claims };
}

const DECLARED: ReadonlyMap<Section, ResourceType> = new Map<Section, ResourceType>([
  ['exposures', 'exposure'],
  ['groups', 'group'],
  ['unit_tests', 'unit_test'],
  ['metrics', 'metric'],
  ['semantic_models', 'semantic_model'],
  ['saved_queries', 'saved_query'],
]);

/** A snapshot of YAML alone says what relation it is of. */
export const isYamlSnapshot = (entry: Entry): boolean => entry.section === 'snapshots' && entry.data.has('relation');

function declaredEntry(kind: ResourceType, entry: Entry, place: FilePlace): Declared {
  const model = kind === 'unit_test' ? `${asString(entry.data.get('model')) ?? ''}.` : '';
  const uniqueId = `${kind}.${place.packageName}.${model}${entry.name}`;
  const declared = resource(kind, entry.name, uniqueId, place, { kind: 'entry', path: entry.path });
  const rule = kind === 'unit_test' ? versionRule(entry) : undefined;
  return rule === undefined ? declared : { ...declared, versions: rule };
}

function versionRule({ data }: Entry): VersionRule | undefined {
  const rule = asMap(data.get('versions'));
  if (rule === undefined) return undefined;
  const texts = (key: string): readonly string[] | undefined => asList(rule.get(key))?.map(it => toText(toValue(it)));
  return { include: texts('include'), exclude: texts('exclude') ?? [] };
}

function claimsOf(entry: Entry, patch: PatchRef): readonly VersionClaim[] {
  const latest = latestVersion(entry.data);
  return versionsOf(entry.data).flatMap(({ v, fileStems }): readonly VersionClaim[] => {
    const claim = { packageName: patch.packageName, model: entry.name, version: v, patch };
    const claims = fileStems.map(fileStem => ({ ...claim, fileStem }));
    const [insteadOf = ''] = fileStems;
    // The latest version may stand in a file that goes by the model's name alone.
    return v === latest ? [...claims, { ...claim, fileStem: entry.name, insteadOf }] : claims;
  });
}
