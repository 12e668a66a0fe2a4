/**
 * Child processes that never outlive this one: each is started in a process group of its own, and the groups still
 * alive end when this process does, however it is asked to.
 */
import { spawn } from 'node:child_process';

/** @import { ChildProcess, SpawnOptions } from 'node:child_process' */

/** @type {Set<ChildProcess>} */
const alive = new Set();
let watching = false;
let stopping = false;

/** Whether this process was asked to end and is only waiting for its children. */
export function isStopping() {
  return stopping;
}

/**
 * Starts a program. Without `stdio` it shares this process's output and reads nothing.
 * @param {string} command @param {readonly string[]} args @param {SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  endChildrenWithThisProcess();
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options, detached: ownGroups });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

/**
 * Runs a program to its end and answers with its exit code; 127 when it cannot be started.
 * @param {string} command @param {readonly string[]} args @param {SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options) {
  return exitOf(start(command, args, options));
}

/**
 * Runs a program to its end and answers with what it printed.
 * @param {string} command @param {readonly string[]} args @param {SpawnOptions} [options]
 */
export async function capture(command, args, options = {}) {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', text => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', text => (stderr += text));
  const code = await exitOf(child);
  return { code, stdout, stderr };
}

/**
 * Asks a program and everything it started to end, and insists after `patience` milliseconds.
 * @param {ChildProcess} child
 */
export async function end(child, patience = 3000) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  signal(child, 'SIGTERM');
  const insist = setTimeout(() => signal(child, 'SIGKILL'), patience);
  await ended;
  clearTimeout(insist);
}

/** The arguments that run npm with the Node of this process. @param {readonly string[]} args @returns {[string, string[]]} */
export function npm(args) {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return [process.execPath, [script, ...args]];
  return process.platform === 'win32' ? ['npm.cmd', [...args]] : ['npm', [...args]];
}

/** Windows has no process groups; there a child is ended alone. */
const ownGroups = process.platform !== 'win32';

/**
 * The exit code of a program: 127 when it could not be started, 130 when a signal ended it.
 * @param {ChildProcess} child @returns {Promise<number>}
 */
export function exitOf(child) {
  return new Promise(resolve => {
    child.once('error', error => {
      alive.delete(child);
      console.error(error.message);
      resolve(127);
    });
    child.once('close', (code, signalName) => resolve(code ?? (signalName === null ? 1 : 130)));
  });
}

function endChildrenWithThisProcess() {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of alive) signal(child, 'SIGKILL');
  });
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, () => void stopAll());
}

/** Ends all children, then this process. */
async function stopAll() {
  stopping = true;
  await Promise.all([...alive].map(child => end(child)));
  process.exit(130);
}

/** @param {ChildProcess} child @param {NodeJS.Signals} name */
function signal(child, name) {
  if (child.pid === undefined) return;
  try {
    process.kill(ownGroups ? -child.pid : child.pid, name);
  } catch (error) {
    // The group may have ended between the check and the signal.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
