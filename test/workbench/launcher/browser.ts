import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { findChromium } from '../../../client/scripts/workbench/chromium.mjs';

/** How the browser window looks; the profile folder must be new, so that no test sees another one's state. */
export interface BrowserOptions {
  readonly profileDir: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** How many device pixels a page pixel has; 1 unless told. */
  readonly scale?: number;
}

/** Starts a Chromium that reaches this machine alone. */
export function launchBrowser({ profileDir, viewport, scale }: BrowserOptions): Promise<BrowserContext> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('there is no Chromium on this machine');
  return chromium.launchPersistentContext(profileDir, {
    executablePath,
    headless: process.env['SLUICE_HEADED'] !== '1',
    viewport: viewport ?? { width: 1400, height: 900 },
    deviceScaleFactor: scale ?? 1,
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
}

/** What the workbench may be told before it starts. */
export interface WorkbenchConfiguration {
  /** Defaults of settings; user and workspace settings still win. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Merges into the configuration of the workbench before its page reads it; the server's files stay as they are. */
export async function configureWorkbench(page: Page, configuration: WorkbenchConfiguration): Promise<void> {
  const patch = {
    configurationDefaults: configuration.settings,
    productConfiguration: { proxyEndpointTemplate: '' },
  };
  await page.addInitScript(patchConfiguration, patch);
}

/** Runs inside the page, so it may use nothing from outside of itself. */
function patchConfiguration(patch: object): void {
  type Tree = Record<string, unknown>;
  const isTree = (value: unknown): value is Tree =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const merge = (base: Tree, added: Tree): Tree => {
    const merged = { ...base };
    for (const [key, value] of Object.entries(added)) {
      const before = merged[key];
      merged[key] = isTree(before) && isTree(value) ? merge(before, value) : value;
    }
    return merged;
  };
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the element it is asked about
  const original = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (this: Element, name: string): string | null {
    const value = original.call(this, name);
    const asked = this.id === 'vscode-workbench-web-configuration' && name === 'data-settings';
    return asked && value !== null ? JSON.stringify(merge(JSON.parse(value) as Tree, patch as Tree)) : value;
  };
}
