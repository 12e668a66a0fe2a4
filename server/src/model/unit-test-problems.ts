import { nearest } from '../base/nearest.ts';
import { asList, asString, dataAt } from '../dbt/manifest/data.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { Entry } from '../dbt/properties/properties.ts';
import {
  rowsFormat,
  rowsMistake,
  takesRowsOfSeed,
  unitTestRowsParts,
  type UnitTestRowsPart,
} from '../dbt/properties/unit-test-mistakes.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { ONLY } from './inputs.ts';
import { literalCalls } from './literal-calls.ts';
import { missingFixture, propertyValue, unknownModel, type Problem } from './problems.ts';

interface Subject {
  readonly declared: Declared;
  readonly entry: Entry;
}

/** What is wrong with a unit test before it is run: its rows, the model that it names, and what that model asks of it. */
export function unitTestProblems(parts: ProblemParts, declared: Declared, entry: Entry): readonly Problem[] {
  const subject = { declared, entry };
  const rows = unitTestRowsParts(entry.data).flatMap(part => rowsProblem(parts, subject, part) ?? []);
  if (!parts.facts.enabled(declared.uniqueId)) return rows;
  const model = asString(entry.data.get('model')) ?? '';
  const ref = { package: undefined, name: model, version: declared.version };
  const answer = parts.facts.resolveRef(ref, declared.packageName);
  if (answer.kind === 'missing') return [...rows, missingModel(parts, subject, model)];
  return answer.kind === 'found' ? [...rows, ...demandProblems(parts, subject, answer.uniqueId)] : rows;
}

function rowsProblem(parts: ProblemParts, subject: Subject, part: UnitTestRowsPart): Problem | undefined {
  const mistake = rowsMistake(subject.entry.name, part);
  if (mistake !== undefined) return problemAt(parts, subject, mistake.path, mistake.message);
  if (takesRowsOfSeed(part.data)) return seedProblem(parts, subject, part);
  return rowsFormat(part.data) === 'dict' ? undefined : fixtureProblem(parts, subject, part);
}

/** An input without rows takes those of a seed, so it has to name one. */
function seedProblem(
  parts: ProblemParts,
  subject: Subject,
  { data, path, kind }: UnitTestRowsPart,
): Problem | undefined {
  const { declared } = subject;
  const input = kind === 'input' ? (asString(data.get('input')) ?? '') : '';
  if (parts.yamlNodes.seedOfInput(declared, input) !== undefined) return undefined;
  const [ref] = literalCalls([input]).refs;
  if (ref === undefined) return problemAt(parts, subject, path, 'rows are missing, which only a seed has of its own');
  const { packageName } = declared;
  const where =
    ref.package === undefined || ref.package === packageName
      ? `directories: [${parts.structure
          .projectNamed(packageName)
          .paths.seeds.map(it => `'${it}'`)
          .join(', ')}]`
      : `'${ref.package}' package`;
  const message = `Unable to find seed '${ref.package ?? packageName}.${ref.name}' for unit tests in ${where}`;
  return problemAt(parts, subject, path, message);
}

function fixtureProblem(
  parts: ProblemParts,
  { declared, entry }: Subject,
  part: UnitTestRowsPart,
): Problem | undefined {
  const fixture = asString(part.data.get('fixture'));
  const format = rowsFormat(part.data);
  if (fixture === undefined || parts.yamlNodes.fixtureText(declared, fixture, format) !== undefined) return undefined;
  const message = `File not found for fixture '${fixture}' in unit tests in ${declared.file}`;
  const origin = parts.places.inYaml(declared.file, [...entry.path, ...part.path, 'fixture']);
  return missingFixture(origin, `${fixture}.${format}`, parsingError(message));
}

function missingModel(parts: ProblemParts, { declared, entry }: Subject, model: string): Problem {
  const message = `Unable to find model '${declared.packageName}.${model}' for unit test '${entry.name}' in ${declared.file}`;
  const origin = parts.places.inYaml(declared.file, [...entry.path, 'model']);
  const names = parts.tables.names.get(ONLY).models.keys();
  return unknownModel(origin, model, nearest(model, names), parsingError(message));
}

/** What the tested model asks of its unit tests: to say what `is_incremental()` is, and no versions where it has none. */
function demandProblems(parts: ProblemParts, subject: Subject, tested: UniqueId): readonly Problem[] {
  const { declared, entry } = subject;
  const model = parts.facts.declared(tested);
  if (model === undefined) return [];
  const incremental = incrementalMistake(parts, entry, model);
  if (incremental !== undefined) return [problemAt(parts, subject, [], incremental)];
  const rule = dataAt(entry.data, 'versions');
  const picks = ['include', 'exclude'].some(key => (asList(dataAt(rule, key))?.length ?? 0) > 0);
  if (!picks || declared.version !== undefined) return [];
  const message =
    model.version === undefined
      ? `Unit test '${entry.name}' should not have a versions include or exclude when referencing non-versioned model '${model.name}'`
      : `Unit test '${entry.name}' referenced a version of '${model.name}' which was not found.`;
  return [problemAt(parts, subject, ['versions'], message)];
}

function incrementalMistake({ facts }: ProblemParts, { name, data }: Entry, model: Declared): string | undefined {
  if (!facts.dependsOn.get(model.uniqueId).macros.includes('macro.dbt.is_incremental')) return undefined;
  const override = dataAt(data, 'overrides', 'macros', 'is_incremental');
  if (typeof override !== 'boolean') {
    return `Boolean override for 'is_incremental' must be provided for unit test '${name}' in model '${model.name}'`;
  }
  const givesThis = (asList(data.get('given')) ?? []).some(given => dataAt(given, 'input') === 'this');
  if (!override || givesThis) return undefined;
  return `Unit test '${name}' for incremental model '${model.name}' must have a 'this' input`;
}

function problemAt(
  parts: ProblemParts,
  { declared, entry }: Subject,
  path: UnitTestRowsPart['path'],
  message: string,
): Problem {
  const at = path.length === 0 ? [...entry.path, 'name'] : [...entry.path, ...path];
  return propertyValue(parts.places.inYaml(declared.file, at), message, parsingError(message));
}

const parsingError = (message: string) => ({ class: 'ParsingError', message: `Parsing Error\n  ${message}` });
