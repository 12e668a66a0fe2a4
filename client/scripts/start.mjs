/**
 * `npm start`: from a clone with nothing but Node and npm to a built project, the answers it gives, and an editor to
 * work on it. `npm start -- --no-editor` ends after the answers.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isStopping, run, start } from './child-process.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { commandLine, repository, sampleProject } from './repository.mjs';
import { ensureWorkbench } from './workbench/install.mjs';
import { linkInstalledExtensions, quietSettings, startServer } from './workbench/server.mjs';

/** The questions the sample project answers: each an analysis whose first line asks it. */
const questions = ['how_do_users_move_through_the_funnel', 'which_steps_have_the_largest_drop_off'];

/** What the editor shows first. */
const firstFile = path.join(sampleProject, 'models/marts/core/fact_product_funnel.sql');

async function main() {
  await ensureDependencies();
  const { buildWhenStale } = await import('./build.mjs');
  if (await buildWhenStale()) console.log('built the extension and the command line tool');
  await sluice(['build']);
  for (const question of questions) await answer(question);
  if (process.argv.includes('--no-editor')) return;
  if (isOnPath('code')) await openDesktop();
  else await openInBrowser();
}

/** Runs the command line tool on the sample project; its progress is the user's. @param {readonly string[]} args */
async function sluice(args) {
  const [command = '', ...rest] = args;
  const code = await run(process.execPath, [commandLine, command, '--project-dir', sampleProject, ...rest], {
    cwd: repository,
  });
  if (code !== 0) throw new Error(`sluice ${command} ended with exit code ${code}`);
}

/** Prints the question of an analysis and the table that answers it. @param {string} name */
async function answer(name) {
  const sql = readFileSync(path.join(sampleProject, 'analyses', `${name}.sql`), 'utf8');
  const question = /^-- *(.*)/.exec(sql)?.[1] ?? name;
  console.log(`\n${question}`);
  await sluice(['show', '--quiet', '--inline', sql, '--limit', '20']);
}

async function openDesktop() {
  console.log('\nopening VS Code with the extension');
  const args = ['--extensionDevelopmentPath', repository, sampleProject, '--goto', firstFile];
  // On Windows the command is a batch file, which only a shell can run.
  const code = await run('code', args, { shell: process.platform === 'win32' });
  if (code !== 0) throw new Error(`code ended with exit code ${code}`);
}

/** Serves the editor to the browsers of this machine until it is stopped. */
async function openInBrowser() {
  const workbench = await ensureWorkbench({ report: console.log });
  const state = path.join(repository, '.sluice/workbench');
  const token = randomBytes(16).toString('hex');
  writeFirstSettings(path.join(state, 'user/User'));
  const server = await startServer(workbench, {
    dataDir: path.join(state, 'server'),
    userDataDir: path.join(state, 'user'),
    extensionsDir: linkInstalledExtensions(path.join(state, 'extensions'), [repository]),
    token,
    // The folder is this repository's own sample, which has just been built.
    args: ['--disable-workspace-trust', '--default-folder', sampleProject],
  });
  const address = `http://127.0.0.1:${server.port}/?tkn=${token}`;
  console.log(`\nThe editor is at\n\n  ${address}\n\nCtrl-C ends it.`);
  openBrowser(address);
  const ended = await new Promise(resolve => server.process.once('exit', resolve));
  if (!isStopping()) throw new Error(`the editor ended with exit code ${String(ended)}`);
}

/** The user's own settings, once there, are left alone. @param {string} folder */
function writeFirstSettings(folder) {
  const file = path.join(folder, 'settings.json');
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  const settings = { ...quietSettings, 'workbench.startupEditor': 'readme' };
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
}

/** Shows the address in the user's browser, where there is a display to show it on. @param {string} address */
function openBrowser(address) {
  if (process.env['CI']) return;
  const hasDisplay = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (process.platform === 'darwin') start('open', [address], { stdio: 'ignore' });
  else if (hasDisplay && isOnPath('xdg-open')) start('xdg-open', [address], { stdio: 'ignore' });
}

/** @param {string} command */
function isOnPath(command) {
  const probe = process.platform === 'win32' ? 'where' : 'which';
  return spawnSync(probe, [command], { stdio: 'ignore' }).status === 0;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
