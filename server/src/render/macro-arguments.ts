import { raise } from './python/error.ts';
import { Dict, Tuple } from './value.ts';
import type { CallArguments, Undefined, Value } from './value.ts';

/** What a macro takes. */
export interface MacroSignature {
  /** `undefined` for the body of a call block. */
  readonly name: string | undefined;
  readonly parameters: readonly string[];
  readonly explicitCaller: boolean;
  readonly takesCaller: boolean;
  readonly takesNamed: boolean;
  readonly takesRest: boolean;
}

/**
 * The values of a macro's parameters, then of `caller`, `kwargs` and `varargs` as far as it takes them; `undefined` for a
 * parameter that was not given.
 */
export function bindMacro(
  signature: MacroSignature,
  args: CallArguments,
  noCaller: () => Undefined,
): (Value | undefined)[] {
  const { parameters } = signature;
  const count = parameters.length;
  const { positional } = args;
  const values: (Value | undefined)[] = positional.slice(0, count);
  const named = new Map(args.named);
  let hasCaller = values.length === count && signature.explicitCaller;
  for (const name of parameters.slice(values.length)) {
    values.push(named.get(name));
    named.delete(name);
    if (name === 'caller') hasCaller = true;
  }
  if (signature.takesCaller && !hasCaller) {
    values.push(named.get('caller') ?? noCaller());
    named.delete('caller');
  }
  if (signature.takesNamed) values.push(Dict.fromStrings(named));
  else failNamed(signature, named);
  if (signature.takesRest) values.push(new Tuple(positional.slice(count)));
  else if (positional.length > count) {
    raise('TypeError', `macro ${shownName(signature)} takes not more than ${count} argument(s)`);
  }
  return values;
}

function failNamed(signature: MacroSignature, named: ReadonlyMap<string, Value>): void {
  const [name] = named.keys();
  if (name === undefined) return;
  const macro = `macro ${shownName(signature)}`;
  if (named.has('caller')) {
    const message = 'was invoked with two values for the special caller argument. This is most likely a bug.';
    raise('TypeError', `${macro} ${message}`);
  }
  raise('TypeError', `${macro} takes no keyword argument '${name}'`);
}

const shownName = ({ name }: MacroSignature): string => (name === undefined ? 'None' : `'${name}'`);
