import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, root, sourceFiles } from './source-files.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly description?: string; readonly markdownDescription?: string }>
      >;
    };
  };
}

const manifest = JSON.parse(read('package.json')) as Manifest;

describe('the documents', () => {
  test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'])('%s is there', path => {
    expect(existsSync(join(root, path))).toBe(true);
  });

  test('ARCHITECTURE.md can be read in one sitting', () => {
    expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(300);
  });

  test('every setting is described in the manifest and named in the README', () => {
    const properties = Object.entries(manifest.contributes.configuration.properties);
    expect(properties.length).toBeGreaterThan(0);
    const silent = properties.filter(([, it]) => it.description === undefined && it.markdownDescription === undefined);
    const unnamed = properties.filter(([name]) => !read('README.md').includes(`\`${name}\``));
    expect([...silent, ...unnamed].map(([name]) => name)).toEqual([]);
  });

  test('every command is named in the README by the words of the palette', () => {
    const readme = read('README.md');
    const titles = manifest.contributes.commands.map(it => `${it.category ?? 'Sluice'}: ${it.title}`);
    expect(titles.filter(it => !readme.includes(it))).toEqual([]);
  });

  test('every problem code is explained in docs/problems.md and made by a test', () => {
    const ofModel = read('server/src/model/problems.ts').matchAll(/code: '([a-z-]+)'/g);
    const ofSql = read('server/src/binder/problem.ts').matchAll(/\| '(sql-[a-z-]+)'/g);
    const codes = [...ofModel, ...ofSql].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(0);
    const page = read('docs/problems.md');
    const tests = filesBelow('test', it => it.endsWith('.test.ts'))
      .filter(it => !it.startsWith('test/tidy/'))
      .map(read)
      .join('\n');
    expect(codes.filter(it => !page.includes(`## ${it}\n`))).toEqual([]);
    expect(codes.filter(it => !tests.includes(it))).toEqual([]);
  });
});

describe('the sources', () => {
  const files = [...sourceFiles('server/src'), ...sourceFiles('client'), ...sourceFiles('test')];

  test('no test is skipped or alone', () => {
    const marked = files.filter(it => /\b(?:it|test|describe|suite)\.(?:skip|only|todo)\b/.test(it.text));
    expect(marked.map(it => it.path).filter(it => it !== 'test/tidy/documents.test.ts')).toEqual([]);
  });

  test('file names are kebab-case and none is a bag of everything', () => {
    const name = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|suite|generated|d))?\.ts$/;
    const bags = /\/(utils?|helpers?|common|manager|misc)\b/;
    expect(files.map(it => it.path).filter(it => !name.test(it.split('/').at(-1)!) || bags.test(it))).toEqual([]);
  });

  test('no default export, no enum, no namespace', () => {
    const odd = files.filter(it => /^export default |^(export )?(const )?enum |^(export )?namespace /m.test(it.text));
    // The test runner wants its settings as a default export.
    expect(odd.map(it => it.path)).toEqual(['test/vitest-config.ts']);
  });
});
