import { PythonError } from '../../render/python/error.ts';
import { mayHoldJinja, render, renderNative, type RenderContext } from '../../render/render.ts';
import type { Value } from '../../render/value.ts';
import { parseJinja } from '../../syntax/jinja/parse.ts';
import { parsedCode } from './parsed-code.ts';

/** Renders a text that a template holds, such as a hook, with the same names; its error is the template's. */
export function renderNested(context: RenderContext, text: string): string {
  const { text: rendered, problem } = render({ template: parseJinja(text), file: NESTED, context });
  if (problem !== undefined) throw new PythonError(problem.errorClass, problem.message, problem.code);
  return rendered;
}

/** The same to a value: one expression keeps its type. */
export function renderNestedValue(context: RenderContext, text: string): Value {
  // Beside its tags Jinja changes nothing in a template but its line breaks.
  if (!mayHoldJinja(text) && !LINE_BREAK.test(text)) return text;
  const { value, problem } = renderNative({ template: parsedCode(text), file: NESTED, context });
  if (problem !== undefined) throw new PythonError(problem.errorClass, problem.message, problem.code);
  return value ?? null;
}

const LINE_BREAK = /[\r\n]/;

/** The name of texts that stand in no file. */
export const NESTED = '<template>';
