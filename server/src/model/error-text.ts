import type { Problem } from './problems.ts';

/** The exception that dbt stops with. */
export type DbtError = NonNullable<Problem['dbt']>;

/** A text with every line of it indented. */
export const indented = (text: string, by = '  '): string =>
  text
    .split('\n')
    .map(line => by + line)
    .join('\n');

/** A message as dbt's `CompilationError` has it. */
export const compilation = (message: string): string => `Compilation Error\n${indented(message)}`;
/** A message as dbt's `ParsingError` has it. */
export const parsing = (message: string): string => `Parsing Error\n${indented(message)}`;

/** A line as messages quote it. */
export interface SourceLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/** The line of a text that an offset stands in. */
export function lineAt(text: string, at: number): SourceLine {
  const before = text.slice(0, at).split('\n');
  return { number: before.length, text: (text.split('\n')[before.length - 1] ?? '').trim() };
}

/** A message of Jinja with the line that it is about. */
export const withLine = (message: string, line: SourceLine | undefined): string =>
  line === undefined ? message : `${message}\n  line ${line.number}\n    ${line.text}`;
