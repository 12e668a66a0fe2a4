import { lineTable } from '../base/line-table.ts';
import type { LineTable } from '../base/line-table.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { Place, ProjectStatus } from '../protocol.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import { lineRange } from './to-lsp.ts';
import { uriOf, uriOfFile } from './uris.ts';

/** A project of the workspace: its place on disk, its meaning, and the lines of its texts. */
export class Project {
  /** Absolute path with forward slashes. */
  readonly root: string;
  readonly db: ModelDb;
  #input: Omit<ProjectInput, 'files'>;
  readonly #tables = new Map<FileId, { readonly text: string; readonly table: LineTable }>();

  constructor(input: ProjectInput, createDb: (input: ProjectInput) => ModelDb) {
    const { files: _, ...rest } = input;
    this.root = input.root;
    this.db = createDb(input);
    this.#input = rest;
    this.setSaved(PROJECT_FILE, input.files.get(PROJECT_FILE));
  }

  /** Takes note of what a file holds on disk. A project file that is half-written goes on meaning what was saved. */
  setSaved(file: FileId, text: string | undefined): void {
    if (file === PROJECT_FILE) this.db.setStandIn(file, text);
  }

  setSettings(settings: ProjectInput['settings']): void {
    this.#input = { ...this.#input, settings };
    this.db.setSettings(settings);
  }

  setProfiles(profiles: ProjectInput['profiles']): void {
    this.#input = { ...this.#input, profiles };
    this.db.setProfiles(profiles);
  }

  /** Everything the project's meaning depends on now, unsaved texts included. */
  input(): ProjectInput {
    const files = new Map<FileId, string>();
    for (const file of this.db.files()) {
      const text = this.db.text(file);
      if (text !== undefined) files.set(file, text);
    }
    return { ...this.#input, files };
  }

  uriOf(file: FileId): string {
    return uriOfFile(this.root, file);
  }

  /** The lines of a file's text as it is now; `undefined` when there is no such file. */
  lines(file: FileId): LineTable | undefined {
    const text = this.db.text(file);
    if (text === undefined) return undefined;
    const known = this.#tables.get(file);
    if (known?.text === text) return known.table;
    const table = lineTable(text);
    this.#tables.set(file, { text, table });
    return table;
  }

  /** A stretch of a file as the client opens it; `null` for text that no file holds. */
  placeOf(origin: Origin): Place | null {
    const lines = this.lines(origin.file);
    return lines === undefined ? null : { uri: this.uriOf(origin.file), range: lineRange(lines, origin) };
  }

  /** What the client shows about the project as a whole. */
  status(): ProjectStatus {
    const facts = this.db.project();
    const { vars } = this.#input.settings;
    const problem = this.db.problems(PROJECT_FILE).find(it => it.severity === 'error');
    const message = problem?.message ?? (facts.targetName === undefined ? this.#missingTarget() : null);
    return {
      root: uriOf(this.root),
      name: facts.name ?? this.root.split('/').at(-1) ?? this.root,
      state: message === null ? 'ready' : 'broken',
      message,
      place: problem === undefined ? null : this.placeOf(problem.origin),
      profile: facts.profileName ?? null,
      target: facts.targetName ?? null,
      adapter: facts.adapterType ?? null,
      targets: facts.targetNames.map(name => ({ name, adapter: null })),
      modelCount: this.db.names().models.size,
      vars: Object.keys(vars).length === 0 ? null : JSON.stringify(vars),
    };
  }

  #missingTarget(): string {
    const profile = this.db.project().profileName;
    if (this.#input.profiles === undefined) {
      return 'There is no profiles.yml: nothing can run, everything else works.';
    }
    return `The profile '${profile ?? ''}' has no usable target in ${this.#input.profiles.file}.`;
  }
}

const PROJECT_FILE = 'dbt_project.yml';
