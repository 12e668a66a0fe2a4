import { toText } from '../../render/python/text.ts';
import { mayHoldJinja } from '../../render/render.ts';
import { toJsonText } from '../../render/python/json-text.ts';
import { type Callable, HostObject, Undefined, type Value } from '../../render/value.ts';
import type { DataMap } from '../manifest/data.ts';
import { toDict, toValue } from '../manifest/data-value.ts';
import { DbtError } from './dbt-error.ts';
import { hostFunction, textOf, type HostCall } from './host-function.ts';
import { timestampValue } from './temporal.ts';

/** What `var` looks in. */
export interface VariableScope {
  readonly vars: DataMap;
  /** The node that asks, for the message; `undefined` outside of nodes. */
  readonly nodeName: string | undefined;
  /** A variable that nobody set is none while parsing, and an error later. */
  readonly requires: boolean;
  readonly onRead: (name: string) => void;
  /** Renders a value that is a text: variables may hold Jinja. */
  readonly render: (text: string) => string;
}

/** `var('name', default)` and `var.has_var('name')`. */
export class Variables extends HostObject {
  readonly typeName = 'Var';
  readonly #scope: VariableScope;
  constructor(scope: VariableScope) {
    super();
    this.#scope = scope;
  }

  override callable(): Callable {
    return hostFunction('var', ['var_name', ['default', NOT_GIVEN]], call => this.#read(call));
  }

  override attribute(name: string): Value | undefined {
    if (name !== 'has_var') return undefined;
    return hostFunction(name, ['var_name'], call => this.#scope.vars.has(textOf(call.at(0), 'var_name')));
  }

  #read(call: HostCall): Value {
    // A name may be anything; the project's names are all texts.
    const name = toText(call.at(0));
    this.#scope.onRead(name);
    const data = this.#scope.vars.get(name);
    if (typeof data === 'string') return mayHoldJinja(data) ? this.#scope.render(data) : data;
    if (data !== undefined) return toValue(data, timestampValue);
    const fallback = call.at(1);
    if (fallback !== NOT_GIVEN) return fallback;
    return this.#scope.requires ? this.#fail(name) : null;
  }

  #fail(name: string): never {
    const { vars, nodeName } = this.#scope;
    const supplied = toJsonText(toDict(vars), { sortKeys: true, indent: '    ' });
    const message = `Required var '${name}' not found in config:\nVars supplied to ${nodeName ?? '<Configuration>'} = ${supplied}`;
    throw new DbtError('CompilationError', message, 'var-missing');
  }

  repr(): string {
    return '<dbt.context.base.Var object>';
  }
}

const NOT_GIVEN = new Undefined('no default', undefined);

/** What `env_var` looks in. */
export interface EnvironmentScope {
  readonly environment: Readonly<Record<string, string>>;
  /** Profiles and packages may name secrets. */
  readonly allowsSecrets: boolean;
  readonly onRead: (name: string) => void;
}

const SECRET_PREFIX = 'DBT_ENV_SECRET';

/** `env_var('NAME', default)`. */
export function envVarFunction(scope: EnvironmentScope): Callable {
  return hostFunction('env_var', ['var', ['default', null]], call => {
    const name = textOf(call.at(0), 'var');
    scope.onRead(name);
    if (name.startsWith(SECRET_PREFIX) && !scope.allowsSecrets) {
      const message = `Secret env vars are allowed only in profiles.yml or packages.yml. Found '${name}' referenced elsewhere.`;
      throw new DbtError('SecretEnvVarLocationError', message, 'env-var-secret');
    }
    const value = scope.environment[name];
    if (value !== undefined) return value;
    if (call.at(1) !== null) return call.at(1);
    throw new DbtError('EnvVarMissingError', `Env var required but not provided: '${name}'`, 'env-var-missing');
  });
}
