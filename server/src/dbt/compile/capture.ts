import type { Rendered } from '../../render/rendered.ts';
import type { Value } from '../../render/value.ts';
import { RenderSession, type Captured } from '../context/render-session.ts';
import { TemplateContext } from '../context/template-context.ts';
import { Undefined } from '../../render/value.ts';
import type { Data, DataMap } from '../manifest/data.ts';
import { fromValue } from '../manifest/data-value.ts';
import type { RefCall, SourceCall, UniqueId } from '../manifest/node.ts';
import { toText } from '../../render/python/text.ts';
import type { ManifestView, NodeView } from './manifest-view.ts';
import { renderNode } from './render-node.ts';

/** What a parse render saw. */
export interface CapturedNode {
  readonly rendered: Rendered;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  /** The calls with their places, in the order they were made. */
  readonly refCalls: readonly Captured<RefCall>[];
  readonly sourceCalls: readonly Captured<SourceCall>[];
  /** The `config()` calls merged, later over earlier; hooks and tags of several calls are put together. */
  readonly config: DataMap;
  /** Ids of the macros that the template itself called, in order of first use. */
  readonly macros: readonly UniqueId[];
  /** Names that `var` and `env_var` were asked for. */
  readonly vars: readonly string[];
  readonly environment: readonly string[];
}

/** Renders a node as dbt does while it reads the project: nothing is looked up, what the node uses is written down. */
export function captureNode(view: ManifestView, node: NodeView): CapturedNode {
  const session = new RenderSession(view, node, 'parse');
  const rendered = renderNode(session, new TemplateContext(session));
  return {
    rendered,
    refs: session.refs.map(it => it.call),
    sources: session.sources.map(it => it.call),
    refCalls: session.refs,
    sourceCalls: session.sources,
    config: mergedConfig(session),
    macros: [...session.macros],
    vars: [...session.varsRead],
    environment: [...session.environmentRead],
  };
}

function mergedConfig(session: RenderSession): DataMap {
  const merged = new Map<string, Data>();
  for (const { call } of session.configCalls) {
    for (const [key, value] of call) mergeOption(merged, key, value);
  }
  return merged;
}

/** Later calls replace what earlier ones said, but add to their hooks. */
function mergeOption(merged: Map<string, Data>, key: string, value: Value): void {
  const name = HOOK_NAMES.get(key) ?? key;
  const data = optionData(value);
  const before = merged.get(name);
  if (before !== undefined && ADDED.has(name)) merged.set(name, [...listOf(before), ...listOf(data)]);
  else merged.set(name, data);
}

const HOOK_NAMES: ReadonlyMap<string, string> = new Map([
  ['pre_hook', 'pre-hook'],
  ['post_hook', 'post-hook'],
]);
const ADDED: ReadonlySet<string> = new Set(['pre-hook', 'post-hook']);

const listOf = (data: Data): readonly Data[] => (Array.isArray(data) ? (data as readonly Data[]) : [data]);

/** A value that is no data, such as a relation, counts as what it prints. */
function optionData(value: Value): Data {
  if (value instanceof Undefined) return null;
  return fromValue(value) ?? toText(value);
}
