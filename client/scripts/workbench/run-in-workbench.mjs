/** Runs a program that drives the browser workbench, with everything it needs installed first. */
import path from 'node:path';
import { start } from '../child-process.mjs';
import { dist } from '../repository.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureWorkbench } from './install.mjs';

/** @typedef {{ readonly chromium: string, readonly home: string }} Installed */

/** @type {Promise<Installed> | undefined} */
let installed;

/** Installs browser and workbench when they are missing; asked again, it is the same installation. */
export function prepareWorkbench() {
  installed ??= install();
  return installed;
}

/** @returns {Promise<Installed>} */
async function install() {
  const [chromium, { home }] = await Promise.all([ensureChromium(), ensureWorkbench({ report: console.log })]);
  return { chromium, home };
}

/**
 * Starts a bundle of `dist/test/`. It finds browser and workbench through its environment.
 * @param {string} bundle @param {Readonly<Record<string, string>>} [env]
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function startInWorkbench(bundle, env = {}, options = {}) {
  const { chromium, home } = await prepareWorkbench();
  return start(process.execPath, [path.join(dist, 'test', bundle)], {
    ...options,
    env: { ...process.env, SLUICE_CHROMIUM: chromium, SLUICE_WORKBENCH: home, ...env },
  });
}
