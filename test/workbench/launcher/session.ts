import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import {
  linkBuiltinExtensions,
  linkInstalledExtensions,
  quietSettings,
  remoteUri,
  startServer,
  windowAddress,
  workbenchIn,
} from '../../../client/scripts/workbench/server.mjs';
import type {
  RunningServer,
  ServerOptions,
  WindowContent,
  Workbench,
} from '../../../client/scripts/workbench/server.mjs';
import { removeFolder, temporaryFolder } from '../temporary-folder.ts';
import { configureWorkbench, launchBrowser } from './browser.ts';
import type { BrowserOptions } from './browser.ts';

/** A server of the workbench and a browser with one empty page; nothing of it is left after `close`. */
export interface Session {
  readonly server: RunningServer;
  readonly page: Page;
  readonly context: BrowserContext;
  /** A folder that is removed with the session. */
  readonly folder: string;
  /** Opens a window in the page; the workbench loads after this returns. */
  readonly open: (content: WindowContent) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a session differs in; everything else is the same for all. */
export interface SessionOptions {
  readonly server?: Partial<ServerOptions>;
  readonly browser?: Omit<BrowserOptions, 'profileDir'>;
  /** Defaults of settings, over those of a quiet workbench. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders of extensions that count as installed. */
  readonly extensions?: readonly string[];
}

/** Every process of a session has this variable in its environment, with the session's folder as value. */
export const sessionVariable = 'SLUICE_TEST_SESSION';

/** The workbench that `npm test` installed and named to this process. */
export function installedWorkbench(): Workbench {
  const home = process.env['SLUICE_WORKBENCH'];
  if (home === undefined) throw new Error('SLUICE_WORKBENCH names no workbench; start the tests with `npm test`');
  return workbenchIn(home);
}

/** Starts server and browser. The names of both are in no other session: state never leaks from one to the next. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const folder = temporaryFolder('sluice-window-');
  const workbench = installedWorkbench();
  const server = await startServer(workbench, {
    dataDir: path.join(folder, 'server'),
    userDataDir: path.join(folder, 'user'),
    extensionsDir: linkInstalledExtensions(path.join(folder, 'extensions'), options.extensions ?? []),
    builtinExtensionsDir: linkBuiltinExtensions(workbench, path.join(folder, 'builtin'), unusedBuiltins),
    ...options.server,
    env: { ...options.server?.env, [sessionVariable]: folder },
  });
  const origin = `http://localhost:${server.port}`;
  const context = await launchBrowser({ profileDir: path.join(folder, 'browser'), ...options.browser });
  const page = context.pages()[0] ?? (await context.newPage());
  await configureWorkbench(page, {
    settings: { ...quietSettings, 'git.enabled': false, ...options.settings },
  });
  return {
    server,
    page,
    context,
    folder,
    open: async content => {
      await page.goto(windowAddress(origin, content), { waitUntil: 'commit' });
    },
    close: async () => {
      await context.close();
      await server.stop();
      removeFolder(folder);
    },
  };
}

/** How the page names a file of this machine. */
export function uriInPage(session: Session, file: string): string {
  return remoteUri(`http://localhost:${session.server.port}`, file);
}

/** Built-in extensions that no check needs; without them a window is ready in half the time. */
const unusedBuiltins = new RegExp(
  `^(?:${[
    'copilot|mermaid-markdown-features|simple-browser|emmet|ipynb|notebook-renderers|media-preview|terminal-suggest',
    'microsoft-authentication|github|github-authentication|tunnel-forwarding|git|git-base|extension-editing',
    'npm|grunt|gulp|jake|ms-vscode\\..*|debug-.*',
    '(?:php|typescript|html|css|json|markdown)-language-features',
  ].join('|')})$`,
);
