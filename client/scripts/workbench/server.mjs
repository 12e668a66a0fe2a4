/** Runs the VS Code server of the browser workbench, and says which address shows what. */
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { end, start } from '../child-process.mjs';

/**
 * An installed workbench: the Node program that runs the server, and the folder of the server.
 * @typedef {{ readonly node: string, readonly vscode: string }} Workbench
 */

/** The workbench installed in a folder. @param {string} home @returns {Workbench} */
export function workbenchIn(home) {
  return { node: path.join(home, 'node/bin/node'), vscode: path.join(home, 'vscode') };
}

/** The program of the VS Code server. @param {Workbench} workbench */
export function serverEntry(workbench) {
  return path.join(workbench.vscode, 'out/server-main.js');
}

/**
 * @typedef {object} ServerOptions
 * @property {string} dataDir where the server keeps its own state
 * @property {string} [userDataDir] where user settings and logs are
 * @property {string} [extensionsDir] where installed extensions are
 * @property {string} [builtinExtensionsDir] a folder that stands in for the server's own built-in extensions
 * @property {string} [token] what a client must know to connect; without it everyone on this machine may
 * @property {readonly string[]} [args] further arguments of the server
 * @property {Readonly<Record<string, string>>} [env] added to the environment of the server and all it starts
 * @property {(chunk: string) => void} [onOutput] receives what the server prints
 */

/**
 * A server that listens.
 * @typedef {object} RunningServer
 * @property {number} port
 * @property {import('node:child_process').ChildProcess} process
 * @property {() => Promise<void>} stop ends the server and everything it started
 */

/** How long a server may take to listen; a busy machine needs several seconds. */
const patience = 60_000;

/**
 * Starts a server on a free port of this machine's own address and waits until it listens.
 * @param {Workbench} workbench @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function startServer(workbench, options) {
  const child = start(workbench.node, ['--import', lifeline, serverEntry(workbench), ...serverArguments(options)], {
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const port = await listeningPort(child, options.onOutput);
  return { port, process: child, stop: () => end(child) };
}

/**
 * A module for the server's Node: its standard input is open for as long as this process lives, so at its end, however
 * this process ended, the server ends with all it started.
 */
const lifeline = `data:text/javascript,${encodeURIComponent(
  String.raw`if (/server-main\.js$/.test(process.argv[1])) process.stdin.on('end', () => process.kill(-process.pid, 'SIGKILL')).resume();`,
)}`;

/** @param {ServerOptions} options */
function serverArguments(options) {
  const args = ['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms', '--telemetry-level', 'off'];
  args.push('--server-data-dir', options.dataDir);
  if (options.token === undefined) args.push('--without-connection-token');
  else args.push('--connection-token', options.token);
  if (options.userDataDir !== undefined) args.push('--user-data-dir', options.userDataDir);
  if (options.extensionsDir !== undefined) args.push('--extensions-dir', options.extensionsDir);
  if (options.builtinExtensionsDir !== undefined) args.push('--builtin-extensions-dir', options.builtinExtensionsDir);
  return [...args, ...(options.args ?? [])];
}

/**
 * @param {import('node:child_process').ChildProcess} child @param {ServerOptions['onOutput']} onOutput
 * @returns {Promise<number>}
 */
function listeningPort(child, onOutput) {
  return new Promise((resolve, reject) => {
    let output = '';
    const tooLate = setTimeout(() => reject(new Error(`the workbench did not start:\n${output}`)), patience);
    const read = (/** @type {Buffer} */ data) => {
      const text = String(data);
      onOutput?.(text);
      output = (output + text).slice(-20_000);
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(tooLate);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', code => reject(new Error(`the workbench ended with exit code ${code}:\n${output}`)));
  });
}

/**
 * What a window shows: one folder, a workspace file, or nothing; and what the workbench is told on the way.
 * @typedef {object} WindowContent
 * @property {string} [folder]
 * @property {string} [workspaceFile]
 * @property {string} [openFile]
 * @property {string} [token]
 * @property {readonly (readonly [string, string])[]} [payload]
 */

/** The address of a window. @param {string} origin such as `http://localhost:8080` @param {WindowContent} content */
export function windowAddress(origin, content) {
  const address = new URL(origin);
  if (content.token !== undefined) address.searchParams.set('tkn', content.token);
  if (content.workspaceFile !== undefined) address.searchParams.set('workspace', content.workspaceFile);
  else if (content.folder !== undefined) address.searchParams.set('folder', content.folder);
  else address.searchParams.set('ew', 'true');
  const payload = [['skipWelcome', 'true'], ...(content.payload ?? [])];
  if (content.openFile !== undefined) payload.push(['openFile', remoteUri(origin, content.openFile)]);
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

/** How the page names a file of the machine that the server runs on. @param {string} origin @param {string} file */
export function remoteUri(origin, file) {
  return `vscode-remote://${new URL(origin).host}${encodeURI(file).replace(/[?#]/g, encodeURIComponent)}`;
}

/** Settings of a quiet workbench: no welcome pages, no chat, no look at the network. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'chat.disableAIFeatures': true,
  'chat.agentHost.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.showReleaseNotes': false,
  // The browser's default would save after every pause; on the desktop the user saves.
  'files.autoSave': 'off',
  'npm.fetchOnlinePackageInfo': false,
  'git.openRepositoryInParentFolders': 'never',
  'window.menuBarVisibility': 'classic',
  'window.confirmBeforeClose': 'never',
};

/**
 * Fills a folder with links to the built-in extensions of a workbench whose names do not match.
 * @param {Workbench} workbench @param {string} folder @param {RegExp} without
 */
export function linkBuiltinExtensions(workbench, folder, without) {
  const source = path.join(workbench.vscode, 'extensions');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(source)) {
    if (!without.test(name)) symlinkSync(path.join(source, name), path.join(folder, name));
  }
  return folder;
}

/**
 * Makes an extensions folder in which the extensions of other folders count as installed, without a copy of them.
 * @param {string} folder @param {readonly string[]} extensions folders with a `package.json` each
 */
export function linkInstalledExtensions(folder, extensions) {
  mkdirSync(folder, { recursive: true });
  const installed = extensions.map(location => {
    const { publisher, name, version } = JSON.parse(readFileSync(path.join(location, 'package.json'), 'utf8'));
    return {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: location, scheme: 'file' },
    };
  });
  writeFileSync(path.join(folder, 'extensions.json'), JSON.stringify(installed));
  return folder;
}
