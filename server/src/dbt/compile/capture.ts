import type { Rendered } from '../../render/rendered.ts';
import { Undefined, type Value } from '../../render/value.ts';
import { mergeConfigCall } from '../config/merge.ts';
import { RenderSession, type Captured } from '../context/render-session.ts';
import { TemplateContext } from '../context/template-context.ts';
import type { Data, DataMap } from '../manifest/data.ts';
import { fromValue } from '../manifest/data-value.ts';
import type { NodeConfig, RefCall, SourceCall, UniqueId } from '../manifest/node.ts';
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
  const calls = session.configCalls.map(
    ({ call }) => new Map([...call].map(([key, value]) => [key, optionData(value)])),
  );
  return calls.reduce<NodeConfig>(mergeConfigCall, new Map());
}

/** A value that is no data, such as a relation, counts as what it prints. */
function optionData(value: Value): Data {
  if (value instanceof Undefined) return null;
  const data = fromValue(value);
  return data === undefined ? toText(value) : data;
}
