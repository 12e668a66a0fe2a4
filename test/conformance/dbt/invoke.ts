import { readArguments } from '../../../server/src/cli/arguments.ts';
import { listCommand } from '../../../server/src/cli/list-command.ts';
import { projectProblems, stopsDbt } from '../../../server/src/cli/problems.ts';
import { deferralOf } from '../../../server/src/cli/previous-state.ts';
import { withDeferral, type Invocation } from '../../../server/src/cli/project.ts';
import { writeManifest } from '../../../server/src/cli/parse-command.ts';
import { selectedIds } from '../../../server/src/cli/selection.ts';
import { projectSettings } from '../../../server/src/cli/settings.ts';
import { plain } from '../../../server/src/cli/style.ts';
import type { Json } from '../../../server/src/dbt/manifest/data.ts';
import type { ResourceType, UniqueId } from '../../../server/src/dbt/manifest/node.ts';
import type { Refusal } from '../../../server/src/dbt/selection/refusal.ts';
import { createModelDb } from '../../../server/src/model/create-db.ts';
import type { ProjectInput } from '../../../server/src/model/project-input.ts';
import { shellWords, type Step } from './case.ts';
import type { ActualError, ActualStep } from './compare.ts';
import { summarize } from './summary.ts';

type Invoke = Step & { readonly kind: 'invoke' };

/** The commands that need no warehouse. The others are run against a real server by the suite of runs. */
export const offlineCommands: ReadonlySet<string> = new Set(['compile', 'ls', 'list', 'parse']);

/** The profile that the cases were recorded with. */
const PROFILES = `conf:
  target: dev
  outputs:
    dev: {type: postgres, host: localhost, port: 5432, user: u, password: p, dbname: confdb, schema: conf, threads: 1}
    prod: {type: postgres, host: localhost, port: 5432, user: u, password: p, dbname: confdb, schema: conf_prod, threads: 1}
`;

/**
 * Runs one offline command on files in memory, and answers in the shape of the records. With a folder on disk the
 * command leaves its artifacts there and finds those of earlier ones.
 */
export function invoke(step: Invoke, files: ReadonlyMap<string, string>, folder?: string): ActualStep {
  const lines: string[] = [];
  const invocation = invocationOf(step, { files, root: folder ?? '/conf', lines });
  if ('success' in invocation) return invocation;
  const errors = projectProblems(invocation).filter(stopsDbt).map(it => errorOf(it));
  if (folder !== undefined) writeManifest(invocation);
  if (invocation.arguments.command === 'compile') return compile(invocation, errors);
  return errors.length > 0 ? { success: false, errors, list: undefined, manifest: undefined } : list(invocation, lines);
}

interface Surroundings {
  readonly files: ReadonlyMap<string, string>;
  readonly root: string;
  readonly lines: string[];
}

const failed = (message: string, errorClass?: string): ActualStep => ({
  success: false,
  errors: [{ class: errorClass, message, file: undefined }],
  list: undefined,
  manifest: undefined,
});

/** A selection that is refused leaves the manifest that was read before it. */
function refusedStep({ db }: Invocation, { dbt }: Refusal): ActualStep {
  const errors = [{ ...dbt, file: undefined }];
  return { success: false, errors, list: undefined, manifest: summarize(db.manifest(), () => undefined) };
}

/** The command of a step on files in memory, or how it fails before the project is read. */
export function invocationOf(step: Invoke, { files, root, lines }: Surroundings): Invocation | ActualStep {
  const command = shellWords(step.command);
  const words = command.includes('--target') ? command : [...command, '--target', step.target];
  const arguments_ = readArguments(step.vars === undefined ? words : [...words, '--vars', step.vars], step.env);
  if (!arguments_.ok) return failed(arguments_.failure);
  const given = arguments_.value;
  const clock = { now: () => '2024-02-29T12:00:00.000000Z', elapsed: () => 0 };
  const folders = { root, workingFolder: root };
  const settings = projectSettings(given, folders, clock);
  if (!settings.ok) return failed(settings.failure.dbt.message, settings.failure.dbt.class);
  const deferral = deferralOf(given, root);
  if (!deferral.ok) return failed(deferral.failure.dbt.message, deferral.failure.dbt.class);
  const input: ProjectInput = {
    root,
    files,
    profiles: { file: 'profiles.yml', text: files.get('profiles.yml') ?? PROFILES },
    settings: withDeferral({ ...settings.value, environment: step.env }, deferral.value),
  };
  const terminal = { isLive: false, width: 200, line: (text: string) => void lines.push(text), status: () => undefined };
  const output = { terminal, asides: terminal, style: plain, format: 'text' as const, isQuiet: true };
  const signal = new AbortController().signal;
  return { arguments: given, output, clock, root, input, db: createModelDb(input), signal };
}

function list(invocation: Invocation, lines: readonly string[]): ActualStep {
  const refused = selectedIds(invocation, COMPILED);
  if (!refused.ok) return refusedStep(invocation, refused.failure);
  const code = listCommand(invocation);
  const asJson = invocation.arguments.texts.get('output') === 'json';
  const manifest = summarize(invocation.db.manifest(), () => undefined);
  if (code !== 0) return { ...failed(lines.join('\n')), manifest };
  return { success: true, errors: [], list: lines.map(it => (asJson ? (JSON.parse(it) as Json) : it)), manifest };
}

const COMPILED: ReadonlySet<ResourceType> = new Set(['model', 'snapshot', 'test', 'analysis', 'seed', 'operation', 'unit_test']);

/** A node that fails takes nothing from the others: dbt keeps what it compiled, and the manifest with it. */
function compile(invocation: Invocation, found: readonly ActualError[]): ActualStep {
  const { db } = invocation;
  const ids = selectedIds(invocation, COMPILED);
  if (!ids.ok) return refusedStep(invocation, ids.failure);
  const texts = new Map<UniqueId, string>();
  const errors = [...found];
  let guessed = false;
  for (const id of ids.value) {
    const compiled = db.rendered(id, { mode: 'compile' });
    const problem = compiled?.rendered.problem;
    guessed ||= compiled?.guessed === true;
    if (compiled !== undefined && problem === undefined) texts.set(id, compiled.rendered.text);
    if (problem !== undefined) errors.push({ class: problem.errorClass, message: problem.message, file: problem.file });
  }
  const manifest = summarize(db.manifest(), id => texts.get(id));
  return { success: errors.length === 0, errors, list: undefined, manifest, guessed };
}

function errorOf(problem: ReturnType<typeof projectProblems>[number]): ActualError {
  return { class: problem.dbt?.class, message: problem.dbt?.message ?? problem.message, file: problem.origin.file };
}
