import { err, ok, type Result } from '../../base/result.ts';
import {
  asList,
  asMap,
  asString,
  dataUnder,
  isList,
  isMap,
  textOfKey,
  type Data,
  type DataMap,
} from '../manifest/data.ts';
import { truthy } from '../../render/python/truth.ts';
import { toValue } from '../manifest/data-value.ts';
import { yamlText } from '../manifest/yaml-text.ts';
import { dataRepr, dataText, dataType } from '../schema/data-repr.ts';
import { anyOf, boolean, integer, listOf, mapping, recordOf, schemaErrors, text } from '../schema/schema.ts';
import { isMethod } from './method-names.ts';
import { defaultMethod, parseCriterion } from './parse.ts';
import { runtimeRefusal, unknownMethod, type Refusal } from './refusal.ts';
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
  if (isEmpty(data)) return ok(noSelectors);
  const [wrong] = schemaErrors(SELECTORS, data);
  if (wrong !== undefined) return err(malformed(dataUnder(data, wrong.path) ?? null));
  const reader = new SelectorsReader(indirect);
  for (const entry of asList(asMap(data)?.get('selectors')) ?? []) reader.read(entry);
  return reader.failure === undefined ? ok(reader) : err(reader.failure);
}

const isEmpty = (data: Data): boolean =>
  data === null || (isMap(data) && data.size === 0) || (isList(data) && data.length === 0);

/** What dbt accepts of the file before it looks at any definition. */
const SELECTORS = recordOf({
  'selectors!': listOf(
    recordOf({ 'name!': text, 'definition!': anyOf(text, mapping), description: text, default: boolean }),
  ),
  version: integer,
});

const CLASS = 'DbtSelectorsError';

/** dbt's refusal of something that is no selector at all. */
function malformed(data: Data): Refusal {
  const message =
    `Could not parse selector file data: \n${yamlText(data)}\n` +
    'Valid root-level selector definitions: union, intersection, string, dictionary. No lists. \n' +
    'https://docs.getdbt.com/reference/node-selection/yaml-selectors';
  return runtimeRefusal(message, CLASS);
}

/** dbt's refusal of a definition. */
const unreadable = (message: string): Refusal =>
  runtimeRefusal(`Could not read selector file data: Runtime Error\n  ${message.replaceAll('\n', '\n  ')}`, CLASS);

/** Lives for one file. A definition may use those that stand before it. */
class SelectorsReader implements NamedSelectors {
  readonly specs = new Map<string, SelectionSpec>();
  defaultName: string | undefined;
  failure: Refusal | undefined;
  readonly #indirect: IndirectSelection;

  constructor(indirect: IndirectSelection) {
    this.#indirect = indirect;
  }

  read(entry: Data): void {
    const map = asMap(entry);
    const name = asString(map?.get('name'));
    const data = map?.get('definition');
    if (map === undefined || name === undefined || data === undefined) return;
    if (map.get('default') === true) this.#setDefault(name);
    const isSet = isMap(data) && (data.has('union') || data.has('intersection'));
    if (isSet && data.size > 1) {
      const keys = [...data.keys()].map(textOfKey).join(',');
      const message = `Only a single 'union' or 'intersection' key is allowed in a root level selector definition; found ${keys}.`;
      return this.#refuse(unreadable(message));
    }
    const spec = this.#definition(data);
    if (spec.ok) this.specs.set(name, spec.value);
    else this.#refuse(spec.failure.dbt.class === 'ValueError' ? spec.failure : unreadable(spec.failure.message));
  }

  #refuse(refusal: Refusal): void {
    this.failure ??= refusal;
  }

  #setDefault(name: string): void {
    if (this.defaultName === undefined) {
      this.defaultName = name;
      return;
    }
    const names = `${this.defaultName} and ${name}`;
    const message = `Error when parsing the selector file. Found multiple selectors with \`default: true\`:${names}`;
    this.#refuse(unreadable(message));
  }

  /** A text as on the command line, one `method: value`, or a mapping with `method`, `union` or `intersection`. */
  #definition(data: Data): Result<SelectionSpec, Refusal> {
    if (typeof data === 'string') return parseCriterion(data, this.#indirect);
    if (!isMap(data)) {
      return err(runtimeRefusal(`Expected to find union, intersection, str or dict, instead found: ${yamlText(data)}`));
    }
    if (data.has('union')) return this.#combination('union', data);
    if (data.has('intersection')) return this.#combination('intersection', data);
    const [[key, value] = []] = data;
    if (data.size === 1 && key !== undefined) {
      return this.#criterion(new Map([['method', key] as const, ['value', value ?? null] as const]));
    }
    if (data.get('method') === 'selector') return this.#inherited(data.get('value') ?? null);
    if (data.has('method') && data.has('value')) return this.#criterion(data);
    const keys = [...data.keys()].map(it => `'${textOfKey(it)}'`).join(', ');
    return err(runtimeRefusal(`Expected either 1 key or else "method" and "value" keys, but got [${keys}]`));
  }

  /** Another selector as it is: what else stands beside `method: selector` counts for nothing. */
  #inherited(value: Data): Result<SelectionSpec, Refusal> {
    const name = scalarText(value) ?? 'None';
    const spec = this.specs.get(name);
    return spec === undefined ? err(runtimeRefusal(`Existing selector definition for ${name} not found.`)) : ok(spec);
  }

  #combination(kind: 'union' | 'intersection', data: DataMap): Result<SelectionSpec, Refusal> {
    const items = data.get(kind);
    if (!isList(items)) return err(runtimeRefusal(`Invalid value for key "${kind}". Expected a list.`));
    const parts: SelectionSpec[] = [];
    let excluding: DataMap | undefined;
    let without: SelectionSpec | undefined;
    for (const item of items) {
      if (typeof item !== 'string' && !isMap(item)) return err(notADefinition(kind, item));
      const exclusion = asMap(item);
      if (exclusion?.has('exclude') !== true) {
        const part = this.#definition(item);
        if (!part.ok) return part;
        parts.push(part.value);
        continue;
      }
      if (excluding !== undefined) {
        const message = `You cannot provide multiple exclude arguments to the same selector set operator:\n${yamlText(exclusion)}`;
        return err(runtimeRefusal(message));
      }
      excluding = exclusion;
      const excluded = this.#exclusion(exclusion);
      if (!excluded.ok) return excluded;
      without = excluded.value;
    }
    const from: SelectionSpec = { kind, parts, indirect: 'eager' };
    return ok(without === undefined ? from : { kind: 'difference', from, without });
  }

  #exclusion(data: DataMap): Result<SelectionSpec | undefined, Refusal> {
    const items = data.get('exclude');
    if (!isList(items)) return err(runtimeRefusal('Invalid value for key "exclude". Expected a list.'));
    const parts: SelectionSpec[] = [];
    for (const item of items) {
      if (typeof item !== 'string' && !isMap(item)) return err(notADefinition('exclude', item));
      const part = this.#definition(item);
      if (!part.ok) return part;
      parts.push(part.value);
    }
    return ok(parts.length > 1 ? { kind: 'union', parts, indirect: 'eager' } : parts[0]);
  }

  #criterion(data: DataMap): Result<SelectionSpec, Refusal> {
    const raw = data.get('value') ?? null;
    const value = scalarText(raw) ?? '';
    const [method = '', ...methodArguments] = (asString(data.get('method')) ?? defaultMethod(value)).split('.');
    if (!isMethod(method)) return err(unknownMethod(method));
    const own = data.get('indirect_selection');
    const mode = own === undefined ? this.#indirect : indirectSelections.find(it => it === own);
    if (mode === undefined) {
      const message = `${dataRepr(own ?? null)} is not a valid IndirectSelection`;
      return err({ message, dbt: { class: 'ValueError', message } });
    }
    const wrongDepth = ['parents_depth', 'children_depth'].find(key => !isDepth(data.get(key)));
    if (wrongDepth !== undefined) {
      const depthText = dataText(data.get(wrongDepth) ?? null);
      return err(runtimeRefusal(`Invalid node spec - could not handle parent depth ${depthText}`));
    }
    const childrensParents = isTrue(data.get('childrens_parents'));
    if (childrensParents && isTrue(data.get('children'))) {
      const spec = dataRepr(data);
      return err(runtimeRefusal(`Invalid node spec ${spec} - "@" prefix and "+" suffix are incompatible`));
    }
    const from: SelectionSpec = {
      kind: 'criterion',
      method,
      methodArguments,
      value,
      ...(typeof raw === 'string' ? {} : { data: raw }),
      parents: depth(data, 'parents'),
      children: depth(data, 'children'),
      childrensParents,
      indirect: mode,
    };
    if (!data.has('exclude')) return ok(from);
    const without = this.#exclusion(data);
    if (!without.ok) return without;
    return ok(without.value === undefined ? from : { kind: 'difference', from, without: without.value });
  }
}

const notADefinition = (key: string, item: Data): Refusal =>
  runtimeRefusal(
    `Invalid value type ${dataType(item)} in key "${key}", expected dict or str (value: ${dataText(item)}).`,
  );

/** What Python takes for true. */
const isTrue = (data: Data | undefined): boolean => data !== undefined && truthy(toValue(data));

const isDepth = (data: Data | undefined): boolean =>
  !isTrue(data) || /^\s*[-+]?\d+\s*$/.test(scalarText(data ?? null) ?? '');

/** How far to follow the graph; a depth of zero is none, to dbt: all the way. */
function depth(data: DataMap, direction: 'parents' | 'children'): number | undefined {
  if (!isTrue(data.get(direction))) return undefined;
  const steps = Number(scalarText(data.get(`${direction}_depth`) ?? null) ?? 0);
  return Number.isInteger(steps) && steps > 0 ? steps : Infinity;
}
