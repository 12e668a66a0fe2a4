import type { ModelDb, Use } from '../../server/src/model/db.ts';
import type { Problem } from '../../server/src/model/problems.ts';
import type { ProjectInput } from '../../server/src/model/project-input.ts';
import type { FileId } from '../../server/src/render/rendered.ts';

/**
 * A project with just enough meaning to test what is around it: `ref('x')` means `models/x.sql`, the word `BAD` is a
 * problem, and a hover over `ref('crash')` throws.
 */
export function plainDb(input: ProjectInput): ModelDb {
  const files = new Map(input.files);
  const { settings } = input;
  const db = {
    revision: 1,
    setFile(file: FileId, text: string | undefined): void {
      if (files.get(file) === text) return;
      if (text === undefined) files.delete(file);
      else files.set(file, text);
      db.revision += 1;
    },
    setSettings(next: ProjectInput['settings']): void {
      db.targetName = next.target ?? 'dev';
      db.revision += 1;
    },
    setProfiles: () => undefined,
    setStandIn: () => undefined,
    yaml: () => undefined,
    setCatalog: () => undefined,
    prepareColumns: () => true,
    targetName: settings.target ?? 'dev',
    text: (file: FileId) => files.get(file),
    files: () => [...files.keys()],
    fileRole: (file: FileId) =>
      !file.endsWith('.sql') ? 'properties' : file.startsWith('models/') ? 'model' : 'scratch',
    project: () => ({
      name: nameOf(files),
      adapterType: 'duckdb',
      targetName: db.targetName,
      profileName: 'plain',
      targetNames: ['dev', 'prod'],
      targetPath: 'target',
      packages: packagesOf(files),
    }),
    names: () => ({ models: new Map(db.files().map(it => [it, []])) }),
    uses: (file: FileId) => usesIn(files.get(file) ?? ''),
    resolve: (_: FileId, use: Use) => {
      if (use.kind === 'ref' && use.name === 'crash') throw new Error('a feature crashed');
      const file = `models/${use.kind === 'ref' ? use.name : ''}.sql`;
      return files.has(file) ? [{ kind: 'model', name: file, packageName: 'plain', uniqueId: undefined, file }] : [];
    },
    patchedBy: () => [],
    problems: (file: FileId) => problemsIn(file, files.get(file) ?? ''),
    indexSome: () => true,
    ids: () => [],
    nodesOfFile: () => [],
    node: () => undefined,
    places: () => undefined,
  };
  // The features under test here read no more than this of the interface.
  return db as unknown as ModelDb;
}

function usesIn(text: string): readonly Use[] {
  return [...text.matchAll(/ref\('(\w+)'\)/g)].map(match => {
    const [whole, name = ''] = match;
    const range = { start: match.index + 5, end: match.index + 5 + name.length };
    const callRange = { start: match.index, end: match.index + whole.length };
    return { kind: 'ref', package: undefined, name, version: undefined, range, packageRange: undefined, callRange };
  });
}

function problemsIn(file: FileId, text: string): readonly Problem[] {
  return [...text.matchAll(/BAD/g)].map(({ index }) => ({
    code: 'bad-word',
    severity: 'error',
    message: 'a bad word',
    origin: { file, start: index, end: index + 3 },
    related: [],
  }));
}

function nameOf(files: ReadonlyMap<FileId, string>): string | undefined {
  return /^name: (\w+)/m.exec(files.get('dbt_project.yml') ?? '')?.[1];
}

function packagesOf(files: ReadonlyMap<FileId, string>): readonly { name: string; root: string }[] {
  const own = { name: 'own', root: '' };
  const others = [...(files.get('packages.yml') ?? '').matchAll(/local: (\S+)/g)].map(([, root = '']) => ({
    name: root,
    root: `${root}/`,
  }));
  return [own, ...others];
}
