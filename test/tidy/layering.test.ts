import { describe, expect, test } from 'vitest';
import { sourceFiles, type Import, type SourceFile } from './source-files.ts';

/**
 * Who may import whom: the table of ARCHITECTURE.md. `types` are modules of which only types may be imported.
 * `packages` are npm packages and, as `node:*`, the built-in modules.
 */
interface Rule {
  readonly values: readonly string[];
  readonly types: readonly string[];
  readonly packages: readonly string[];
}

const core = ['base', 'syntax', 'render', 'binder', 'dbt', 'db', 'model'];
const everything = [...core, 'features', 'run', 'packages', 'host', 'warehouse', 'protocol', 'lsp', 'cli'];

const table: Readonly<Record<string, Rule>> = {
  base: { values: [], types: [], packages: [] },
  syntax: { values: ['base'], types: [], packages: ['js-yaml', 'yaml', '@lezer/common', '@lezer/python'] },
  render: { values: ['base', 'syntax'], types: [], packages: ['js-yaml'] },
  binder: { values: ['base', 'syntax'], types: [], packages: [] },
  dbt: { values: ['base', 'syntax', 'render'], types: ['model'], packages: [] },
  db: { values: ['base'], types: [], packages: [] },
  model: { values: core, types: [], packages: [] },
  features: {
    values: ['base', 'syntax', 'model'],
    types: ['render', 'binder', 'dbt'],
    packages: ['sql-formatter', 'node-sql-parser'],
  },
  run: { values: ['base', 'dbt', 'model', 'host'], types: ['warehouse', 'render'], packages: ['node:*'] },
  packages: { values: ['base', 'syntax', 'dbt', 'host'], types: [], packages: ['node:*'] },
  host: { values: ['base'], types: [], packages: ['node:*', 'tar-stream', 'undici'] },
  warehouse: {
    values: ['base', 'host'],
    types: [],
    packages: ['node:*', '@aws-sdk/*', '@duckdb/node-api', 'pg', 'pg-cursor', 'pgpass'],
  },
  protocol: { values: [], types: ['base'], packages: [] },
  lsp: {
    values: everything,
    types: [],
    packages: ['node:*', 'vscode-languageserver', 'vscode-languageserver-textdocument', 'vscode-uri'],
  },
  cli: { values: everything, types: [], packages: ['node:*', 'js-yaml', 'node-sql-parser'] },
  main: { values: everything, types: [], packages: ['node:*', 'vscode-languageserver'] },
};

const serverFiles = sourceFiles('server/src');
const clientFiles = sourceFiles('client');

/** `server/src/syntax/yaml/x.ts` belongs to `syntax`, `server/src/cli.ts` and `server/src/cli/x.ts` to `cli`. */
function moduleOf(path: string): string {
  return path.replace('server/src/', '').split('/')[0]!.replace(/\.ts$/, '');
}

function breaches(file: SourceFile, used: Import): readonly string[] {
  const own = moduleOf(file.path);
  const rule = table[own];
  if (rule === undefined) return [`${file.path}: module '${own}' is not in the table`];
  if (!used.target.startsWith('server/')) {
    return rule.packages.some(it => matchesPackage(it, used.target)) ? [] : [`${file.path} imports ${used.target}`];
  }
  const other = moduleOf(used.target);
  const allowed = other === own || rule.values.includes(other) || (used.typeOnly && rule.types.includes(other));
  return allowed ? [] : [`${file.path} imports ${used.typeOnly ? 'types of ' : ''}${used.target}`];
}

function matchesPackage(allowed: string, specifier: string): boolean {
  if (allowed.endsWith('*')) return specifier.startsWith(allowed.slice(0, -1));
  return specifier === allowed || specifier.startsWith(`${allowed}/`);
}

describe('the import table', () => {
  test('every server file imports only what its module may', () => {
    expect(serverFiles.flatMap(file => file.imports.flatMap(it => breaches(file, it)))).toEqual([]);
  });

  test('the table knows no module that does not exist, so it cannot grow stale', () => {
    const existing = new Set([...serverFiles.map(it => moduleOf(it.path)), 'binder']);
    expect(Object.keys(table).filter(it => !existing.has(it))).toEqual([]);
  });

  test('the client sees nothing of the server but the types of its protocol', () => {
    const reached = clientFiles.flatMap(file =>
      file.imports
        .filter(it => it.target.startsWith('server/'))
        .filter(it => it.target !== 'server/src/protocol.ts' || !it.typeOnly)
        .map(it => `${file.path} imports ${it.target}`),
    );
    expect(reached).toEqual([]);
  });

  test('web pages import neither vscode nor node', () => {
    const reached = clientFiles
      .filter(it => it.path.startsWith('client/webview/'))
      .flatMap(file => file.imports.filter(it => !it.typeOnly && !it.target.startsWith('client/webview/')))
      .map(it => it.target);
    expect(reached).toEqual([]);
  });
});

describe('the core', () => {
  const coreFiles = serverFiles.filter(it => [...core, 'features'].includes(moduleOf(it.path)));
  const forbidden = [
    /\bDate\.now\(/,
    /\bnew Date\(\)/,
    /\bMath\.random\(/,
    /\bprocess\./,
    /\bperformance\.now\(/,
    /\bsetTimeout\(/,
  ];

  test('it reads no file, clock, environment or randomness, and waits for nothing', () => {
    const uses = coreFiles.flatMap(file =>
      forbidden.filter(it => it.test(withoutComments(file.text))).map(it => `${file.path} uses ${it.source}`),
    );
    expect(uses).toEqual([]);
  });

  test('it is synchronous', () => {
    const asynchronous = coreFiles.filter(it => /\basync (function|\()|\bPromise</.test(it.text)).map(it => it.path);
    expect(asynchronous).toEqual([]);
  });
});

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

describe('value imports', () => {
  test('form no cycle', () => {
    const files = [...serverFiles, ...clientFiles];
    expect(cycles(new Map(files.map(it => [it.path, valueTargets(it)])))).toEqual([]);
  });

  test('a cycle would be found', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a']],
      ['d', ['a']],
    ]);
    expect(cycles(graph)).toEqual(['a -> b -> c -> a']);
  });
});

function valueTargets(file: SourceFile): readonly string[] {
  return file.imports.filter(it => !it.typeOnly && /^(server|client)\//.test(it.target)).map(it => it.target);
}

function cycles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (node: string, path: readonly string[]): void => {
    const at = path.indexOf(node);
    if (at >= 0) found.push([...path.slice(at), node].join(' -> '));
    if (at >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}
