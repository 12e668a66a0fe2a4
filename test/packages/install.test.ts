import { lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import path from 'node:path';
import { create } from 'tar';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { certificate, key } from './certificate.ts';
import { closed, archive, listen, startRegistry, type Registry } from './registry.ts';
import { workplace, type Workplace } from './workplace.ts';

let registry: Registry;
const places: Workplace[] = [];

beforeAll(async () => {
  registry = await startRegistry();
  await registry.publish('acme/tools', {
    '1.0.0': {},
    '1.1.0': {},
    '1.2.0': { files: { 'macros/a.sql': 'one two' } },
    '2.0.0-rc.1': {},
    '2.0.0': { require_dbt_version: ['>=3.0.0'] },
  });
  await registry.publish('acme/dates', {
    '0.5.0': { packages: [{ package: 'acme/tools', version: ['>=1.0.0', '<1.2.0'] }] },
    '0.9.0': { packages: [{ package: 'acme/tools', version: '>=1.1.0' }] },
  });
});
beforeEach(() => void (registry.asked.length = 0));
afterEach(() => places.splice(0).forEach(it => it.remove()));
afterAll(() => registry.close());

function project(packagesYml: string): Workplace {
  const place = workplace(packagesYml, registry.url);
  places.push(place);
  return place;
}

const hub = (name: string, version: string): string => `packages:\n  - package: ${name}\n    version: ${version}\n`;

describe('packages of the registry', () => {
  test('come in the highest version that is allowed, with what they need, and a lock file', async () => {
    const place = project(hub('acme/dates', '[">=0.5.0", "<1.0.0"]'));
    expect(await place.install()).toEqual({ packages: ['acme/dates 0.9.0', 'acme/tools 1.2.0'], warnings: [] });
    expect(place.installed()).toEqual(['dates', 'tools']);
    expect(place.read('dbt_packages/tools/macros/a.sql')).toBe('one two');
    expect(place.read('package-lock.yml')).toMatch(
      /^packages:\n {2}- name: dates\n {4}package: acme\/dates\n {4}version: 0\.9\.0\n {2}- name: tools\n {4}package: acme\/tools\n {4}version: 1\.2\.0\nsha1_hash: [0-9a-f]{40}\n$/,
    );
    expect(readdirSync(place.root)).not.toContainEqual(expect.stringContaining('.partial'));
  });

  test('asked for twice have to satisfy both', async () => {
    const place = project(`${hub('acme/dates', '0.5.0')}  - package: acme/tools\n    version: ">=1.0.0"\n`);
    expect((await place.install()).packages).toEqual(['acme/dates 0.5.0', 'acme/tools 1.1.0']);
    place.write('packages.yml', `${hub('acme/dates', '0.5.0')}  - package: acme/tools\n    version: 1.2.0\n`);
    expect((await place.install()).failure).toContain(
      "Version error for package acme/tools: Could not find a satisfactory version from options: ['1.2.0', '>=1.0.0', '<1.2.0']",
    );
  });

  test('are candidates only when that is asked for', async () => {
    const place = project(hub('acme/tools', '">=1.0.0"'));
    const noCheck = { dbtVersion: undefined } as const;
    expect((await place.install({ lockOnly: true })).packages).toEqual(['acme/tools 1.2.0']);
    place.write('packages.yml', `${hub('acme/tools', '">=1.0.0"')}    install_prerelease: true\n`);
    expect((await place.install({ lockOnly: true })).packages).toEqual(['acme/tools 2.0.0-rc.1']);
    place.write('packages.yml', hub('acme/tools', '2.0.0-rc.1'));
    expect((await place.install({ lockOnly: true })).packages).toEqual(['acme/tools 2.0.0-rc.1']);
    place.write('packages.yml', hub('acme/tools', '["<2.0.0"]') + '    install_prerelease: true\n');
    expect((await place.install({ lockOnly: true, ...noCheck })).packages).toEqual(['acme/tools 1.2.0']);
  });

  test('work with this version of dbt, unless that is not checked', async () => {
    const place = project(hub('acme/tools', '2.0.0'));
    expect((await place.install()).failure).toMatchInlineSnapshot(`
      "Could not find a matching compatible version for package acme/tools
        Requested range: =2.0.0, =2.0.0
        Compatible versions: 1.0.0, 1.1.0, 1.2.0
        Not shown: versions that do not work with this version of dbt; --no-version-check includes them"
    `);
    expect((await place.install({ dbtVersion: undefined })).packages).toEqual(['acme/tools 2.0.0']);
  });

  test('stay at the locked version until packages.yml changes or an upgrade is asked for', async () => {
    const place = project(hub('acme/tools', '">=1.0.0"'));
    await place.install({ lockOnly: true });
    place.write('package-lock.yml', (place.read('package-lock.yml') ?? '').replace('1.2.0', '1.0.0'));
    expect((await place.install()).packages).toEqual(['acme/tools 1.0.0']);
    expect((await place.install({ upgrade: true })).packages).toEqual(['acme/tools 1.2.0']);
    place.write('packages.yml', hub('acme/tools', '1.1.0'));
    expect((await place.install()).packages).toEqual(['acme/tools 1.1.0']);
  });

  test('may have old versions that nobody can read any more', async () => {
    await registry.publish('acme/old', { '0.1.0': { packages: [{ what: 'is this' }] }, '0.2.0': {} });
    expect((await project(hub('acme/old', '">=0.1.0"')).install()).packages).toEqual(['acme/old 0.2.0']);
    expect((await project(hub('acme/old', '0.1.0')).install()).failure).toContain(
      'acme/old 0.1.0, package 1: a package is given by',
    );
  });

  test('that nobody published are named', async () => {
    expect((await project(hub('acme/nothing', '1.0.0')).install()).failure).toBe(
      'Package acme/nothing was not found in the package index',
    );
  });

  test('are asked for once more when the registry is busy', async () => {
    const place = project(hub('acme/tools', '1.0.0'));
    registry.failNext(1);
    expect((await place.install()).packages).toEqual(['acme/tools 1.0.0']);
    expect(registry.asked.filter(it => it.includes('/api/'))).toHaveLength(2);
  });

  test('a lock file without installing leaves no folder', async () => {
    const place = project(hub('acme/tools', '1.0.0'));
    await place.install({ lockOnly: true });
    expect(place.installed()).toEqual([]);
    expect(place.read('package-lock.yml')).toContain('version: 1.0.0');
  });
});

describe('a failure', () => {
  test('leaves what was installed as it was, and nothing half-written', async () => {
    const place = project(hub('acme/tools', '1.0.0'));
    await place.install();
    await registry.publish('acme/broken', { '1.0.0': {} });
    registry.serve('/archive/broken/1.0.0.tar.gz', Buffer.from('no archive'));
    place.write('packages.yml', `${hub('acme/broken', '1.0.0')}  - package: acme/tools\n    version: 1.1.0\n`);
    expect((await place.install()).failure).toContain('acme/broken 1.0.0 is no archive that can be unpacked');
    expect(place.installed()).toEqual(['tools']);
    expect(readdirSync(place.root).toSorted()).toEqual([
      'dbt_packages',
      'dbt_project.yml',
      'package-lock.yml',
      'packages.yml',
    ]);
  });

  test('without a network says so, and what to do', async () => {
    const place = project(hub('acme/tools', '1.0.0'));
    const { failure } = await place.install({ environment: { DBT_PACKAGE_HUB_URL: 'http://127.0.0.1:9/' } });
    expect(failure).toMatch(/^127\.0\.0\.1:9 could not be reached \(.*\)\. Packages come from the network/);
    expect(failure).toContain('HTTPS_PROXY');
  });

  test('cancelling changes nothing', async () => {
    const place = project(hub('acme/tools', '1.0.0'));
    expect((await place.install({ signal: AbortSignal.abort() })).failure).toBe('Cancelled; nothing has changed.');
    expect(readdirSync(place.root).toSorted()).toEqual(['dbt_project.yml', 'packages.yml']);
  });

  test.each([
    ['packages:\n  - package: tools\n    version: 1.0.0\n', 'Packages on the index require a namespace'],
    ['packages:\n  - package: acme/tools\n', 'acme/tools is missing the version'],
    ['packages:\n  - package: acme/tools\n    version: ">=1.0.0,<2.0.0"\n', 'Write a list: [">=1.0.0", "<2.0.0"].'],
    ['packages:\n  - private: acme/secret\n', 'Cannot resolve private package acme/secret'],
    ['packages:\n  - git: x\n    warn_unpinned: false\n', "'warn_unpinned' means nothing for a git package"],
    ['packages:\n  - what: x\n', 'a package is given by one of package, git, local, tarball and private'],
    ['packages: x\n', "the value of 'packages' is not a list"],
    ['projects: []\n', "The 'projects' key cannot be specified in packages.yml"],
  ])('%j is explained', async (yaml, message) => {
    expect((await project(yaml).install()).failure).toContain(message);
  });
});

describe('packages in folders and archives', () => {
  test('a local package is linked, and what it needs comes along', async () => {
    const place = project('packages:\n  - local: lib/own\n');
    place.write('lib/own/dbt_project.yml', 'name: own_macros\n');
    place.write('lib/own/packages.yml', hub('acme/tools', '1.0.0'));
    expect((await place.install()).packages).toEqual(['lib/own local', 'acme/tools 1.0.0']);
    expect(place.installed()).toEqual(['own_macros', 'tools']);
    expect(lstatSync(path.join(place.root, 'dbt_packages/own_macros')).isSymbolicLink()).toBe(true);
    expect(place.read('package-lock.yml')).toContain('  - local: lib/own\n    name: own_macros\n');
    // Installing again replaces the link and leaves the folder it leads to.
    expect((await place.install()).packages).toHaveLength(2);
    expect(place.read('lib/own/dbt_project.yml')).toBe('name: own_macros\n');
  });

  test('a local package that is not there is named by the file that is missing', async () => {
    expect((await project('packages:\n  - local: ../nowhere\n').install()).failure).toMatch(
      /No dbt_project\.yml found at expected path .*nowhere.dbt_project\.yml/,
    );
  });

  test('an archive is installed under the name that it is given', async () => {
    registry.serve(
      '/own.tar.gz',
      await archive('whatever-1', { 'dbt_project.yml': 'name: inner\n', 'macros/m.sql': 'm' }),
    );
    const place = project(`packages:\n  - tarball: ${registry.url}own.tar.gz\n    name: outer\n`);
    expect((await place.install()).failure).toBeUndefined();
    expect(place.read('dbt_packages/outer/macros/m.sql')).toBe('m');
    expect((await place.install()).failure).toBeUndefined();
  });

  test('two projects of one name are refused, and one with the name of the root project', async () => {
    const place = project('packages:\n  - local: one\n  - local: two\n');
    place.write('one/dbt_project.yml', 'name: same\n');
    place.write('two/dbt_project.yml', 'name: same\n');
    expect((await place.install()).failure).toContain('Found duplicate project "same"');
    place.write('two/dbt_project.yml', 'name: shop\n');
    expect((await place.install()).failure).toContain(
      'Found a dependency with the same name as the root project "shop"',
    );
  });

  test('packages may be listed in dependencies.yml, and not in both', async () => {
    const place = project('');
    place.write('dependencies.yml', hub('acme/tools', '1.0.0'));
    expect((await place.install()).packages).toEqual(['acme/tools 1.0.0']);
    place.write('packages.yml', hub('acme/tools', '1.0.0'));
    expect((await place.install()).failure).toContain('cannot be specified in both');
  });
});

describe('archives that would write elsewhere', () => {
  test.each([
    ['a path that leads up', { prefix: 'own/../..', file: 'own/dbt_project.yml' }],
    ['an absolute path', { prefix: '/tmp/sluice-evil', file: 'own/dbt_project.yml' }],
  ])('%s is refused', async (_, { prefix, file }) => {
    const evil = project('');
    evil.write(file, 'name: own\n');
    const target = path.join(evil.root, 'evil.tar.gz');
    await create({ gzip: true, cwd: evil.root, file: target, prefix, preservePaths: true }, [file]);
    registry.serve('/evil.tar.gz', readFileSync(target));
    const place = project(`packages:\n  - tarball: ${registry.url}evil.tar.gz\n    name: own\n`);
    expect((await place.install()).failure).toContain('is no archive that can be unpacked');
    expect(place.installed()).toEqual([]);
  });

  test('a link that leads out is refused, one that stays inside is not', async () => {
    const made = project('');
    made.write('own/dbt_project.yml', 'name: own\n');
    made.write('own/macros/a.sql', 'a');
    symlinkSync('a.sql', path.join(made.root, 'own/macros/b.sql'));
    const target = path.join(made.root, 'made.tar.gz');
    await create({ gzip: true, cwd: made.root, file: target }, ['own']);
    registry.serve('/links.tar.gz', readFileSync(target));
    const place = project(`packages:\n  - tarball: ${registry.url}links.tar.gz\n    name: own\n`);
    expect((await place.install()).failure).toBeUndefined();
    expect(place.read('dbt_packages/own/macros/b.sql')).toBe('a');
    symlinkSync('../../../etc/passwd', path.join(made.root, 'own/macros/c.sql'));
    await create({ gzip: true, cwd: made.root, file: target }, ['own']);
    registry.serve('/links.tar.gz', readFileSync(target));
    expect((await place.install()).failure).toContain("it holds 'own/macros/c.sql -> ../../../etc/passwd'");
  });
});

describe('proxies', () => {
  test('are asked, except for the hosts of NO_PROXY', async () => {
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(request.url ?? '');
      const onward = ask(request.url ?? '', { headers: request.headers }, answer => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
    const url = await listen(proxy);
    const place = project(hub('acme/tools', '1.0.0'));
    expect((await place.install({ environment: { HTTP_PROXY: url } })).packages).toEqual(['acme/tools 1.0.0']);
    expect(seen).toEqual([`${registry.url}api/v1/acme/tools.json`, `${registry.url}archive/tools/1.0.0.tar.gz`]);
    await place.install({ environment: { http_proxy: url, NO_PROXY: '127.0.0.1' } });
    expect(seen).toHaveLength(2);
    await closed(proxy);
  });

  test('open tunnels to secure servers, whose certificates may be named', async () => {
    const tunnels: string[] = [];
    const secure = createSecureServer({ cert: certificate, key }, (request, response) => {
      const onward = ask(`${registry.url.slice(0, -1)}${request.url}`, answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => response.end(Buffer.concat(chunks)));
      });
      onward.end();
    });
    const proxy = createServer().on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      for (const end of [onward, socket]) end.on('error', () => onward.destroy());
    });
    const [hubUrl, proxyUrl] = [(await listen(secure)).replace('http:', 'https:'), await listen(proxy)];
    const place = project(hub('acme/tools', '1.0.0'));
    place.write('ca.pem', certificate);
    const environment = { DBT_PACKAGE_HUB_URL: hubUrl, HTTPS_PROXY: proxyUrl };
    expect((await place.install({ environment, lockOnly: true })).failure).toContain('self-signed certificate');
    const trusting = { ...environment, REQUESTS_CA_BUNDLE: path.join(place.root, 'ca.pem') };
    expect((await place.install({ environment: trusting })).packages).toEqual(['acme/tools 1.0.0']);
    expect(new Set(tunnels)).toEqual(new Set([new URL(hubUrl).host]));
    await Promise.all([closed(secure), closed(proxy)]);
  }, 30_000);

  test('a proxy that is not there is named', async () => {
    const place = project(hub('acme/tools', '1.0.0'));
    const { failure } = await place.install({ environment: { HTTP_PROXY: 'http://127.0.0.1:9' } });
    expect(failure).toContain('could not be reached');
  });
});
