import { same } from '../base/same.ts';
import { Database } from '../db/database.ts';
import { Input } from '../db/input.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { FileId } from '../render/rendered.ts';
import type { CatalogSnapshot } from './db.ts';
import type { Declared, PatchRef } from './file-summary.ts';
import type { ProjectInput, ProjectSettings } from './project-input.ts';

/** The facts of one kind that have no key. */
export const ONLY = 'only';

/** Everything that is set from outside the engine: what the host says, and the name index kept beside it. */
export class Inputs {
  readonly db = new Database();
  readonly text = new Input<FileId, string>(this.db, 'text');
  /** What counts in place of a text that is no YAML. */
  readonly standIns = new Input<FileId, string>(this.db, 'stand-ins');
  readonly profiles = new Input<typeof ONLY, { readonly file: string; readonly text: string }>(
    this.db,
    'profiles',
    same,
  );
  readonly settings = new Input<typeof ONLY, ProjectSettings>(this.db, 'settings', same);
  readonly catalog = new Input<typeof ONLY, CatalogSnapshot>(this.db, 'catalog', same);
  /** The files there are, for what depends on their names alone. */
  readonly files = new Input<typeof ONLY, readonly FileId[]>(this.db, 'files', same);
  /** Declarations by key; see `declaredKey`. */
  readonly declared = new Input<string, readonly Declared[]>(this.db, 'declared', same);
  readonly byId = new Input<UniqueId, readonly Declared[]>(this.db, 'by-id', same);
  readonly patches = new Input<string, readonly PatchRef[]>(this.db, 'patches', same);
  readonly usedIn = new Input<string, readonly FileId[]>(this.db, 'used-in', same);
  /** All declarations there are, packages after the root project, then by file. */
  readonly all = new Input<typeof ONLY, readonly Declared[]>(this.db, 'all-declared', same);
  /** All declarations of the project's own macros, in dbt's order. */
  readonly macros = new Input<typeof ONLY, readonly Declared[]>(this.db, 'macros', same);
  /** All ids there are. */
  readonly ids = new Input<typeof ONLY, readonly UniqueId[]>(this.db, 'ids', same);
  readonly root: string;
  readonly #fileNames: Set<FileId>;
  #namesChanged = true;

  constructor(input: ProjectInput) {
    this.root = input.root;
    this.#fileNames = new Set(input.files.keys());
    for (const [file, text] of input.files) this.text.set(file, text);
    this.publishFiles();
    this.profiles.set(ONLY, input.profiles);
    this.settings.set(ONLY, input.settings);
  }

  /** Sets or removes a file. The list of all files follows with `publishFiles`, so that many changes sort it once. */
  setFile(file: FileId, text: string | undefined): void {
    this.text.set(file, text);
    const known = this.#fileNames.has(file);
    if (known === (text !== undefined)) return;
    if (text === undefined) this.#fileNames.delete(file);
    else this.#fileNames.add(file);
    this.#namesChanged = true;
  }

  publishFiles(): void {
    if (!this.#namesChanged) return;
    this.#namesChanged = false;
    this.files.set(ONLY, [...this.#fileNames].toSorted());
  }

  get currentSettings(): ProjectSettings {
    return this.settings.get(ONLY) ?? NO_SETTINGS;
  }
}

const NO_SETTINGS: ProjectSettings = {
  vars: {},
  environment: {},
  runStartedAt: '1970-01-01T00:00:00.000000+00:00',
  invocationId: '',
  fullRefresh: false,
  flags: {},
};
