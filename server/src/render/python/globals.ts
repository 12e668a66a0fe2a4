import { Callable, Dict, HostObject, Markup, Tuple, type CallArguments, type HashKey, type Value } from '../value.ts';
import { bindArguments, bindRange, indexArgument, parameters } from './arguments.ts';
import { raise } from './error.ts';
import { dictCopy, identityKey } from './hash.ts';
import { dictAttribute, updateDict } from './methods/dict.ts';
import { boundMethod, methodTable } from './methods/method-table.ts';
import { makeRange } from './range.ts';
import { repr } from './text.ts';
import { truthy } from './truth.ts';
import { makeText, spend } from './meter.ts';

/** Jinja's global functions: `range`, `dict`, `lipsum`, `cycler`, `joiner`, `namespace`. */
export function builtinGlobals(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['range', new Callable('safe_range', makeRange)],
    ['dict', new Callable('dict', makeDict, { typeName: 'type', attributes: new Map([['fromkeys', fromKeys]]) })],
    ['lipsum', new Callable('generate_lorem_ipsum', lipsum)],
    ['cycler', new Callable('jinja2.utils.Cycler', args => new Cycler(args), { typeName: 'type' })],
    ['joiner', new Callable('jinja2.utils.Joiner', args => new Joiner(args), { typeName: 'type' })],
    ['namespace', new Callable('jinja2.utils.Namespace', args => new Namespace(makeDict(args)), { typeName: 'type' })],
  ]);
}

/** `dict(mapping_or_pairs, **named)`. */
function makeDict(args: CallArguments): Dict {
  const [source] = bindRange('dict', { positional: args.positional, named: new Map() }, 0, 1);
  const dict = source instanceof Dict ? dictCopy(source) : new Dict();
  if (source !== undefined && !(source instanceof Dict)) updateDict(dict, source);
  for (const [name, value] of args.named) dict.setString(name, value);
  return dict;
}

const fromKeys = dictAttribute(new Dict(), 'fromkeys') ?? null;

/** What `namespace()` makes: an object whose attributes `set` may assign. */
export class Namespace extends HostObject {
  readonly typeName = 'Namespace';
  readonly #attributes: Dict;
  constructor(attributes: Dict) {
    super();
    this.#attributes = attributes;
  }

  override qualifiedTypeName(): string {
    return 'jinja2.utils.Namespace';
  }

  override attribute(name: string): Value | undefined {
    return this.#attributes.getString(name);
  }

  override setAttribute(name: string, value: Value): boolean {
    this.#attributes.setString(name, value);
    return true;
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    return `<Namespace ${repr(this.#attributes)}>`;
  }
}

/** What `cycler(...)` makes: the items one after the other, for ever. */
class Cycler extends HostObject {
  readonly typeName = 'Cycler';
  readonly items: readonly Value[];
  position = 0;
  constructor(args: CallArguments) {
    super();
    const { rest } = bindArguments('Cycler.__init__', [], args, { rest: true });
    if (rest.length === 0) raise('RuntimeError', 'at least one item has to be provided');
    this.items = rest;
  }

  override qualifiedTypeName(): string {
    return 'jinja2.utils.Cycler';
  }

  get current(): Value {
    return this.items[this.position] ?? null;
  }

  override attribute(name: string): Value | undefined {
    if (name === 'current') return this.current;
    if (name === 'items') return new Tuple(this.items);
    if (name === 'pos') return this.position;
    return boundMethod(cyclerMethods, this, name);
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    return '<jinja2.utils.Cycler object>';
  }
}

const cyclerMethods = methodTable<Cycler>({
  next: (cycler, args) => {
    bindArguments('Cycler.next', [], args);
    const { current } = cycler;
    cycler.position = (cycler.position + 1) % cycler.items.length;
    return current;
  },
  reset: (cycler, args) => {
    bindArguments('Cycler.reset', [], args);
    cycler.position = 0;
    return null;
  },
});

/** What `joiner(sep)` makes: called, it gives nothing the first time and the separator from then on. */
class Joiner extends HostObject {
  readonly typeName = 'Joiner';
  readonly separator: Value;
  #used = false;
  constructor(args: CallArguments) {
    super();
    const { values } = bindArguments('Joiner.__init__', parameters(['sep', ', ']), args);
    this.separator = values[0] ?? null;
  }

  override qualifiedTypeName(): string {
    return 'jinja2.utils.Joiner';
  }

  override attribute(name: string): Value | undefined {
    if (name === 'sep') return this.separator;
    return name === 'used' ? this.#used : undefined;
  }

  override callable(): Callable {
    return new Callable('joiner', args => {
      bindArguments('Joiner.__call__', [], args);
      const text = this.#used ? this.separator : '';
      this.#used = true;
      return text;
    });
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    return '<jinja2.utils.Joiner object>';
  }
}

const placeholderWords = 'vita brevis ars longa occasio praeceps experimentum periculosum iudicium difficile est'.split(
  ' ',
);

/** Filler text. Jinja's is random; the core knows no randomness, so this one is the same every time. */
function lipsum(args: CallArguments): Value {
  const { values } = bindArguments(
    'generate_lorem_ipsum',
    parameters(['n', 5], ['html', true], ['min', 20], ['max', 100]),
    args,
  );
  const [n = 5, html = true, least = 20] = values;
  const nWords = Math.max(1, indexArgument(least));
  const nParagraphs = Math.max(0, indexArgument(n));
  makeText(nWords * nParagraphs * 8);
  spend(nWords + nParagraphs);
  const words = Array.from({ length: nWords }, (_, index) => placeholderWords[index % placeholderWords.length] ?? '');
  const paragraph = `Ars ${words.slice(1).join(' ')}`.trimEnd() + '.';
  const paragraphs = Array.from({ length: nParagraphs }, () => paragraph);
  if (!truthy(html)) return paragraphs.join('\n\n');
  return new Markup(paragraphs.map(it => `<p>${it}</p>`).join('\n'));
}
