import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFixture } from '../kit/fixture.ts';
import { bundledCommandLine } from '../warehouse/bundle.ts';

/** The bundled command line. Built once for a test file; `remove` it at the end. */
export interface CommandLine {
  readonly bundles: string;
  remove(): void;
  /** A folder of its own to run commands in, with the files of a fixture. */
  folder(fixture: string): Folder;
}

/** A folder that commands run in. */
export interface Folder {
  readonly root: string;
  write(fixture: string): void;
  read(file: string): string | undefined;
  run(line: string, options?: RunOptions): Promise<Ended>;
  remove(): void;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Ends the reading side of standard output after its first piece. */
  readonly readsOnce?: boolean;
}

/** How a command ended. Times and rulers of time are left out of the texts. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Bundles the command line. */
export async function commandLine(): Promise<CommandLine> {
  const { folder: bundles, cli } = await bundledCommandLine();
  return {
    bundles,
    remove: () => rmSync(bundles, { recursive: true }),
    folder: fixture => folderOf(cli, fixture),
  };
}

function folderOf(cli: string, fixture: string): Folder {
  const root = mkdtempSync(path.join(tmpdir(), 'sluice-cli-'));
  const write = (text: string): void => {
    for (const [file, content] of parseFixture(text.trimStart()).files) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), content);
    }
  };
  if (fixture !== '') write(fixture);
  return {
    root,
    write,
    read: file => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : undefined),
    run: (line, options) => run(cli, root, line, options),
    remove: () => rmSync(root, { recursive: true }),
  };
}

async function run(cli: string, root: string, line: string, options: RunOptions = {}): Promise<Ended> {
  const words = (line.match(/'[^']*'|\S+/g) ?? []).map(it => it.replaceAll("'", ''));
  const environment = { PATH: process.env['PATH'], HOME: root, ...options.environment };
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.on('data', data => {
    out += String(data);
    if (options.readsOnce === true) child.stdout.destroy();
  });
  child.stderr.on('data', data => (error += String(data)));
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  const timeless = (text: string): string => text.replaceAll(/ *\d+(\.\d+)? s\b/g, ' 0 s').trimEnd();
  return { code, out: timeless(out), err: timeless(error) };
}
