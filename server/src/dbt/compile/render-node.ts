import { render, type Fuel } from '../../render/render.ts';
import type { Rendered, RenderProblem } from '../../render/rendered.ts';
import { Callable, type Value } from '../../render/value.ts';
import type { RenderSession } from '../context/render-session.ts';
import { parsedCode } from '../context/parsed-code.ts';
import { NESTED, renderNestedValue } from '../context/render-nested.ts';
import type { TemplateContext } from '../context/template-context.ts';
import { isList, isMap, textOfKey, type Data } from '../manifest/data.ts';
import { toValue } from '../manifest/data-value.ts';
import { Dict, List } from '../../render/value.ts';
import { dictSet } from '../../render/python/hash.ts';
import { PythonError } from '../../render/python/error.ts';
import type { InvocationFacts } from './manifest-view.ts';
import { settledProblem } from './open-run.ts';
import { shiftOrigins } from './shift-origins.ts';
import { testedRelation } from './tested-relation.ts';

/** Renders a node's raw code in a session's context, and maps it to the file that the code stands in. */
export function renderNode(session: RenderSession, context: TemplateContext): Rendered {
  const { node, view } = session;
  const origin = view.templateOrigin(node.uniqueId);
  // Generic tests share few texts, so under one name each is turned into code once.
  const file = origin?.file ?? NESTED;
  const flavour = session.phase === 'parse' ? ('capturing' as const) : ('default' as const);
  const prepared = prepareTestArguments(session, context, node.originalPath);
  if (prepared !== undefined) return { text: '', segments: [], problem: prepared };
  const unsettled = render({ template: parsedCode(node.rawCode), file, context, flavour, ...fuelOf(view.facts) });
  const problem = settledProblem(session, unsettled.problem);
  const rendered = problem === unsettled.problem ? unsettled : { ...unsettled, problem };
  if (origin !== undefined) return shiftOrigins(rendered, file, origin.start);
  return withoutOrigins(rendered, node.originalPath);
}

/** An invocation that says nothing has an editor's measure. */
const fuelOf = ({ fuel }: InvocationFacts): { readonly fuel?: Fuel } => (fuel === undefined ? {} : { fuel });

/** Code that stands in no file: nothing in it can be pointed at, except through the macros it calls. */
function withoutOrigins(rendered: Rendered, path: string): Rendered {
  const segments = rendered.segments.map(segment =>
    segment.frame === undefined ? { ...segment, origin: undefined, kind: 'synthetic' as const } : segment,
  );
  const { text, problem } = rendered;
  if (problem === undefined || problem.file !== NESTED) return { text, segments, problem };
  return { text, segments, problem: { ...problem, file: path, range: { start: 0, end: 0 } } };
}

/** A generic test gets its arguments as one dict; the texts among them are rendered to values first. */
function prepareTestArguments(
  session: RenderSession,
  context: TemplateContext,
  file: string,
): RenderProblem | undefined {
  const { testMetadata } = session.node;
  if (testMetadata === undefined) return undefined;
  try {
    const kwargs = renderedArgument(context, testMetadata.kwargs, []);
    session.extras.set('_dbt_generic_test_kwargs', kwargs);
    return undefined;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const { errorClass, message, code } = error;
    const problem = { errorClass, message, file, range: { start: 0, end: 0 }, frame: undefined, line: undefined };
    return code === undefined ? problem : { ...problem, code };
  }
}

const LOOKS_LIKE_CALL = /^\s*(env_var|ref|var|source|doc)\s*\(.+\)\s*$/s;

function renderedArgument(context: TemplateContext, data: Data, path: readonly string[]): Value {
  if (isList(data)) {
    return new List(data.map((item, index) => renderedArgument(context, item, [...path, String(index)])));
  }
  if (isMap(data)) {
    const dict = new Dict();
    for (const [key, value] of data) {
      dictSet(dict, toValue(key), renderedArgument(context, value, [...path, textOfKey(key)]));
    }
    return dict;
  }
  if (typeof data !== 'string' || (path.length === 1 && path[0] === 'column_name')) return toValue(data);
  const isTested = path.length === 1 && path[0] === 'model';
  const template = isTested ? testedRelation(context.session, data) : data;
  return renderNestedValue(context, LOOKS_LIKE_CALL.test(template) ? `{{ ${template} }}` : template);
}

/** Calls a function of the host as if a template called it, and gives its value or the problem it ended in. */
export function callFromHost(
  context: TemplateContext,
  body: Callable['invoke'],
): { readonly value: Value; readonly problem: RenderProblem | undefined } {
  let value: Value = null;
  const entry = new Callable('entry', (args, call) => {
    value = body(args, call);
    return '';
  });
  const lookup = (name: string): Value | undefined => (name === ENTRY ? entry : context.lookup(name));
  const template = parsedCode(`{{ ${ENTRY}() }}`);
  const { problem } = render({ template, file: '', context: { lookup }, ...fuelOf(context.session.view.facts) });
  return { value, problem };
}

const ENTRY = '__entry';
