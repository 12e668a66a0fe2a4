import { err, ok, type Result } from '../../base/result.ts';
import { asMap, asString, isList, isMap, stringEntries, type Data, type DataMap } from '../manifest/data.ts';
import { defaultMethod, parseCriterion } from './parse.ts';
import { runtimeRefusal, type Refusal } from './refusal.ts';
import { scalarText } from './scalar-text.ts';
import { indirectSelections, type IndirectSelection, type SelectionSpec } from './spec.ts';

/** The selectors that `selectors.yml` defines. */
export interface NamedSelectors {
  readonly specs: ReadonlyMap<string, SelectionSpec>;
  /** The one with `default: true`. */
  readonly defaultName: string | undefined;
}

export const noSelectors: NamedSelectors = { specs: new Map(), defaultName: undefined };

/** Reads the data of a `selectors.yml`; the failure says which definition cannot be understood, and why. */
export function readSelectors(data: Data, indirect: IndirectSelection): Result<NamedSelectors, Refusal> {
  const specs = new Map<string, SelectionSpec>();
  let defaultName: string | undefined;
  const entries = asMap(data)?.get('selectors');
  if (!isList(entries)) return err(runtimeRefusal('selectors.yml has no list under the key "selectors"'));
  for (const entry of entries) {
    const name = asString(asMap(entry)?.get('name'));
    if (name === undefined) return err(runtimeRefusal('A selector in selectors.yml has no name'));
    const spec = definition(asMap(entry)?.get('definition') ?? null, indirect);
    if (!spec.ok) {
      return err(runtimeRefusal(`Could not read selector file data: selector '${name}': ${spec.failure.message}`));
    }
    specs.set(name, spec.value);
    if (asMap(entry)?.get('default') === true) defaultName = name;
  }
  return ok({ specs, defaultName });
}

/** A text as on the command line, one `method: value`, or a mapping with `method`, `union` or `intersection`. */
function definition(data: Data, indirect: IndirectSelection): Result<SelectionSpec, Refusal> {
  if (typeof data === 'string') return parseCriterion(data, indirect);
  if (!isMap(data)) return err(runtimeRefusal('a definition is a text or a mapping'));
  if (data.has('union')) return combination('union', data.get('union') ?? null, indirect);
  if (data.has('intersection')) return combination('intersection', data.get('intersection') ?? null, indirect);
  if (data.has('method')) return criterion(data, indirect);
  const [[method, value] = [], ...more] = stringEntries(data);
  if (method === undefined || value === undefined || more.length > 0) {
    return err(runtimeRefusal('expected one method with its value'));
  }
  return parseCriterion(`${method}:${scalarText(value) ?? ''}`, indirect);
}

function combination(
  kind: 'union' | 'intersection',
  data: Data,
  indirect: IndirectSelection,
): Result<SelectionSpec, Refusal> {
  if (!isList(data)) return err(runtimeRefusal(`'${kind}' is not a list`));
  const parts: SelectionSpec[] = [];
  let without: SelectionSpec | undefined;
  for (const item of data) {
    const excluded = asMap(item)?.size === 1 ? asMap(item)?.get('exclude') : undefined;
    const part = excluded === undefined ? definition(item, indirect) : combination('union', excluded, indirect);
    if (!part.ok) return part;
    if (excluded === undefined) parts.push(part.value);
    else if (without === undefined) without = part.value;
    else return err(runtimeRefusal(`'${kind}' has more than one 'exclude'`));
  }
  const from: SelectionSpec = { kind, parts };
  return ok(without === undefined ? from : { kind: 'difference', from, without });
}

function criterion(data: DataMap, indirect: IndirectSelection): Result<SelectionSpec, Refusal> {
  const value = scalarText(data.get('value') ?? null) ?? '';
  const [method = '', ...methodArguments] = (asString(data.get('method')) ?? defaultMethod(value)).split('.');
  const own = asString(data.get('indirect_selection'));
  const mode = own === undefined ? indirect : indirectSelections.find(it => it === own);
  if (mode === undefined) return err(runtimeRefusal(`'${own}' is no indirect selection`));
  const childrensParents = data.get('childrens_parents') === true;
  if (childrensParents && data.get('children') === true) {
    return err(runtimeRefusal('"childrens_parents" and "children" are incompatible'));
  }
  const from: SelectionSpec = {
    kind: 'criterion',
    method,
    methodArguments,
    value,
    parents: depth(data, 'parents'),
    children: depth(data, 'children'),
    childrensParents,
    indirect: mode,
  };
  const excluded = data.get('exclude');
  if (excluded === undefined) return ok(from);
  const without = combination('union', excluded, indirect);
  return without.ok ? ok({ kind: 'difference', from, without: without.value }) : without;
}

function depth(data: DataMap, direction: 'parents' | 'children'): number | undefined {
  if (data.get(direction) !== true) return undefined;
  const steps = data.get(`${direction}_depth`);
  return typeof steps === 'number' ? steps : Infinity;
}
