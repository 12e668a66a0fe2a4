import { mergeConfigCall } from '../dbt/config/merge.ts';
import { isList, textOfKey, type Data, type DataScalar } from '../dbt/manifest/data.ts';
import type { NodeConfig, RefCall, SourceCall } from '../dbt/manifest/node.ts';
import type { MacroView } from '../dbt/compile/manifest-view.ts';
import type { GenericTest } from '../dbt/properties/properties.ts';
import type { CapturedNode } from './engine.ts';

/**
 * What rendering a generic test would see, told from its YAML alone: most tests of most projects are one of dbt's four
 * with plain arguments. `undefined` where only the render can tell. Holds as long as `plainTestsHold` does.
 */
export function capturePlainTest({ metadata, target, config }: GenericTest): CapturedNode | undefined {
  const { name, namespace, kwargs } = metadata;
  const parameters = PARAMETERS.get(name);
  if (parameters === undefined || (namespace !== undefined && namespace !== 'dbt')) return undefined;
  if (typeof kwargs.get('column_name') !== 'string') return undefined;
  if (parameters.required.some(it => !kwargs.has(it)) || ![...config].every(isPlainOption)) return undefined;
  const refs: RefCall[] = [];
  const sources: SourceCall[] = [];
  for (const [key, value] of kwargs) {
    const name = textOfKey(key);
    if (name === 'model') {
      if (target.kind === 'source') sources.push({ source: target.source, table: target.table });
      else refs.push({ package: undefined, name: target.name, version: textVersion(target.version) });
      if (!isPlain(target.kind === 'source' ? [target.source, target.table] : [target.name])) return undefined;
    } else if (name === 'to' && name in parameters.kinds) {
      const ref = typeof value === 'string' ? LITERAL_REF.exec(value)?.[1] : undefined;
      if (ref === undefined) return undefined;
      refs.push({ package: undefined, name: ref, version: undefined });
    } else if (parameters.kinds[name]?.(value) !== true) return undefined;
  }
  return {
    problem: undefined,
    refs,
    sources,
    config: config.size === 0 ? NO_CONFIG : mergeConfigCall(NO_CONFIG, config),
    macros: parameters.macros,
  };
}

/** The version of a target stands between quotes in the test's call. */
const textVersion = (version: string | number | undefined): string | undefined =>
  version === undefined ? undefined : String(version);

const LITERAL_REF = /^\s*ref\(\s*['"]([\w.-]+)['"]\s*\)\s*$/;

const NO_CONFIG: NodeConfig = new Map();

interface Parameters {
  /** What the test calls, in the order of its calls. */
  readonly macros: readonly string[];
  readonly required: readonly string[];
  readonly kinds: Readonly<Record<string, (value: Data) => boolean>>;
}

/** Texts that mean themselves, wherever they are put. */
const isWord = (value: Data): boolean => typeof value === 'string' && /^[\w .:/@+-]*$/.test(value);
const isWords = (value: Data): boolean => isList(value) && value.length > 0 && value.every(isItem);
const isItem = (value: Data): boolean => isWord(value) || typeof value === 'number' || typeof value === 'boolean';
/** A column name is never rendered. */
const isAnything = (): boolean => true;

const parameters = (
  test: string,
  required: readonly string[],
  kinds: Parameters['kinds'],
): readonly [string, Parameters] => {
  const macros = ['macro.dbt.get_where_subquery', `macro.dbt.test_${test}`];
  return [test, { macros, required, kinds: { ...kinds, column_name: isAnything } }];
};

const PARAMETERS: ReadonlyMap<string, Parameters> = new Map([
  parameters('unique', [], {}),
  parameters('not_null', [], {}),
  parameters('accepted_values', ['values'], { values: isWords, quote: value => typeof value === 'boolean' }),
  parameters('relationships', ['to', 'field'], { to: isWord, field: isWord }),
]);

const isPlain = (texts: readonly string[]): boolean => texts.every(text => /^[\w.-]+$/.test(text));

/** Options that a `config()` call gives back as they were written. */
function isPlainOption([key, value]: readonly [DataScalar, Data]): boolean {
  if (!/^[a-z_]+$/.test(textOfKey(key))) return false;
  return typeof value === 'boolean' || isWord(value) || (typeof value === 'number' && Number.isSafeInteger(value));
}

/** Whether dbt's four tests, and all that they call, are the built-in ones: no project, package or adapter has its own. */
export function plainTestsHold(
  own: readonly Pick<MacroView, 'name'>[],
  builtin: readonly Pick<MacroView, 'name' | 'packageName'>[],
  packageNames: readonly string[],
): boolean {
  const isOurs = (name: string): boolean => INVOLVED.has(name.replace(/^[a-z]+__/, ''));
  const known = builtin.filter(({ packageName }) => packageName === 'dbt').map(({ name }) => name);
  return (
    TESTS.every(name => known.includes(name)) &&
    !own.some(({ name }) => isOurs(name)) &&
    !builtin.some(({ name, packageName }) => packageName !== 'dbt' && isOurs(name)) &&
    !packageNames.some(name => INVOLVED.has(name))
  );
}

const TESTS: readonly string[] = [...PARAMETERS.keys()].map(name => `test_${name}`);

/** Every name that these tests use from their call on. */
const INVOLVED: ReadonlySet<string> = new Set([
  ...TESTS,
  ...'get_where_subquery should_store_failures ref source config adapter return flags dbt'.split(' '),
]);
