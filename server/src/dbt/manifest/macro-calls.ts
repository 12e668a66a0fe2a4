import { isMacroPackage, findMacro, macroOfPackage, type MacroIndex } from '../context/macro-index.ts';
import { adapterPrefixes, builtinMacroText } from '../macros/library.ts';
import type { MacroView } from '../compile/manifest-view.ts';
import { parseJinja } from '../../syntax/jinja/parse.ts';
import { asString, callsIn, namedArgument, type CallView } from '../../syntax/jinja/views.ts';
import type { UniqueId } from './node.ts';

/** Where the names of calls are looked for. */
export interface CallScope {
  readonly index: MacroIndex;
  readonly adapterType: string;
  readonly rootPackage: string;
  /** Where dispatch looks for a macro of a namespace; `undefined`: everywhere. */
  readonly dispatchOrder: (namespace: string) => readonly string[] | undefined;
}

/** The macros that a macro's text calls, as dbt finds them without rendering: each once, in order of first use. */
export function macrosCalledBy(
  macro: { readonly uniqueId: UniqueId; readonly packageName: string; readonly text: string },
  scope: CallScope,
): readonly UniqueId[] {
  const found = callsOf(macro.uniqueId, macro.text).flatMap(call => meantBy(call, macro.packageName, scope));
  const ids = found.map(({ uniqueId }) => uniqueId);
  return [...new Set(ids)].filter(id => id !== macro.uniqueId);
}

const builtinCalls = new Map<UniqueId, readonly CallView[]>();

/** The calls in a text; those of built-in macros are found once, because their text never changes. */
function callsOf(uniqueId: UniqueId, text: string): readonly CallView[] {
  const known = builtinCalls.get(uniqueId);
  if (known !== undefined) return known;
  const calls = callsIn(parseJinja(text, { tags: 'file' }));
  if (builtinMacroText(uniqueId) !== undefined) builtinCalls.set(uniqueId, calls);
  return calls;
}

function meantBy(call: CallView, packageName: string, scope: CallScope): readonly MacroView[] {
  const [first, second] = call.path;
  if (first === undefined || call.path.length > 2) return [];
  const from = { local: packageName, root: scope.rootPackage };
  if (second === undefined) return present(findMacro(scope.index, first, from));
  if (first === 'adapter') return second === 'dispatch' ? dispatched(call, from, scope) : [];
  return isMacroPackage(scope.index, first) ? present(macroOfPackage(scope.index, first, second)) : [];
}

const present = (macro: MacroView | undefined): readonly MacroView[] => (macro === undefined ? [] : [macro]);

/** `adapter.dispatch('name', 'namespace')`: what has the bare name, and the macro that will be called. */
function dispatched(
  call: CallView,
  from: { readonly local: string; readonly root: string },
  scope: CallScope,
): readonly MacroView[] {
  const name = asString(call.positional[0] ?? namedArgument(call, 'macro_name'))?.value;
  if (name === undefined) return [];
  const namespace = asString(call.positional[1] ?? namedArgument(call, 'macro_namespace'))?.value;
  const order = (namespace === undefined ? undefined : scope.dispatchOrder(namespace)) ?? [undefined];
  const candidates = order.flatMap(packageName =>
    adapterPrefixes(scope.adapterType).map(prefix => {
      const full = `${prefix}__${name}`;
      return packageName === undefined
        ? findMacro(scope.index, full, from)
        : macroOfPackage(scope.index, packageName, full);
    }),
  );
  const target = candidates.find(it => it !== undefined);
  return [...present(findMacro(scope.index, name, from)), ...present(target)];
}
