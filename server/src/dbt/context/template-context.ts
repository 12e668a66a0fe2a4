import type { RenderContext } from '../../render/render.ts';
import { Callable, HostObject, type CallContext, type Value } from '../../render/value.ts';
import { strOf } from '../../render/python/strings.ts';
import { positionalArguments } from '../../render/python/arguments.ts';
import type { MacroView } from '../compile/manifest-view.ts';
import type { AdapterHost } from './adapter-host.ts';
import { contextValues, type ContextHost } from './context-values.ts';
import { DbtError } from './dbt-error.ts';
import { hostFunction } from './host-function.ts';
import { loadMacro } from './load-macro.ts';
import { findAnywhere, findMacro, macroNames, isMacroPackage, macroOfPackage } from './macro-index.ts';
import type { RenderSession } from './render-session.ts';

/** What the templates of one session see: macros before everything else, as in dbt, then the context's own names. */
export class TemplateContext implements RenderContext {
  readonly session: RenderSession;
  readonly #host: ContextHost;
  readonly #values: ReadonlyMap<string, (host: ContextHost) => Value>;
  readonly #made = new Map<string, Value>();
  readonly #macros = new Map<string, Callable>();
  readonly #packages = new Map<string, Value>();

  constructor(session: RenderSession) {
    this.session = session;
    this.#host = { session, context: this, adapter: this.#adapterHost() };
    this.#values = contextValues;
  }

  readonly lookup = (name: string): Value | undefined => {
    const overridden = this.session.macroOverrides.get(name);
    if (overridden !== undefined) return overridden;
    const macro = this.findMacro(name);
    if (macro !== undefined) return this.macroCallable(macro);
    if (isMacroPackage(this.session.macroIndex, name)) return this.#package(name);
    const extra = this.session.extras.get(name);
    return extra === undefined ? this.value(name) : extra;
  };

  /** All names that `lookup` knows. */
  names(): readonly string[] {
    const { view, node, macroIndex, extras, macroOverrides } = this.session;
    const macros = macroNames(macroIndex, { local: node.packageName, root: view.projectName });
    return [...new Set([...this.#values.keys(), ...extras.keys(), ...macros, ...macroOverrides.keys()])];
  }

  /** A name of the context that no macro hides. */
  value(name: string): Value | undefined {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const value = this.#values.get(name)?.(this.#host);
    if (value !== undefined) this.#made.set(name, value);
    return value;
  }

  findMacro(name: string): MacroView | undefined {
    const { view, node, macroIndex } = this.session;
    const found = findMacro(macroIndex, name, { local: node.packageName, root: view.projectName });
    if (found !== undefined || node.testMetadata === undefined) return found;
    return findAnywhere(macroIndex, name, node.testMetadata.namespace);
  }

  /** A macro as templates call it; calls from the node's own template are what the node depends on. */
  macroCallable(macro: MacroView): Callable {
    const known = this.#macros.get(macro.uniqueId);
    if (known !== undefined) return known;
    const inner = loadMacro(this.session.view, macro, () => this);
    const { session } = this;
    const invoke: Callable['invoke'] = (args, context) => {
      if (session.macroDepth === 0) session.macros.add(macro.uniqueId);
      session.macroDepth++;
      try {
        return inner.invoke(args, context);
      } finally {
        session.macroDepth--;
      }
    };
    const callable = new Callable(macro.name, invoke, { typeName: 'MacroGenerator', keepsSpans: true });
    this.#macros.set(macro.uniqueId, callable);
    return callable;
  }

  #package(name: string): Value {
    const known = this.#packages.get(name);
    if (known !== undefined) return known;
    const namespace = new PackageNamespace(this, name);
    this.#packages.set(name, namespace);
    return namespace;
  }

  #adapterHost(): AdapterHost {
    return {
      session: this.session,
      callableOf: macro => this.macroCallable(macro),
      findMacro: name => this.findMacro(name),
      callMacro: (context, name, ...args) => this.#callMacro(context, name, args),
    };
  }

  #callMacro(context: CallContext, name: string, args: readonly Value[]): Value {
    const macro = this.findMacro(name);
    if (macro === undefined) {
      const message = `dbt could not find a macro with the name "${name}" in ${this.session.view.projectName}`;
      throw new DbtError('DbtRuntimeError', message, 'macro-missing');
    }
    return context.call(this.macroCallable(macro), positionalArguments(...args));
  }
}

/** `dbt_utils`, `dbt`: the macros of one package. */
class PackageNamespace extends HostObject {
  readonly typeName = 'dict';
  readonly #context: TemplateContext;
  readonly #name: string;
  constructor(context: TemplateContext, name: string) {
    super();
    this.#context = context;
    this.#name = name;
  }

  #macro(name: string): Value | undefined {
    const overridden = this.#context.session.macroOverrides.get(`${this.#name}.${name}`);
    if (overridden !== undefined) return overridden;
    const macro = macroOfPackage(this.#context.session.macroIndex, this.#name, name);
    return macro === undefined ? undefined : this.#context.macroCallable(macro);
  }

  override attribute(name: string): Value | undefined {
    if (name === 'get') {
      return hostFunction(
        'get',
        ['key', ['default', null]],
        call => this.#macro(strOf(call.at(0)) ?? '') ?? call.at(1),
      );
    }
    return undefined;
  }

  override item(key: Value): Value | undefined {
    const name = strOf(key);
    return name === undefined ? undefined : this.#macro(name);
  }

  override has(item: Value): boolean {
    const name = strOf(item);
    return name !== undefined && this.#macro(name) !== undefined;
  }

  override truthy(): boolean {
    return true;
  }

  repr(): string {
    return `<macros of ${this.#name}>`;
  }
}
