import path from 'node:path';
import { exists, filesBelow, readText } from '../host/files.ts';
import { projectPaths, type ProjectPaths } from '../model/project-paths.ts';

/**
 * The texts of all files that mean something to the project at `root`: its own, those of installed packages, and those
 * of local packages. Keys are paths relative to the root, with forward slashes. Nothing else on the disk is read.
 */
export function readProjectFiles(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const file of listProjectFiles(root)) {
    const text = readText(file);
    if (text !== undefined) files.set(fileId(root, file), text);
  }
  return files;
}

/** The absolute paths of these files, those that a project may have at its top whether they are there or not. */
export function listProjectFiles(root: string): readonly string[] {
  const own = filesOfProject(root);
  const all = [...own.files, ...packageFolders(root, own.paths).flatMap(folder => filesOfProject(folder).files)];
  return [...new Set(all)];
}

/** Whether a folder is a project. */
export const isProject = (folder: string): boolean => exists(path.join(folder, PROJECT_FILE));

/** A file's key in the project's files. */
export function fileId(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}

const PROJECT_FILE = 'dbt_project.yml';
const PACKAGE_FILES = ['packages.yml', 'dependencies.yml'];
const TOP_FILES = [PROJECT_FILE, ...PACKAGE_FILES, 'package-lock.yml', 'selectors.yml', '.dbtignore'];
const TEMPLATES: ReadonlySet<string> = new Set(['.sql', '.py', '.yml', '.yaml', '.md']);
const ROWS: ReadonlySet<string> = new Set(['.csv']);

function filesOfProject(folder: string): { readonly paths: ProjectPaths; readonly files: readonly string[] } {
  const text = (name: string): string => readText(path.join(folder, name)) ?? '';
  const paths = projectPaths(text(PROJECT_FILE), PACKAGE_FILES.map(text));
  const skip = new Set([paths.targetPath, paths.packagesInstallPath].map(it => path.resolve(folder, it)));
  const top = TOP_FILES.map(name => path.join(folder, name));
  const resources = wanted(folder, paths.resources, TEMPLATES, skip);
  return { paths, files: [...top, ...resources, ...wanted(folder, paths.rows, ROWS, skip)] };
}

function wanted(
  folder: string,
  resources: readonly string[],
  extensions: ReadonlySet<string>,
  skip: ReadonlySet<string>,
): ReadonlySet<string> {
  const roots = new Set(resources.map(it => path.resolve(folder, it)));
  return new Set([...roots].flatMap(it => filesBelow(it, { extensions, skip })));
}

function packageFolders(root: string, paths: ProjectPaths): readonly string[] {
  const installPath = path.resolve(root, paths.packagesInstallPath);
  const projects = filesBelow(installPath, { extensions: new Set(['.yml']), skip: new Set() })
    .filter(file => path.basename(file) === PROJECT_FILE && path.dirname(path.dirname(file)) === installPath)
    .map(file => path.dirname(file));
  return [...projects, ...paths.localPackages.map(it => path.resolve(root, it)).filter(isProject)];
}
