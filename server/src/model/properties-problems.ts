import { nearest } from '../base/nearest.ts';
import { asString, dataAt } from '../dbt/manifest/data.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { constraintMistakes, foreignKeyTargets } from '../dbt/properties/constraint-mistakes.ts';
import { doubledAttribute, patchConfig } from '../dbt/properties/patch-config.ts';
import type { Entry, PatchSection } from '../dbt/properties/properties.ts';
import { versionsOf } from '../dbt/properties/versions.ts';
import type { FileId } from '../render/rendered.ts';
import { isLiteralCall, literalCalls } from './literal-calls.ts';
import { refProblem } from './use-problems.ts';
import { duplicatePatchError } from './dbt-errors.ts';
import { mistakeError } from './yaml-errors.ts';
import { descriptionProblems } from './description-problems.ts';
import type { ProblemParts } from './file-problems.ts';
import { ONLY } from './inputs.ts';
import { patchKey } from './name-index.ts';
import { duplicateProperties, mistakeProblem, testOfUnknownColumn, unknownEntry, type Problem } from './problems.ts';
import type { Declared, PatchRef } from './file-summary.ts';
import type { Names } from './db.ts';

/** What is wrong in a properties file beyond its shape: whom it describes, what it names. */
export function propertiesProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const found: Problem[] = [];
  for (const { entry, ref, ids } of patchedIds(parts, file)) {
    if (ids.length === 0) found.push(unknownEntryProblem(parts, file, entry));
    found.push(...duplicatePatch(parts, file, entry, ref), ...doubledAttributes(parts, file, entry));
    found.push(...columnTests(parts, file, entry), ...constraintProblems(parts, file, entry, ids));
  }
  return [...found, ...descriptionProblems(parts, file)];
}

interface Patched {
  readonly entry: Entry;
  readonly ref: PatchRef;
  /** Whom the entry describes: none, one, or all versions of a model. */
  readonly ids: readonly UniqueId[];
}

/** The entries of a file that describe resources declared elsewhere, with those resources. */
export function patchedIds(parts: Pick<ProblemParts, 'summaries' | 'inputs'>, file: FileId): readonly Patched[] {
  const refs = parts.summaries.index.patchesOf(file).filter(({ section }) => section !== 'sources');
  return refs.flatMap(ref => {
    const entry = parts.summaries.properties.get(file).entries[ref.index];
    return entry === undefined ? [] : [{ entry, ref, ids: describedBy(parts, ref) }];
  });
}

const DECLARED_AS: ReadonlyMap<string, readonly [string, string]> = new Map<string, readonly [string, string]>([
  ['models', ['ref', 'model']],
  ['seeds', ['ref', 'seed']],
  ['snapshots', ['ref', 'snapshot']],
  ['analyses', ['analysis', 'analysis']],
  ['macros', ['macro', 'macro']],
  ['data_tests', ['test', 'test']],
]);

function describedBy(
  { inputs }: Pick<ProblemParts, 'inputs'>,
  { section, name, packageName }: PatchRef,
): readonly UniqueId[] {
  const [prefix, kind] = DECLARED_AS.get(section) ?? [];
  const names = section === 'macros' ? [name, `test_${name}`, `materialization_${name}_default`] : [name];
  const declared = names.flatMap(it => inputs.declared.get(`${prefix ?? ''}:${it}`) ?? []);
  return declared.filter(it => it.packageName === packageName && it.kind === kind).map(it => it.uniqueId);
}

function unknownEntryProblem(parts: ProblemParts, file: FileId, entry: Entry): Problem {
  const origin = parts.places.inYaml(file, [...entry.path, 'name']);
  const known = namesOf(entry.section as PatchSection, parts.tables.names.get(ONLY));
  return unknownEntry(origin, entry.section, entry.name, nearest(entry.name, known));
}

function namesOf(section: PatchSection, names: Names): readonly string[] {
  switch (section) {
    case 'models':
      return [...names.models.keys()];
    case 'seeds':
      return [...names.seeds.keys()];
    case 'snapshots':
      return [...names.snapshots.keys()];
    case 'macros':
      return [...names.macros.values()].flat().map(({ name }) => name);
    case 'analyses':
    case 'data_tests':
    case 'functions':
      return [];
  }
}

function duplicatePatch(parts: ProblemParts, file: FileId, entry: Entry, ref: PatchRef): readonly Problem[] {
  const refs = (parts.inputs.patches.get(patchKey(ref)) ?? []).filter(it => it.packageName === ref.packageName);
  const other = refs.find(it => it.file !== file || it.index !== ref.index);
  if (other === undefined) return [];
  const otherEntry = parts.summaries.properties.get(other.file).entries[other.index];
  const origin = parts.places.inYaml(file, [...entry.path, 'name']);
  const otherOrigin = otherEntry && parts.places.inYaml(other.file, [...otherEntry.path, 'name']);
  const files = refs.map(it => it.file).toReversed();
  return [duplicateProperties(origin, entry.name, otherOrigin, duplicatePatchError(ref, files))];
}

function doubledAttributes(parts: ProblemParts, file: FileId, entry: Entry): readonly Problem[] {
  const { doubled } = patchConfig(entry.data);
  const packageName = parts.resolution.packageOf(file);
  return doubled.map(attribute => {
    const path = [...entry.path, attribute];
    const message = doubledAttribute(attribute, file);
    const mistake = { code: 'properties-invalid' as const, message, file, path, on: 'key' as const };
    return mistakeProblem(parts.places.inYaml(file, path, 'key'), mistake, mistakeError(mistake, packageName));
  });
}

/** Tests that name a column by hand which the model's own entry does not list, while it lists others. */
function columnTests(parts: ProblemParts, file: FileId, entry: Entry): readonly Problem[] {
  const columns = entry.data.get('columns');
  if (!Array.isArray(columns) || columns.length === 0 || versionsOf(entry.data).length > 0) return [];
  const names = new Set(
    columns.map(column => (column instanceof Map ? asString(column.get('name'))?.toLowerCase() : undefined)),
  );
  const found: Problem[] = [];
  for (const { target, columnName, metadata, path } of parts.summaries.properties.get(file).tests) {
    if (columnName !== undefined || target.kind !== 'node' || target.name !== entry.name) continue;
    const column = asString(metadata.kwargs.get('column_name'));
    // An expression is no column that could be described.
    const isDescribed = column === undefined || names.has(column.toLowerCase()) || !/^[\w$]+$/.test(column);
    if (isDescribed || path.slice(0, 2).join() !== entry.path.join()) continue;
    found.push(testOfUnknownColumn(parts.places.inYaml(file, path), column, entry.name));
  }
  return found;
}

/** Contracts and constraints that the entry of a model breaks. */
function constraintProblems(
  parts: ProblemParts,
  file: FileId,
  { section, data, path }: Entry,
  [id]: readonly UniqueId[],
): readonly Problem[] {
  const { facts, places, resolution } = parts;
  const declared = id === undefined ? undefined : facts.declared(id);
  if (section !== 'models' || declared === undefined || !facts.enabled(declared.uniqueId)) return [];
  if (versionsOf(data).length > 0) return [];
  const isEnforced = dataAt(facts.config.get(declared.uniqueId).get('contract'), 'enforced') === true;
  const model = { name: declared.name, file: declared.originalPath, isEnforced, isTarget: isLiteralCall };
  const mistakes = constraintMistakes(data, model).map(found => {
    const at = [...path, ...found.path];
    const mistake = {
      code: 'properties-invalid' as const,
      message: found.message,
      file,
      path: at,
      on: 'value' as const,
    };
    return mistakeProblem(places.inYaml(file, at), mistake, mistakeError(mistake, resolution.packageOf(file)));
  });
  return [...mistakes, ...foreignKeyProblems(parts, file, declared, { data, path })];
}

/** Foreign keys that point to models which do not exist, or which the model may not use. */
function foreignKeyProblems(
  parts: ProblemParts,
  file: FileId,
  declared: Declared,
  { data, path }: Pick<Entry, 'data' | 'path'>,
): readonly Problem[] {
  return foreignKeyTargets(data).flatMap(({ to, path: below }) =>
    literalCalls([to]).refs.flatMap(ref => {
      return refProblem(parts, declared, ref, parts.places.inYaml(file, [...path, ...below])) ?? [];
    }),
  );
}
