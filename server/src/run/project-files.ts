import path from 'node:path';
import { exists, filesBelow, readText } from '../host/files.ts';
import { projectPaths, type ProjectPaths } from '../model/project-paths.ts';

/**
 * The texts of all files that mean something to the project at `root`: its own, those of installed packages, and those
 * of local packages. Keys are paths relative to the root, with forward slashes. Nothing else on the disk is read.
 */
export function readProjectFiles(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const paths = addProject(files, root, root);
  for (const folder of packageFolders(root, paths)) addProject(files, root, folder);
  return files;
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

function addProject(files: Map<string, string>, root: string, folder: string): ProjectPaths {
  for (const name of TOP_FILES) add(files, root, path.join(folder, name));
  const text = (name: string): string => files.get(fileId(root, path.join(folder, name))) ?? '';
  const paths = projectPaths(text(PROJECT_FILE), PACKAGE_FILES.map(text));
  const skip = new Set([paths.targetPath, paths.packagesInstallPath].map(it => path.resolve(folder, it)));
  for (const file of wanted(folder, paths.resources, TEMPLATES, skip)) add(files, root, file);
  for (const file of wanted(folder, paths.rows, ROWS, skip)) add(files, root, file);
  return paths;
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

function add(files: Map<string, string>, root: string, file: string): void {
  const id = fileId(root, file);
  const text = files.has(id) ? undefined : readText(file);
  if (text !== undefined) files.set(id, text);
}

function packageFolders(root: string, paths: ProjectPaths): readonly string[] {
  const installPath = path.resolve(root, paths.packagesInstallPath);
  const projects = filesBelow(installPath, { extensions: new Set(['.yml']), skip: new Set() })
    .filter(file => path.basename(file) === PROJECT_FILE && path.dirname(path.dirname(file)) === installPath)
    .map(file => path.dirname(file));
  return [...projects, ...paths.localPackages.map(it => path.resolve(root, it)).filter(isProject)];
}
