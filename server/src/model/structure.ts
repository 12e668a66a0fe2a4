import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import { asString, dataAt, type Data, type DataMap } from '../dbt/manifest/data.ts';
import type { Mistake } from '../dbt/manifest/mistake.ts';
import { dataMapOfPlain } from '../dbt/manifest/plain-data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { rolesOf, scratchRole, UNSAVED, type RoleOfFile } from '../dbt/project/file-roles.ts';
import { ignores, readIgnore } from '../dbt/project/ignore.ts';
import { packageMistakes, packagesSpecifiedIn, type PackagesFile } from '../dbt/project/package-mistakes.ts';
import { packageEntries, packageFolders, type PackageEntry } from '../dbt/project/packages.ts';
import { readTarget, type ReadTarget, type Target } from '../dbt/project/profile.ts';
import { readProject, type Project, type ReadProject } from '../dbt/project/project.ts';
import { hasJinja, renderData, type RenderText } from '../dbt/project/render-data.ts';
import { varsOf } from '../dbt/project/vars.ts';
import type { FileId } from '../render/rendered.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import { hasSyntaxErrors, lastScalar, type YamlTree } from '../syntax/yaml/tree.ts';
import { noProfileError, profilesLoadError } from './yaml-errors.ts';
import type { TemplateEngine, YamlRenderContext } from './engine.ts';
import { ONLY, type Inputs } from './inputs.ts';

/** Trees are large and quickly made again: the latest stay for those who look at a file now. */
export const KEPT_TREES = 16;

export const PROJECT_FILE = 'dbt_project.yml';

/** The packages of a project as found, the root project first. */
export interface Packages {
  readonly projects: readonly Project[];
  readonly mistakes: readonly Mistake[];
}

/** A file's place: the project it belongs to and its part in it. */
export interface PlacedFile {
  readonly project: Project;
  readonly role: RoleOfFile;
}

/** What the project files, the packages and the profile say: the frame in which all other files mean something. */
export class Structure {
  readonly #inputs: Inputs;
  readonly #engine: TemplateEngine;

  readonly yaml: Query<FileId, YamlTree>;
  /** The data of a YAML file; null for a file that is empty or not there. */
  readonly yamlData: Query<FileId, Data>;
  readonly target: Query<typeof ONLY, ReadTarget>;
  readonly root: Query<typeof ONLY, ReadProject>;
  readonly packages: Query<typeof ONLY, Packages>;
  readonly vars: Query<string, DataMap>;
  /** A file's places in the project that it belongs to; none for a file that no project uses. */
  readonly places: Query<FileId, readonly PlacedFile[]>;

  constructor(inputs: Inputs, engine: TemplateEngine) {
    this.#inputs = inputs;
    this.#engine = engine;
    const { db } = inputs;
    this.yaml = new Query(db, 'yaml', file => parseStripped(inputs.text.get(file) ?? ''), { keeps: KEPT_TREES });
    this.yamlData = new Query(db, 'yaml-data', file => dataOf(this.#readableYaml(file).root), { equals: same });
    this.target = new Query(db, 'target', () => this.#readTarget(), { equals: same });
    this.root = new Query(db, 'root-project', () => this.#readRoot(), { equals: same });
    this.packages = new Query(db, 'packages', () => this.#readPackages(), { equals: same });
    this.vars = new Query(db, 'vars', name => varsOf(name, this.packages.get(ONLY).projects, this.commandLineVars()), {
      equals: same,
    });
    this.places = new Query(db, 'places', file => this.#placesOf(file), { equals: same });
  }

  /** Whether the project file is no YAML and nothing stands in for it, so that little is known of the project. */
  isUnreadable(): boolean {
    return hasSyntaxErrors(this.#readableYaml(PROJECT_FILE));
  }

  commandLineVars(): DataMap {
    return dataMapOfPlain(this.#inputs.currentSettings.vars);
  }

  chosenTarget(): Target | undefined {
    return this.target.get(ONLY).target;
  }

  adapterType(): string {
    return this.chosenTarget()?.adapterType ?? 'postgres';
  }

  rootProject(): Project {
    return this.root.get(ONLY).project;
  }

  projectNamed(name: string): Project {
    return this.packages.get(ONLY).projects.find(project => project.name === name) ?? this.rootProject();
  }

  /** A renderer for the texts of a kind of YAML file. */
  renderer(
    kind: YamlRenderContext['kind'],
    extra: Pick<YamlRenderContext, 'doc'> & { readonly packageName?: string } = {},
  ): RenderText {
    const { packageName, ...rest } = extra;
    const target = kind === 'profile' ? undefined : this.chosenTarget()?.shown;
    const vars = packageName === undefined ? this.commandLineVars() : this.vars.get(packageName);
    const facts = this.#inputs.currentSettings;
    const projectName = packageName === undefined ? undefined : this.rootProject().name;
    return text => this.#engine.renderYaml(text, { kind, vars, target, projectName, facts, ...rest });
  }

  #readableYaml(file: FileId): YamlTree {
    const tree = this.yaml.get(file);
    if (!hasSyntaxErrors(tree)) return tree;
    const standIn = parseYaml(this.#inputs.standIns.get(file) ?? '');
    return standIn.root === undefined || hasSyntaxErrors(standIn) ? tree : standIn;
  }

  #placesOf(file: FileId): readonly PlacedFile[] {
    const { projects } = this.packages.get(ONLY);
    const owner = projects.filter(it => !it.isRoot).findLast(it => file.startsWith(it.folder)) ?? this.rootProject();
    if (owner.isRoot && file.startsWith(`${owner.packagesInstallPath}/`)) return [];
    const roles = this.#isRead(file, owner) ? rolesOf(owner, file) : [];
    return (roles.length > 0 ? roles : scratchRole(owner, file)).map(role => ({ project: owner, role }));
  }

  /** What runs leave behind is no part of the root project, whatever its paths say, and neither is what was never saved. */
  #isRead(file: FileId, owner: Project): boolean {
    const isLeftBehind = owner.isRoot && file.startsWith(`${owner.targetPath}/`);
    return !isLeftBehind && !file.startsWith(UNSAVED) && !this.#isIgnored(file, owner);
  }

  #isIgnored(file: FileId, owner: Project): boolean {
    const patterns = this.#inputs.text.get(`${owner.folder}.dbtignore`);
    return patterns !== undefined && ignores(readIgnore(patterns), file.slice(owner.folder.length));
  }

  #readTarget(): ReadTarget {
    const { profile, target, flags } = this.#inputs.currentSettings;
    const render = this.renderer('profile');
    const profileName = profile ?? this.#projectProfile(render);
    const profiles = this.#inputs.profiles.get(ONLY);
    if (profiles === undefined || profileName === undefined) {
      const message = profileName === undefined ? NO_PROFILE_NAME : 'Could not find a profiles.yml';
      const dbt = profileName === undefined ? { dbt: noProfileError } : {};
      const path = ['profile'];
      const mistake: Mistake = { code: 'profile-missing', message, file: PROJECT_FILE, path, on: 'value', ...dbt };
      return { target: undefined, targetNames: [], mistakes: [mistake] };
    }
    const threads = typeof flags['threads'] === 'number' ? flags['threads'] : undefined;
    const choice = { profileName, targetName: target, threads, file: profiles.file };
    const tree = parseYaml(profiles.text);
    const [problem] = tree.problems.filter(({ code }) => code === 'yaml-syntax');
    if (problem === undefined) return readTarget(dataOf(tree.root), choice, render);
    const dbt = profilesLoadError(profiles.text, problem);
    const message = `${profiles.file} is no YAML: ${problem.message}`;
    const mistake: Mistake = { code: 'profile-invalid', message, file: profiles.file, path: [], on: 'value', dbt };
    return { target: undefined, targetNames: [], mistakes: [mistake] };
  }

  #projectOptions(): { readonly checksVersion: boolean } {
    return { checksVersion: this.#inputs.currentSettings.flags['version_check'] !== false };
  }

  #projectProfile(render: RenderText): string | undefined {
    const name = asString(dataAt(this.yamlData.get(PROJECT_FILE), 'profile'));
    if (name === undefined || !hasJinja(name)) return name;
    const rendered = render(name);
    return 'value' in rendered ? asString(rendered.value) : undefined;
  }

  #readRoot(): ReadProject {
    const isThere = this.#inputs.text.get(PROJECT_FILE) !== undefined;
    const data = isThere ? this.yamlData.get(PROJECT_FILE) : NAMELESS;
    const read = readProject(data, PROJECT_FILE, this.renderer('project'), this.#projectOptions());
    if (isThere) return read;
    const { project } = read;
    const message = `no ${PROJECT_FILE} was found`;
    return { project, mistakes: [{ code: 'project-missing', message, file: PROJECT_FILE, path: [], on: 'value' }] };
  }

  #readPackages(): Packages {
    const root = this.rootProject();
    const { entries, mistakes, specifiedIn } = this.#listedPackages();
    const files = this.#inputs.files.get(ONLY) ?? [];
    const projectFiles = files.filter(file => file.endsWith(`/${PROJECT_FILE}`));
    const folders = packageFolders(projectFiles, root.packagesInstallPath, entries);
    const reads = folders.map(({ folder, via }) => {
      const file = `${folder}${PROJECT_FILE}`;
      return {
        folder,
        via,
        read: readProject(this.yamlData.get(file), file, this.renderer('project'), this.#projectOptions()),
      };
    });
    // A local package that is installed is read where people edit it; what is installed is a link to it, or a copy.
    const locals = new Set(reads.filter(it => it.via === 'local').map(it => it.read.project.name));
    const used = reads.filter(it => it.via === 'local' || !locals.has(it.read.project.name));
    const usedFolders = used.map(({ folder }) => folder);
    const missing = specifiedIn === undefined ? [] : missingPackages(entries, usedFolders, specifiedIn, root);
    const found = [...mistakes, ...missing];
    const projects: Project[] = [root];
    for (const { read } of used) {
      found.push(...read.mistakes);
      if (projects.some(({ name }) => name === read.project.name)) found.push(duplicatePackage(read.project));
      else projects.push(read.project);
    }
    return { projects, mistakes: found };
  }

  /** What the packages files list, and which of them dbt goes by; none while one of them is no YAML. */
  #listedPackages(): {
    readonly entries: readonly PackageEntry[];
    readonly mistakes: readonly Mistake[];
    readonly specifiedIn: FileId | undefined;
  } {
    const packages = this.#packagesFile('packages.yml');
    const dependencies = this.#packagesFile('dependencies.yml');
    const both = [packages, dependencies];
    const entries = both.flatMap(({ data, file }) => packageEntries(data, file));
    if (both.some(({ file }) => hasSyntaxErrors(this.yaml.get(file)))) {
      return { entries, mistakes: [], specifiedIn: undefined };
    }
    const unreadable = both.flatMap(it => it.unreadable);
    const mistakes = unreadable.length > 0 ? unreadable : packageMistakes(packages, dependencies);
    return { entries, mistakes, specifiedIn: packagesSpecifiedIn(dependencies) };
  }

  /** A packages file, and what does not render in it: such a text stays as it is, and then names no folder. */
  #packagesFile(file: FileId): PackagesFile & { readonly unreadable: readonly Mistake[] } {
    const unrendered = this.yamlData.get(file);
    const unreadable: Mistake[] = [];
    const data = renderData(unrendered, {
      render: this.renderer('packages'),
      keeps: () => false,
      onProblem: (path, message) => unreadable.push({ code: 'yaml-jinja', message, file, path, on: 'value' }),
    });
    return { file, data, unrendered, unreadable };
  }
}

/**
 * dbt strips the blanks around every text that it reads. Those behind a YAML file show: a block scalar at its end loses its
 * line break.
 */
function parseStripped(text: string): YamlTree {
  const tree = parseYaml(text);
  const last = lastScalar(tree.root);
  const endsInBlock = last?.style === 'literal' || last?.style === 'folded';
  return endsInBlock && text.slice(last.end).trim() === '' ? parseYaml(text.trimEnd()) : tree;
}

/** What stands in for the project file that is not there. */
const NAMELESS: DataMap = new Map([['name', 'project']]);
const NO_PROFILE_NAME = 'the project names no profile, and none was chosen';

/** dbt only counts; the packages that lie nowhere are the ones to show. */
function missingPackages(
  entries: readonly PackageEntry[],
  folders: readonly string[],
  specifiedIn: FileId,
  root: Project,
): readonly Mistake[] {
  const isThere = ({ label }: PackageEntry): boolean => {
    const name =
      label
        .replace(/\.git$|\/+$/g, '')
        .split('/')
        .at(-1) ?? label;
    return folders.some(folder => folder === `${name}/` || folder.endsWith(`/${name}/`));
  };
  const missing = entries.filter(entry => !isThere(entry));
  if (entries.length <= folders.length) return [];
  const message = `dbt found ${entries.length} package(s) specified in ${specifiedIn}, but only ${folders.length} package(s) installed in ${root.packagesInstallPath}. Run "dbt deps" to install package dependencies.`;
  return missing.map(({ file, path }) => ({ code: 'package-missing', message, file, path, on: 'value' }));
}

function duplicatePackage(project: Project): Mistake {
  const message = `dbt found more than one package with the name "${project.name}" included in this project. Package names must be unique in a project. Please rename one of these packages.`;
  return { code: 'package-duplicate', message, file: project.file, path: ['name'], on: 'value' };
}
