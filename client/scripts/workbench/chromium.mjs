/** Finds the Chromium that the tests drive, and installs the system's package where that is possible. */
import { existsSync } from 'node:fs';
import { run } from '../child-process.mjs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium or Chrome of this machine, or the one `SLUICE_CHROMIUM` names; `undefined` when there is none. */
export function findChromium() {
  const chosen = process.env['SLUICE_CHROMIUM'];
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  return usualPlaces.find(it => existsSync(it));
}

/**
 * The Chromium of this machine, installed first when it is missing and this process may install system packages.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (!mayInstallPackages()) throw new Error(howToInstall);
  console.log('installing the system package chromium, once');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  await run('apt-get', ['update', ...quiet], { env });
  const code = await run('apt-get', ['install', '-y', '--no-install-recommends', ...quiet, 'chromium'], { env });
  const installed = findChromium();
  if (code !== 0 || installed === undefined) throw new Error(`apt-get could not install chromium. ${howToInstall}`);
  return installed;
}

function mayInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

const howToInstall =
  'The tests drive the editor in Chromium. Install it with `sudo apt-get install chromium` (Debian, Ubuntu) or ' +
  '`brew install --cask chromium` (macOS), or name a Chromium or Chrome program in SLUICE_CHROMIUM.';
