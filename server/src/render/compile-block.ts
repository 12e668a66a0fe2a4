import type { Block } from '../syntax/jinja/nodes.ts';
import type { Compilation, Scope } from './compilation.ts';
import { GO_ON, TemplateContext } from './engine.ts';
import type { Environment, Execute } from './engine.ts';
import { raise } from './python/error.ts';
import { identityKey } from './python/hash.ts';
import { strOf } from './python/strings.ts';
import { toText } from './python/text.ts';
import { newSink, sinkValue } from './sink.ts';
import { Callable, HostObject, Markup } from './value.ts';
import type { HashKey, Value } from './value.ts';

/** Turns the use of a block, at the place where it stands, into code; its body is compiled with the template. */
export function compileBlock(compilation: Compilation, scope: Scope, node: Block): Execute {
  compilation.mark(node.at);
  const site = compilation.site(node.tags[0] ?? node);
  const { name } = node;
  const stores = [...scope.symbols.allStores()].map(([stored, variable]) => ({ stored, ...scope.fn.locate(variable) }));
  return environment => {
    const { engine, context } = environment;
    engine.step();
    engine.site = site;
    if (node.required) raise('TemplateRuntimeError', `Required block '${name}' not found`);
    context.blocks.get(name)?.(node.scoped ? derived(environment, stores) : context);
    return GO_ON;
  };
}

/** The context of a scoped block: the variables at its place, over those of the template. */
function derived(
  environment: Environment,
  stores: readonly { readonly stored: string; readonly depth: number; readonly place: number }[],
): TemplateContext {
  const { context } = environment;
  const inner = new TemplateContext(context.engine, { lookup: name => context.resolve(name) }, context);
  inner.autoescape = context.autoescape;
  for (const { stored, depth, place } of stores) {
    const value = environment.outer(depth).slots[place];
    if (value !== undefined) inner.vars.set(stored, value);
  }
  return inner;
}

/** `self`: the blocks of the template as functions. */
export class TemplateReference extends HostObject {
  readonly typeName = 'TemplateReference';
  private readonly context: TemplateContext;
  private readonly mode: 'text' | 'native';
  constructor(context: TemplateContext, mode: 'text' | 'native') {
    super();
    this.context = context;
    this.mode = mode;
  }

  override item(key: Value): Value | undefined {
    const name = strOf(key) ?? '';
    const block = this.context.blocks.get(name);
    if (block === undefined) return undefined;
    return new Callable(name, () => captureBlock(this.context, this.mode, block), { typeName: 'BlockReference' });
  }

  override qualifiedTypeName(): string {
    return 'jinja2.runtime.TemplateReference';
  }

  /** Python finds no iterator and asks for the block `0`. */
  override *iterate(): Generator<Value, void> {
    yield raise('KeyError', '0');
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    return '<TemplateReference None>';
  }
}

function captureBlock(
  context: TemplateContext,
  mode: 'text' | 'native',
  block: (context: TemplateContext) => void,
): Value {
  const { engine } = context;
  engine.enter();
  const outer = engine.sink;
  engine.sink = newSink(mode);
  block(context);
  const value = sinkValue(engine.sink);
  engine.sink = outer;
  engine.leave();
  return context.autoescape ? new Markup(toText(value)) : value;
}
