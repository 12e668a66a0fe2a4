import { positionalArguments } from '../../render/python/arguments.ts';
import { strOf } from '../../render/python/strings.ts';
import { toText } from '../../render/python/text.ts';
import type { RenderProblem } from '../../render/rendered.ts';
import type { Value } from '../../render/value.ts';
import { RenderSession } from '../context/render-session.ts';
import { TemplateContext } from '../context/template-context.ts';
import type { ManifestView, NodeView } from './manifest-view.ts';
import { callFromHost } from './render-node.ts';

/** The names that configuration asks for; `undefined` for those it does not mention. */
export interface CustomNames {
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly alias: string | undefined;
}

/** The names that the macros gave, or the problem of the one that failed. */
export interface RelationNames {
  readonly database: string | undefined;
  readonly schema: string;
  readonly alias: string;
  readonly problem: RenderProblem | undefined;
}

/** Calls `generate_database_name`, `generate_schema_name` and `generate_alias_name` for a node, overrides included. */
export function relationNames(view: ManifestView, node: NodeView, custom: CustomNames): RelationNames {
  const session = new RenderSession(view, node, 'parse');
  const context = new TemplateContext(session);
  const database = callNaming(context, 'generate_database_name', custom.database);
  const schema = callNaming(context, 'generate_schema_name', custom.schema);
  const alias = callNaming(context, 'generate_alias_name', custom.alias);
  return {
    database: database.name,
    schema: schema.name ?? '',
    alias: alias.name ?? node.name,
    problem: database.problem ?? schema.problem ?? alias.problem,
  };
}

interface NamingAnswer {
  readonly name: string | undefined;
  readonly problem: RenderProblem | undefined;
}

function callNaming(context: TemplateContext, macroName: string, custom: string | undefined): NamingAnswer {
  const macro = context.findMacro(macroName);
  if (macro === undefined) return { name: custom, problem: undefined };
  const { value, problem } = callFromHost(context, (_, call) =>
    call.call(context.macroCallable(macro), positionalArguments(custom ?? null, context.value('model') ?? null)),
  );
  return { name: nameOf(value), problem };
}

function nameOf(value: Value): string | undefined {
  if (value === null) return undefined;
  return (strOf(value) ?? toText(value)).trim();
}
