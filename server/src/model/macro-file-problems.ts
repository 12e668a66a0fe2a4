import type { FileId, Origin } from '../render/rendered.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { lineAt, macroSyntaxError, unclosedBlockError } from './dbt-errors.ts';
import type { ProblemParts } from './file-problems.ts';
import { jinjaSyntax, type Problem } from './problems.ts';

/** What dbt refuses in a file of macros: an unclosed block, or a block that Jinja does not parse. */
export function macroFileProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const text = parts.inputs.text.get(file) ?? '';
  const { blocks, problem } = parts.summaries.blocks.get(file);
  const found: Problem[] = [];
  if (problem !== undefined) {
    const { errorClass, message, start, end } = problem;
    found.push(jinjaSyntax({ file, start, end }, message, unclosedBlockError(errorClass, message)));
  }
  for (const { full } of blocks) {
    const [first] = parseJinja(text.slice(full.start, full.end), { tags: 'file' }).problems;
    if (first === undefined) continue;
    const origin: Origin = { file, start: first.start + full.start, end: first.end + full.start };
    const line = first.at === undefined ? undefined : lineAt(text.slice(full.start, full.end), first.at);
    found.push(jinjaSyntax(origin, first.message, macroSyntaxError(first.message, line)));
  }
  return found;
}
