import type { FileId } from '../../render/rendered.ts';
import type { Project } from './project.ts';

/** What a file is to the project that holds it. `scratch`: SQL that is no part of it, and may be asked in its name. */
export type ResourceFileRole =
  'model' | 'seed' | 'snapshot' | 'test' | 'analysis' | 'macro' | 'properties' | 'docs' | 'fixture' | 'scratch';

/** A file's part in a project: one file may hold several roles when resource paths overlap. */
export interface RoleOfFile {
  readonly role: ResourceFileRole;
  /** dbt's `path`: relative to the resource path it was found under. */
  readonly path: string;
  /** dbt's `original_file_path`: relative to the project's own folder. */
  readonly originalPath: string;
  /** For macros: whether it was found among the generic tests of a tests folder. */
  readonly generic: boolean;
}

/**
 * The roles a file has in a project, in the order dbt reads them; none for a file the project does not use. The file
 * lies in the project's folder, or is reached from it by `../`.
 */
export function rolesOf(project: Project, file: FileId): readonly RoleOfFile[] {
  const original = relativeTo(project.folder, file);
  if (original === undefined) return [];
  return ROLES.flatMap(({ role, extensions, roots, generic }) => {
    // dbt looks for extensions in capitals too.
    if (!extensions.some(extension => original.toLowerCase().endsWith(extension))) return [];
    const path = firstBelow(roots(project), original);
    if (path === undefined || (role === 'test' && NO_TESTS.test(path))) return [];
    return [{ role, path, originalPath: original, generic: generic ?? false }];
  });
}

/** What the id of a text begins with that was never saved to a file. */
export const UNSAVED = 'untitled:';

/**
 * The role of SQL that dbt does not read: a query beside the project, one that `.dbtignore` names, and one that was
 * never saved. None for other files, and in packages.
 */
export function scratchRole(project: Project, file: FileId): readonly RoleOfFile[] {
  const isFunction = firstBelow(project.paths.functions, file) !== undefined;
  if (!project.isRoot || !file.endsWith('.sql') || isFunction) return [];
  return [{ role: 'scratch', path: file, originalPath: file, generic: false }];
}

interface RoleRule {
  readonly role: ResourceFileRole;
  readonly extensions: readonly string[];
  readonly roots: (project: Project) => readonly string[];
  readonly generic?: boolean;
}

const NO_TESTS = /^(?:generic|fixtures)\//;

const ROLES: readonly RoleRule[] = [
  { role: 'macro', extensions: ['.sql'], roots: ({ paths }) => paths.macros },
  {
    role: 'macro',
    extensions: ['.sql'],
    roots: ({ paths }) => paths.tests.map(root => `${root}/generic`),
    generic: true,
  },
  { role: 'model', extensions: ['.sql', '.py'], roots: ({ paths }) => paths.models },
  { role: 'snapshot', extensions: ['.sql'], roots: ({ paths }) => paths.snapshots },
  { role: 'analysis', extensions: ['.sql'], roots: ({ paths }) => paths.analyses },
  { role: 'test', extensions: ['.sql'], roots: ({ paths }) => paths.tests },
  { role: 'seed', extensions: ['.csv'], roots: ({ paths }) => paths.seeds },
  { role: 'docs', extensions: ['.md'], roots: ({ paths }) => paths.docs },
  { role: 'properties', extensions: ['.yml', '.yaml'], roots: propertyRoots },
  { role: 'fixture', extensions: ['.csv', '.sql'], roots: ({ paths }) => paths.tests.map(root => `${root}/fixtures`) },
];

function propertyRoots({ paths }: Project): readonly string[] {
  const { models, seeds, snapshots, analyses, macros, functions, tests } = paths;
  return [...models, ...seeds, ...snapshots, ...analyses, ...macros, ...functions, ...tests];
}

/** The path below the first root that holds it. */
function firstBelow(roots: readonly string[], path: string): string | undefined {
  const root = roots.find(it => it === '.' || it === '' || path.startsWith(`${it}/`));
  if (root === undefined) return undefined;
  return root === '.' || root === '' ? path : path.slice(root.length + 1);
}

/** A root project reaches files outside its folder as `../x`; a package only what lies in its own. */
function relativeTo(folder: string, file: FileId): string | undefined {
  if (folder === '') return file;
  return file.startsWith(folder) ? file.slice(folder.length) : undefined;
}
