import { strOf } from '../../render/python/strings.ts';
import { Callable, Dict, HostObject, type CallArguments, type CallContext, type Value } from '../../render/value.ts';
import { dataAt, asMap } from '../manifest/data.ts';
import { toDict, toValue } from '../manifest/data-value.ts';
import { DbtError } from './dbt-error.ts';
import { hostFunction, textOf } from './host-function.ts';
import type { RenderSession } from './render-session.ts';
import { timestampValue } from './temporal.ts';

/** `config`: called it captures configuration; its methods read what the node ended up with. */
export class ConfigObject extends HostObject {
  readonly typeName = 'ParseConfigObject';
  readonly #session: RenderSession;
  /** What `config.set` wrote while running, and overrides that a unit test brings. */
  readonly #written: Map<string, Value>;
  constructor(session: RenderSession, overrides: ReadonlyMap<string, Value>) {
    super();
    this.#session = session;
    this.#written = new Map(overrides);
  }

  override callable(): Callable {
    return new Callable('config', (args, context) => this.#capture(args, context));
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'get':
        return hostFunction(
          name,
          [
            ['name', null],
            ['default', null],
            ['validator', null],
          ],
          call => this.#get(textOf(call.at(0), 'name'), call.at(1)),
        );
      case 'require':
        return hostFunction(name, ['name', ['validator', null]], call => this.#require(textOf(call.at(0), 'name')));
      case 'set':
        return new Callable(name, ({ positional }, context) => {
          const key = textOf(positional[0] ?? null, 'name');
          return this.#store(new Map([[key, positional[1] ?? null]]), context);
        });
      case 'meta_get':
        return hostFunction(
          name,
          ['name', ['default', null]],
          call => this.#meta(textOf(call.at(0), 'name')) ?? call.at(1),
        );
      case 'meta_require':
        return hostFunction(name, ['name'], call => this.#requireMeta(textOf(call.at(0), 'name')));
      case 'persist_relation_docs':
        return hostFunction(name, [], () => dataAt(this.#session.node.config.get('persist_docs'), 'relation') === true);
      case 'persist_column_docs':
        return hostFunction(name, [], () => dataAt(this.#session.node.config.get('persist_docs'), 'columns') === true);
      case 'model':
        return this.#session.executing
          ? toDict(this.#session.view.describe(this.#session.node.uniqueId), timestampValue)
          : null;
      default:
        return undefined;
    }
  }

  #capture({ positional, named }: CallArguments, context: CallContext): Value {
    const [first] = positional;
    if (positional.length === 1 && named.size === 0 && first instanceof Dict) {
      return this.#store(
        new Map([...first.entries.values()].map(({ key, value }) => [strOf(key) ?? '', value])),
        context,
      );
    }
    if (positional.length > 0) failArguments();
    return this.#store(named, context);
  }

  #store(options: ReadonlyMap<string, Value>, context: CallContext): Value {
    this.#session.configCalls.push({ call: options, site: context.site });
    return '';
  }

  #read(name: string): Value | undefined {
    const written = this.#written.get(name);
    if (written !== undefined) return written;
    const data = this.#session.node.config.get(name);
    return data === undefined ? undefined : toValue(data, timestampValue);
  }

  // While parsing nothing is settled yet, and dbt answers with an empty text.
  #get(name: string, fallback: Value): Value {
    if (!this.#session.executing) return '';
    // A key that is there without a value is none, whatever the default.
    const value = this.#read(name);
    return value === undefined ? fallback : value;
  }

  #require(name: string): Value {
    if (!this.#session.executing) return '';
    const value = this.#read(name);
    return value === undefined ? this.#missing(name) : value;
  }

  #meta(name: string): Value | undefined {
    const data = asMap(this.#session.node.config.get('meta'))?.get(name);
    return data === undefined ? undefined : toValue(data, timestampValue);
  }

  #requireMeta(name: string): Value {
    return this.#session.executing ? (this.#meta(name) ?? this.#missing(name)) : '';
  }

  #missing(name: string): never {
    const { resourceType, uniqueId } = this.#session.node;
    const kind = resourceType.charAt(0).toUpperCase() + resourceType.slice(1);
    const message = `${kind} '${uniqueId}' does not define a required config parameter '${name}'.`;
    throw new DbtError('CompilationError', message, 'config-required');
  }

  repr(): string {
    return `<dbt.context.providers.ParseConfigObject object>`;
  }
}

function failArguments(): never {
  throw new DbtError('InlineModelConfigError', 'Invalid inline model config', 'config-arguments');
}
