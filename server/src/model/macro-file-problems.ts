import type { FileId, Origin } from '../render/rendered.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { macroSyntaxError, unclosedBlockError } from './dbt-errors.ts';
import { lineAt } from './error-text.ts';
import type { ProblemParts } from './file-problems.ts';
import { jinjaSyntax, type Problem } from './problems.ts';

/** What dbt refuses in a file of macros: blocks that cannot be told apart, or that Jinja does not parse. */
export function macroFileProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const text = parts.inputs.text.get(file) ?? '';
  const { blocks } = parts.summaries.blocks.get(file);
  const found = [...blockProblems(parts, file)];
  for (const { full } of blocks) {
    const [first] = parseJinja(text.slice(full.start, full.end), { tags: 'file' }).problems;
    if (first === undefined) continue;
    const origin: Origin = { file, start: first.start + full.start, end: first.end + full.start };
    const line = first.at === undefined ? undefined : lineAt(text.slice(full.start, full.end), first.at);
    found.push(jinjaSyntax(origin, first.message, macroSyntaxError(first.message, line)));
  }
  return found;
}

/** Why the blocks of a file cannot be told apart: one has no end, or stands in another. */
export function blockProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const { problem } = parts.summaries.blocks.get(file);
  if (problem === undefined) return [];
  const { errorClass, message, start, end } = problem;
  return [jinjaSyntax({ file, start, end }, message, unclosedBlockError(errorClass, message))];
}
