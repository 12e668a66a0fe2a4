import type { RefCall, UniqueId } from './node.ts';

/** A model, seed or snapshot that a `ref` may mean. */
export interface RefCandidate {
  readonly uniqueId: UniqueId;
  readonly packageName: string;
  /** `undefined` for a resource without versions. */
  readonly version: string | number | undefined;
  readonly isLatest: boolean;
  readonly enabled: boolean;
}

export type RefAnswer =
  | { readonly kind: 'found'; readonly uniqueId: UniqueId }
  | { readonly kind: 'disabled'; readonly uniqueId: UniqueId }
  | { readonly kind: 'ambiguous'; readonly uniqueIds: readonly UniqueId[] }
  | { readonly kind: 'missing' };

/** Where a `ref` is looked for. */
export interface RefScope {
  readonly rootPackage: string;
  /** The package of the node that holds the `ref`. */
  readonly nodePackage: string;
  /** dbt's behaviour flag: a package's own models come before the root project's. */
  readonly prefersNodePackage: boolean;
}

/**
 * Which of the resources of a name a `ref` means: those of the package it names, else the root project's, then the
 * node's own package's, then whatever package has it; in that order the first that is enabled.
 */
export function resolveRef(ref: RefCall, candidates: readonly RefCandidate[], scope: RefScope): RefAnswer {
  const fitting = candidates.filter(candidate => fitsVersion(ref, candidate));
  const enabled = fitting.filter(candidate => candidate.enabled);
  for (const packageName of packagesToSearch(ref, scope)) {
    const found = enabled.filter(candidate => packageName === undefined || candidate.packageName === packageName);
    const [first] = found;
    if (first === undefined) continue;
    const packages = new Set(found.map(candidate => candidate.packageName));
    if (packages.size > 1) return { kind: 'ambiguous', uniqueIds: found.map(it => it.uniqueId).toSorted() };
    return { kind: 'found', uniqueId: first.uniqueId };
  }
  // Of what is switched off dbt knows no latest version.
  const named = fitting.filter(candidate => ref.version !== undefined || candidate.version === undefined);
  const disabled = named.find(candidate => ref.package === undefined || candidate.packageName === ref.package);
  return disabled === undefined ? { kind: 'missing' } : { kind: 'disabled', uniqueId: disabled.uniqueId };
}

/** Without a version a `ref` means the latest one. */
function fitsVersion(ref: RefCall, candidate: RefCandidate): boolean {
  if (ref.version === undefined) return candidate.version === undefined || candidate.isLatest;
  return candidate.version !== undefined && String(candidate.version) === String(ref.version);
}

/** The packages to look in, in order; `undefined` stands for all of them. */
export function packagesToSearch(
  { package: named }: Pick<RefCall, 'package'>,
  { rootPackage, nodePackage, prefersNodePackage }: RefScope,
): readonly (string | undefined)[] {
  if (named !== undefined) return [named];
  if (rootPackage === nodePackage) return [rootPackage, undefined];
  return prefersNodePackage ? [nodePackage, rootPackage, undefined] : [rootPackage, nodePackage, undefined];
}

/** dbt's message for a `ref` or `source` that means nothing, or something that is switched off. */
export function notFoundMessage(
  from: { readonly uniqueId: UniqueId; readonly resourceType: string; readonly originalPath: string },
  target: { readonly kind: 'ref'; readonly ref: RefCall } | { readonly kind: 'source'; readonly name: string },
  disabled: boolean,
): string {
  const type = TITLES.get(from.resourceType) ?? from.resourceType;
  const subject = `${type} '${from.uniqueId}' (${from.originalPath}) depends on`;
  const reason = disabled ? 'which is disabled' : 'which was not found';
  if (target.kind === 'source') return `${subject} a source named '${target.name}' ${reason}`;
  const { name, version, package: packageName } = target.ref;
  const versioned = version === undefined ? '' : ` with version '${version}'`;
  const inPackage = packageName === undefined ? '' : ` in package or project '${packageName}'`;
  return `${subject} a node named '${name}'${versioned}${inPackage} ${reason}`;
}

const TITLES: ReadonlyMap<string, string> = new Map([
  ['model', 'Model'],
  ['test', 'Test'],
  ['snapshot', 'Snapshot'],
  ['seed', 'Seed'],
  ['analysis', 'Analysis'],
  ['exposure', 'Exposure'],
  ['operation', 'Operation'],
  ['sql_operation', 'Sql_Operation'],
  ['unit_test', 'Unit_Test'],
  ['metric', 'Metric'],
  ['semantic_model', 'Semantic_Model'],
  ['saved_query', 'Saved_Query'],
]);
