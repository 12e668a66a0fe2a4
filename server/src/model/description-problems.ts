import { nearest } from '../base/nearest.ts';
import { isList, isMap, textOfKey, type Data } from '../dbt/manifest/data.ts';
import type { KeyPath } from '../dbt/manifest/mistake.ts';
import { hasJinja } from '../dbt/project/render-data.ts';
import { genericTestId } from '../dbt/properties/properties.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { descriptionError, docNotFound, macroSyntaxError } from './dbt-errors.ts';
import { lineAt } from './error-text.ts';
import type { ProblemParts } from './file-problems.ts';
import { ONLY } from './inputs.ts';
import { jinjaSyntax, unknownDoc, unreadableDescription, type Problem } from './problems.ts';

/** What is wrong with the descriptions in a properties file: they are templates, and name blocks of documentation. */
export function descriptionProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const entries = parts.summaries.properties.get(file).entries.filter(({ section }) => DESCRIBED.has(section));
  const texts = entries.flatMap(({ data, path }) => describedTexts(data, path));
  const broken = texts.flatMap(({ text, path }) => brokenDescription(parts, file, text, path));
  const places = broken.map(({ origin }) => origin);
  const missing = docProblems(parts, file).filter(({ origin }) => !places.some(it => isWithin(origin, it)));
  return [...broken, ...missing];
}

const DESCRIBED: ReadonlySet<string> = new Set('models seeds snapshots analyses macros sources exposures'.split(' '));

const isWithin = (inner: Origin, outer: Origin): boolean => outer.start <= inner.start && inner.end <= outer.end;

interface DescribedText {
  readonly text: string;
  readonly path: KeyPath;
}

function describedTexts(data: Data, path: KeyPath): readonly DescribedText[] {
  if (isList(data)) return data.flatMap((item, at) => describedTexts(item, [...path, at]));
  if (!isMap(data)) return [];
  return [...data].flatMap(([key, value]) => {
    const at = [...path, textOfKey(key)];
    if (key === 'description' && typeof value === 'string' && hasJinja(value)) return [{ text: value, path: at }];
    return key === 'meta' || key === 'config' ? [] : describedTexts(value, at);
  });
}

function brokenDescription(parts: ProblemParts, file: FileId, text: string, path: KeyPath): readonly Problem[] {
  const [syntax] = parseJinja(text).problems;
  if (syntax !== undefined) {
    const dbt = macroSyntaxError(syntax.message, lineAt(text, syntax.at ?? 0));
    return [jinjaSyntax(parts.places.inYaml(file, path), syntax.message, dbt)];
  }
  const message = parts.descriptions.problemOf(parts.resolution.packageOf(file), text);
  if (message === undefined) return [];
  return [unreadableDescription(parts.places.inYaml(file, path), message, descriptionError(message))];
}

/** What is wrong in a file of documentation: its blocks are templates in which nearly nothing is known. */
export function docsFileProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const text = parts.inputs.text.get(file) ?? '';
  return parts.summaries.blocks.get(file).blocks.flatMap(({ contents: { start, end } }) => {
    const written = text.slice(start, end);
    if (!hasJinja(written)) return [];
    const [syntax] = parseJinja(written).problems;
    if (syntax !== undefined) {
      const origin: Origin = { file, start: syntax.start + start, end: syntax.end + start };
      return [jinjaSyntax(origin, syntax.message, macroSyntaxError(syntax.message, lineAt(written, syntax.at ?? 0)))];
    }
    const message = parts.descriptions.problemOfBlock(written);
    return message === undefined
      ? []
      : [unreadableDescription({ file, start, end }, message, descriptionError(message))];
  });
}

function docProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const packageName = parts.resolution.packageOf(file);
  return parts.summaries.uses.get(file).flatMap(use => {
    if (use.kind !== 'doc' || parts.descriptions.resolveDoc(use.package, use.name, packageName) !== undefined) {
      return [];
    }
    const names = parts.tables.names.get(ONLY).docs.keys();
    const origin = { file, ...use.range };
    const dbt = docNotFound(describedAt(parts, origin), use.name, use.package);
    return [unknownDoc(origin, use.name, nearest(use.name, names), dbt)];
  });
}

/** The resource whose description stands at a place, by its id: the innermost of what the file declares or describes. */
function describedAt({ summaries, places, resolution }: ProblemParts, origin: Origin): string {
  const { entries, tables, tests } = summaries.properties.get(origin.file);
  const packageName = resolution.packageOf(origin.file);
  const holds = (path: KeyPath): boolean => isWithin(origin, places.inYaml(origin.file, path));
  const test = tests.find(({ path }) => holds(path));
  if (test !== undefined) return genericTestId(packageName, test);
  // dbt renders a source's own description once for each of its tables.
  const table = tables.find(({ path }) => holds(path)) ?? tables.find(({ sourcePath }) => holds(sourcePath));
  if (table !== undefined) return `source.${packageName}.${table.sourceName}.${table.name}`;
  const entry = entries.find(({ path }) => holds(path));
  return entry === undefined ? '' : `${KINDS.get(entry.section) ?? ''}.${packageName}.${entry.name}`;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['models', 'model'],
  ['seeds', 'seed'],
  ['snapshots', 'snapshot'],
  ['analyses', 'analysis'],
  ['macros', 'macro'],
  ['exposures', 'exposure'],
  ['metrics', 'metric'],
  ['semantic_models', 'semantic_model'],
  ['saved_queries', 'saved_query'],
  ['groups', 'group'],
  ['unit_tests', 'unit_test'],
  ['data_tests', 'test'],
]);
