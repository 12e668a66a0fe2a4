import { repr } from '../../render/python/text.ts';
import { List, type Callable } from '../../render/value.ts';
import type { MacroView } from '../compile/manifest-view.ts';
import { adapterPrefixes } from '../macros/library.ts';
import { DbtError } from './dbt-error.ts';
import { hostFunction, optionalText, textOf, type HostCall } from './host-function.ts';
import { findMacro, macroOfPackage } from './macro-index.ts';
import type { RenderSession } from './render-session.ts';

/** `adapter.dispatch(name, namespace)`: the macro for this adapter, from the packages that may provide it. */
export function dispatchFunction(session: RenderSession, callableOf: (macro: MacroView) => Callable): Callable {
  return hostFunction(
    'dispatch',
    [
      ['macro_name', null],
      ['macro_namespace', null],
      ['packages', null],
    ],
    call => callableOf(dispatch(session, call)),
  );
}

function dispatch(session: RenderSession, call: HostCall): MacroView {
  const name = textOf(call.at(0), 'macro_name');
  if (call.at(2) !== null) failPackages(name);
  if (name.includes('.')) failDotted(name);
  if (call.at(1) instanceof List) failNamespace(call.at(1) as List);
  const namespace = optionalText(call.at(1), 'macro_namespace');
  const prefixes = adapterPrefixes(session.view.adapterType);
  const packages = searchOrder(session, namespace);
  for (const packageName of packages) {
    for (const prefix of prefixes) {
      const macro = find(session, packageName, `${prefix}__${name}`);
      if (macro !== undefined) return macro;
    }
  }
  const tried = packages.flatMap(packageName =>
    prefixes.map(prefix => `'${packageName === undefined ? '' : `${packageName}.`}${prefix}__${name}'`),
  );
  const message = `In dispatch: No macro named '${name}' found within namespace: '${namespace ?? 'None'}'\n    Searched for: ${tried.join(', ')}`;
  throw new DbtError('CompilationError', message, 'dispatch-not-found');
}

/** The packages to search; `undefined` stands for all that a bare name reaches. */
function searchOrder(session: RenderSession, namespace: string | undefined): readonly (string | undefined)[] {
  if (namespace === undefined) return [undefined];
  return session.view.dispatchOrder(namespace) ?? [undefined];
}

function find(session: RenderSession, packageName: string | undefined, name: string): MacroView | undefined {
  const index = session.macroIndex;
  if (packageName !== undefined) return macroOfPackage(index, packageName, name);
  return findMacro(index, name, { local: session.node.packageName, root: session.view.projectName });
}

function failPackages(name: string): never {
  const message =
    '\n        The "packages" argument of adapter.dispatch() has been deprecated.' +
    '\n        Use the "macro_namespace" argument instead.' +
    `\n\n        Raised during dispatch for: ${name}` +
    '\n\n        For more information, see:' +
    '\n\n        https://docs.getdbt.com/reference/dbt-jinja-functions/dispatch\n        ';
  throw new DbtError('MacroDispatchArgError', message, 'dispatch-arguments');
}

function failDotted(name: string): never {
  const [namespace = '', macro = ''] = name.split('.');
  const message = `In adapter.dispatch, got a macro name of "${name}", but "." is not a valid macro name component. Did you mean \`adapter.dispatch("${macro}", macro_namespace="${namespace}")\`?`;
  throw new DbtError('CompilationError', message, 'dispatch-not-found');
}

function failNamespace(namespace: List): never {
  const message = `In adapter.dispatch, got a <class 'list'> macro_namespace argument ("${repr(namespace)}"), but macro_namespace should be None or a string.`;
  throw new DbtError('CompilationError', message, 'dispatch-arguments');
}
