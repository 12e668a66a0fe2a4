import { expect, test } from 'vitest';
import { launchRequest } from '../workbench/launcher/command-line.ts';

test('the flags that a test run is started with are understood, and those of a desktop window left out', () => {
  const request = launchRequest([
    '/home/me/project',
    '--disable-extensions',
    '--user-data-dir=/tmp/user',
    '--no-sandbox',
    '--disable-gpu-sandbox',
    '--disable-workspace-trust',
    '--extensionTestsPath=/repo/dist/test/main.cjs',
    '--extensionDevelopmentPath=/repo',
    '--extensionDevelopmentPath=file:///with%20space',
  ]);
  expect(request).toEqual({
    extensions: ['/repo', '/with space'],
    tests: '/repo/dist/test/main.cjs',
    userDataDir: '/tmp/user',
    extensionsDir: undefined,
    withoutInstalledExtensions: true,
    open: '/home/me/project',
    serverArguments: ['--disable-workspace-trust'],
  });
});

test('a value may follow its flag as a word of its own', () => {
  const request = launchRequest(['--extensions-dir', '/tmp/extensions', '--log', 'debug', '--folder-uri', 'file:///a']);
  expect(request.extensionsDir).toBe('/tmp/extensions');
  expect(request.serverArguments).toEqual(['--log', 'debug']);
  expect(request.open).toBe('/a');
});
