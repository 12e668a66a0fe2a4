import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canariesBelow, canariesIn, reportCanaries } from '../../client/scripts/canaries.mjs';

/** How an invocation of the command line ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly printed: string;
}

/** An invocation that runs. */
export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A project on the disk that the built command line is run on. */
export class ProjectOnDisk {
  readonly root: string;
  readonly #cli: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(
    cli: string,
    files: Readonly<Record<string, string>>,
    { target, env = {} }: { readonly target: unknown; readonly env?: Readonly<Record<string, string>> },
  ) {
    this.#cli = cli;
    this.#env = env;
    this.root = mkdtempSync(path.join(tmpdir(), 'sluice-run-'));
    this.write('dbt_project.yml', 'name: shop\nprofile: shop\nmodels:\n  +materialized: table\n');
    this.write('profiles.yml', JSON.stringify({ shop: { target: 'dev', outputs: { dev: target } } }));
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    const place = path.join(this.root, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  /** Starts the command line; `through` is a shell line that ends in `exec "$@"`. */
  start(words: readonly string[], { through }: { readonly through?: string } = {}): Running {
    const command = [process.execPath, this.#cli, ...words, '--profiles-dir', this.root];
    const [program = '', ...rest] = through === undefined ? command : ['bash', '-c', through, 'bash', ...command];
    const child = spawn(program, rest, { cwd: this.root, env: { ...process.env, ...this.#env } });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const ended = new Promise<Ended>(resolve => {
      child.once('close', code => {
        reportCanaries(canariesIn(`the output of \`${words.join(' ')}\``, printed));
        resolve({ code, printed });
      });
    });
    return { process: child, ended };
  }

  run(...words: readonly string[]): Promise<Ended> {
    return this.start(words).ended;
  }

  /** The status of each node of the last run, by name. */
  statuses(): Readonly<Record<string, string>> {
    const { results } = JSON.parse(this.read('target/run_results.json')) as {
      readonly results: readonly { readonly unique_id: string; readonly status: string }[];
    };
    return Object.fromEntries(results.map(it => [it.unique_id.split('.').slice(2).join('.'), it.status]));
  }

  remove(): void {
    reportCanaries(canariesBelow(this.root));
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Asks until the answer is true; fails after some seconds. */
export async function until(what: string, ask: () => Promise<boolean> | boolean, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (await ask()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}
