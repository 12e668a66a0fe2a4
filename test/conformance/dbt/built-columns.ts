import { truthOf, type Build, type Truth } from '../../binder/truth/built.ts';
import type { Step } from './case.ts';
import { invocationOf } from './invoke.ts';

/** What an invocation built: the files that it read, profiles among them, and the statuses of its nodes. */
export interface BuiltStep extends Build {
  readonly step: Step & { readonly kind: 'invoke' };
  readonly files: ReadonlyMap<string, string>;
  readonly root: string;
  readonly results: readonly { readonly unique_id: string; readonly status: string }[];
}

/**
 * Compares what is told of the columns of the nodes that a step built with those of their relations; `undefined` when
 * the project of the step cannot be read.
 */
export function truthOfStep({ step, files, root, results, ...build }: BuiltStep): Truth | undefined {
  const invocation = invocationOf(step, { files, root, lines: [] });
  if ('success' in invocation) return undefined;
  const built = new Set(results.filter(it => it.status === 'success').map(it => it.unique_id));
  return truthOf(invocation.db, built, build);
}

/** The same with the name of the case in front of every line. */
export function truthOfCaseNamed(name: string, { wrong, unknown, ...counts }: Truth): Truth {
  const named = (it: string): string => `${name}: ${it}`;
  return { ...counts, wrong: wrong.map(named), unknown: unknown.map(named) };
}
