import { macroIndex, type MacroIndex } from '../context/macro-index.ts';
import type { RenderSession } from '../context/render-session.ts';

const MACRO = 'get_where_subquery';

/**
 * The template of the relation that a generic test is about: `{{ get_where_subquery(ref('a')) }}` without the macro's
 * call where that gives the relation itself, which is where it is dbt's own and the test has no `where`. Most tests are
 * such, and the call is half of what compiling them costs. As a template's call it counts as a macro that is used.
 */
export function testedRelation(session: RenderSession, template: string): string {
  const relation = CALL.exec(template)?.[1];
  if (relation === undefined || session.phase === 'parse' || session.macroOverrides.size > 0) return template;
  const where = session.node.config.get('where') ?? '';
  if (where !== '' || !isBuiltin(macroIndex(session.view))) return template;
  session.macros.add(`macro.dbt.${MACRO}`);
  return `{{ ${relation} }}`;
}

const CALL = new RegExp(`^\\{\\{ ${MACRO}\\((.+)\\) \\}\\}$`);

const builtinIn = new WeakMap<MacroIndex, boolean>();

/** Whether the macro and all that it calls are the built-in ones: no project, package or adapter has its own. */
function isBuiltin(index: MacroIndex): boolean {
  const known = builtinIn.get(index);
  if (known !== undefined) return known;
  const own = [...index.packages.values()].flatMap(table => [...table.keys()]);
  const builtin = [...index.builtin.values()].filter(({ name }) => IS_INVOLVED.test(name));
  const holds =
    !own.some(name => IS_INVOLVED.test(name)) &&
    !['adapter', 'config', 'return'].some(name => index.packages.has(name)) &&
    builtin.every(({ uniqueId }) => BUILTIN.has(uniqueId));
  builtinIn.set(index, holds);
  return holds;
}

const IS_INVOLVED = new RegExp(`^(?:(?:\\w+__)?${MACRO}|adapter|config|return)$`);
const BUILTIN: ReadonlySet<string> = new Set([`macro.dbt.${MACRO}`, `macro.dbt.default__${MACRO}`]);
