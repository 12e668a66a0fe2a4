/**
 * Starts the integration suite in an extension host: that of the desktop VS Code which `SLUICE_VSCODE` names, else
 * that of the installed browser workbench.
 */
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { copyOfSampleProject } from '../sample-copy.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const launcher = path.resolve('test/workbench/launcher/code-web');

async function main(): Promise<number> {
  const state = temporaryFolder('sluice-integration-');
  return runTests({
    vscodeExecutablePath: process.env['SLUICE_VSCODE'] ?? launcher,
    extensionDevelopmentPath: path.resolve('.'),
    extensionTestsPath: path.resolve('dist/test/integration/main.cjs'),
    launchArgs: [
      copyOfSampleProject(),
      '--disable-extensions',
      `--user-data-dir=${path.join(state, 'user')}`,
      `--extensions-dir=${path.join(state, 'extensions')}`,
    ],
  });
}

main().then(
  code => process.exit(code),
  error => {
    console.error(String(error));
    process.exit(1);
  },
);
