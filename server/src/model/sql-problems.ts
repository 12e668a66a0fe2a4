import type { SqlMeaningProblem } from '../binder/problem.ts';
import { knownDialect } from '../syntax/sql/dialect.ts';
import type { SqlProblem } from '../syntax/sql/parse.ts';
import type { Compiled } from '../dbt/compile/compiled.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { ONLY } from './inputs.ts';
import { mangledRefs } from './sql-mangled.ts';
import { sqlMeaning, sqlSyntax, type Problem } from './problems.ts';
import { sqlPlace } from './sql-places.ts';
import type { BoundStatement } from './sql-facts.ts';

/**
 * What is wrong with the SQL of a node. Where the template does not render, an answer of the warehouse was made up, or
 * the command at work has a say, the text need not be the one dbt would send, and nothing is said about it.
 */
export function sqlProblems(parts: ProblemParts, { uniqueId, kind, at, file }: Declared): readonly Problem[] {
  if (!CHECKED.has(kind) || at.kind === 'generic-test' || at.kind === 'hook') return [];
  if (!parts.facts.enabled(uniqueId)) return [];
  // Without a target nobody knows the dialect.
  const { target } = parts.structure.target.get(ONLY);
  if (target === undefined) return [];
  const mangled = mangledIn(parts, file);
  if (mangled.length > 0) return mangled;
  if (knownDialect(target.adapterType) === undefined) return [];
  const statement = parts.sql.bound.get(uniqueId);
  if (statement === undefined || !statement.isWhole || !isWhatRuns(parts.compiled(uniqueId))) return [];
  const found = problemsOf(statement, file);
  // Nothing builds an analysis, so it may hold anything, and be out of date for years.
  if (kind === 'analysis') return found.map(asWarning);
  // The rows of a test are counted, so that their columns need no names of their own.
  return kind === 'test' ? found.filter(it => it.code !== 'sql-duplicate-column') : found;
}

/** Whether a run gets the same text from the templates as the editor, which knows no warehouse and runs no command. */
const isWhatRuns = ({ guessed, asksCommand }: Compiled): boolean => !guessed && !asksCommand;

function problemsOf(statement: BoundStatement, file: string): readonly Problem[] {
  const { problems } = statement.tree;
  const syntax = problems.flatMap(it => syntaxProblem(statement, file, it) ?? []);
  // What the names of a text mean that was not read to the end is anybody's guess.
  if (problems.length > 0) return syntax.slice(0, 1);
  return statement.binding.problems.flatMap(it => meaningProblem(statement, file, it) ?? []);
}

const asWarning = (it: Problem): Problem => (it.severity === 'error' ? { ...it, severity: 'warning' } : it);

/** A name that is no relation's tells nothing, so only the mistake itself is said. */
const mangledIn = ({ inputs, summaries }: ProblemParts, file: string): readonly Problem[] =>
  mangledRefs(file, inputs.text.get(file) ?? '', summaries.uses.get(file));

const CHECKED: ReadonlySet<string> = new Set(['model', 'snapshot', 'test', 'analysis', 'sql_operation']);

function syntaxProblem(statement: BoundStatement, file: string, problem: SqlProblem): Problem | undefined {
  const place = sqlPlace(statement, file, problem.range);
  return place && sqlSyntax(place, problem);
}

function meaningProblem(statement: BoundStatement, file: string, problem: SqlMeaningProblem): Problem | undefined {
  const place = sqlPlace(statement, file, problem.range);
  if (place === undefined) return undefined;
  const related = problem.related && sqlPlace(statement, file, problem.related);
  const written = statement.text.slice(problem.range.start, problem.range.end);
  const found = sqlMeaning(place, problem, { related: related?.origin, written });
  const isHearsay = statement.hearsay === 'names' || (statement.hearsay === 'types' && problem.isOfTypes);
  return isHearsay ? asWarning(found) : found;
}
