import type { FileId, Origin } from '../render/rendered.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import type { ProblemParts } from './file-problems.ts';
import { jinjaSyntax, type Problem } from './problems.ts';

/** What dbt refuses in a file of macros: an unclosed block, or a block that Jinja does not parse. */
export function macroFileProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const text = parts.inputs.text.get(file) ?? '';
  const { blocks, problem } = parts.summaries.blocks.get(file);
  const original = parts.structure.places.get(file)[0]?.role.originalPath ?? file;
  const inFile = (message: string): string => `Compilation Error in file ${original}\n  ${message}`;
  const found: Problem[] = [];
  if (problem !== undefined) {
    const { errorClass, message, start, end } = problem;
    found.push(jinjaSyntax({ file, start, end }, message, { class: errorClass, message: inFile(message) }));
  }
  for (const { full } of blocks) {
    const [first] = parseJinja(text.slice(full.start, full.end), { tags: 'file' }).problems;
    if (first === undefined) continue;
    const origin: Origin = { file, start: first.start + full.start, end: first.end + full.start };
    found.push(jinjaSyntax(origin, first.message, { class: 'CompilationError', message: inFile(first.message) }));
  }
  return found;
}
