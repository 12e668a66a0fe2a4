import { plainValue } from '../../syntax/yaml/scalar.ts';
import { Dict, Float, List, PySet, Spanned, Tuple, type Value } from '../value.ts';
import { PythonError } from './error.ts';
import { floatText } from './float.ts';
import { intText } from './int.ts';
import { PyDate, PyDateTime } from './modules/datetime/values.ts';
import { NamedTuple } from './named-tuple.ts';
import { sortValues } from './sort.ts';
import { analyzeScalar, type YamlStyle } from './yaml-scalar.ts';
import { YamlStream } from './yaml-stream.ts';
import { spend } from './meter.ts';

/** `yaml.safe_dump(value, sort_keys)`; `undefined` where PyYAML cannot represent a value in it. */
export function dumpYaml(value: Value, options: { readonly sortKeys: boolean }): string | undefined {
  const shared = new Map<object, string>();
  if (!findShared(value, new Set(), shared)) return undefined;
  let nAnchors = 0;
  for (const [object, name] of shared) {
    if (name === '') continue;
    nAnchors++;
    shared.set(object, `id${String(nAnchors).padStart(3, '0')}`);
  }
  return new Dumper(shared, options).document(value);
}

/** A scalar as it would be written plain, and whether that is how it must be read. */
interface Scalar {
  readonly text: string;
  readonly tag: string;
}

/** The scalar of a value; `undefined` for collections and for what YAML has no form for. */
function scalarOf(value: Value): Scalar | undefined {
  if (value === null) return { text: 'null', tag: 'null' };
  if (typeof value === 'string') return { text: value, tag: 'str' };
  if (typeof value === 'boolean') return { text: value ? 'true' : 'false', tag: 'bool' };
  if (typeof value === 'number' || typeof value === 'bigint') return { text: intText(value), tag: 'int' };
  if (value instanceof Float) return { text: yamlFloat(value.value), tag: 'float' };
  if (value instanceof Spanned) return { text: value.text, tag: 'str' };
  if (value instanceof PyDateTime) return { text: value.isoFormat(' '), tag: 'timestamp' };
  return value instanceof PyDate ? { text: value.toText(), tag: 'timestamp' } : undefined;
}

function yamlFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const text = floatText(value);
  return text.includes('.') ? text : text.replace('e', '.0e');
}

type Collection = List | Tuple | Dict | PySet;

function isCollection(value: Value): value is Collection {
  if (value instanceof NamedTuple) return false;
  return value instanceof List || value instanceof Tuple || value instanceof Dict || value instanceof PySet;
}

const isEmpty = (value: Collection): boolean =>
  value instanceof List || value instanceof Tuple ? value.items.length === 0 : value.entries.size === 0;

/** Collects the objects that occur twice (with an empty name those that occur once); `false` for a value without form. */
function findShared(value: Value, seen: Set<object>, shared: Map<object, string>): boolean {
  spend(4);
  if (!isCollection(value)) {
    if (value instanceof PyDate || value instanceof PyDateTime) noteObject(value, seen, shared);
    return scalarOf(value) !== undefined;
  }
  if (!(value instanceof Tuple && isEmpty(value)) && !noteObject(value, seen, shared)) return true;
  const parts = partsOf(value);
  return parts.every(part => findShared(part, seen, shared));
}

/** Whether the object is new. */
function noteObject(object: object, seen: Set<object>, shared: Map<object, string>): boolean {
  if (seen.has(object)) {
    shared.set(object, 'shared');
    return false;
  }
  seen.add(object);
  shared.set(object, '');
  return true;
}

function partsOf(value: Collection): readonly Value[] {
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (value instanceof PySet) return [...value.entries.values()];
  return [...value.entries.values()].flatMap(({ key, value: item }) => [key, item]);
}

/** Where a node stands. */
type Context = 'root' | 'sequence' | 'mapping' | 'simple-key';

/** Walks a value and writes it in block style, as PyYAML's emitter does. */
class Dumper {
  readonly #shared: ReadonlyMap<object, string>;
  readonly #written = new Set<object>();
  readonly #sortKeys: boolean;
  readonly #out = new YamlStream();
  constructor(shared: ReadonlyMap<object, string>, { sortKeys }: { readonly sortKeys: boolean }) {
    this.#shared = shared;
    this.#sortKeys = sortKeys;
  }

  document(value: Value): string {
    this.#node(value, 'root');
    return this.#out.finish();
  }

  #node(value: Value, context: Context): void {
    if (this.#alias(value)) return;
    const scalar = scalarOf(value);
    if (scalar !== undefined) this.#scalar(scalar, context);
    else if (isCollection(value)) this.#collection(value, context);
  }

  /** Writes `*name` for an object that stands before, `&name` in front of one that comes again. */
  #alias(value: Value): boolean {
    const name = value !== null && typeof value === 'object' ? this.#shared.get(value) : undefined;
    if (name === undefined || name === '' || value === null || typeof value !== 'object') return false;
    const isWritten = this.#written.has(value);
    this.#written.add(value);
    this.#out.indicator(`${isWritten ? '*' : '&'}${name}`, { needsBlank: true });
    return isWritten;
  }

  #collection(value: Collection, context: Context): void {
    if (value instanceof PySet) this.#out.indicator('!!set', { needsBlank: true });
    if (isEmpty(value)) {
      const isList = value instanceof List || value instanceof Tuple;
      this.#out.indicator(isList ? '[' : '{', { needsBlank: true, leavesBlank: true });
      this.#out.indicator(isList ? ']' : '}', {});
    } else if (value instanceof List || value instanceof Tuple) this.#sequence(value.items, context);
    else this.#mapping(this.#entries(value));
  }

  #entries(value: Dict | PySet): readonly (readonly [Value, Value])[] {
    if (value instanceof PySet) return this.#sorted([...value.entries.values()].map(it => [it, null]));
    return this.#sorted([...value.entries.values()].map(it => [it.key, it.value]));
  }

  #sorted(entries: readonly (readonly [Value, Value])[]): readonly (readonly [Value, Value])[] {
    if (!this.#sortKeys) return entries;
    try {
      return sortValues(entries.map(it => new Tuple(it))).map(pair => {
        const [key = null, value = null] = pair instanceof Tuple ? pair.items : [];
        return [key, value];
      });
    } catch (error) {
      // Keys without an order stay in the order they have.
      if (error instanceof PythonError && error.errorClass === 'TypeError') return entries;
      throw error;
    }
  }

  #sequence(items: readonly Value[], context: Context): void {
    // A list that is the value of a simple key stands in the column of the key.
    this.#out.indent({ flat: context === 'mapping' && !this.#out.isAtIndention });
    for (const item of items) {
      this.#out.lineStart();
      this.#out.indicator('-', { needsBlank: true, keepsIndention: true });
      this.#node(item, 'sequence');
    }
    this.#out.outdent();
  }

  #mapping(entries: readonly (readonly [Value, Value])[]): void {
    this.#out.indent({});
    for (const [key, value] of entries) {
      this.#out.lineStart();
      if (this.#isSimpleKey(key)) {
        this.#node(key, 'simple-key');
        this.#out.indicator(':', {});
      } else {
        this.#out.indicator('?', { needsBlank: true, keepsIndention: true });
        this.#node(key, 'mapping');
        this.#out.lineStart();
        this.#out.indicator(':', { needsBlank: true, keepsIndention: true });
      }
      this.#node(value, 'mapping');
    }
    this.#out.outdent();
  }

  #isSimpleKey(key: Value): boolean {
    const scalar = scalarOf(key);
    if (scalar === undefined) return isCollection(key) && isEmpty(key);
    return !analyzeScalar(scalar.text).isMultiline && scalar.text.length + scalar.tag.length + 2 < 128;
  }

  #scalar(scalar: Scalar, context: Context): void {
    this.#out.indent({ isScalar: true });
    const split = context !== 'simple-key';
    const style = styleOf(scalar, context);
    if (style === 'plain') this.#out.plain(scalar.text, { split, isRoot: context === 'root' });
    else if (style === 'single') this.#out.singleQuoted(scalar.text, { split });
    else this.#out.doubleQuoted(scalar.text, { split });
    this.#out.outdent();
  }
}

function styleOf({ text, tag }: Scalar, context: Context): YamlStyle {
  const analysis = analyzeScalar(text);
  const isKey = context === 'simple-key';
  const readsBack = tag !== 'str' || readsAsText(text);
  if (readsBack && analysis.allowsPlain && !(isKey && (analysis.isEmpty || analysis.isMultiline))) return 'plain';
  return analysis.allowsSingle && !(isKey && analysis.isMultiline) ? 'single' : 'double';
}

/** Whether PyYAML reads the plain text as a str again. */
function readsAsText(text: string): boolean {
  return text !== '<<' && text !== '=' && plainValue(text).type === 'str';
}
