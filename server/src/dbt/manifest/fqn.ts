/** The fully qualified name of a resource: its package, the folders of its path, its name. */
export function fqnOf(packageName: string, path: string, name: string, version?: string | number): readonly string[] {
  const folders = path.split('/').slice(0, -1);
  const fqn = [packageName, ...folders, name];
  return version === undefined ? fqn : [...fqn, `v${version}`];
}

/** Snapshots carry the name of their file as well, several of them may share it. */
export function snapshotFqn(packageName: string, path: string, name: string): readonly string[] {
  const withoutExtension = path.replace(/\.[^./]*$/, '');
  return [packageName, ...withoutExtension.split('/'), name];
}
