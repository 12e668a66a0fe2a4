/** Runs a program that drives the browser workbench, with everything it needs installed first. */
import path from 'node:path';
import { start } from '../child-process.mjs';
import { dist } from '../repository.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureWorkbench } from './install.mjs';

/**
 * Starts a bundle of `dist/test/`. It finds the workbench through its environment.
 * @param {string} bundle @param {Readonly<Record<string, string>>} [env]
 */
export async function startInWorkbench(bundle, env = {}) {
  const chromium = await ensureChromium();
  const { home } = await ensureWorkbench({ report: console.log });
  return start(process.execPath, [path.join(dist, 'test', bundle)], {
    env: { ...process.env, SLUICE_CHROMIUM: chromium, SLUICE_WORKBENCH: home, ...env },
  });
}
