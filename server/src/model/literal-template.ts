import { mergeConfigCall } from '../dbt/config/merge.ts';
import type { MacroView } from '../dbt/compile/manifest-view.ts';
import { emptyMap, type Data, type DataMap, type DataScalar } from '../dbt/manifest/data.ts';
import type { NodeConfig, RefCall, SourceCall } from '../dbt/manifest/node.ts';
import type { Call, DictLiteral, Expression, Keyword } from '../syntax/jinja/nodes.ts';
import type { JinjaTree } from '../syntax/jinja/parse.ts';
import type { CapturedNode } from './engine.ts';

/**
 * What rendering a template would see, told from its syntax alone: many models hold nothing but `ref`, `source` and
 * `config` with literals. `undefined` where only the render can tell. Holds as long as `literalTemplatesHold` does.
 */
export function captureLiterals(tree: JinjaTree): CapturedNode | undefined {
  if (tree.problems.length > 0) return undefined;
  const refs: RefCall[] = [];
  const sources: SourceCall[] = [];
  let config: NodeConfig = NO_CONFIG;
  for (const node of tree.body) {
    if (node.kind === 'text' || node.kind === 'comment') continue;
    if (node.kind !== 'output' || node.expression.kind !== 'call') return undefined;
    const call = node.expression;
    const name = call.callee.kind === 'name' ? call.callee.name : '';
    if (call.star !== undefined || call.doubleStar !== undefined) return undefined;
    const ref = name === 'ref' ? literalRef(call) : undefined;
    const source = name === 'source' ? literalSource(call) : undefined;
    const options = name === 'config' && call.positional.length === 0 ? literalOptions(call.named) : undefined;
    if (ref !== undefined) refs.push(ref);
    else if (source !== undefined) sources.push(source);
    else if (options !== undefined) config = mergeConfigCall(config, options);
    else return undefined;
  }
  return { problem: undefined, refs, sources, config, macros: NO_MACROS };
}

const NO_CONFIG: NodeConfig = new Map();
const NO_MACROS: readonly string[] = [];

function literalRef({ positional, named }: Call): RefCall | undefined {
  const [first, second] = positional;
  if (first?.kind !== 'string' || positional.length > 2 || (second !== undefined && second.kind !== 'string')) return;
  const [keyword, more] = named;
  if (more !== undefined || (keyword !== undefined && keyword.name !== 'v' && keyword.name !== 'version')) return;
  const version = keyword === undefined ? undefined : literal(keyword.value);
  if (version !== undefined && typeof version !== 'string' && typeof version !== 'number') return;
  if (keyword !== undefined && version === undefined) return;
  if (second === undefined) return { package: undefined, name: first.value, version };
  return { package: first.value, name: second.value, version };
}

function literalSource({ positional, named }: Call): SourceCall | undefined {
  const [source, table] = positional;
  if (positional.length !== 2 || named.length > 0 || source?.kind !== 'string' || table?.kind !== 'string') return;
  return { source: source.value, table: table.value };
}

function literalOptions(named: readonly Keyword[]): DataMap | undefined {
  const options = new Map<DataScalar, Data>();
  for (const { name, value } of named) {
    const data = literal(value);
    if (data === undefined || options.has(name)) return undefined;
    options.set(name, data);
  }
  return options.size === 0 ? emptyMap : options;
}

/** The value of an expression of literals; a number counts if it is a small integer. */
function literal(node: Expression): Data | undefined {
  if (node.kind === 'string' || node.kind === 'constant') return node.value;
  if (node.kind === 'number') return typeof node.value === 'number' && !node.float ? node.value : undefined;
  if (node.kind === 'list') {
    const items = node.items.map(literal);
    return items.every(item => item !== undefined) ? items : undefined;
  }
  return node.kind === 'dict' ? literalMap(node) : undefined;
}

function literalMap({ pairs }: DictLiteral): DataMap | undefined {
  const map = new Map<DataScalar, Data>();
  for (const { key, value } of pairs) {
    const data = literal(value);
    if (key.kind !== 'string' || data === undefined || map.has(key.value)) return undefined;
    map.set(key.value, data);
  }
  return map;
}

/** Whether `ref`, `source` and `config` are dbt's own: no macro and no package goes by their names. */
export function literalTemplatesHold(
  macros: readonly Pick<MacroView, 'name'>[],
  packageNames: readonly string[],
): boolean {
  return !macros.some(({ name }) => BUILTIN.has(name)) && !packageNames.some(name => BUILTIN.has(name));
}

const BUILTIN: ReadonlySet<string> = new Set(['ref', 'source', 'config']);
