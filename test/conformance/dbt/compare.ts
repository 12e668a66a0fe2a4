import { isDeepStrictEqual } from 'node:util';
import { builtinMacros } from '../../../server/src/dbt/macros/library.ts';
import type { Json } from '../../../server/src/dbt/manifest/data.ts';
import type { ExpectedException, ExpectedStep, ManifestSummary, NodeSummary, Summaries } from './expected.ts';

/** What Sluice did in one invocation, in the shape of the records. */
export interface ActualStep {
  readonly success: boolean;
  /** Every error it reports; dbt stops at its first. */
  readonly errors: readonly ActualError[];
  readonly list: readonly Json[] | undefined;
  readonly manifest: ManifestSummary | undefined;
  /** Whether an answer that only the warehouse has was made up as an empty one would give it. */
  readonly guessed?: boolean;
}

export interface ActualError {
  readonly class: string | undefined;
  readonly message: string;
  readonly file: string | undefined;
}

/** A way in which an answer is not dbt's. `blanks` differences vanish when runs of white space are made one blank. */
export interface Difference {
  readonly kind: 'outcome' | 'error-place' | 'error-class' | 'error-message' | 'list' | 'manifest' | 'compiled' | 'blanks';
  readonly what: string;
}

/** The differences between what dbt did and what Sluice did. */
export function compareStep(expected: ExpectedStep, actual: ActualStep): readonly Difference[] {
  if (expected.success !== actual.success) {
    const why = actual.errors.map(it => it.message.split('\n')[0]).join('; ');
    return [{ kind: 'outcome', what: `dbt says ${expected.success ? 'success' : 'failure'}; ${why || 'no error reported'}` }];
  }
  return [
    ...(expected.exception === undefined ? [] : compareException(expected.exception, actual.errors)),
    ...(expected.list === undefined ? [] : compareList(expected.list, actual.list)),
    ...(typeof expected.manifest === 'object' ? compareManifest(expected.manifest, actual.manifest ?? {}) : []),
  ];
}

function compareException(expected: ExpectedException, errors: readonly ActualError[]): readonly Difference[] {
  const file = expected.file;
  const atPlace = file === undefined ? errors : errors.filter(it => it.file === file || it.message.includes(file));
  if (atPlace.length === 0) {
    const places = errors.map(it => it.file ?? '(none)').join(', ');
    return [{ kind: 'error-place', what: `dbt names ${file ?? 'an error'}; reported: ${places}` }];
  }
  const sameClass = atPlace.filter(it => it.class === expected.class);
  if (sameClass.length === 0) {
    return [{ kind: 'error-class', what: `${expected.class}, not ${atPlace.map(it => it.class).join(', ')}` }];
  }
  const message = comparable(expected.message);
  if (sameClass.some(it => comparable(it.message) === message)) return [];
  return [{ kind: 'error-message', what: `${message}\n      not ${sameClass.map(it => comparable(it.message)).join(' / ')}` }];
}

/**
 * A message without what nobody can be asked to repeat: in which of its own files a built-in macro stands, and how
 * Python prints dbt's object for a path.
 */
function comparable(message: string): string {
  const path = /FilePath\(searched_path='([^']*)', relative_path='([^']*)'[^)]*\)/g;
  const builtin = /(macro \w+) \((?:dbt(?:_\w+)?\/)?macros\/(?:[\w/]+)\.sql\)/g;
  return fold(message).replaceAll(path, '$1/$2').replaceAll(builtin, (text, macro: string) => (isBuiltin(macro) ? macro : text));
}

const builtinNames = new Set(builtinMacros('postgres').map(({ name }) => `macro ${name}`));
const isBuiltin = (macro: string): boolean => builtinNames.has(macro);

function compareList(expected: readonly Json[], actual: readonly Json[] | undefined): readonly Difference[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  const missing = expected.filter(it => !actual?.some(other => isDeepStrictEqual(it, other)));
  const extra = (actual ?? []).filter(it => !expected.some(other => isDeepStrictEqual(it, other)));
  const what =
    missing.length + extra.length === 0
      ? 'the order differs'
      : `missing ${JSON.stringify(missing)}, extra ${JSON.stringify(extra)}`;
  return [{ kind: 'list', what }];
}

type NodeKind = 'nodes' | 'sources' | 'exposures' | 'unit_tests' | 'groups';
const COMPARED: readonly NodeKind[] = ['nodes', 'sources', 'exposures', 'unit_tests', 'groups'];

function compareManifest(expected: ManifestSummary, actual: ManifestSummary): readonly Difference[] {
  const nodes = COMPARED.flatMap(kind => compareNodes(expected[kind] ?? {}, actual[kind] ?? {}));
  const disabled = isDeepStrictEqual(expected.disabled ?? [], actual.disabled ?? [])
    ? []
    : [different('disabled', expected.disabled ?? null, actual.disabled ?? null)];
  const parents = isDeepStrictEqual(expected.parent_map ?? {}, actual.parent_map ?? {})
    ? []
    : [different('parent_map', expected.parent_map ?? null, actual.parent_map ?? null)];
  return [...nodes, ...disabled, ...parents];
}

function compareNodes(expected: Summaries, actual: Summaries): readonly Difference[] {
  const ids = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].toSorted();
  return ids.flatMap(id => {
    const wanted = expected[id];
    const got = actual[id];
    if (wanted === undefined) return [{ kind: 'manifest' as const, what: `${id} is too many` }];
    if (got === undefined) return [{ kind: 'manifest' as const, what: `${id} is missing` }];
    return compareNode(id, wanted, got);
  });
}

/** Fields that only the record of dbt has are not compared: they are dbt's, not the reader's, business. */
function compareNode(id: string, expected: NodeSummary, actual: NodeSummary): readonly Difference[] {
  const keys = Object.keys(actual).filter(key => key !== 'compiled' && key !== 'columns');
  const fields = keys
    .filter(key => !isDeepStrictEqual(expected[key] ?? null, actual[key] ?? null))
    .map(key => different(`${id} ${key}`, expected[key] ?? null, actual[key] ?? null));
  return [...fields, ...compareColumns(id, expected, actual), ...compareCompiled(id, expected, actual)];
}

function compareColumns(id: string, expected: NodeSummary, actual: NodeSummary): readonly Difference[] {
  const wanted = Object.keys(expected['columns'] ?? {}).toSorted();
  const got = Object.keys(actual['columns'] ?? {}).toSorted();
  return isDeepStrictEqual(wanted, got) ? [] : [different(`${id} columns`, wanted, got)];
}

function compareCompiled(id: string, expected: NodeSummary, actual: NodeSummary): readonly Difference[] {
  const wanted = expected['compiled'];
  const got = actual['compiled'];
  if (typeof wanted !== 'string' || wanted === got) return [];
  const kind = typeof got === 'string' && fold(wanted) === fold(got) ? 'blanks' : 'compiled';
  return [{ ...different(`${id} compiled`, wanted, got ?? null), kind }];
}

const different = (what: string, expected: Json, actual: Json): Difference => ({
  kind: 'manifest',
  what: `${what}: ${JSON.stringify(expected)}\n      not ${JSON.stringify(actual)}`,
});

/** Runs of white space made one blank, ends trimmed. */
const fold = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
