import { parseJinja } from '../../syntax/jinja/parse.ts';
import { renderNative } from '../../render/render.ts';
import type { Value } from '../../render/value.ts';
import type { InvocationFacts } from '../compile/manifest-view.ts';
import type { Data, DataMap } from '../manifest/data.ts';
import { fromValue, toDict } from '../manifest/data-value.ts';
import { DBT_VERSION } from '../project/dbt-version.ts';
import { compilationError } from './dbt-error.ts';
import { flagsNamespace } from './flags.ts';
import { hostFunction, textOf } from './host-function.ts';
import { pureFunction, pythonModules, runStartedAt } from './python-modules.ts';
import { NESTED, renderNested } from './render-nested.ts';
import { timestampValue } from './temporal.ts';
import { envVarFunction, Variables } from './variables.ts';

/** What Jinja in a YAML file can see. */
export interface YamlRenderContext {
  readonly kind: 'profile' | 'project' | 'packages' | 'properties' | 'docs';
  readonly vars: DataMap;
  /** `undefined` where dbt has not chosen a target yet. */
  readonly target: DataMap | undefined;
  /** The root project's, once dbt knows it: in properties files and descriptions. */
  readonly projectName?: string | undefined;
  readonly facts: InvocationFacts;
  /** `doc()`, for descriptions. */
  readonly doc?: (packageName: string | undefined, name: string) => string | undefined;
}

/** Renders one text of a YAML file natively: one expression keeps the type of its value. */
export function renderYaml(
  text: string,
  context: YamlRenderContext,
): { readonly value: Data } | { readonly problem: string } {
  const lookup = (name: string): Value | undefined => valueOf(name, context);
  const { value, problem } = renderNative({ template: parseJinja(text), file: NESTED, context: { lookup } });
  if (problem !== undefined) return { problem: problem.message };
  const data = value === undefined ? undefined : fromValue(value);
  return data === undefined ? { problem: 'the value of this expression is no data' } : { value: data };
}

function valueOf(name: string, context: YamlRenderContext): Value | undefined {
  const { kind, facts, target, vars, doc } = context;
  switch (name) {
    case 'target':
      return target === undefined ? undefined : toDict(target, timestampValue);
    case 'project_name':
      return context.projectName;
    case 'var':
      return new Variables({
        vars,
        nodeName: undefined,
        requires: true,
        onRead: () => undefined,
        // In properties files and descriptions dbt gives the value of a variable as it is written.
        render: text =>
          kind === 'properties' || kind === 'docs'
            ? text
            : renderNested({ lookup: inner => valueOf(inner, context) }, text),
      });
    case 'env_var': {
      const allowsSecrets = kind === 'profile' || kind === 'packages';
      return envVarFunction({ environment: facts.environment, allowsSecrets, onRead: () => undefined });
    }
    case 'doc':
      return doc === undefined ? undefined : docFunction(doc);
    case 'flags':
      return flagsNamespace(facts);
    case 'modules':
      return pythonModules(facts);
    case 'run_started_at':
      return runStartedAt(facts);
    case 'invocation_id':
      return facts.invocationId;
    case 'dbt_version':
      return DBT_VERSION;
    case 'thread_id':
      return 'MainThread';
    default:
      return pureFunction(facts, name);
  }
}

/** `doc('name')` and `doc('package', 'name')`. */
function docFunction(doc: NonNullable<YamlRenderContext['doc']>): Value {
  return hostFunction('doc', ['first', ['second', null]], call => {
    const first = textOf(call.at(0), 'doc name');
    const second = call.at(1) === null ? undefined : textOf(call.at(1), 'doc name');
    const text = second === undefined ? doc(undefined, first) : doc(first, second);
    return text ?? compilationError(`Documentation for '${second ?? first}' not found`, 'doc-missing');
  });
}
