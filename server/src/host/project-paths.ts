/**
 * Whether a file can be part of a project by its path relative to the project's root: a text dbt reads, outside of
 * build results, environments and hidden folders.
 */
export function isProjectFile(file: string): boolean {
  const parts = file.split('/');
  const name = parts.pop() ?? '';
  return !parts.some(isForeignFolder) && PROJECT_FILE.test(name);
}

/** Whether a folder of this name holds nothing a project is made of. Installed packages are part of the project. */
export function isForeignFolder(name: string): boolean {
  return FOREIGN.has(name) || (name.startsWith('.') && name !== '.' && name !== '..');
}

const PROJECT_FILE = /\.(?:sql|ya?ml|md|csv|py)$|^\.dbtignore$/i;

const FOREIGN = new Set(['target', 'logs', 'node_modules', 'venv', 'env', '__pycache__', 'site-packages']);
