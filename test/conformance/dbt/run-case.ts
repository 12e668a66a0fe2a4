import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuiltStep } from './built-columns.ts';
import { shellWords, type ConformanceCase, type Step } from './case.ts';
import { compareStep } from './compare.ts';
import { invoke } from './invoke.ts';
import { compareRelations, type RecordedRelations } from './relations.ts';

/** What dbt recorded of an invocation that used the warehouse. */
export interface RecordedRun {
  readonly success: boolean;
  readonly results?: readonly RecordedResult[];
  readonly relations?: RecordedRelations | 'same_as_previous_step';
  readonly exception?: { readonly class: string; readonly message: string; readonly file?: string };
  readonly log?: readonly (readonly [event: string, text: string])[];
  readonly manifest?: RecordedManifest | 'same_as_previous_step';
}

interface RecordedManifest {
  readonly nodes?: Readonly<Record<string, { readonly compiled?: string }>>;
}

interface RecordedResult {
  readonly unique_id: string;
  readonly status: string;
  readonly failures?: number;
  readonly message?: string;
  /** Of unit tests. */
  readonly compiled?: string;
}

/** What a case needs around it: the built command line, a folder of its own, profiles, and a session on the database. */
export interface RunSurroundings {
  readonly cli: string;
  readonly folder: string;
  readonly profiles: string;
  readonly database: CaseDatabase;
  /** `rows`: on another warehouse than the recorded one, only statuses, kinds, column names and rows are compared. */
  readonly compares: 'all' | 'rows';
  /** Told of every invocation whose relations are known. */
  readonly onBuilt?: ((built: Omit<BuiltStep, 'dialect'>) => void) | undefined;
}

/** The database of a case. */
export interface CaseDatabase {
  change(sql: string): Promise<void>;
  relations(): Promise<RecordedRelations>;
}

/** Runs the steps of a case by the command line against the real database, and says what differs from dbt, a line each. */
export async function runCase(
  test: ConformanceCase,
  recorded: readonly RecordedRun[],
  around: RunSurroundings,
): Promise<readonly string[]> {
  for (const [file, text] of test.files) writeIn(around.folder, file, text);
  const differences: string[] = [];
  let previous: RecordedRelations = {};
  let before: RecordedRelations = {};
  let nInvoked = 0;
  for (const step of test.steps) {
    if (step.kind !== 'invoke') {
      await change(step, around);
      continue;
    }
    const expected = recorded[nInvoked++];
    if (expected === undefined) return [...differences, `nothing is recorded for ${step.command}`];
    differences.push(...compareInvocation(step, expected, around));
    if (expected.exception !== undefined && around.compares === 'all') differences.push(...compareException(step, expected, filesBelow(around.folder)));
    if (expected.relations === undefined) continue;
    previous = expected.relations === 'same_as_previous_step' ? previous : expected.relations;
    const after = await around.database.relations();
    differences.push(...compareRelations(previous, after, around.compares));
    around.onBuilt?.({ ...readBy(step, around), before, after });
    before = after;
  }
  return differences;
}

/** What an invocation read, and what became of its nodes. */
function readBy(step: Invocation, { folder, profiles }: RunSurroundings): Pick<BuiltStep, 'step' | 'files' | 'root' | 'results'> {
  const file = 'profiles.yml';
  const files = new Map([...filesBelow(folder), [file, readFileSync(path.join(profiles, file), 'utf8')]]);
  const results = path.join(folder, 'target', 'run_results.json');
  return { step, files, root: folder, results: existsSync(results) ? readResults(results) : [] };
}

function writeIn(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

async function change(step: Exclude<Step, { kind: 'invoke' }>, { folder, database }: RunSurroundings): Promise<void> {
  if (step.kind === 'write') for (const [file, text] of Object.entries(step.files)) writeIn(folder, file, text);
  if (step.kind === 'delete') rmSync(path.join(folder, step.path));
  if (step.kind === 'copy-target') cpSync(path.join(folder, 'target'), path.join(folder, step.folder), { recursive: true });
  if (step.kind === 'sql') await database.change(step.sql);
}

type Invocation = Extract<Step, { kind: 'invoke' }>;

function compareInvocation(step: Invocation, expected: RecordedRun, around: RunSurroundings): readonly string[] {
  const results = path.join(around.folder, 'target', 'run_results.json');
  rmSync(results, { force: true });
  const places = ['--project-dir', around.folder, '--profiles-dir', around.profiles, '--target', step.target];
  const vars = step.vars === undefined ? [] : ['--vars', step.vars];
  const run = spawnSync(process.execPath, [around.cli, ...shellWords(step.command), ...places, ...vars], {
    encoding: 'utf8',
    env: { ...process.env, ...step.env },
    timeout: 120_000,
  });
  const printed = run.stdout + run.stderr;
  const success = run.status === 0;
  if (success !== expected.success) {
    return [`${step.command}: ${success ? 'success' : 'failure'}, not so in dbt\n${printed.slice(-800)}`];
  }
  const actual = existsSync(results) ? readResults(results) : [];
  if (around.compares === 'rows') return compareResults(expected.results ?? [], actual, compareFailures);
  return [
    ...compareResults(expected.results ?? [], actual, compareFigures),
    ...compareCompiled(expected, actual),
    ...comparePrinted(expected, printed),
  ];
}

/** The compiled text of everything that ran, with runs of white space folded. */
function compareCompiled({ manifest, results = [] }: RecordedRun, actual: readonly ActualResult[]): readonly string[] {
  const recorded = typeof manifest === 'object' ? (manifest.nodes ?? {}) : {};
  const unitTests = new Map(results.map(it => [it.unique_id, it.compiled]));
  return actual.flatMap(({ unique_id: id, compiled_code: code }) => {
    const wanted = unitTests.get(id) ?? recorded[id]?.compiled;
    if (wanted === undefined || code === null || fold(wanted) === fold(code)) return [];
    return [`${id} is compiled to ${JSON.stringify(code)}, not ${JSON.stringify(wanted)}`];
  });
}

/** What templates say is printed, and so is an error that ends the invocation once the project has been read. */
function comparePrinted({ exception, log = [] }: RecordedRun, printed: string): readonly string[] {
  const said = log.filter(([event]) => event.startsWith('JinjaLog')).map(([, text]) => text);
  const ended = exception?.class === 'UndefinedMacroError' ? exception.message.split('\n').slice(1).join('\n') : '';
  const text = fold(printed);
  return [...said, ended].filter(it => !text.includes(fold(it))).map(it => `prints no ${JSON.stringify(it)} but ${printed}`);
}

/** An error that ends the reading of the project: its class, place and message, which the command line lays out anew. */
function compareException(
  step: Invocation,
  { exception }: RecordedRun,
  files: ReadonlyMap<string, string>,
): readonly string[] {
  const read = invoke({ ...step, command: 'ls' }, files);
  if (read.success || exception === undefined) return [];
  const differences = compareStep({ command: 'ls', success: false, exception }, read);
  return differences.map(({ kind, what }) => `${kind}: ${what}`);
}

function filesBelow(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(it => !it.startsWith('target'));
  const files = names.filter(it => statSync(path.join(folder, it)).isFile());
  return new Map(files.map(it => [it, readFileSync(path.join(folder, it), 'utf8')]));
}

const fold = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

interface ActualResult {
  readonly unique_id: string;
  readonly status: string;
  readonly failures: number | null;
  readonly message: string | null;
  readonly compiled_code: string | null;
}

const readResults = (file: string): readonly ActualResult[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { readonly results: readonly ActualResult[] }).results;

function compareResults(
  expected: readonly RecordedResult[],
  actual: readonly ActualResult[],
  compare: (wanted: RecordedResult, got: ActualResult) => readonly string[],
): readonly string[] {
  const byId = new Map(actual.map(result => [result.unique_id, result]));
  return expected.flatMap(wanted => {
    const got = byId.get(wanted.unique_id);
    if (got === undefined) return [`${wanted.unique_id} has no result`];
    if (got.status !== wanted.status) {
      return [`${wanted.unique_id} is ${got.status}, not ${wanted.status}: ${got.message ?? ''}`];
    }
    return compare(wanted, got);
  });
}

/** dbt leaves null out of its records. */
const compareFailures = (wanted: RecordedResult, got: ActualResult): readonly string[] =>
  (wanted.failures ?? null) === got.failures
    ? []
    : [`${wanted.unique_id} has ${got.failures ?? 'no'} failures, not ${wanted.failures ?? 'null'}`];

function compareFigures(wanted: RecordedResult, got: ActualResult): readonly string[] {
  const differences = [...compareFailures(wanted, got)];
  const message = wanted.message;
  // dbt asks for the types of a snapshot's columns before it writes the statement; here the statement itself fails.
  const isWritten = message?.includes('compiled code at') ?? false;
  const said = isWritten ? got.message : got.message?.replace(/\n {2}compiled code at \S+/, '');
  if (message !== undefined && shown(message) !== shown(said ?? '')) {
    differences.push(`${wanted.unique_id} says ${JSON.stringify(got.message)}, not ${JSON.stringify(message)}`);
  }
  return differences;
}

/**
 * A message with what is not dbt's taken away: the excerpt that the driver makes of its statement, the value that a bulk
 * load names, the paths of dbt's own macros, and what its JSON schemas say.
 */
function shown(message: string): string {
  const lines = message.split('\n').filter(line => !/^\s*(?:LINE \d|\^\s*$|COPY )/.test(line));
  const said = lines.map(line => line.replace(/^.*\b((?:integer )?out of range)\b.*$/, 'out of range'));
  // The sentences of errors that built-in macros raise are each program's own, and so is what such a macro works for.
  if (lines.some(line => /> in macro .*\((?:dbt\/)?macros\//.test(line))) return (lines[0] ?? '').split(' in ')[0] ?? '';
  if (lines[0]?.startsWith('Runtime Error in unit_test') === true) return lines[0];
  const schema = /None is not of type 'integer'/.exec(message)?.[0];
  return schema ?? fold(said.join('\n').replaceAll(/ \((?:macros\/\S*|<built-in>\S*)\)/g, ''));
}
