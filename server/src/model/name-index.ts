import { same } from '../base/same.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { FileId } from '../render/rendered.ts';
import {
  emptySummary,
  fileStem,
  includesVersion,
  type Declared,
  type FileSummary,
  type PatchRef,
  type VersionClaim,
} from './file-summary.ts';

/** The keys whose lists an update may have changed. */
export interface TouchedKeys {
  readonly declared: Set<string>;
  readonly ids: Set<UniqueId>;
  readonly patches: Set<string>;
  readonly uses: Set<string>;
}

/** No keys yet. */
export const touchedKeys = (): TouchedKeys => ({
  declared: new Set(),
  ids: new Set(),
  patches: new Set(),
  uses: new Set(),
});

/**
 * Name to declarations, descriptions and uses, over all files: a list for each, for a name may be declared twice, and
 * for names that resolve to nothing as well. Updated by taking a file's old summary out and putting the new one in.
 */
export class NameIndex {
  readonly #summaries = new Map<FileId, FileSummary>();
  /** What a file declares once its versions are known. */
  readonly #derived = new Map<FileId, readonly Declared[]>();
  readonly #byKey = new FileLists<Declared>();
  readonly #byId = new FileLists<Declared>();
  readonly #patches = new FileLists<PatchRef>();
  readonly #uses = new FileLists<string>();
  readonly #claimsOfFile = new FileLists<VersionClaim>();
  readonly #claimsOfModel = new FileLists<VersionClaim>();
  /** Files that versions may claim: those with a model of that file name, or unit tests of that model. */
  readonly #claimable = new FileLists<string>();

  /** Puts a file's summary in the place of its old one, and notes which lists may have changed. */
  update(file: FileId, summary: FileSummary | undefined, touched: TouchedKeys): void {
    const old = this.#summaries.get(file) ?? emptySummary;
    if (summary === undefined) this.#summaries.delete(file);
    else this.#summaries.set(file, summary);
    const next = summary ?? emptySummary;
    if (next === old) return;
    const claimKeys = this.#replaceSummary(file, old, next, touched);
    const affected = new Set([file, ...[...claimKeys].flatMap(key => this.#claimable.filesAt(key))]);
    for (const it of affected) this.#rederive(it, touched);
  }

  #replaceSummary(file: FileId, old: FileSummary, next: FileSummary, touched: TouchedKeys): ReadonlySet<string> {
    for (const key of this.#patches.replace(file, old.patches, next.patches, patchKey)) touched.patches.add(key);
    for (const key of this.#uses.replace(file, old.uses, next.uses, it => it)) touched.uses.add(key);
    const stems = this.#claimable.replace(file, claimableKeys(old), claimableKeys(next), it => it);
    // A file with a version in its name may take the claim from the one with the model's name, or leave it to that.
    const rivals = [...stems].flatMap(stem => this.#claimsOfFile.at(stem)).map(it => stemKey(it.packageName, it.model));
    if (same(old.claims, next.claims)) return new Set(rivals);
    return new Set([
      ...rivals,
      ...this.#claimsOfFile.replace(file, old.claims, next.claims, it => stemKey(it.packageName, it.fileStem)),
      ...this.#claimsOfModel.replace(file, old.claims, next.claims, it => modelKey(it.packageName, it.model)),
    ]);
  }

  #rederive(file: FileId, touched: TouchedKeys): void {
    const old = this.#derived.get(file) ?? [];
    const next = (this.#summaries.get(file)?.declares ?? []).flatMap(declared => this.#withVersions(declared));
    if (same(old, next)) return;
    this.#derived.set(file, next);
    for (const key of this.#byKey.replace(file, old, next, declaredKey)) touched.declared.add(key);
    for (const id of this.#byId.replace(file, old, next, it => it.uniqueId)) touched.ids.add(id);
  }

  declaredAt(key: string): readonly Declared[] {
    return this.#byKey.at(key);
  }

  withId(uniqueId: UniqueId): readonly Declared[] {
    return this.#byId.at(uniqueId);
  }

  patchesAt(key: string): readonly PatchRef[] {
    return this.#patches.at(key);
  }

  usedIn(key: string): readonly FileId[] {
    return this.#uses.filesAt(key);
  }

  /** A model's file becomes a version of another model, a unit test becomes one for each version, where YAML says so. */
  #withVersions(declared: Declared): readonly Declared[] {
    const { packageName } = declared;
    if (declared.kind === 'model') {
      const claims = this.#claimsOfFile.at(stemKey(packageName, fileStem(declared.path)));
      const claim = claims.find(it => it.insteadOf === undefined || !this.#isThere(packageName, it.insteadOf));
      return claim === undefined ? [declared] : [versioned(declared, claim)];
    }
    if (declared.kind !== 'unit_test') return [declared];
    const model = declared.uniqueId.split('.')[2] ?? '';
    const claims = this.#claimsOfModel.at(modelKey(packageName, model));
    const all = [...new Set(claims.map(({ version }) => version))];
    const versions = declared.versions === undefined ? all : all.filter(it => includesVersion(declared.versions, it));
    if (versions.length === 0) return [declared];
    return versions.map(version => ({ ...declared, version, uniqueId: `${declared.uniqueId}_v${version}` }));
  }

  /** Whether a package has a model in a file of a name. */
  readonly #isThere = (packageName: string, stem: string): boolean =>
    this.#claimable.at(stemKey(packageName, stem)).length > 0;

  /** What a file declares, in order. */
  declaredBy(file: FileId): readonly Declared[] {
    return this.#derived.get(file) ?? [];
  }

  /** What a file describes without declaring it, in order. */
  patchesOf(file: FileId): readonly PatchRef[] {
    return this.#summaries.get(file)?.patches ?? [];
  }

  /** All declarations there are, by file, those of a file by their keys. */
  allDeclared(): readonly Declared[] {
    return [...this.#derived.keys()].toSorted().flatMap(file => inOrderOfKeys(this.#derived.get(file) ?? []));
  }

  /** All files known to the index, in order. */
  files(): readonly FileId[] {
    return [...this.#summaries.keys()].toSorted();
  }
}

/** Under what key declarations are found: what `ref` can name is one class, everything else is one of its own. */
export function declaredKey(declared: Declared): string {
  if (REFABLE.has(declared.kind)) return `ref:${declared.name}`;
  if (declared.kind === 'source') return `source:${declared.uniqueId.split('.').slice(2).join('.')}`;
  return `${declared.kind}:${declared.name}`;
}

function inOrderOfKeys(declared: readonly Declared[]): readonly Declared[] {
  if (declared.length < 2) return declared;
  const withKeys = declared.map(it => ({ key: declaredKey(it), it }));
  return withKeys.sort((a, b) => compareText(a.key, b.key)).map(({ it }) => it);
}

const REFABLE: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

export const patchKey = ({ section, name }: Pick<PatchRef, 'section' | 'name'>): string => `${section}:${name}`;

const stemKey = (packageName: string, stem: string): string => `stem:${packageName}/${stem}`;
const modelKey = (packageName: string, model: string): string => `model:${packageName}/${model}`;

function claimableKeys(summary: FileSummary): readonly string[] {
  const keys: string[] = [];
  for (const { kind, packageName, path, uniqueId } of summary.declares) {
    if (kind === 'model') keys.push(stemKey(packageName, fileStem(path)));
    if (kind === 'unit_test') keys.push(modelKey(packageName, uniqueId.split('.')[2] ?? ''));
  }
  return keys;
}

function versioned(declared: Declared, { model, version }: VersionClaim): Declared {
  return { ...declared, name: model, version, uniqueId: `model.${declared.packageName}.${model}.v${version}` };
}

/** Lists by key, each put together from the parts of several files, in the order of the files' names. */
class FileLists<T> {
  /** Most keys belong to one file, and then need no map of their own. */
  readonly #lists = new Map<string, OnePart<T> | Map<FileId, T[]>>();

  at(key: string): readonly T[] {
    const parts = this.#lists.get(key);
    if (parts === undefined) return NOTHING;
    if (!(parts instanceof Map)) return parts.items;
    return [...parts].toSorted(([a], [b]) => compareText(a, b)).flatMap(([, items]) => items);
  }

  /** The files with anything under a key, in order. */
  filesAt(key: string): readonly FileId[] {
    const parts = this.#lists.get(key);
    if (parts === undefined) return NOTHING;
    return parts instanceof Map ? [...parts.keys()].toSorted(compareText) : [parts.file];
  }

  /** Takes a file's old items out and puts its new ones in. Answers the keys whose lists may differ. */
  replace(file: FileId, old: readonly T[], next: readonly T[], keyOf: (item: T) => string): ReadonlySet<string> {
    const keys = new Set<string>();
    for (const item of old) {
      const key = keyOf(item);
      if (!keys.has(key)) this.#remove(key, file);
      keys.add(key);
    }
    for (const item of next) {
      const key = keyOf(item);
      keys.add(key);
      this.#add(key, file, item);
    }
    return keys;
  }

  #add(key: string, file: FileId, item: T): void {
    const parts = this.#lists.get(key);
    if (parts === undefined) this.#lists.set(key, { file, items: [item] });
    else if (parts instanceof Map) {
      const own = parts.get(file);
      if (own === undefined) parts.set(file, [item]);
      else own.push(item);
    } else if (parts.file === file) parts.items.push(item);
    else this.#lists.set(key, new Map([[parts.file, parts.items]]).set(file, [item]));
  }

  #remove(key: string, file: FileId): void {
    const parts = this.#lists.get(key);
    if (parts instanceof Map) {
      parts.delete(file);
      if (parts.size === 0) this.#lists.delete(key);
    } else if (parts?.file === file) this.#lists.delete(key);
  }
}

/** What a file has under a key that no other file has. */
interface OnePart<T> {
  readonly file: FileId;
  readonly items: T[];
}

const NOTHING: readonly never[] = [];

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
