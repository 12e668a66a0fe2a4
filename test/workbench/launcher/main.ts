/**
 * Runs the tests of an extension inside the extension host of the browser workbench. It takes the command line of
 * desktop VS Code, so that one suite runs in either: `@vscode/test-electron` starts it as if it were VS Code.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { launchRequest } from './command-line.ts';
import type { LaunchRequest } from './command-line.ts';
import { hostOutputReader } from './host-output.ts';
import { startSession, uriInPage } from './session.ts';
import type { Session } from './session.ts';

/** How long all tests of one launch may take together. */
const patience = Number(process.env['SLUICE_TEST_PATIENCE'] ?? 300_000);

/** How long the server may take to say how the extension host ended. */
const patienceForHost = 10_000;

async function main(argv: readonly string[]): Promise<number> {
  const request = launchRequest(argv);
  const missing = [...request.extensions, ...(request.tests === undefined ? [] : [request.tests])].find(
    it => !existsSync(it),
  );
  if (missing !== undefined) return failed(`there is no ${missing}`);
  const host = watchedHost();
  const session = await startSession({
    server: {
      args: [...request.serverArguments, '--enable-smoke-test-driver'],
      onOutput: host.read,
      ...(request.userDataDir !== undefined && { userDataDir: request.userDataDir }),
      ...(request.extensionsDir !== undefined &&
        !request.withoutInstalledExtensions && { extensionsDir: request.extensionsDir }),
    },
  });
  try {
    const result = testResult(session, host.exited);
    await session.open({ ...contentOf(request), payload: payload(session, request) });
    const code = await result;
    if (code !== 0) await keepScreenshot(session);
    return code;
  } finally {
    await session.close();
  }
}

/** Reads the server's output: console lines are printed, the end of the extension host is remembered. */
function watchedHost(): { read: (chunk: string) => void; exited: Promise<number | string> } {
  const { promise, resolve } = withResolvers<number | string>();
  const verbose = process.env['SLUICE_TEST_VERBOSE'] === '1';
  const read = hostOutputReader({
    onConsole: line => console.log(line),
    onExit: resolve,
    onLog: line => verbose && console.error(`[server] ${line}`),
  });
  return { read, exited: promise };
}

/**
 * The exit code of the tests. The workbench reports success also when the extension host died, so the server is asked
 * how that process ended.
 */
function testResult(session: Session, hostExited: Promise<number | string>): Promise<number> {
  const { promise, resolve } = withResolvers<number>();
  const { page, server } = session;
  let isKnown = false;
  const fail = (why: string): void => {
    // Closing the session ends page and server too, after the result is known.
    if (!isKnown) resolve(failed(why));
  };
  const tooLate = setTimeout(() => fail(`the tests did not end within ${patience} ms`), patience);
  page.once('crash', () => fail('the page crashed'));
  page.once('close', () => fail('the page was closed'));
  page.on('pageerror', error => console.error(`[page] ${error.message}`));
  server.process.once('exit', (code: number | null) => fail(`the server ended early with ${code}`));
  const exposed = page.exposeFunction('codeAutomationExit', async (code: number) => {
    const host = await Promise.race([hostExited, later(patienceForHost, 'unknown')]);
    if (code === 0 && host !== 0) fail(`the extension host ended with ${host}`);
    else resolve(code);
  });
  const logged = page.exposeFunction('codeAutomationLog', () => undefined);
  void Promise.all([exposed, logged]).catch(error => fail(String(error)));
  return promise.finally(() => {
    isKnown = true;
    clearTimeout(tooLate);
  });
}

function contentOf({ open }: LaunchRequest): { folder?: string; workspaceFile?: string; openFile?: string } {
  if (open === undefined) return {};
  if (open.endsWith('.code-workspace')) return { workspaceFile: open };
  return statSync(open).isDirectory() ? { folder: open } : { openFile: open };
}

function payload(session: Session, request: LaunchRequest): readonly (readonly [string, string])[] {
  const extensions = request.extensions.map(
    it => ['extensionDevelopmentPath', uriInPage(session, path.resolve(it))] as const,
  );
  if (request.tests === undefined) return extensions;
  // A debugId makes the extension host write its console where the server copies it from.
  return [
    ...extensions,
    ['debugId', 'sluice'],
    ['extensionTestsPath', uriInPage(session, path.resolve(request.tests))],
  ];
}

async function keepScreenshot({ page }: Session): Promise<void> {
  const folder = process.env['SLUICE_TEST_OUTPUT'];
  if (folder === undefined || page.isClosed()) return;
  mkdirSync(path.join(folder, 'screenshots'), { recursive: true });
  await page.screenshot({ path: path.join(folder, 'screenshots/integration-failed.png'), timeout: 10_000 });
}

function failed(why: string): number {
  console.error(`code-web: ${why}`);
  return 1;
}

function later<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise(resolve => setTimeout(resolve, milliseconds, value).unref());
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>(settle => (resolve = settle));
  return { promise, resolve };
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error(error);
    process.exit(1);
  },
);
