import { describe, expect, test } from 'vitest';
import { addPackage, type AddedPackage } from '../../../server/src/dbt/packages/add-package.ts';

const tools: AddedPackage = { source: 'hub', name: 'acme/my_tools', version: '1.0.0' };

describe('adding a package', () => {
  test('keeps everything else as it is, comments included', () => {
    expect(addPackage('# why\npackages:\n- package: a/b # pinned\n  version: 1.0.0\n\n# the end\n', tools)?.text).toBe(
      '# why\npackages:\n- package: a/b # pinned\n  version: 1.0.0\n- package: acme/my_tools\n  version: 1.0.0\n\n# the end\n',
    );
  });

  test.each([
    ['', 'packages:\n  - package: acme/my_tools\n    version: 1.0.0\n'],
    ['packages: []\n', 'packages:\n  - package: acme/my_tools\n    version: 1.0.0\n'],
    ['# none yet', '# none yet\npackages:\n  - package: acme/my_tools\n    version: 1.0.0\n'],
    ['projects: []', 'projects: []\npackages:\n  - package: acme/my_tools\n    version: 1.0.0\n'],
    ['packages:\n    - local: x', 'packages:\n    - local: x\n    - package: acme/my_tools\n      version: 1.0.0\n'],
  ])('makes the list where there is none: %j', (before, after) => expect(addPackage(before, tools)?.text).toBe(after));

  test.each([
    ['package: acme/my_tools\n    version: 0.1.0', 'acme/my_tools'],
    ['git: https://example.com/acme/my-tools.git\n    revision: main', 'https://example.com/acme/my-tools.git'],
  ])('takes the place of the same package: %s', (entry, replaced) => {
    const before = `packages:\n  - local: first\n  - ${entry}\n  - local: last\n`;
    expect(addPackage(before, tools)).toEqual({
      text: 'packages:\n  - local: first\n  - local: last\n  - package: acme/my_tools\n    version: 1.0.0\n',
      replaced: [replaced],
    });
  });

  test('a package whose name only contains the other is another', () => {
    expect(addPackage('packages:\n  - package: acme/my_tools_more\n    version: 1.0.0\n', tools)?.replaced).toEqual([]);
  });

  test.each([
    [{ ...tools, version: '>=1.0.0,<2.0.0' }, '    version: [">=1.0.0", "<2.0.0"]\n'],
    [{ ...tools, version: '>=1.0.0' }, '    version: ">=1.0.0"\n'],
    [{ source: 'git', name: 'https://example.com/x.git', version: '1234567' } as const, '    revision: "1234567"\n'],
    [{ source: 'git', name: 'https://example.com/x.git', version: '1.0' } as const, '    revision: "1.0"\n'],
    [{ source: 'local', name: '../x', version: undefined } as const, '  - local: ../x\n'],
  ])('writes %j', (added, line) => expect(addPackage('', added)?.text).toContain(line));

  test('a list in one line is left to its author', () => {
    expect(addPackage('packages: [{local: x}]\n', tools)).toBeUndefined();
  });
});
