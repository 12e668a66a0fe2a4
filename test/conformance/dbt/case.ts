import { load } from 'js-yaml';
import { readArchive, type ProjectArchive } from './archive.ts';

/** One thing a case does: an invocation of the command line, or a change to the project before the next one. */
export type Step =
  | {
      readonly kind: 'invoke';
      readonly command: string;
      /** As `--vars` takes it: YAML or JSON text; `undefined` when the case gives none. */
      readonly vars: string | undefined;
      readonly target: string;
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'write'; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'copy-target'; readonly folder: string };

export interface ConformanceCase {
  readonly name: string;
  readonly files: ProjectArchive;
  readonly steps: readonly Step[];
}

interface CaseFile {
  readonly command: string | readonly StepFile[];
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly target?: string;
  readonly env?: Readonly<Record<string, string>>;
}

type StepFile =
  | string
  | {
      readonly run?: string;
      readonly vars?: Readonly<Record<string, unknown>>;
      readonly env?: Readonly<Record<string, string>>;
      readonly write?: Readonly<Record<string, string>>;
      readonly delete?: string;
      readonly sql?: string;
      readonly copy_target?: string;
    };

/** Reads a case from its archive. */
export function readCase(name: string, text: string): ConformanceCase {
  const archive = readArchive(text);
  const file = load(archive.get('case.yml') ?? '') as CaseFile;
  const files = new Map([...archive].filter(([path]) => path !== 'case.yml'));
  const steps = typeof file.command === 'string' ? [file.command] : file.command;
  return { name, files, steps: steps.map(it => stepOf(file, it)) };
}

function stepOf(file: CaseFile, step: StepFile): Step {
  if (typeof step === 'string') return invocation(file, step, {});
  if (step.run !== undefined) return invocation(file, step.run, step);
  if (step.write !== undefined) return { kind: 'write', files: step.write };
  if (step.delete !== undefined) return { kind: 'delete', path: step.delete };
  if (step.sql !== undefined) return { kind: 'sql', sql: step.sql };
  if (step.copy_target !== undefined) return { kind: 'copy-target', folder: step.copy_target };
  throw new Error(`a step of no known kind: ${JSON.stringify(step)}`);
}

function invocation(file: CaseFile, command: string, own: Pick<CaseFile, 'vars' | 'env'>): Step {
  const vars = own.vars ?? file.vars;
  return {
    kind: 'invoke',
    command,
    vars: vars === undefined ? undefined : JSON.stringify(vars),
    target: file.target ?? 'dev',
    env: { ...file.env, ...own.env },
  };
}

/** Splits a command line as a shell would, quotes and backslashes included. */
export function shellWords(command: string): readonly string[] {
  const words = [...command.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g)];
  return words.map(([word]) =>
    word.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? '') : double.replaceAll(/\\(["\\$`])/g, '$1'),
    ),
  );
}
