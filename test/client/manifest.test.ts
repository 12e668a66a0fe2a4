import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown } };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const { contributes } = manifest;
const commands = contributes.commands.map(it => it.command);

describe('the manifest', () => {
  test('every command it offers is registered, and only links inside the extension call others', () => {
    const source = read('client/src/commands/register.ts');
    const table = source.slice(source.indexOf('const commands'), source.indexOf('return vscode.Disposable'));
    const registered = [...table.matchAll(/^ {4}(\w+)[:,]/gm)].map(([, name]) => `sluice.${name}`);
    expect(registered.filter(it => !INTERNAL.has(it)).toSorted()).toEqual(commands.toSorted());
  });

  test('menus and keys lead to commands that exist', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(it => it.command);
    expect(used.filter(it => !commands.includes(it))).toEqual([]);
  });

  test('no two commands share a key', () => {
    for (const keys of [contributes.keybindings.map(it => it.key), contributes.keybindings.map(it => it.mac)]) {
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('every file it names is there', () => {
    const named = [...JSON.stringify(manifest).matchAll(/"(?:\.\/)?((?:client\/media|syntaxes)\/[^"]+)"/g)];
    expect(named.map(([, file]) => file ?? '').filter(it => !existsSync(path.join(root, it)))).toEqual([]);
    expect(named.length).toBeGreaterThan(8);
  });

  test('it does not take over plain SQL files, and works with limits in a folder that is not trusted', () => {
    expect(JSON.stringify(contributes)).not.toContain('".sql"');
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
  });

  test('every setting is read, and every setting that is read exists', () => {
    const source = read('client/src/config.ts');
    const readNames = [...source.matchAll(/get<[^(]+\('(\w+)'/g)].map(([, name]) => `sluice.${name}`);
    // The language client reads this one by itself.
    expect([...readNames, 'sluice.trace.server'].toSorted()).toEqual(
      Object.keys(contributes.configuration.properties).toSorted(),
    );
  });
});

const INTERNAL = new Set(['sluice.explainProblem', 'sluice.openPlace']);

describe('grammars', () => {
  test.each(['jinja', 'jinja-sql', 'jinja-injection', 'jinja-string-injection', 'jinja-yaml-injection'])(
    '%s has valid patterns',
    name => {
      const grammar = read(`syntaxes/${name}.tmLanguage.json`);
      const patterns = [...grammar.matchAll(/"(?:match|begin|end)": "((?:[^"\\]|\\.)*)"/g)];
      for (const [, pattern] of patterns) expect(() => new RegExp(JSON.parse(`"${pattern}"`) as string)).not.toThrow();
      for (const [, include] of grammar.matchAll(/"include": "#([^"]+)"/g)) {
        expect(JSON.parse(grammar)).toHaveProperty(['repository', include ?? '']);
      }
    },
  );
});
