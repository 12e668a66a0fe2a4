import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { replaceWithPieces } from '../../server/src/host/files.ts';
import { createModelDb } from '../../server/src/model/create-db.ts';
import type { ModelDb } from '../../server/src/model/db.ts';
import type { ProjectInput } from '../../server/src/model/project-input.ts';
import { manifestPieces } from '../../server/src/run/manifest-artifact.ts';
import { readProjectFiles } from '../../server/src/run/project-files.ts';
import { generateProject } from './project/generate.ts';

/**
 * `npm run bench -- project [SIZE…] [--project=FOLDER]`: reads, compiles and edits generated projects of so many models,
 * or one that is there. Each measurement is a process of its own, so that its memory is its own too.
 */
const SIZES = [500, 1000, 2500, 5000, 10_000];
/** Of the size at which everything is measured, and of the two whose times are compared. */
const FULL_SIZE = 5000;

interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly note: string;
}

const options = process.argv.slice(2);
const [mode, folder = ''] = options;
if (mode === 'in-memory') console.log(JSON.stringify(inMemory(folder)));
else if (mode === 'edits') console.log(JSON.stringify(edits(folder)));
else void measureAll();

async function measureAll(): Promise<void> {
  const given = options.find(it => it.startsWith('--project='))?.slice('--project='.length);
  const sizes = options.filter(it => /^\d+$/.test(it)).map(Number);
  console.log(`load of the last minute: ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`);
  if (given !== undefined) return void (await measureWhole(given));
  const times = new Map<number, number>();
  for (const size of sizes.length === 0 ? SIZES : sizes) {
    const place = mkdtempSync(path.join(os.tmpdir(), 'sluice-bench-'));
    generateProject(place, size);
    console.log(`\n${size} models`);
    const steps = size === FULL_SIZE ? await measureWhole(place) : await measured('in-memory', place);
    const [read, manifest] = steps;
    times.set(size, (read?.seconds ?? 0) + (manifest?.seconds ?? 0));
    rmSync(place, { recursive: true });
  }
  const [first, last] = [times.keys().next().value ?? 0, [...times.keys()].at(-1) ?? 0];
  const growth = ((times.get(last) ?? 0) / (times.get(first) ?? 1)) * (first / last);
  console.log(`\ntime for each model at ${last} models, compared with ${first}: ${growth.toFixed(2)} times`);
}

/** All measurements of one project. */
async function measureWhole(place: string): Promise<readonly Step[]> {
  const steps = await measured('in-memory', place);
  await measured('edits', place);
  const cli = path.join(path.dirname(process.argv[1] ?? ''), '..', 'cli.cjs');
  await command(cli, place, 'sluice parse', ['parse']);
  await command(cli, place, 'sluice parse, nothing changed', ['parse']);
  await command(cli, place, 'sluice parse --no-write-json', ['parse', '--no-write-json']);
  await command(cli, place, 'sluice compile', ['compile', '--no-introspect', '--quiet']);
  return steps;
}

/** Runs this very bundle in a mode, in a process of its own, and prints what it measured. */
async function measured(what: 'in-memory' | 'edits', place: string): Promise<readonly Step[]> {
  const { output } = await finished([process.argv[1] ?? '', what, place], place);
  const steps = JSON.parse(output) as readonly Step[];
  for (const step of steps) print(step);
  return steps;
}

async function command(cli: string, place: string, name: string, words: readonly string[]): Promise<void> {
  const { seconds, megabytes, code } = await finished([cli, ...words, '--profiles-dir', place], place);
  print({ name, seconds, megabytes, note: code === 0 ? '' : `exit code ${code}` });
}

interface Finished {
  readonly output: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly code: number | null;
}

function finished(words: readonly string[], cwd: string): Promise<Finished> {
  const begun = performance.now();
  const child = spawn(process.execPath, words, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let megabytes = 0;
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  const watch = setInterval(() => (megabytes = peakMegabytes(child.pid) ?? megabytes), 20);
  return new Promise(resolve => {
    child.on('close', code => {
      clearInterval(watch);
      resolve({ output, seconds: (performance.now() - begun) / 1000, megabytes, code });
    });
  });
}

/** The most memory a process has had so far, where the system tells. */
function peakMegabytes(pid: number | undefined): number | undefined {
  const status = `/proc/${pid}/status`;
  const line = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8')) : null;
  return line === null ? undefined : Number(line[1]) / 1024;
}

function print({ name, seconds, megabytes, note }: Step): void {
  const memory = megabytes === 0 ? '' : `${megabytes.toFixed(0)} MB`;
  console.log(`  ${name.padEnd(32)}${seconds.toFixed(2).padStart(7)} s ${memory.padStart(9)}  ${note}`);
}

function open(place: string): ModelDb {
  return createModelDb(inputOf(place));
}

function inputOf(place: string): ProjectInput {
  const file = path.join(place, 'profiles.yml');
  const settings = {
    vars: {},
    environment: {},
    runStartedAt: '2024-02-29T12:00:00.000000+00:00',
    invocationId: '00000000-0000-4000-8000-000000000000',
    fullRefresh: false,
    flags: {},
  };
  return {
    root: place,
    files: readProjectFiles(place),
    profiles: { file, text: readFileSync(file, 'utf8') },
    settings,
  };
}

/** One process: reading the files, the manifest in memory, on disk, and all models compiled. */
function inMemory(place: string): readonly Step[] {
  const steps: Step[] = [];
  const step = <T>(name: string, body: () => T, note: (value: T) => string): T => {
    const begun = performance.now();
    const value = body();
    const seconds = (performance.now() - begun) / 1000;
    steps.push({ name, seconds, megabytes: process.resourceUsage().maxRSS / 1024, note: note(value) });
    return value;
  };
  const input = step(
    'files read',
    () => inputOf(place),
    ({ files }) => `${files.size} files`,
  );
  const db = createModelDb(input);
  const { nodes } = step(
    'manifest in memory',
    () => db.manifest(),
    it => `${it.nodes.size} nodes`,
  );
  const target = path.join(place, 'target', 'manifest.json');
  step(
    'manifest.json written',
    () => replaceWithPieces(target, manifestPieces(db, input, { generatedAt: input.settings.runStartedAt })),
    () => '',
  );
  const models = [...nodes.values()].filter(it => it.resourceType === 'model');
  const compile = (): number =>
    models.filter(({ uniqueId }) => db.rendered(uniqueId, { mode: 'compile' })?.rendered.problem !== undefined).length;
  step('all models compiled', compile, nFailed => `${nFailed} failed`);
  return steps;
}

/** What one edit costs once everything has been read: until the edited file's problems and the manifest are there. */
function edits(place: string): readonly Step[] {
  const db = open(place);
  db.takeExecutedQueries();
  db.manifest();
  const find = (pattern: RegExp): string => db.files().find(file => pattern.test(file)) ?? '';
  const model = find(/^models\/staging\/.*\.sql$/);
  const properties = find(/^models\/staging\/.*models\.yml$/);
  const macros = find(/^macros\/core\.sql$/);
  const all = [model, properties, macros];
  for (const file of all) db.problems(file);
  const changed: readonly (readonly [string, string, (text: string) => string])[] = [
    ['edit: a body', model, text => text.replace('where not', 'where true and not')],
    ['edit: a configuration', model, text => `{{ config(alias='other') }}${text}`],
    ['edit: a description', properties, text => text.replace(/description: [A-Z].*/, 'description: Something else.')],
    ['edit: a macro', macros, text => text.replace('days=3', 'days=4')],
  ];
  return changed.map(([name, file, change]) => {
    db.takeExecutedQueries();
    const begun = performance.now();
    db.setFile(file, change(db.text(file) ?? ''));
    db.problems(file);
    const problems = performance.now() - begun;
    db.manifest();
    const seconds = (performance.now() - begun) / 1000;
    const nQueries = db.takeExecutedQueries().length;
    return {
      name,
      seconds,
      megabytes: 0,
      note: `problems of the file after ${problems.toFixed(0)} ms, ${nQueries} queries`,
    };
  });
}
