import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { LineTable } from '../base/line-table.ts';
import { UNSAVED } from '../dbt/project/file-roles.ts';
import { readGivenVars, type GivenVars } from '../dbt/project/given-vars.ts';
import { isProjectFile } from '../host/project-paths.ts';
import { readCatalog } from '../model/catalog-file.ts';
import { SEEN_FILE } from '../model/seen-relations.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { ProjectStatus, ServerSettings } from '../protocol.ts';
import type { FileId } from '../render/rendered.ts';
import { OpenDocuments } from './open-documents.ts';
import { Project } from './project.ts';
import type { ServerHost } from './server-host.ts';
import { inSlices } from './snapshot.ts';
import { fileIn, pathIn, pathOf, unsavedFile, uriOf } from './uris.ts';

/** A file of a project with its text and lines at the moment it was asked for. */
export interface LocatedFile {
  readonly project: Project;
  readonly file: FileId;
  readonly uri: string;
  readonly lines: LineTable;
}

/** Something on disk that is not as it was. */
export interface DiskChange {
  readonly uri: string;
  readonly kind: 'created' | 'changed' | 'deleted';
}

/**
 * All projects of the opened folders. Edits are applied when they arrive and move the revision on; what has to be read
 * from disk is applied in the order in which it was reported.
 */
export class Workspace {
  readonly documents = new OpenDocuments();
  readonly #host: ServerHost;
  readonly #listeners = new Set<() => void>();
  #settings: ServerSettings = {
    trusted: false,
    target: null,
    profilesDir: null,
    selectedTargets: {},
    vars: {},
    inlayTypes: false,
    reportStars: false,
    codeLenses: false,
  };
  #folders: readonly string[] = [];
  #projects: readonly Project[] = [];
  #loading: readonly string[] = [];
  #revision = 0;
  /** The roots of the projects that unsaved texts are queries of, by URI. */
  readonly #adopted = new Map<string, string>();
  #work: Promise<void> = Promise.resolve();

  constructor(host: ServerHost) {
    this.#host = host;
  }

  /** Moves on with every change of any project. */
  get revision(): number {
    return this.#revision;
  }

  get projects(): readonly Project[] {
    return this.#projects;
  }

  get settings(): ServerSettings {
    return this.#settings;
  }

  /** Resolves when everything that was reported until now has been read. */
  get ready(): Promise<void> {
    return this.#work;
  }

  /** Calls `listener` after each change. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Looks for projects in these folders, and in no others. */
  setFolders(uris: readonly string[]): void {
    this.#folders = uris.flatMap(it => pathOf(it) ?? []);
    this.#enqueue(() => this.#discover());
  }

  setSettings(settings: ServerSettings): void {
    this.#settings = settings;
    this.#enqueue(() => this.#reloadEnvironment());
  }

  /** The folders outside of the opened ones where projects may have their profiles. */
  outerProfileFolders(): readonly string[] {
    const profilesDir = this.#settings.profilesDir ?? undefined;
    const all = this.#projects.flatMap(it => this.#host.files.profileFolders(it.root, profilesDir));
    return [...new Set(all)].filter(it => !this.#folders.some(opened => it === opened || it.startsWith(`${opened}/`)));
  }

  openDocument(document: { uri: string; languageId: string; version: number; text: string }): void {
    this.documents.open(document);
    this.#applyDocument(document.uri);
  }

  changeDocument(uri: string, changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.documents.change(uri, changes, version);
    this.#applyDocument(uri);
  }

  /** The text on disk counts again; one that is nowhere on disk is gone. */
  closeDocument(uri: string): void {
    const owner = this.#owner(uri);
    this.documents.close(uri);
    this.#adopted.delete(uri);
    if (owner !== undefined && isHeldOpen(owner.file)) this.#setFile(owner.project, owner.file, undefined);
    this.#enqueue(() => this.#applyDisk([{ uri, kind: 'changed' }]));
  }

  /** Makes an unsaved text a query of a project, which otherwise is the first one's. */
  adopt(uri: string, root: string): void {
    const before = this.#owner(uri);
    const path = pathOf(root);
    if (path === undefined || unsavedFile(uri) === undefined) return;
    this.#adopted.set(uri, path);
    if (before?.project.root !== path && before !== undefined) this.#setFile(before.project, before.file, undefined);
    this.#applyDocument(uri);
  }

  diskChanged(changes: readonly DiskChange[]): void {
    this.#enqueue(() => this.#applyDisk(changes));
  }

  /** The file of a project behind a URI, in the project with the deepest root; `undefined` when no project has it. */
  locate(uri: string): LocatedFile | undefined {
    const owner = this.#owner(uri);
    if (owner === undefined) return undefined;
    const lines = owner.project.lines(owner.file);
    return lines === undefined ? undefined : { ...owner, uri, lines };
  }

  /** The project with this root. */
  project(rootUri: string): Project | undefined {
    const root = pathOf(rootUri);
    return this.#projects.find(it => it.root === root);
  }

  status(): readonly ProjectStatus[] {
    return [...this.#projects.map(it => it.status()), ...this.#loading.map(loadingStatus)];
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      // One folder that cannot be read must not stop what comes after it.
      this.#host.log.error(`reading the workspace: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  #changed(): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener();
  }

  #owner(uri: string): OwnedFile | undefined {
    const unsaved = unsavedFile(uri);
    if (unsaved !== undefined) return this.#adopter(uri, unsaved);
    const path = pathOf(uri);
    return path === undefined ? undefined : this.#ownerOfPath(path);
  }

  #adopter(uri: string, file: FileId): OwnedFile | undefined {
    if (!QUERIES.has(this.documents.language(uri) ?? '')) return undefined;
    const root = this.#adopted.get(uri);
    const project = this.#projects.find(it => it.root === root) ?? this.#projects[0];
    return project && { project, file };
  }

  #ownerOfPath(path: string): OwnedFile | undefined {
    let best: OwnedFile | undefined;
    for (const project of this.#projects) {
      const file = fileIn(project.root, path);
      if (file !== undefined && (best === undefined || file.length < best.file.length)) best = { project, file };
    }
    return best;
  }

  async #discover(): Promise<void> {
    const found = await Promise.all(this.#folders.map(it => this.#host.files.findProjects(it)));
    const roots = [...new Set(found.flat())].sort();
    const kept = this.#projects.filter(it => roots.includes(it.root));
    this.#projects = kept;
    this.#loading = roots.filter(root => !kept.some(it => it.root === root));
    this.#changed();
    for (const root of this.#loading) {
      const project = new Project(await this.#read(root), this.#host.createDb);
      await inSlices(() => project.db.indexSome(1));
      await this.readCatalog(project);
      this.#projects = [...this.#projects, project];
      this.#loading = this.#loading.filter(it => it !== root);
    }
    this.#projects = withoutPackages(this.#projects);
    for (const uri of this.documents.uris()) this.#applyDocument(uri);
    this.#changed();
  }

  /** What `docs generate` and runs last saw in the warehouse, where they left it. */
  async readCatalog(project: Project): Promise<void> {
    const before = project.db.revision;
    const { files } = this.#host;
    const texts = await Promise.all(catalogFiles(project).map(it => files.read(pathIn(project.root, it))));
    project.db.setCatalog(readCatalog(texts));
    if (project.db.revision !== before) this.#changed();
  }

  async #read(root: string): Promise<ProjectInput> {
    const { files } = this.#host;
    const profilesDir = this.#settings.profilesDir ?? undefined;
    const [texts, profiles] = await Promise.all([files.readProject(root), files.readProfiles(root, profilesDir)]);
    return { root, files: texts, profiles, settings: this.#projectSettings(root) };
  }

  #projectSettings(root: string): ProjectInput['settings'] {
    const { selectedTargets, target } = this.#settings;
    const chosen = selectedTargets[uriOf(root)] ?? target;
    return {
      ...(chosen === null ? {} : { target: chosen }),
      vars: this.#vars(uriOf(root)),
      environment: this.#host.environment(root),
      runStartedAt: this.#host.clock.now(),
      // The editor renders in no invocation of its own; a run has its own id.
      invocationId: '00000000-0000-0000-0000-000000000000',
      fullRefresh: false,
      flags: {},
      reportStars: this.#settings.reportStars,
    };
  }

  #vars(root: string): GivenVars {
    const read = readGivenVars(this.#settings.vars[root] ?? '');
    if (read.ok) return read.value;
    this.#host.log.warn(`the variables set for ${root} are left out: ${read.failure.message}`);
    return {};
  }

  #applyDocument(uri: string): void {
    const owner = this.#owner(uri);
    const text = this.documents.text(uri);
    if (owner === undefined || text === undefined) return;
    if (isProjectFile(owner.file) || isHeldOpen(owner.file)) this.#setFile(owner.project, owner.file, text);
  }

  #setFile(project: Project, file: FileId, text: string | undefined): void {
    const before = project.db.revision;
    project.db.setFile(file, text);
    if (project.db.revision !== before) this.#changed();
  }

  async #applyDisk(changes: readonly DiskChange[]): Promise<void> {
    if (changes.some(it => it.kind !== 'changed' && it.uri.endsWith('/dbt_project.yml'))) await this.#discover();
    for (const change of changes) await this.#applyChange(change);
  }

  async #applyChange(change: DiskChange): Promise<void> {
    const path = pathOf(change.uri);
    if (path?.endsWith('/profiles.yml') === true) await this.#reloadProfiles();
    if (path?.endsWith('/.env') === true) await this.#reloadEnvironment();
    const owner = path === undefined ? undefined : this.#ownerOfPath(path);
    if (owner !== undefined && catalogFiles(owner.project).includes(owner.file)) await this.readCatalog(owner.project);
    if (path === undefined || owner === undefined) return;
    const { project, file } = owner;
    if (TOP_FILES.has(file)) project.setSaved(file, await this.#host.files.read(path));
    if (this.documents.text(change.uri) !== undefined) return;
    if (TOP_FILES.has(file)) await this.#reread(project);
    else if (isProjectFile(file)) this.#setFile(project, file, await this.#host.files.read(path));
    else if (!/\.\w+$/.test(file)) await this.#applyFolder(project, file, change.kind);
  }

  /** A deleted folder is reported once, without the files that were in it, and so may be one that was moved here. */
  async #applyFolder(project: Project, folder: FileId, kind: DiskChange['kind']): Promise<void> {
    const inside = project.db.files().filter(it => it.startsWith(`${folder}/`));
    if (kind === 'deleted') {
      for (const file of inside) if (!this.#isOpen(project, file)) this.#setFile(project, file, undefined);
      return;
    }
    if (kind !== 'created' || !isProjectFile(`${folder}/any.sql`)) return;
    const texts = await this.#host.files.readProject(project.root);
    for (const [file, text] of texts) {
      if (file.startsWith(`${folder}/`) && !this.#isOpen(project, file)) this.#setFile(project, file, text);
    }
  }

  /** Which folders count, and which packages, is said by these files, so that others may have joined or left. */
  async #reread(project: Project): Promise<void> {
    const texts = await this.#host.files.readProject(project.root);
    for (const file of new Set([...project.db.files(), ...texts.keys()])) {
      if (!this.#isOpen(project, file)) this.#setFile(project, file, texts.get(file));
    }
  }

  #isOpen(project: Project, file: FileId): boolean {
    return this.documents.text(project.uriOf(file)) !== undefined;
  }

  /** What settings and the environment say, which may also be where profiles lie. */
  async #reloadEnvironment(): Promise<void> {
    for (const project of this.#projects) {
      const profilesDir = this.#settings.profilesDir ?? undefined;
      project.setProfiles(await this.#host.files.readProfiles(project.root, profilesDir));
      project.setSettings(this.#projectSettings(project.root));
    }
    this.#changed();
  }

  async #reloadProfiles(): Promise<void> {
    for (const project of this.#projects) {
      const before = project.db.revision;
      const { profilesDir } = this.#settings;
      project.setProfiles(await this.#host.files.readProfiles(project.root, profilesDir ?? undefined));
      if (project.db.revision !== before) this.#changed();
    }
  }
}

const catalogFiles = (project: Project): readonly FileId[] =>
  ['catalog.json', SEEN_FILE].map(it => `${project.db.project().targetPath}/${it}`);

interface OwnedFile {
  readonly project: Project;
  readonly file: FileId;
}

/** Whether the project has a file only as long as somebody looks at it: SQL that was never saved, or is compiled. */
const isHeldOpen = (file: FileId): boolean =>
  file.endsWith('.sql') && (file.startsWith(UNSAVED) || !isProjectFile(file));

/** The languages in which an unsaved text can be a query of a project. */
const QUERIES: ReadonlySet<string> = new Set(['sql', 'jinja-sql']);

const TOP_FILES: ReadonlySet<string> = new Set(['dbt_project.yml', 'packages.yml', 'dependencies.yml']);

/** A project that another one uses as a package is shown as part of that one. */
function withoutPackages(projects: readonly Project[]): readonly Project[] {
  const packages = new Set(
    projects.flatMap(it =>
      it.db
        .project()
        .packages.map(each => pathIn(it.root, each.root.replace(/\/$/, '')))
        .filter(root => root !== it.root && root !== `${it.root}/`),
    ),
  );
  return projects.filter(it => !packages.has(it.root));
}

function loadingStatus(root: string): ProjectStatus {
  return {
    root: uriOf(root),
    name: root.split('/').at(-1) ?? root,
    state: 'loading',
    message: null,
    place: null,
    profile: null,
    target: null,
    adapter: null,
    targets: [],
    modelCount: 0,
    vars: null,
  };
}
