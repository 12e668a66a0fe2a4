import { bug } from '../../base/bug.ts';
import { macroCallable, macrosIn, type MacroDefinition } from '../../render/macro.ts';
import type { RenderContext } from '../../render/render.ts';
import type { Callable } from '../../render/value.ts';
import { parseJinja } from '../../syntax/jinja/parse.ts';
import { raise } from '../../render/python/error.ts';
import type { MacroText, MacroView, ManifestView } from '../compile/manifest-view.ts';
import { builtinMacroText } from '../macros/library.ts';

/** A macro ready to be called in the context that `contextOf` gives. Its text is asked for only now. */
export function loadMacro(view: ManifestView, macro: MacroView, contextOf: () => RenderContext): Callable {
  const text = builtinMacroText(macro.uniqueId) ?? view.macroText(macro.uniqueId);
  return macroCallable(definitionOf(macro, text), contextOf);
}

const definitions = new WeakMap<MacroText, MacroDefinition>();

function definitionOf(macro: MacroView, text: MacroText): MacroDefinition {
  const known = definitions.get(text);
  if (known !== undefined) return known;
  const template = parseJinja(blockOnly(text));
  const [definition] = macrosIn(template, macro.file);
  if (definition === undefined) {
    const [problem] = template.problems;
    if (problem !== undefined) raise(problem.errorClass, problem.message);
    return bug('a macro block holds no macro', { macro: macro.uniqueId });
  }
  definitions.set(text, definition);
  return definition;
}

// The text around a block is nobody's Jinja: dbt cuts blocks out of macro files. Blanks in its place keep all offsets.
function blockOnly({ fileText, range }: MacroText): string {
  const before = fileText.slice(0, range.start).replace(/[^\r\n]/g, ' ');
  return before + fileText.slice(range.start, range.end);
}
