import { Undefined, type CallArguments, type Value } from '../../value.ts';
import { bindArguments } from '../arguments.ts';
import { raise } from '../error.ts';
import { hashKey } from '../hash.ts';
import { iterate, PyIterator } from '../iterate.ts';
import { strOf } from '../strings.ts';
import { repr } from '../text.ts';
import { truthy } from '../truth.ts';
import { attributeGetter, type Getter } from './attribute-getter.ts';
import type { Filter, FilterContext, JinjaTest } from './filter.ts';

/** Where filters that run other filters and tests find them. */
export interface Registry {
  readonly filter: (name: string) => Filter | undefined;
  readonly test: (name: string) => JinjaTest | undefined;
}

/** `map`, `select`, `reject`, `selectattr` and `rejectattr`, which run a filter or test over every item. */
export function selectFilters(registry: Registry): readonly Filter[] {
  return [
    lazily('map', (args, context) => mapper(registry, args, context)),
    selecting(registry, 'select', { keep: true, byAttribute: false }),
    selecting(registry, 'reject', { keep: false, byAttribute: false }),
    selecting(registry, 'selectattr', { keep: true, byAttribute: true }),
    selecting(registry, 'rejectattr', { keep: false, byAttribute: true }),
  ];
}

/** What happens to one item: what comes out of the filter for it, `undefined` when nothing does. */
type Step = (item: Value) => Value | undefined;

/** Jinja's filters over items are generators: nothing happens, and nothing fails, before the first item is asked for. */
function lazily(name: string, prepare: (args: CallArguments, context: FilterContext) => Step): Filter {
  const catching = { rest: true, named: true };
  return {
    name,
    apply: (value, args, context) => {
      // A filtered value given by name as well is the only mistake the signature itself refuses.
      bindArguments(
        `sync_do_${name}`,
        [{ name: 'context' }, { name: 'value' }],
        { positional: [null, value, ...args.positional], named: args.named },
        catching,
      );
      return new PyIterator(
        'generator',
        steps(value, () => prepare(args, context)),
      );
    },
  };
}

function* steps(value: Value, prepare: () => Step): Generator<Value, void> {
  if (!truthy(value)) return;
  const step = prepare();
  for (const item of iterate(value)) {
    const result = step(item);
    if (result !== undefined) yield result;
  }
}

function mapper(registry: Registry, args: CallArguments, context: FilterContext): Step {
  const attribute = args.named.get('attribute');
  if (args.positional.length === 0 && attribute !== undefined) {
    for (const name of args.named.keys()) {
      if (name !== 'attribute' && name !== 'default') {
        raise('FilterArgumentError', `Unexpected keyword argument ${repr(name)}`);
      }
    }
    return attributeGetter(attribute, context.flavour, { default: args.named.get('default') ?? null });
  }
  const [name, ...rest] = args.positional;
  if (name === undefined) return raise('FilterArgumentError', 'map requires a filter argument');
  return item => named('filter', registry.filter, name).apply(item, { positional: rest, named: args.named }, context);
}

/** The filter or test of a name that is only known when the template runs. */
function named<T>(kind: 'filter' | 'test', find: (name: string) => T | undefined, name: Value): T {
  const text = strOf(name);
  const found = text === undefined ? undefined : find(text);
  if (found !== undefined) return found;
  hashKey(name);
  const hint = name instanceof Undefined ? ` (${name.message}; did you forget to quote the callable name?)` : '';
  return raise('TemplateRuntimeError', `No ${kind} named ${repr(name)}.${hint}`);
}

function selecting(
  registry: Registry,
  filter: string,
  { keep, byAttribute }: { readonly keep: boolean; readonly byAttribute: boolean },
): Filter {
  return lazily(filter, (args, context) => {
    const get = byAttribute ? attributeArgument(args, context) : (item: Value): Value => item;
    const [name, ...rest] = args.positional.slice(byAttribute ? 1 : 0);
    const holds = (item: Value): boolean => {
      if (name === undefined) return truthy(item);
      const test = named('test', registry.test, name);
      return truthy(test.apply(item, { positional: rest, named: args.named }, context));
    };
    return item => (holds(get(item)) === keep ? item : undefined);
  });
}

function attributeArgument(args: CallArguments, context: FilterContext): Getter {
  const [attribute] = args.positional;
  if (attribute === undefined) return raise('FilterArgumentError', 'Missing parameter for attribute name');
  return attributeGetter(attribute, context.flavour);
}
