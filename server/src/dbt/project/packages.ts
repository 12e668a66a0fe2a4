import type { FileId } from '../../render/rendered.ts';
import { asList, asString, dataAt, type Data } from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';

/** One entry of `packages.yml` or of `dependencies.yml`. */
export interface PackageEntry {
  /** `undefined` for a package that comes from a registry, git or an archive: only its installed copy can be used. */
  readonly local: string | undefined;
  /** What the entry calls the package: `dbt-labs/dbt_utils`, a git address, a path. */
  readonly label: string;
  readonly file: FileId;
  readonly path: KeyPath;
}

/** The packages that the data of a `packages.yml`, or of a `dependencies.yml`, names; entries of no known kind name none. */
export function packageEntries(data: Data, file: FileId): readonly PackageEntry[] {
  const list = asList(dataAt(data, 'packages')) ?? [];
  return list.flatMap((item, at) => {
    const label = labelOf(item);
    return label === undefined ? [] : [{ local: asString(dataAt(item, 'local')), label, file, path: ['packages', at] }];
  });
}

function labelOf(item: Data): string | undefined {
  const keys = ['package', 'local', 'git', 'tarball', 'private'];
  return keys.map(key => asString(dataAt(item, key))).find(it => it !== undefined);
}

/** A folder that holds a package, and how it was found. */
export interface PackageFolder {
  /** With a slash at its end. */
  readonly folder: string;
  readonly via: 'installed' | 'local';
}

/**
 * The folders that hold packages: everything installed, and local packages at their own path, installed or not.
 * `projectFiles` are the `dbt_project.yml` files there are.
 */
export function packageFolders(
  projectFiles: readonly FileId[],
  installPath: string,
  entries: readonly PackageEntry[],
): readonly PackageFolder[] {
  const installed = projectFiles
    .map(file => file.slice(0, file.lastIndexOf('/') + 1))
    .filter(folder => isDirectlyBelow(folder, `${installPath}/`))
    .toSorted();
  const found: PackageFolder[] = installed.map(folder => ({ folder, via: 'installed' }));
  for (const { local } of entries) {
    if (local === undefined) continue;
    const folder = normalized(local);
    const isThere = projectFiles.includes(`${folder}dbt_project.yml`);
    if (isThere && !installed.includes(folder)) found.push({ folder, via: 'local' });
  }
  return found;
}

const isDirectlyBelow = (folder: string, parent: string): boolean =>
  folder.startsWith(parent) &&
  folder.length > parent.length &&
  folder.indexOf('/', parent.length) === folder.length - 1;

/** The path without `.` and inner `..` parts, with a slash at its end. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.map(part => `${part}/`).join('');
}
